using System.Globalization;
using Ganglion.Basics.Text;

namespace Ganglion.VirtualBoard.Faults;

/// <summary>The text form of faults, as people type it.</summary>
public static class FaultCommand
{
    /// <summary>Every command with an example of its arguments. A board's name may be left out where there is one board.</summary>
    public const string Usage =
        """
        nack [board] <chip> [for <time>]            nack base pwm0 for 200ms
        stuck-bus [board] <bus> [for <time>]        stuck-bus base 1 for 2s
        glitch [board] <bus> [for <time>]           glitch 1 for 20ms
        brownout [board] <chip>                     brownout base pwm1
        imu [board] freeze [for <time>]             imu freeze
        imu [board] noise <rms> [for <time>]        imu noise 0.5
        imu [board] tilted <degrees> [for <time>]   imu tilted 3
        imu [board] delay <time> [for <time>]       imu delay 20ms
        distance [board] freeze [for <time>]        distance freeze for 2s
        distance [board] stuck <mm> [for <time>]    distance tip stuck 400
        pressure [board] <input> stuck [for <time>]  pressure 2 stuck
        pressure [board] <input> unplugged [for <t>]  pressure 0 unplugged
        angle [board] <input> unplugged [for <time>]  angle 0 unplugged
        valve [board] <channel> stuck [for <time>]  valve 0 stuck
        valve [board] <channel> leaks <share> [for <t>]  valve 1 leaks 30%
        servo [board] <channel> stalled [for <t>]   servo 3 stalled for 5s
        servo [board] <channel> dead [for <time>]   servo 3 dead
        serial [board] drop <chance> [for <time>]   serial drop 1%
        serial [board] flip <chance> [for <time>]   serial flip 1e-4
        serial [board] delay <time> [for <time>]    serial delay 30ms
        board [board] reset                         board base reset
        board [board] power-cycle                   board power-cycle
        host [board] gone [for <time>]              host gone for 1s
        """;

    private static readonly string[] Names = ["nack", "stuck-bus", "imu", "distance", "pressure", "angle", "valve", "servo", "serial", "board", "host"];

    /// <summary>Reads one command.</summary>
    /// <exception cref="FormatException">It is not one; the message says what is wrong and where the commands are listed.</exception>
    public static Fault Parse(string text)
    {
        var words = new Words(text);
        Fault fault = words.Next("a fault") switch
        {
            "nack" => Nack(words),
            "stuck-bus" => StuckBus(words),
            "glitch" => Glitch(words),
            "brownout" => Brownout(words),
            "imu" => Imu(words),
            "distance" => Distance(words),
            "pressure" => Pressure(words),
            "angle" => Angle(words),
            "valve" => Valve(words),
            "servo" => Servo(words),
            "serial" => Serial(words),
            "board" => Board(words),
            "host" => Host(words),
            var other => throw words.Error($"there is no fault '{other}'; {Spelling.DidYouMean(other, Names)}the faults are " +
                $"{string.Join(", ", Names)}"),
        };
        words.End();
        return fault;
    }

    // The board's name is the word before the arguments, so the number of words left tells whether it is there.
    private static NackFault Nack(Words words)
    {
        TimeSpan? duration = words.TakeDuration();
        string? board = words.BoardBefore(1);
        return new NackFault(board, duration, words.Next("a chip"));
    }

    private static StuckBusFault StuckBus(Words words)
    {
        TimeSpan? duration = words.TakeDuration();
        string? board = words.BoardBefore(1);
        return new StuckBusFault(board, duration, words.NextInt("a bus", 1, 2));
    }

    private static GlitchFault Glitch(Words words)
    {
        TimeSpan? duration = words.TakeDuration();
        string? board = words.BoardBefore(1);
        return new GlitchFault(board, duration, words.NextInt("a bus", 1, 2));
    }

    private static BrownoutFault Brownout(Words words)
    {
        string? board = words.BoardBefore(1);
        return new BrownoutFault(board, words.Next("a chip"));
    }

    private static Fault Imu(Words words)
    {
        TimeSpan? duration = words.TakeDuration();
        string? board = words.BoardUnless("freeze", "noise", "tilted", "delay");
        return words.Next("freeze, noise, tilted or delay") switch
        {
            "freeze" => new ImuFreezeFault(board, duration),
            "noise" => new ImuNoiseFault(board, duration, words.NextNumber("an RMS value", 0, 100)),
            "tilted" => new ImuTiltFault(board, duration, words.NextNumber("an angle in degrees", -90, 90) * Math.PI / 180),
            "delay" => new ImuDelayFault(board, duration, words.NextTime()),
            var other => throw words.Error($"an IMU cannot '{other}': freeze, noise, tilted or delay"),
        };
    }

    private static Fault Distance(Words words)
    {
        TimeSpan? duration = words.TakeDuration();
        string? board = words.BoardUnless("freeze", "stuck");
        return words.Next("freeze or stuck") switch
        {
            "freeze" => new DistanceFreezeFault(board, duration),
            "stuck" => new DistanceStuckFault(board, duration, 1e-3 * words.NextNumber("a distance in mm", 1, 10_000)),
            var other => throw words.Error($"a distance sensor cannot '{other}': freeze or stuck"),
        };
    }

    private static Fault Pressure(Words words)
    {
        TimeSpan? duration = words.TakeDuration();
        string? board = words.BoardBefore(2);
        int input = words.NextInt("an analog input", 0, 255);
        return words.Next("stuck or unplugged") switch
        {
            "stuck" => new PressureStuckFault(board, duration, input),
            "unplugged" => new PressureUnpluggedFault(board, duration, input),
            var other => throw words.Error($"a pressure sensor cannot be '{other}': stuck or unplugged"),
        };
    }

