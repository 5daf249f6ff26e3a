using Ganglion.Bridge.Timing;
using Ganglion.Cli.Pages;
using Ganglion.Cli.Verbs.Arm;
using Ganglion.Dashboard;
using Ganglion.Dashboard.Rhythms;
using Ganglion.Live.Rhythms;
using Ganglion.Live.Teleop;
using Ganglion.Live.Viewing;
using Ganglion.Rhythm.Shown;

namespace Ganglion.Cli.Verbs.Rhythm.Show;

/// <summary>A rhythm that no board plays, on the page.</summary>
internal static class ShownHere
{
    /// <param name="make">Makes the rhythm, which may take a second.</param>
    /// <param name="page">Where it is shown.</param>
    public static int Run(Func<ShownRhythm> make, PageChoice page)
    {
        DashboardOptions place = page.Place(quiet: false)!;
        using var interrupt = new Interrupt();
        ShownRhythm rhythm = make();
        var events = new EventLog();
        var clock = new MonotonicClock();
        var mailbox = new TeleopMailbox(clock, TeleopBounds.OfShown(), events);
        var show = new RhythmShow(rhythm, clock, mailbox, events, file: null);
        using var server = new DashboardServer(place, new RhythmDesk(show, mailbox, events, Board: null));
        Output.Line($"{rhythm.Name}: {rhythm.About} No board plays it. Ctrl-C ends.");
        PageChoice.Told(server);
        long told = 0;
        show.Execute(() => TellEvents(events, ref told), interrupt.Token);
        return Errors.Ok;
    }

    /// <summary>Prints what has happened since the last call.</summary>
    /// <param name="events">All that happened.</param>
    /// <param name="told">Number of the newest that was printed.</param>
    public static void TellEvents(EventLog events, ref long told)
    {
        if (events.Last == told)
        {
            return;
        }

        foreach (RobotEvent what in events.Events)
        {
            if (what.Number > told)
            {
                told = what.Number;
                TeleopScreen.Write(what, json: false);
            }
        }
    }
}
