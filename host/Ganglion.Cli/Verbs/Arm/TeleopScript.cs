using System.Text;
using Ganglion.Basics;
using Ganglion.Basics.Space;
using Ganglion.Basics.Text;
using Ganglion.Live.Teleop;

namespace Ganglion.Cli.Verbs.Arm;

/// <summary>
/// What an operator does, from a file: a line a deed, "SECONDS DEED ...". A deed that leads (lead, stick, gear, joint, grip, hold) is
/// repeated, with the deadman held, until the next one or "release". Lines that are empty or begin with # are passed over.
/// </summary>
internal sealed class TeleopScript
{
    /// <summary>For the help of the verb.</summary>
    public const string Deeds = "lead X Y Z [QW QX QY QZ] (mm), stick X Y Z [TX TY TZ] (-1..1), gear N STROKE, joint N A B C, grip " +
        "0..1, hold, release, home, park, teach, forget, play [FACTOR], record, end-record, replay [NAME] [FACTOR], end, stop, rearm, " +
        "quit; of walks and rhythms start, rest, modulate FREQUENCY AMPLITUDE (factors)";

    /// <summary>Nobody writes a longer one, bytes.</summary>
    private const int Longest = 1 << 20;

    private readonly List<(double Time, TeleopInput? Input, TeleopOrder? Order)> _lines = [];
    private int _next;

    /// <summary>What is repeated now; null: nothing is.</summary>
    private TeleopInput? _held;

    private TeleopScript()
    {
    }

    /// <summary>All lines up to the first "quit" have been done.</summary>
    public bool IsOver => _next == _lines.Count;

    /// <summary>Reads a script.</summary>
    /// <exception cref="UserException">A line is none; the message names it.</exception>
    /// <exception cref="IOException">It cannot be read, or has no end.</exception>
    public static TeleopScript Load(string path)
    {
        var script = new TeleopScript();
        int number = 0;
        foreach (string line in Encoding.UTF8.GetString(BoundedFile.Read(path, Longest)).Split('\n'))
        {
            number++;
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && !words[0].StartsWith('#'))
            {
                script.Add(words, $"{Path.GetFileName(path)}, line {number}");
            }
        }

        return script;
    }

    /// <summary>Does what is due.</summary>
    /// <param name="seconds">Since the start.</param>
    /// <param name="client">Has control.</param>
    /// <param name="refused">Is told what was refused.</param>
    public void Act(double seconds, TeleopClient client, Action<string> refused)
    {
        while (_next < _lines.Count && _lines[_next].Time <= seconds)
        {
            (_, TeleopInput? input, TeleopOrder? order) = _lines[_next++];
            if (order is { } what)
            {
                Tell(client.Order(what));
            }
            else if (input is { } asked)
            {
                _held = asked.Held ? asked : null;
                Tell(asked.Held ? null : client.Offer(asked));
            }
            else
            {
                _next = _lines.Count;
            }
        }

        if (_held is { } held)
        {
            Tell(client.Offer(held));
        }

        void Tell(string? why)
        {
            if (why != null)
            {
                refused(why);
            }
        }
    }

    private void Add(string[] words, string place)
    {
        if (words.Length < 2 || !NumberText.TryRead(words[0], out double time) || time < (_lines.Count == 0 ? 0 : _lines[^1].Time))
        {
            throw new UserException($"{place}: it does not begin with a time in s that is not before that of the line above: write such " +
                $"as \"2.5 home\".");
        }

        string deed = words[1];
        TeleopOrderKind? order = deed switch
        {
            "home" => TeleopOrderKind.Home,
            "park" => TeleopOrderKind.Park,
            "teach" => TeleopOrderKind.Teach,
            "forget" => TeleopOrderKind.Forget,
            "play" => TeleopOrderKind.Play,
            "record" => TeleopOrderKind.Record,
            "end-record" => TeleopOrderKind.EndRecord,
            "replay" => TeleopOrderKind.Replay,
            "end" => TeleopOrderKind.End,
            "stop" => TeleopOrderKind.Stop,
            "rearm" => TeleopOrderKind.Rearm,
            "start" => TeleopOrderKind.Start,
            "rest" => TeleopOrderKind.Rest,
            _ => null,
        };
        if (order is { } kind)
        {
            string name = kind == TeleopOrderKind.Replay && words.Length > 2 && !NumberText.TryRead(words[2], out _) ? words[2] : "";
            double[] factor = Numbers(words, name.Length > 0 ? 3 : 2, place, 0, 1);
            _lines.Add((time, null, new TeleopOrder(kind, name, factor.Length > 0 ? factor[0] : 1)));
            return;
        }

        _lines.Add((time, deed == "quit" ? null : Input(deed, words, place), null));
    }

    private static TeleopInput Input(string deed, string[] words, string place)
    {
        switch (deed)
        {
            case "lead":
                double[] pose = Numbers(words, 2, place, 3, 7);
                return new TeleopInput(true, TeleopKind.Pose)
                {
                    Target = new Pose(1e-3 * new Vec3(pose[0], pose[1], pose[2]),
                        pose.Length == 7 ? new Quat(pose[3], pose[4], pose[5], pose[6]) : Quat.Identity),
                };
            case "stick":
                double[] stick = Numbers(words, 2, place, 3, 6);
                return new TeleopInput(true, TeleopKind.Stick)
                {
                    Way = new Vec3(stick[0], stick[1], stick[2]),
                    Turn = stick.Length == 6 ? new Vec3(stick[3], stick[4], stick[5]) : default,
                };
            case "gear":
                double[] gear = Numbers(words, 2, place, 2);
                return new TeleopInput(true, TeleopKind.Gear) { Index = Index(gear[0], place), Values = new Vec3(gear[1], 0, 0) };
            case "joint":
                double[] joint = Numbers(words, 2, place, 4);
                return new TeleopInput(true, TeleopKind.Joint)
                {
                    Index = Index(joint[0], place),
                    Values = new Vec3(joint[1], joint[2], joint[3]),
                };
            case "grip":
                return new TeleopInput(true, TeleopKind.Grip) { Values = new Vec3(Numbers(words, 2, place, 1)[0], 0, 0) };
            case "modulate":
                double[] factors = Numbers(words, 2, place, 2);
                return new TeleopInput(true, TeleopKind.Modulation) { Values = new Vec3(factors[0], factors[1], 0) };
            case "hold":
                return new TeleopInput(true);
            case "release":
                return new TeleopInput(false);
            default:
                throw new UserException($"{place}: there is no deed '{Printable.Of(deed)}': {Deeds}.");
        }
    }

    private static int Index(double number, string place) => number == (int)number ? (int)number
        : throw new UserException(FormattableString.Invariant($"{place}: there is no gear or joint {number}: they are counted from 0."));

    private static double[] Numbers(string[] words, int from, string place, params int[] counts)
    {
        double[] numbers = new double[words.Length - from];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!NumberText.TryRead(words[from + i], out numbers[i]))
            {
                throw new UserException($"{place}: '{Printable.Of(words[from + i])}' is no number" +
                    $"{NumberText.Hint(words[from + i], whole: false)}.");
            }
        }

        return counts.Contains(numbers.Length) ? numbers
            : throw new UserException($"{place}: '{words[1]}' takes {string.Join(" or ", counts)} numbers, not {numbers.Length}.");
    }
}