    private static AngleUnpluggedFault Angle(Words words)
    {
        TimeSpan? duration = words.TakeDuration();
        string? board = words.BoardBefore(2);
        int input = words.NextInt("an analog input", 0, 255);
        words.Expect("unplugged");
        return new AngleUnpluggedFault(board, duration, input);
    }

    private static Fault Valve(Words words)
    {
        TimeSpan? duration = words.TakeDuration();
        string? board = words.BoardUnlessNumber();
        int channel = words.NextInt("a channel", 0, 255);
        return words.Next("stuck or leaks") switch
        {
            "stuck" => new ValveStuckFault(board, duration, channel),
            "leaks" => new ValveLeakFault(board, duration, channel, words.NextChance()),
            var other => throw words.Error($"a valve cannot '{other}': stuck or leaks"),
        };
    }

    private static Fault Servo(Words words)
    {
        TimeSpan? duration = words.TakeDuration();
        string? board = words.BoardBefore(2);
        int channel = words.NextInt("a channel", 0, 255);
        return words.Next("stalled or dead") switch
        {
            "stalled" => new ServoStalledFault(board, duration, channel),
            "dead" => new ServoDeadFault(board, duration, channel),
            var other => throw words.Error($"a servo cannot be '{other}': stalled or dead"),
        };
    }

    private static Fault Serial(Words words)
    {
        TimeSpan? duration = words.TakeDuration();
        string? board = words.BoardUnless("drop", "flip", "delay");
        return words.Next("drop, flip or delay") switch
        {
            "drop" => new SerialDropFault(board, duration, words.NextChance()),
            "flip" => new SerialFlipFault(board, duration, words.NextChance()),
            "delay" => new SerialDelayFault(board, duration, words.NextTime()),
            var other => throw words.Error($"a serial line cannot '{other}': drop, flip or delay"),
        };
    }

    private static Fault Board(Words words)
    {
        string? board = words.BoardUnless("reset", "power-cycle");
        return words.Next("reset or power-cycle") switch
        {
            "reset" => new BoardResetFault(board),
            "power-cycle" => new PowerCycleFault(board),
            var other => throw words.Error($"a board cannot '{other}': reset or power-cycle"),
        };
    }

    private static HostGoneFault Host(Words words)
    {
        TimeSpan? duration = words.TakeDuration();
        string? board = words.BoardUnless("gone");
        words.Expect("gone");
        return new HostGoneFault(board, duration);
    }

    /// <summary>The words of a command, from the front.</summary>
    private sealed class Words(string text)
    {
        private readonly List<string> _left = [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

        public FormatException Error(string what) =>
            new($"Fault command '{text}': {what}. `ganglion sim --help` lists the commands with examples.");

        public string Next(string what)
        {
            if (_left.Count == 0)
            {
                throw Error($"{what} is missing");
            }

            string word = _left[0];
            _left.RemoveAt(0);
            return word;
        }

        public void Expect(string word)
        {
            string found = Next($"'{word}'");
            if (found != word)
            {
                throw Error($"'{word}' was expected, not '{found}'");
            }
        }

        public void End()
        {
            if (_left.Count > 0)
            {
                throw Error($"'{string.Join(' ', _left)}' is left over");
            }
        }

        /// <summary>Takes "for TIME" from the end.</summary>
        public TimeSpan? TakeDuration()
        {
            int at = _left.LastIndexOf("for");
            if (at < 0)
            {
                return null;
            }

            if (at != _left.Count - 2)
            {
                throw Error("one time must follow 'for', at the end");
            }

            TimeSpan duration = Time(_left[^1]);
            _left.RemoveRange(at, 2);
            return duration;
        }

        public string? BoardBefore(int arguments) => _left.Count > arguments ? Next("a board") : null;

        public string? BoardUnless(params ReadOnlySpan<string> verbs) =>
            _left.Count > 0 && !verbs.Contains(_left[0]) ? Next("a board") : null;

        public string? BoardUnlessNumber() =>
            _left.Count > 0 && !char.IsAsciiDigit(_left[0][0]) ? Next("a board") : null;

        public int NextInt(string what, int low, int high)
        {
            string word = Next(what);
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value < low || value > high)
            {
                throw Error($"{what} is a number from {low} to {high}, not '{word}'");
            }

            return value;
        }

        public double NextNumber(string what, double low, double high) => Number(Next(what), what, low, high);

        public double NextChance()
        {
            string word = Next("a chance");
            return word.EndsWith('%') ? Number(word[..^1], "a chance in %", 0, 100) / 100 : Number(word, "a chance", 0, 1);
        }

        public TimeSpan NextTime() => Time(Next("a time"));

        private TimeSpan Time(string word)
        {
            (string unit, double seconds) = word.EndsWith("us", StringComparison.Ordinal) ? ("us", 1e-6)
                : word.EndsWith("ms", StringComparison.Ordinal) ? ("ms", 1e-3)
                : word.EndsWith('s') ? ("s", 1.0)
                : throw Error($"a time has a unit (us, ms, s), unlike '{word}'");
            return TimeSpan.FromSeconds(Number(word[..^unit.Length], "a time", 0, 1e6) * seconds);
        }

        private double Number(string word, string what, double low, double high)
        {
            if (!NumberText.TryRead(word, out double value) || !(value >= low && value <= high))
            {
                throw Error($"{what} is a number from {low} to {high}, not '{word}'{NumberText.Hint(word, whole: false)}");
            }

            return value;
        }
    }
}
