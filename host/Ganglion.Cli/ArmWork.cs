using Ganglion.Arm.Avoidance;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Recording;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Live;
using Ganglion.Live.Tracking;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Scenes;
using Ganglion.Sim;

namespace Ganglion.Cli;

/// <summary>What the verbs that move an arm's tip are told about its boards and about who measures it.</summary>
/// <param name="Robot">The arm.</param>
/// <param name="Ports">One a board, or none for virtual boards.</param>
/// <param name="Poses">Where a tracker's poses come in; null: nowhere.</param>
/// <param name="VirtualTime">Virtual boards as fast as the machine can.</param>
/// <param name="Seed">Of virtual boards.</param>
/// <param name="Recording">Where all is recorded to.</param>
/// <param name="Scene">What the arm keeps clear of, and what virtual boards' distance sensors see; of what is hidden the host knows
/// nothing.</param>
internal sealed record ArmWorkOptions(RobotDescription Robot, string[] Ports, PoseEndpoint? Poses, bool VirtualTime, int Seed,
    RecordingOptions Recording, SceneDescription Scene)
{
    /// <summary>File or name of the network that places the body that is kept clear; null: kinematics do.</summary>
    public string? Body { get; init; }
}

/// <summary>The connection with an arm's boards, real or virtual, and the log of what goes over it.</summary>
internal sealed class ArmWork : IDisposable
{
    private readonly Recording? _recording;
    private readonly BodyWatch? _watch;

    /// <summary>Prepares the session; nothing is sent yet.</summary>
    /// <exception cref="UsageException">The options do not go together.</exception>
    /// <param name="options">What was asked for.</param>
    /// <param name="observers">Observes the sessions beside the log; null: nobody does.</param>
    public ArmWork(ArmWorkOptions options, BoardObservers? observers = null)
    {
        if (options.Ports.Length > 0 && options.VirtualTime)
        {
            throw new UsageException("--virtual-time looks into simulated bodies: leave out --port.");
        }

        if (options.Ports.Length == 0 && options.Poses != null)
        {
            throw new UsageException("--poses takes a tracker's poses for boards on ports, and virtual boards measure themselves: give " +
                "--port, or leave out --poses.");
        }

        VirtualArm? body = options.Ports.Length > 0 ? null
            : options.VirtualTime ? VirtualArm.InVirtualTime(options.Robot, options.Seed, scene: options.Scene)
            : VirtualArm.InRealTime(options.Robot, options.Seed, scene: options.Scene);
        try
        {
            IClock clock = body?.Clock ?? new MonotonicClock();
            _recording = Recording.Of(options.Recording, options.Robot, options.Seed, clock, []);
            IBoardObserver? observer = _recording?.Observer;
            if (observers != null)
            {
                if (observer != null)
                {
                    observers.Add(observer);
                }

                observer = observers;
            }

            Connection = body != null
                ? ArmConnection.To(body, observer)
                : ArmConnection.To(options.Robot, options.Ports, options.Poses, clock, observer);
            KeptClearance kept = ArmSession.ClearanceOf(options.Robot, options.Scene);
            kept = kept with { Network = Descriptions.Body(options.Body, kept.Arm) };
            Connection.Session.KeepClear(kept);
            Connection.Session.Noticed += Console.Error.WriteLine;
            _watch = body == null ? null : new BodyWatch(body, (kept with { Scene = options.Scene, Network = null }).NewBody());
        }
        catch
        {
            body?.Dispose();
            _recording?.Dispose();
            throw;
        }
    }

    public ArmConnection Connection { get; }

    /// <summary>The least distance that the simulated body had from obstacles, table and itself, mm; null on ports, where nobody sees
    /// it.</summary>
    public double? LeastDistance => _watch == null ? null
        : Output.Round(1000 * (_watch.Least + Connection.Session.Kept!.Scene.Clearance), 2);

    /// <summary>Opens the session, and waits for the tracker if there is one: until then nothing has been switched on.</summary>
    /// <param name="orientation">Whether the work needs measured orientations.</param>
    /// <exception cref="UserException">The tracker measures none.</exception>
    public void Open(bool orientation, CancellationToken cancellation)
    {
        Connection.Session.Open(cancellation);
        if (Connection.Session.Nameless is { Count: > 0 } nameless)
        {
            Console.Error.WriteLine($"the ports were taken in the order given, because nobody told these boards which ones they are: " +
                $"{string.Join(", ", nameless.Select(board => $"{board.Name} on {board.PortName}"))}. Flash each with its name " +
                "(firmware/README.md), and a swap is noticed.");
        }

        if (Connection.Tracker is not { } tracker)
        {
            if (Connection.Poses == null)
            {
                Console.Error.WriteLine("nothing measures the tip: the exact geometry steers, the servos are trusted, and the " +
                    "body that is kept clear is the described one. --poses udp:PORT connects a tracker.");
            }

            return;
        }

        tracker.WaitForPose(cancellation);
        if (orientation && !tracker.MeasuresOrientation)
        {
            throw new UserException("the tracker sends positions without quaternions, and this controller or target needs the tip's " +
                "orientation: have it send them, give a position alone, or choose another --controller.");
        }
    }

    /// <summary>Writes where the arm is into the log, if there is one.</summary>
    /// <param name="target">Where its tip is wanted; null: nowhere, or that is not known.</param>
    public void Note(Pose? target) => _recording?.Note(Connection.Session, Connection.Poses?.Posture(), target);

    /// <summary>Closes the log of work that has come to its end.</summary>
    /// <returns>The work's exit code, or that its log is not whole.</returns>
    public int End(int code)
    {
        if (Connection.Session.NotParked is { } where)
        {
            Console.Error.WriteLine(where);
        }

        return _recording?.End(code) ?? code;
    }

    public void Dispose()
    {
        Connection.Dispose();
        _recording?.Dispose();
    }
}
