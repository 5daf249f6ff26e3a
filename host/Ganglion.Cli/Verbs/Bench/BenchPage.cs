using System.CommandLine;
using Ganglion.Arm.Control;
using Ganglion.Cli.Parsing;
using Ganglion.Lab.Bench;
using Ganglion.Lab.Pages;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli.Verbs.Bench;

/// <summary>`ganglion bench page`: windows that look on, some of which never read, beside an arm that moves in real time.</summary>
internal static class BenchPage
{
    public static Command Create()
    {
        Option<string> robot = CommonOptions.Robot("trunk25-4g");
        Option<string?> controller = ControllerChoice.Name();
        Option<string?> model = ControllerChoice.Model();
        Option<int> windows = Numeric.Option("--windows", "Windows that read.", new Bounds(1, 31), 15);
        Option<int> sleepers = Numeric.Option("--sleepers", "Windows that never read; with the others at most 32.", new Bounds(0, 31), 5);
        Option<double> seconds = Numeric.Option("--seconds", "How long each of the three runs takes.",
            new Bounds(PageBench.Least, 3600, "s"), 30.0);
        Option<int> seed = CommonOptions.Seed();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("page",
            "What windows of the page cost the arm that they look at, and each other: in real time, first without windows, then with " +
                "some that read, then with as many beside others that never read. Frames to boards, latest deadline, allocations of the " +
                "control loop, frames and gaps of each window, memory.\n\n" +
            "Example: ganglion bench page --seconds 60 --json")
        {
            robot, controller, model, windows, sleepers, seconds, seed, json,
        };
        command.SetAction(result => Run(
            Descriptions.Arm(result.GetValue(robot)!), result.GetValue(controller), result.GetValue(model), result.GetValue(windows),
            result.GetValue(sleepers), result.GetValue(seconds), result.GetValue(seed), result.GetValue(json)));
        return command;
    }

    private static int Run(RobotDescription robot, string? name, string? model, int readers, int sleepers, double seconds, int seed,
        bool json)
    {
        if (readers + sleepers > 32)
        {
            throw new UsageException($"--windows and --sleepers are {readers + sleepers} together, and a page has 32 windows at most.");
        }

        using var interrupt = new WorkInterrupt("nothing is kept of it.");
        string used = "";
        var bench = new PageBench(robot, arm =>
        {
            IArmController steers = ControllerChoice.Create(name, model, robot, arm, seed, orientation: false, measured: true,
                out string? learned);
            used = ControllerChoice.Called(steers, learned);
            return steers;
        }, seed);
        (int Readers, int Sleepers)[] runs = [(0, 0), (readers, 0), (readers, sleepers)];
        PageLoad[] loads = [.. runs.Select(run =>
        {
            PageLoad load = bench.Run(run.Readers, run.Sleepers, seconds, interrupt.Token);
            interrupt.Token.ThrowIfCancellationRequested();
            return load;
        })];
        Bar[] bars = PageBench.Bars(loads[0], loads[1], loads[2]);
        if (json)
        {
            Output.Json(new
            {
                Robot = robot.Name,
                Controller = used,
                Channels = robot.Channels.Length,
                Seed = seed,
                Seconds = seconds,
                Runs = loads.Select(load => new
                {
                    load.Readers,
                    load.Sleepers,
                    load.Stream.MissedFrames,
                    load.Stream.LateDeadlines,
                    LatestDeadlineMs = Output.Round(1000 * load.Stream.LongestLateness, 2),
                    ControlMsP99 = Output.Round(1000 * load.Times.P99, 3),
                    AllocatedBytesPerPeriod = Output.Round(load.AllocatedPerPeriod, 1),
                    FewestFramesPerSecond = Output.Round(load.FewestPerSecond, 2),
                    FewestFramesPerPeriod = Output.Round(load.FewestPerPeriod, 3),
                    SkippedShare = Output.Round(load.SkippedShare, 4),
                    LongestGapMs = Output.Round(1000 * load.LongestGap, 1),
                    BytesPerFrame = Output.Round(load.BytesPerFrame, 0),
                    load.Torn,
                    MemoryGrowthMb = Output.Round(load.Growth * 1e-6, 1),
                }),
                MissedBars = BenchVerb.Missed(bars),
            });
            return BenchVerb.Code(bars);
        }

        BenchVerb.Print($"{robot.Name} ({robot.Channels.Length} channels), controller {used}, {seconds:0} s each, in real time",
            ["windows", " never read", " missed", " late", " latest ms", " bytes/period", " frames/s", " skipped", " gap ms", " kB/frame",
                " MB more"], loads,
            load => BenchVerb.Cells($"{load.Readers + load.Sleepers}", $"{load.Sleepers}", $"{load.Stream.MissedFrames}",
                $"{load.Stream.LateDeadlines}", $"{1000 * load.Stream.LongestLateness:0.0}", $"{load.AllocatedPerPeriod:0}",
                $"{load.FewestPerSecond:0.0}", $"{load.SkippedShare:0.0%}", $"{1000 * load.LongestGap:0}",
                $"{load.BytesPerFrame * 1e-3:0.0}", $"{load.Growth * 1e-6:0.0}"));
        return BenchVerb.Judge(bars);
    }
}
