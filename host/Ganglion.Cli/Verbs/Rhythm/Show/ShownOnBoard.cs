using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Cli.Links;
using Ganglion.Cli.Pages;
using Ganglion.Dashboard;
using Ganglion.Dashboard.Rhythms;
using Ganglion.Live;
using Ganglion.Live.OwnMotion;
using Ganglion.Live.Rhythms;
using Ganglion.Live.Teleop;
using Ganglion.Live.Viewing;
using Ganglion.Rhythm.Shown;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli.Verbs.Rhythm.Show;

/// <summary>A rhythm on the page, beside a board that it may be sent to.</summary>
internal static class ShownOnBoard
{
    /// <param name="Robot">Its first board is meant.</param>
    /// <param name="Rhythm">As it was loaded.</param>
    /// <param name="Port">Null: a virtual board.</param>
    /// <param name="File">What Save writes; null: nothing.</param>
    /// <param name="Seed">Of the virtual board.</param>
    /// <param name="Page">Where it is shown.</param>
    public sealed record Options(RobotDescription Robot, RhythmDescription Rhythm, string? Port, string? File, int Seed, PageChoice Page);

    public static int Run(Options options)
    {
        DashboardOptions place = options.Page.Place(quiet: false)!;
        if (options.Robot.Boards.Length != 1)
        {
            throw new UsageException($"{options.Robot.Name} has {options.Robot.Boards.Length} boards; a rhythm is played by one. Give a " +
                $"robot with one board, such as rig12.");
        }

        using var interrupt = new Interrupt(steers: true);
        return OneBoard.Use(new OneBoardOptions(options.Robot, options.Port, VirtualTime: false, options.Seed, default),
            RobotConfiguration.Of(options.Robot, 0).With(options.Rhythm), interrupt.Token,
            (board, clock) => Operate(options, place, board, clock, interrupt));
    }

    private static int Operate(Options options, DashboardOptions place, BoardSession board, IClock clock, Interrupt interrupt)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(interrupt.Token);
        var events = new EventLog();
        var mailbox = new TeleopMailbox(clock, TeleopBounds.OfShown(), events);
        var show = new RhythmShow(new ShownNetwork(options.Rhythm, options.Robot), clock, mailbox, events, options.File);
        var motion = new ShownMotion(show, board, options.Robot, clock);
        var run = new OwnMotionTeleop(board, clock, motion, mailbox, events);
        using var server = new DashboardServer(place, new RhythmDesk(show, mailbox, events, new RhythmBoard(options.Robot, run.Exchange,
            motion, IsVirtual: options.Port == null)));
        Output.Line($"{options.Rhythm.Name}: {show.Rhythm.About} The board of {options.Robot.Name} rests until it is sent there. " +
            "Ctrl-C ends.");
        PageChoice.Told(server);
        Exception? failure = null;
        var loop = new Thread(() =>
        {
            try
            {
                show.Execute(() => { }, end.Token);
            }
            catch (Exception e)
            {
                // The board comes to rest before it is told.
                failure = e;
                end.Cancel();
            }
        })
        { Name = "rhythm" };
        loop.Start();
        string stopped;
        long told = 0;
        try
        {
            stopped = run.Execute(() => ShownHere.TellEvents(events, ref told), new EndRequest(end.Token, interrupt.End.AtOnce));
        }
        finally
        {
            end.Cancel();
            loop.Join();
        }

        ShownHere.TellEvents(events, ref told);
        Output.Line(failure != null ? "The board is at rest and disarmed."
            : stopped.Length > 0 ? $"It ended while it was stopped: {stopped}" : "At rest and disarmed.");
        return failure != null ? throw new InvalidOperationException("the rhythm's loop ended", failure)
            : stopped.Length > 0 ? Errors.Failed : Errors.Ok;
    }
}
