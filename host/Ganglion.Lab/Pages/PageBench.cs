using System.Net;
using Ganglion.Arm.Control;
using Ganglion.Bridge.Session;
using Ganglion.Dashboard;
using Ganglion.Dashboard.Robots;
using Ganglion.Lab.Bench;
using Ganglion.Live;
using Ganglion.Live.Reaching;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;
using Ganglion.Sim;

namespace Ganglion.Lab.Pages;

/// <summary>How an arm and its page fared while windows looked on.</summary>
/// <param name="Readers">Windows that read.</param>
/// <param name="Sleepers">Windows that never read.</param>
/// <param name="Stream">The setpoints' stream.</param>
/// <param name="Times">Computing of each period.</param>
/// <param name="AllocatedPerPeriod">By the control loop's thread, bytes, targets and progress included.</param>
/// <param name="Windows">What each window that reads received in <paramref name="Seconds"/>.</param>
/// <param name="Seconds">From the moment at which the stream had settled to the end.</param>
/// <param name="Growth">Of the process's memory (working set) meanwhile, from the largest in the first third to the largest in the last,
/// bytes.</param>
public sealed record PageLoad(int Readers, int Sleepers, StreamStatistics Stream, ControlTimes Times, double AllocatedPerPeriod,
    IReadOnlyList<PageFigures> Windows, double Seconds, long Growth)
{
    /// <summary>Frames a second of the window that got fewest; NaN without windows.</summary>
    public double FewestPerSecond => Windows.Count == 0 ? double.NaN : Windows.Min(window => window.Frames) / Seconds;

    /// <summary>The same for each period of the control loop, which publishes a view a period; NaN without windows.</summary>
    public double FewestPerPeriod => FewestPerSecond / Stream.StreamHz;

    /// <summary>Share of the published frames that the window which missed most did not get; NaN without windows.</summary>
    public double SkippedShare => Windows.Count == 0 ? double.NaN : Windows.Max(window =>
        window.Skipped / (double)Math.Max(1, window.Skipped + window.Frames));

    /// <summary>Longest time between two frames of a window, s; NaN without windows.</summary>
    public double LongestGap => Windows.Count == 0 ? double.NaN : Windows.Max(window => window.LongestGap);

    /// <summary>Mean length of a frame, bytes; NaN without windows.</summary>
    public double BytesPerFrame => Windows.Sum(window => window.Bytes) / (double)Windows.Sum(window => window.Frames);

    /// <summary>Frames that were torn or came in a wrong order.</summary>
    public long Torn => Windows.Sum(window => window.Torn);
}

/// <summary>
/// What windows of the page cost the arm that they look at, and each other: the arm reaches for random targets in real time, behind
/// pseudo-terminals, with its page; first nobody looks, then some windows read, then as many beside others that never read. Everything is
/// in one process, the windows too.
/// </summary>
/// <param name="robot">A trunk arm.</param>
/// <param name="controller">Makes what steers it.</param>
/// <param name="seed">Of boards and targets.</param>
public sealed class PageBench(RobotDescription robot, Func<TrunkArm, IArmController> controller, int seed)
{
    /// <summary>What is compiled at the first use has been, s.</summary>
    private const double Settling = 2;

    /// <summary>Shorter runs measure nothing, s.</summary>
    public const double Least = 3 * Settling;

    /// <summary>In virtual time at the pace of real time, where a busy machine makes no board fall silent; deadlines tell nothing
    /// then.</summary>
    internal bool Paced { get; init; }

