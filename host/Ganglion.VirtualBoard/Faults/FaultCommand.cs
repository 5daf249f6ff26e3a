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

    private static readonly string[] Names = [.. Usage.Split('\n').Select(line => line.Trim().Split(' ')[0]).Distinct()];

    /// <summary>Reads one command.</summary>
    /// <exception cref="FormatException">It is not one; the message says what is wrong and where the commands are listed.</exception>
    public static Fault Parse(string text)
    {
        var words = new FaultWords(text);
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
    private static NackFault Nack(FaultWords words)
    {
        TimeSpan? duration = words.TakeDuration();
        string? board = words.BoardBefore(1);
        return new NackFault(board, duration, words.Next("a chip"));
    }

    private static StuckBusFault StuckBus(FaultWords words)
    {
        TimeSpan? duration = words.TakeDuration();
        string? board = words.BoardBefore(1);
        return new StuckBusFault(board, duration, words.NextInt("a bus", 1, 2));
    }

    private static GlitchFault Glitch(FaultWords words)
    {
        TimeSpan? duration = words.TakeDuration();
        string? board = words.BoardBefore(1);
        return new GlitchFault(board, duration, words.NextInt("a bus", 1, 2));
    }

    private static BrownoutFault Brownout(FaultWords words)
    {
        string? board = words.BoardBefore(1);
        return new BrownoutFault(board, words.Next("a chip"));
    }

    private static Fault Imu(FaultWords words)
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

    private static Fault Distance(FaultWords words)
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

    private static Fault Pressure(FaultWords words)
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

    private static AngleUnpluggedFault Angle(FaultWords words)
    {
        TimeSpan? duration = words.TakeDuration();
        string? board = words.BoardBefore(2);
        int input = words.NextInt("an analog input", 0, 255);
        words.Expect("unplugged");
        return new AngleUnpluggedFault(board, duration, input);
    }

    private static Fault Valve(FaultWords words)
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

    private static Fault Servo(FaultWords words)
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

    private static Fault Serial(FaultWords words)
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

    private static Fault Board(FaultWords words)
    {
        string? board = words.BoardUnless("reset", "power-cycle");
        return words.Next("reset or power-cycle") switch
        {
            "reset" => new BoardResetFault(board),
            "power-cycle" => new PowerCycleFault(board),
            var other => throw words.Error($"a board cannot '{other}': reset or power-cycle"),
        };
    }

    private static HostGoneFault Host(FaultWords words)
    {
        TimeSpan? duration = words.TakeDuration();
        string? board = words.BoardUnless("gone");
        words.Expect("gone");
        return new HostGoneFault(board, duration);
    }
}
