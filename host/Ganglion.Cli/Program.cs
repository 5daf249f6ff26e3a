using System.CommandLine;
using System.Runtime.InteropServices;
using Ganglion.Cli;
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

var root = new RootCommand("Ganglion moves robots the way nervous systems do: ESP32 boards run the rhythms and drive the joints, this " +
    "host is the brain.\n\nExit codes: 0 done; 1 could not do it, in one line on stderr; 2 the command line makes no sense, nothing was " +
    "done; 3 ran, and missed its own bar; 130 interrupted.")
{
    RunVerb.Create(),
    ReachVerb.Create(),
    TrackVerb.Create(),
    TeleopVerb.Create(),
    ReplayVerb.Create(),
    TrainVerb.Create(),
    AdaptVerb.Create(),
    TuneVerb.Create(),
    SweepVerb.Create(),
    ReproduceVerb.Create(),
    ModelVerb.Create(),
    ValidateVerb.Create(),
    RhythmVerb.Create(),
    PressureVerb.Create(),
    GaitVerb.Create(),
    WalkVerb.Create(),
    OrderVerb.Stop(),
    OrderVerb.Disarm(),
    JointVerb.Create(),
    SimVerb.Create(),
    BoardVerb.Create(),
    BoardGuard.Create(),
    InfoVerb.Create(),
    PortsVerb.Create(),
    DoctorVerb.Create(),
    LogVerb.Create(),
    ViewVerb.Create(),
    NewVerb.Create(),
    WiringVerb.Create(),
    BomVerb.Create(),
    ExportVerb.Create(),
    FlashVerb.Create(),
    CalibrateVerb.Create(),
    BenchVerb.Create(),
};
Output.Prepare();
RankedVerbs.Quieten();

// A file beyond the shell's size limit (ulimit -f) is a failed write like a full disk, not the end of a process that steers. The number is
// that of Linux and macOS; the platform's names do not have it. It is kept to the end of the process: a signal that waits to be handled
// while Main returns would end the process by its default otherwise.
const int sizeLimitSignal = 25;
PosixSignalRegistration? sizeLimit = OperatingSystem.IsWindows() ? null
    : PosixSignalRegistration.Create((PosixSignal)sizeLimitSignal, context => context.Cancel = true);
Errors.GuardThreads();
int code = Errors.Guard(() =>
{
    ParseResult parsed = root.Parse(args);
    if (!UsageWords.AreGood(parsed))
    {
        return Errors.Usage(parsed);
    }

    RankedVerbs.Admit(parsed);
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
});
RankedVerbs.Leave(code);
GC.KeepAlive(sizeLimit);
return code;