    /// <summary>Runs it once.</summary>
    /// <param name="readers">Windows that read.</param>
    /// <param name="sleepers">Windows that never read.</param>
    /// <param name="seconds">At least <see cref="Least"/>.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="DashboardException">The program was built without its page.</exception>
    /// <exception cref="BoardException">A board was lost.</exception>
    public PageLoad Run(int readers, int sleepers, double seconds, CancellationToken cancellation = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using VirtualArm body = Paced ? VirtualArm.InVirtualTime(robot, seed) : VirtualArm.InRealTime(robot, seed);
        using var session = new ArmSession(robot, body.Ports, Paced ? new PacedClock(body.Clock) : body.Clock, new Random(seed));
        IArmController steers = controller(session.Arm);
        var viewer = new ArmViewer(session, steers, body);
        using var server = new DashboardServer(new DashboardOptions(IPAddress.Loopback, 0, OtherPort: false),
            new ArmDesk(robot, viewer.Exchange, viewer.Events, new PageControl.Watched(stop.Cancel), steers.Name, IsVirtual: true));
        PageReader[] windows = [.. Enumerable.Range(0, readers + sleepers).Select(_ => new PageReader())];
        try
        {
            // Those that never read come first: they are there from the first frame on.
            Task.WaitAll([.. windows.Select((window, i) => window.Open(new Uri(server.Address), reads: i >= sleepers))], stop.Token);
            session.Open(stop.Token);
            var meter = new Meter(windows, seconds);
            var options = new ReachRunOptions(seconds, int.MaxValue, seed);
            ReachRunResult result = session.Steer(() => ReachRun.Execute(session, steers, body, options, meter.Note, stop.Token, viewer));
            return new PageLoad(readers, sleepers, result.Stream, result.Times, meter.AllocatedPerPeriod,
                [.. meter.Figures.Skip(sleepers)], meter.Seconds, meter.Growth);
        }
        finally
        {
            Array.ForEach(windows, window => window.Dispose());
        }
    }

    /// <summary>What it is held to.</summary>
    /// <param name="alone">Nobody looks.</param>
    /// <param name="read">Windows that read.</param>
    /// <param name="crowded">As many, beside those that never read.</param>
    public static Bar[] Bars(PageLoad alone, PageLoad read, PageLoad crowded)
    {
        int all = crowded.Readers + crowded.Sleepers;
        return
        [
            Bar.AtMost($"frames to boards missed with {all} windows, beyond those without", Math.Max(0,
                crowded.Stream.MissedFrames - alone.Stream.MissedFrames), 0),

            // Half a period: what is later counts as late, and what comes 40 ms late is not noticed.
            Bar.AtMost($"latest deadline with {all} windows, ms (without: {1000 * alone.Stream.LongestLateness:0.0})",
                1000 * crowded.Stream.LongestLateness, Math.Max(10, 1000 * alone.Stream.LongestLateness)),
            Bar.AtMost($"bytes that a period of control allocates for {all} windows",
                crowded.AllocatedPerPeriod - alone.AllocatedPerPeriod, 64),
            Bar.AtLeast($"frames a period to the slowest of {crowded.Readers} windows beside {crowded.Sleepers} that never read, share " +
                "of those without", crowded.FewestPerPeriod / read.FewestPerPeriod, 0.98),
            Bar.AtMost("share of the frames that one of them skipped", crowded.SkippedShare, Math.Max(0.01, read.SkippedShare)),
            Bar.AtMost("longest gap between two frames there, ms", 1000 * crowded.LongestGap, Math.Max(100, 1500 * read.LongestGap)),
            Bar.AtMost("frames that were torn or out of order", read.Torn + crowded.Torn, 0),
            Bar.AtMost($"growth of the host's memory with {all} windows, MB", crowded.Growth * 1e-6, 32),
        ];
    }

    /// <summary>Takes figures while the arm moves, on its loop's thread: once a second and at each target.</summary>
    private sealed class Meter(PageReader[] windows, double seconds)
    {
        /// <summary>Periods a second.</summary>
        private const double Rate = 50;

        private double _began, _now;
        private long _bytes, _allocated, _first, _last;
        private PageFigures[] _figures = [];

        public double Seconds => _now - _began;

        public double AllocatedPerPeriod => _allocated / (Seconds * Rate);

        public IReadOnlyList<PageFigures> Figures => _figures;

        public long Growth => Math.Max(0, _last - _first);

        public void Note(ReachProgress progress)
        {
            long bytes = GC.GetAllocatedBytesForCurrentThread();
            if (_began == 0)
            {
                if (progress.Seconds < Settling)
                {
                    return;
                }

                Array.ForEach(windows, window => window.Restart());
                (_began, _bytes) = (progress.Seconds, GC.GetAllocatedBytesForCurrentThread());
                return;
            }

            (_now, _allocated) = (progress.Seconds, bytes - _bytes);
            _figures = [.. windows.Select(window => window.Figures)];
            long memory = Environment.WorkingSet;
            double share = (_now - _began) / (seconds - _began);
            (_first, _last) = (share < 1 / 3.0 ? Math.Max(_first, memory) : _first, share > 2 / 3.0 ? Math.Max(_last, memory) : _last);

            // What measuring itself takes is not the loop's.
            _bytes += GC.GetAllocatedBytesForCurrentThread() - bytes;
        }
    }
}
