using System.CommandLine;
using Ganglion.Cli.Parsing;
using Ganglion.Cli.Verbs.Adapt;
using Ganglion.Cli.Verbs.Arm;
using Ganglion.Cli.Verbs.Bench;
using Ganglion.Cli.Verbs.Board;
using Ganglion.Cli.Verbs.Building;
using Ganglion.Cli.Verbs.Calibration;
using Ganglion.Cli.Verbs.Export;
using Ganglion.Cli.Verbs.Flash;
using Ganglion.Cli.Verbs.Joint;
using Ganglion.Cli.Verbs.Learning;
using Ganglion.Cli.Verbs.New;
using Ganglion.Cli.Verbs.Reproduce;
using Ganglion.Cli.Verbs.Sweep;
using Ganglion.Cli.Verbs.Walker;

namespace Ganglion.Cli.Verbs;

/// <summary>The verbs, in the order of the help.</summary>
internal static class Commands
{
    private const string Description = "Ganglion moves robots the way nervous systems do: ESP32 boards run the rhythms and drive the " +
        "joints, this host is the brain.\n\nExit codes: 0 done; 1 could not do it, in one line on stderr; 2 the command line makes no " +
        "sense, nothing was done; 3 ran, and missed its own bar; 130 interrupted.";

    private static readonly (string Name, Func<Command> Create)[] Verbs =
    [
        ("run", RunVerb.Create),
        ("reach", ReachVerb.Create),
        ("track", TrackVerb.Create),
        ("teleop", TeleopVerb.Create),
        ("replay", ReplayVerb.Create),
        ("train", TrainVerb.Create),
        ("adapt", AdaptVerb.Create),
        ("tune", TuneVerb.Create),
        ("sweep", SweepVerb.Create),
        ("reproduce", ReproduceVerb.Create),
        ("model", ModelVerb.Create),
        ("validate", ValidateVerb.Create),
        ("rhythm", RhythmVerb.Create),
        ("pressure", PressureVerb.Create),
        ("gait", GaitVerb.Create),
        ("walk", WalkVerb.Create),
        ("stop", OrderVerb.Stop),
        ("disarm", OrderVerb.Disarm),
        ("joint", JointVerb.Create),
        ("sim", SimVerb.Create),
        ("board", BoardVerb.Create),
        (BoardGuard.Verb, BoardGuard.Create),
        ("info", InfoVerb.Create),
        ("ports", PortsVerb.Create),
        ("doctor", DoctorVerb.Create),
        ("log", LogVerb.Create),
        ("view", ViewVerb.Create),
        ("new", NewVerb.Create),
        ("wiring", WiringVerb.Create),
        ("bom", BomVerb.Create),
        ("export", ExportVerb.Create),
        ("flash", FlashVerb.Create),
        ("calibrate", CalibrateVerb.Create),
        ("bench", BenchVerb.Create),
    ];

    /// <summary>All of them.</summary>
    public static RootCommand All() => Root(Verbs);

    /// <summary>Does what a command line says, and tells what is wrong with it.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] words) => Errors.Guard(() =>
    {
        ParseResult parsed = Of(words).Parse(words);
        if (!UsageWords.AreGood(parsed))
        {
            return Errors.Usage(parsed);
        }

        RankedVerbs.Admit(parsed);
        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    });

    /// <summary>The one that a command line names: options of all the others took a fifth of a start's processor. All of them where it
    /// names none, for the help and for what is nearly right.</summary>
    private static RootCommand Of(string[] words)
    {
        int at = Array.FindIndex(Verbs, verb => verb.Name == words.FirstOrDefault());
        return at < 0 ? All() : Root(Verbs.AsSpan(at, 1));
    }

    private static RootCommand Root(ReadOnlySpan<(string Name, Func<Command> Create)> verbs)
    {
        var root = new RootCommand(Description);
        foreach ((_, Func<Command> create) in verbs)
        {
            root.Add(create());
        }

        return root;
    }
}
