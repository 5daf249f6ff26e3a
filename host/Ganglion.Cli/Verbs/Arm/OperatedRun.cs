using Ganglion.Arm.Control;
using Ganglion.Live;
using Ganglion.Live.Reaching;
using Ganglion.Live.Recording;
using Ganglion.Live.Teleop;
using Ganglion.Live.Viewing;

namespace Ganglion.Cli.Verbs.Arm;

/// <summary>`ganglion run` with its page: the arm goes to random targets while nobody has control, and whoever takes it leads the arm as in
/// `ganglion teleop`.</summary>
/// <param name="mailbox">What windows ask.</param>
/// <param name="viewer">Shows the arm.</param>
/// <param name="recordings">Where recordings are made and found.</param>
/// <param name="json">stdout is for one object.</param>
internal sealed class OperatedRun(TeleopMailbox mailbox, ArmViewer viewer, SessionRecordings recordings, bool json)
{
    /// <param name="session">Open; armed here, parked and disarmed in the end.</param>
    /// <param name="controller">Finds the postures.</param>
    /// <param name="poses">Measures the tip; null: nothing does.</param>
    /// <param name="options">How long, and to which targets.</param>
    /// <param name="progress">Is told how it goes with them.</param>
    /// <param name="operated">Is given the line to show, once a period in which the arm is operated or stopped.</param>
    /// <param name="end">Ends it.</param>
    /// <exception cref="UserException">It ended while it was stopped.</exception>
    public ReachRunResult Execute(ArmSession session, IArmController controller, IPoseSource? poses, ReachRunOptions options,
        Action<ReachProgress> progress, Action<string> operated, EndRequest end)
    {
        var targets = new RandomTargets(session, options, progress);
        var run = new TeleopRun(session, controller, poses, TeleopVerb.Limits(TeleopVerb.DefaultSpeed), mailbox, viewer, recordings,
            targets);
        var screen = new TeleopScreen(viewer, json);
        TeleopResult done = run.Execute(() =>
        {
            if (!run.IsLeftAlone)
            {
                operated(screen.Line());
            }
        }, end);
        return done.Stopped.Length == 0 ? targets.Result(done.Stream, done.Times)
            : throw new UserException($"it ended while it was stopped: {done.Stopped}");
    }
}
