using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Live;
using Ganglion.Live.Tracking;
using Ganglion.Robots.Robot;

namespace Ganglion.Sim;

/// <summary>
/// A session with an arm's boards and whatever stands behind them: virtual ones, which measure themselves, or real ones on given ports,
/// whose tip an external tracker may measure.
/// </summary>
public sealed class ArmConnection : IDisposable
{
    private ArmConnection(ArmSession session, VirtualArm? body, UdpPoseSource? tracker) => (Session, Body, Tracker) =
        (session, body, tracker);

    /// <summary>Not yet opened.</summary>
    public ArmSession Session { get; }

    /// <summary>The simulated arm; null on given ports.</summary>
    public VirtualArm? Body { get; }

    /// <summary>The tracker that was named; null without.</summary>
    public UdpPoseSource? Tracker { get; }

    /// <summary>Measures the tip; null where nothing does.</summary>
    public IPoseSource? Poses => (IPoseSource?)Body ?? Tracker;

    /// <summary>Prepares a session with virtual boards.</summary>
    /// <param name="body">Becomes this connection's own.</param>
    /// <param name="observer">Is told of everything sent and received.</param>
    public static ArmConnection To(VirtualArm body, IBoardObserver? observer = null) =>
        new(new ArmSession(body.Robot.Description, body.Ports, body.Clock, null, observer), body, null);

    /// <summary>Prepares a session with the boards on given ports.</summary>
    /// <param name="robot">A trunk arm.</param>
    /// <param name="ports">One port a board.</param>
    /// <param name="tracker">Where an external tracker's poses come in; null: the servos are trusted.</param>
    /// <param name="clock">Real time.</param>
    /// <param name="observer">Is told of everything sent and received.</param>
    /// <exception cref="BoardException">Not one port a board.</exception>
    /// <exception cref="PoseSourceException">The tracker's port cannot be had.</exception>
    public static ArmConnection To(RobotDescription robot, string[] ports, PoseEndpoint? tracker, IClock clock,
        IBoardObserver? observer = null)
    {
        if (ports.Length != robot.Boards.Length)
        {
            throw new BoardException(robot.Name, $"it has {robot.Boards.Length} boards and {ports.Length} ports were given",
                "Name one port for each board, in the order of the description.");
        }

        Func<ISerialLink>[] open =
            [.. robot.Boards.Select((board, i) => new Func<ISerialLink>(() => SerialPorts.Open(ports[i], board.Baud)))];
        var session = new ArmSession(robot, open, clock, null, observer);
        return new ArmConnection(session, null, tracker == null ? null : new UdpPoseSource(tracker, session.Arm, session.Slew(), clock));
    }

    public void Dispose()
    {
        Session.Dispose();
        Tracker?.Dispose();
        Body?.Dispose();
    }
}
