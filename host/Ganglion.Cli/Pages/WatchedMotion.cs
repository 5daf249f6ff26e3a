using Ganglion.Dashboard;
using Ganglion.Dashboard.Robots;
using Ganglion.Live;
using Ganglion.Live.Replay;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli.Pages;

/// <summary>The page of a verb that lets one board move by itself: people look on, and may stop it.</summary>
/// <param name="Robot">Its first board is meant.</param>
/// <param name="Motion">Name of the gait or rhythm; empty: none.</param>
/// <param name="Rhythm">The rhythm that it plays; null: none.</param>
/// <param name="IsVirtual">The board is virtual.</param>
internal sealed record WatchedMotion(RobotDescription Robot, string Motion, RhythmDescription? Rhythm, bool IsVirtual)
{
    /// <summary>Serves the page for as long as the work takes.</summary>
    /// <param name="page">Whether one is served.</param>
    /// <param name="place">Where; null: nowhere.</param>
    /// <param name="viewer">Shows the board.</param>
    /// <param name="end">How the person at the terminal ends it.</param>
    /// <param name="work">Is given how it is ended, from the page too.</param>
    /// <exception cref="UserException">It was stopped from the page.</exception>
    public T Show<T>(PageChoice page, DashboardOptions? place, OwnMotionViewer viewer, EndRequest end, Func<EndRequest, T> work)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(end.AtOnce);
        using DashboardServer? server = page.Serve(place, at => new DashboardServer(at, new MotionDesk(Robot, viewer.Exchange,
            viewer.Events, new PageControl.Watched(stop.Cancel), Motion, Rhythm, RecordedGround.Level, IsVirtual)));
        try
        {
            return work(end with { AtOnce = stop.Token });
        }
        catch (OperationCanceledException) when (!end.AtOnce.IsCancellationRequested)
        {
            throw new UserException("stopped from the page: the board's outputs are off where it stood. Start it again when all is well.");
        }
    }
}
