using System.Diagnostics;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Bridge.Words;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Safety;
using Ganglion.Sim;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;
using Ganglion.VirtualBoard.Chips;

namespace Ganglion.Lab.Reliability.Processes;

/// <summary>A verb of the program as a process.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Robot">Its virtual board is put behind a port; null: the verb has none.</param>
/// <param name="Arguments">What follows the program's name, "{port}" and "{out}" (a file that is not there) to be filled in.</param>
/// <param name="OwnMotion">The board moves by itself, for as long as its rhythm timeout lets it, also without a host.</param>
/// <param name="HasLog">It has --log.</param>
public sealed record ProcessVerb(string Name, RobotDescription? Robot, string[] Arguments, bool OwnMotion = false, bool HasLog = true);

/// <summary>How one verb came through one interruption.</summary>
/// <param name="Verb">Which verb.</param>
/// <param name="Interruption">Which interruption.</param>
/// <param name="Fault">What was wrong; null: nothing.</param>
/// <param name="ExitCode">Of the process; null: it was still running when it had to have ended.</param>
/// <param name="State">What the board said of itself 1 s and 5 s after the end; empty without a board.</param>
/// <param name="EndedAfter">From the interruption to the end of the process, s.</param>
public sealed record ProcessResult(string Verb, string Interruption, string? Fault, int? ExitCode, string[] State, double EndedAfter);

/// <summary>The program as users start it, with signals at the worst moment, against virtual boards in real time: what the board does
/// afterwards, and whether the next command works. Real time, so on a busy machine a board may be told that its host was lost.</summary>
/// <param name="program">The program's file, or the assembly of it.</param>
public sealed class ProcessMatrix(string program)
{
    /// <summary>A start on a busy machine, and the longest end: a walker that brings its feet together, s.</summary>
    private const double Start = 60, End = 40;

    /// <summary>From the moment at which the board was seen powered until the interruption, s.</summary>
    private const double Under = 1.5;

    /// <summary>What only computes has worked for so long when it is interrupted, s of processor: its start takes 0.3 of them.</summary>
    private const double Worked = 1.5;

    /// <summary>What only computes ends within two seconds; on a busy machine its process may take a little longer, s.</summary>
    private const double MostWithout = 6;

    private const int Int = 2, Kill = ProgramProcess.Kill, Term = 15, Hup = 1;

    /// <summary>All interruptions; a pause is told in seconds.</summary>
    public static IReadOnlyList<string> Interruptions { get; } =
        ["INT", "INT twice", "TERM", "HUP", "KILL", "STOP 0.2", "STOP 0.5", "STOP 2", Full];

    /// <summary>Its log cannot be written beyond 32 kB, and it goes on; then Ctrl-C.</summary>
    public const string Full = "log full";

