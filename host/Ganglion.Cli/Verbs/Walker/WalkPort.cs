using System.Diagnostics;
using System.Globalization;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Words;
using Ganglion.Cli.Links;
using Ganglion.Cli.Verbs.Board;
using Ganglion.Lab.Reports;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Trials;
using Ganglion.Sim.Walking;

namespace Ganglion.Cli.Verbs.Walker;

/// <summary>`ganglion walk --port`: the runs of a trial on the walker whose board is behind a port, one after another, each when the person
/// beside it says so.</summary>
/// <param name="Port">Serial port of the board.</param>
/// <param name="Unattended">Do not ask before each run.</param>
/// <param name="Folder">Where each run's log goes to; null: nowhere.</param>
/// <param name="Json">Print nothing on stdout.</param>
internal sealed record WalkPort(string Port, bool Unattended, DirectoryInfo? Folder, bool Json)
{
    private readonly List<TrialEntry> _entries = [];
    private readonly List<ShownRun> _shown = [];

    /// <summary>Why the series ended before its time, with runs that count; null: it did not, or a person ended it.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Refuses what a walker behind a port cannot do, before anything moves.</summary>
    /// <exception cref="UserException">Of the trial or its robot.</exception>
    /// <exception cref="UsageException">Of the command line.</exception>
    public void Check(TrialPlan plan)
    {
        if (plan.Trial.Faults is [var fault, ..])
        {
            throw new UserException($"{plan.Trial.Name}: the fault '{fault.Fault}' is for a virtual board. Leave --port out, or give a " +
                $"trial without faults.");
        }

        if (plan.Robot.Boards is not [var board] || !board.Chips.Any(chip => chip is Mpu6050))
        {
            throw new UserException($"{plan.Robot.Name}: a trial on a port needs one board with an IMU, or a fall would not be seen.");
        }

        if (!Unattended && Console.IsInputRedirected)
        {
            throw new UsageException("--port asks before each run, and there is no terminal to ask at. Give --unattended if somebody is " +
                "beside the walker all the same.");
        }

        foreach (TrialCondition condition in plan.Trial.Conditions)
        {
            GaitBounds.Check(plan.Under(condition), plan.Robot, plan.SpeedUnder(condition), condition.Turn ?? plan.Trial.Turn,
                plan.Trial.Cadence, 1);
        }
    }

    /// <summary>Walks, until all is walked or a person, a fall without one, or the board ends it.</summary>
    /// <returns>The runs that were walked.</returns>
    /// <exception cref="BoardException">The first run could not be.</exception>
    public TrialResult Run(TrialPlan plan)
    {
        long began = Stopwatch.GetTimestamp();
        using var interrupt = new Interrupt(steers: true);
        try
        {
            foreach (TrialCondition condition in plan.Trial.Conditions)
            {
                for (int seed = plan.Trial.FirstSeed; seed <= plan.Trial.LastSeed; seed++)
                {
                    if (!Next(plan, condition, seed, interrupt))
                    {
                        return Result();
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // What was walked stands.
        }
        catch (Exception e) when (e is BoardException or IOException && _entries.Count > 0)
        {
            Failure = e;
        }

        return Result();

        TrialResult Result() => new(plan, _entries, _shown, Stopwatch.GetElapsedTime(began).TotalSeconds, double.NaN) { Port = Port };
    }

    /// <summary>A run.</summary>
    /// <returns>Whether the next one may follow.</returns>
    private bool Next(TrialPlan plan, TrialCondition condition, int seed, Interrupt interrupt)
    {
        string name = $"{condition.Name}, seed {seed}";
        if (!Unattended && !Agreed(name, interrupt.Token))
        {
            return false;
        }

        WalkedTrial walked = Walk(plan, condition, seed, interrupt);
        var entry = new TrialEntry(condition, seed, walked.Run);
        _entries.Add(entry);
        if (seed == plan.Trial.FirstSeed)
        {
            _shown.Add(new ShownRun(entry, walked.Samples, []));
        }

        if (!Json)
        {
            Output.Line($"{name}: {walked.Run.Outcome}");
        }

        Failure = walked.Ended;
        return Failure == null && !(Unattended && walked.Run.Measures.Fell != null);
    }

    private WalkedTrial Walk(TrialPlan plan, TrialCondition condition, int seed, Interrupt interrupt)
    {
        FileInfo? log = Folder == null ? null : new FileInfo(Path.Combine(Folder.FullName, WalkReport.LogName(condition, seed)));
        var board = new OneBoardOptions(plan.Robot, Port, VirtualTime: false, seed, new RecordingOptions(log, null))
        {
            Made =
            [
                new("condition", condition.Name), new("gait", plan.GaitUnder(condition).Name),
                new("gait_sha256", plan.GaitUnder(condition).FileHash),
                new("trial", plan.Trial.Name), new("trial_sha256", plan.Trial.FileHash),
            ],
        };
        var orders = new WalkOrders(plan.SpeedUnder(condition), condition.Turn ?? plan.Trial.Turn, plan.Trial.Cadence, plan.Trial.Commands);
        WalkedTrial? walked = null;
        int code = OneBoard.Use(board, RobotConfiguration.Of(plan.Robot, 0).With(plan.Under(condition), plan.Robot), interrupt.Token,
            (session, clock) => Output.Progress(Json, condition.Name, $", seed {seed}: the board walks; Ctrl-C brings its feet together.",
                show =>
                {
                    walked = WalkerTrial.Walk(session, clock, plan.Robot.Walker!, orders, plan.Trial.Seconds,
                        (time, walk) => show(Line(time, walk)), interrupt.End);
                    return Errors.Ok;
                }));
        return code == Errors.Ok ? walked! : throw new IOException($"{log}: the log is not whole.");
    }

    private static string Line(double seconds, WalkTelemetry walk) => string.Create(CultureInfo.InvariantCulture,
        $"{seconds,5:0.0} s  {StateWords.Stage(walk.Stage)}  {walk.Speed * 1e3,4:0} mm/s");

    private static bool Agreed(string run, CancellationToken cancellation)
    {
        Console.Error.Write($"{run}: set the walker down at its start and stand clear. Enter: it walks; q: no more runs. ");
        Task<string?> answer = Task.Run(Console.In.ReadLine, cancellation);
        answer.Wait(cancellation);
        return answer.Result is { } line && line.Trim().Length == 0;
    }
}
