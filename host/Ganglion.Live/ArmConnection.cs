using Ganglion.Bridge;
using Ganglion.Robots;

namespace Ganglion.Live;

/// <summary>A session with an arm's boards and whatever stands behind them: real ones on given ports, or virtual ones in
/// real time.</summary>
public sealed class ArmConnection : IDisposable
{
    private readonly VirtualArm? _body;

    private ArmConnection(ArmSession session, VirtualArm? body)
    {
        Session = session;
        _body = body;
    }

    /// <summary>Not yet opened.</summary>
    public ArmSession Session { get; }

    /// <summary>Measures the tip of a virtual arm; null where nothing measures it.</summary>
    public IPoseSource? Poses => _body;

    /// <summary>Prepares the session.</summary>
    /// <param name="robot">A trunk arm.</param>
    /// <param name="ports">One port a board, or none for virtual boards.</param>
    /// <param name="seed">Seed of virtual boards.</param>
    /// <param name="observer">Is told of everything sent and received.</param>
    public static ArmConnection Open(RobotDescription robot, string[] ports, int seed, IBoardObserver? observer = null)
    {
        if (ports.Length == 0)
        {
            VirtualArm body = VirtualArm.InRealTime(robot, seed);
            return new ArmConnection(new ArmSession(robot, body.Ports, body.Clock, null, observer), body);
        }

        if (ports.Length != robot.Boards.Length)
            throw new BoardException(robot.Name, $"it has {robot.Boards.Length} boards and {ports.Length} ports were given", "Name one port for each board, in the order of the description.");
        Func<ISerialLink>[] open = [.. robot.Boards.Select((board, i) => new Func<ISerialLink>(() => SerialPorts.Open(ports[i], board.Baud)))];
        return new ArmConnection(new ArmSession(robot, open, new MonotonicClock(), null, observer), null);
    }

    public void Dispose()
    {
        Session.Dispose();
        _body?.Dispose();
    }
}