    /// <summary>Runs one pair.</summary>
    /// <param name="verb">Which verb.</param>
    /// <param name="interruption">One of <see cref="Interruptions"/>.</param>
    /// <exception cref="ArgumentException">The verb has no log.</exception>
    public ProcessResult Run(ProcessVerb verb, string interruption)
    {
        if (interruption == Full && !verb.HasLog)
        {
            throw new ArgumentException($"{verb.Name} has no log.", nameof(interruption));
        }

        string folder = Directory.CreateTempSubdirectory("ganglion-matrix").FullName;
        try
        {
            return verb.Robot == null ? Without(verb, interruption, folder) : With(verb, interruption, folder);
        }
        catch (BoardException failure)
        {
            // Asked by the matrix itself, after the verb has ended: a fault of this pair, and the others are still to come.
            return new ProcessResult(verb.Name, interruption, $"the board could not be asked: {failure.Message}", null, [], 0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private ProcessResult With(ProcessVerb verb, string interruption, string folder)
    {
        using var robot = new VirtualRobot(verb.Robot!, FirmwareImage.Embedded, 1);
        var clock = new MonotonicClock();
        using var boards = new RealTimeBoards(robot, clock);
        string port = boards.PortNames[0];
        using Process process = Begin(verb, port, folder, interruption == Full);
        bool began = Wait(Start, () => process.HasExited || boards.Look(IsPowered));
        if (process.HasExited)
        {
            return Ended(process, verb, interruption, $"it ended before it moved: {process.StandardError.ReadToEnd()}", [], 0);
        }

        if (!began)
        {
            return Ended(process, verb, interruption, $"it did not move within {Start:0} s", [], 0);
        }

        Thread.Sleep(TimeSpan.FromSeconds(Under));
        if (process.HasExited)
        {
            return Ended(process, verb, interruption, $"it ended before: {process.StandardError.ReadToEnd()}", [], 0);
        }

        double ended = Interrupt(process, interruption);
        if (!process.HasExited)
        {
            return Ended(process, verb, interruption, "it does not end", [], ended);
        }

        Thread.Sleep(1000);
        bool on = boards.Look(IsPowered);
        BoardIdentity first = Ask(port, clock);
        Thread.Sleep(4000);
        BoardIdentity last = Ask(port, clock);
        string told = process.StandardError.ReadToEnd();
        string? fault = told.Contains("   at ", StringComparison.Ordinal) ? $"a trace: {told}"
            : interruption == Full && !told.Contains("goes on without its log", StringComparison.Ordinal) ? $"no word of the log: {told}"
            : interruption == "KILL" ? AfterKill(verb, last)
            : last.State is not (BoardState.Idle or BoardState.Safe)
                ? $"the board {StateWords.Predicate(last.State, DriveMode.None)}: {told}"
            : on && first.State == BoardState.Idle ? "idle, and its outputs are on" : null;
        return Ended(process, verb, interruption, fault ?? Next(verb, port, clock, folder),
            [StateWords.Name(first.State), StateWords.Name(last.State)], ended);
    }

    /// <summary>What moves by a host stops without it; what moves by itself goes on, and can be stopped.</summary>
    private static string? AfterKill(ProcessVerb verb, BoardIdentity board) =>
        verb.OwnMotion || board.State == BoardState.Safe ? null
            : $"the board {StateWords.Predicate(board.State, DriveMode.None)} 5 s after its host was killed";

    private ProcessResult Without(ProcessVerb verb, string interruption, string folder)
    {
        using Process process = Begin(verb, "", folder);
        Wait(Start, () => process.HasExited || HasWorked(process));
        if (process.HasExited)
        {
            return Ended(process, verb, interruption, $"it ended before: {process.StandardError.ReadToEnd()}", [], 0);
        }

        double ended = Interrupt(process, interruption);
        string? fault = !process.HasExited ? "it does not end"
            : ended > MostWithout && !interruption.StartsWith("STOP", StringComparison.Ordinal) ? $"it took {ended:0.0} s to end"
            : process.StandardError.ReadToEnd().Contains("   at ", StringComparison.Ordinal) ? "a trace" : null;
        return Ended(process, verb, interruption, fault, [], ended);
    }

    /// <summary>Disarms by the port alone, and has the same verb move the board again.</summary>
    private string? Next(ProcessVerb verb, string port, IClock clock, string folder)
    {
        BoardOrder.Give(BoardOrderKind.Stop, port, SerialPorts.OpenShared(port, verb.Robot!.Boards[0].Baud), clock);
        BoardOrder.Give(BoardOrderKind.Disarm, port, SerialPorts.OpenShared(port, verb.Robot.Boards[0].Baud), clock);
        using Process process = Begin(verb, port, folder);
        bool early = process.WaitForExit(TimeSpan.FromSeconds(3));
        ProgramProcess.Signal(process, Int);
        if (!process.WaitForExit(TimeSpan.FromSeconds(End)))
        {
            process.Kill(entireProcessTree: true);
            return "the next command does not end";
        }

        return early && process.ExitCode == 1 ? $"the next command fails: {process.StandardError.ReadToEnd()}" : null;
    }

    private static BoardIdentity Ask(string port, IClock clock) =>
        BoardEnquiry.Ask(port, SerialPorts.OpenShared(port, SerialPorts.DefaultBaud), clock).Identity;

    private static bool IsPowered(VirtualRobot robot) => robot.Boards.Any(rig =>
        rig.Chips.OfType<Pca9685>().Any(chip => Enumerable.Range(0, Pca9685.Channels).Any(i => chip.PulseSeconds(i) > 0))
        || rig.Pressures.Values.Any(chamber => chamber.KpaAt(robot.World.NowNanoseconds) > 5));

    /// <summary>Sends the signals, and waits for the end.</summary>
    /// <returns>From the first signal to the end, s.</returns>
    private static double Interrupt(Process process, string interruption)
    {
        var time = Stopwatch.StartNew();
        string[] words = interruption.Split(' ');
        switch (words[0])
        {
            case "STOP":
                ProgramProcess.Signal(process, Stop);
                Thread.Sleep(TimeSpan.FromSeconds(double.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture)));
                ProgramProcess.Signal(process, Continue);
                process.WaitForExit(TimeSpan.FromSeconds(2));
                ProgramProcess.Signal(process, Int);
                break;
            case "INT" when words.Length > 1:
                ProgramProcess.Signal(process, Int);
                Thread.Sleep(200);
                ProgramProcess.Signal(process, Int);
                break;
            default:
                ProgramProcess.Signal(process, words[0] switch { "INT" or "log" => Int, "TERM" => Term, "HUP" => Hup, _ => Kill });
                break;
        }

        process.WaitForExit(TimeSpan.FromSeconds(End));
        return time.Elapsed.TotalSeconds;
    }

    private static int Stop => OperatingSystem.IsMacOS() ? 17 : 19;

    private static int Continue => OperatingSystem.IsMacOS() ? 19 : 18;

    private Process Begin(ProcessVerb verb, string port, string folder, bool full = false)
    {
        string[] arguments = [.. verb.Arguments.Select(word => word.Replace("{port}", port, StringComparison.Ordinal)
            .Replace("{out}", Path.Combine(folder, Path.GetRandomFileName()), StringComparison.Ordinal))];
        // The runtime's own memory files are beyond a small limit unless it does without them.
        return full
            ? ProgramProcess.Start(program, [.. arguments, "--log", Path.Combine(folder, Path.GetRandomFileName())], folder,
                ["DOTNET_EnableWriteXorExecute=0", "sh", "-c", "ulimit -f 64; exec \"$@\"", "sh"])
            : ProgramProcess.Start(program, arguments, folder);
    }

    private static ProcessResult Ended(Process process, ProcessVerb verb, string interruption, string? fault, string[] states, double after)
    {
        int? code = process.HasExited ? process.ExitCode : null;
        if (code == null)
        {
            process.Kill(entireProcessTree: true);
        }

        return new ProcessResult(verb.Name, interruption, fault, code, states, after);
    }

    private static bool HasWorked(Process process)
    {
        try
        {
            return process.TotalProcessorTime.TotalSeconds > Worked;
        }
        catch (InvalidOperationException)
        {
            return true; // it has ended in this moment
        }
    }

    private static bool Wait(double seconds, Func<bool> until)
    {
        for (var time = Stopwatch.StartNew(); time.Elapsed.TotalSeconds < seconds; Thread.Sleep(20))
        {
            if (until())
            {
                return true;
            }
        }

        return false;
    }
}
