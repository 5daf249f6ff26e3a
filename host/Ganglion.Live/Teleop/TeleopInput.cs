using Ganglion.Basics.Space;

namespace Ganglion.Live.Teleop;

/// <summary>What an input asks to be moved.</summary>
public enum TeleopKind
{
    /// <summary>Nothing anew: what was ordered goes on while the deadman is held.</summary>
    None,

    /// <summary>The tip, to <see cref="TeleopInput.Target"/>.</summary>
    Pose,

    /// <summary>The tip, the way that a stick points: <see cref="TeleopInput.Way"/> and <see cref="TeleopInput.Turn"/>. Of a walker:
    /// forward by Way.X, to the left by Turn.Z.</summary>
    Stick,

    /// <summary>One gear, number <see cref="TeleopInput.Index"/>, to the stroke Values.X, 0..1.</summary>
    Gear,

    /// <summary>One joint, number <see cref="TeleopInput.Index"/>, to the three inputs <see cref="TeleopInput.Values"/>.</summary>
    Joint,

    /// <summary>The gripper, to the grip Values.X, 0 wide open to 1 closed.</summary>
    Grip,

    /// <summary>A rhythm or a walk: factors on its frequency, Values.X, and on its amplitude, Values.Y.</summary>
    Modulation,
}

/// <summary>What a person's device asks for at one moment. Only the newest counts, and only while it is fresh.</summary>
/// <param name="Held">The deadman is held; otherwise nothing moves, whatever else it says.</param>
/// <param name="Kind">What is to be moved.</param>
/// <param name="Sent">When the device sent it, by its own clock, s; NaN: it does not tell.</param>
public readonly record struct TeleopInput(bool Held, TeleopKind Kind = TeleopKind.None, double Sent = double.NaN)
{
    /// <summary>REP-103, base frame, m; a unit quaternion.</summary>
    public Pose Target { get; init; }

    /// <summary>Share of the largest speed along each axis of the base frame, -1..1.</summary>
    public Vec3 Way { get; init; }

    /// <summary>Share of the largest turn rate about each axis of the base frame, -1..1.</summary>
    public Vec3 Turn { get; init; }

    /// <summary>Of a gear (joint-major) or a joint, from 0.</summary>
    public int Index { get; init; }

    /// <summary>As <see cref="Kind"/> says.</summary>
    public Vec3 Values { get; init; }
}

/// <summary>What can be ordered.</summary>
public enum TeleopOrderKind
{
    /// <summary>Makes all boards safe at once, latched until it is armed again. Anybody may.</summary>
    Stop,

    /// <summary>Acknowledges why it was stopped and switches the outputs on, at park.</summary>
    Rearm,

    /// <summary>Goes home while the deadman is held: every gear in the middle of what it may do; a gripper holds.</summary>
    Home,

    /// <summary>Goes to park while the deadman is held; a gripper holds.</summary>
    Park,

    /// <summary>Ends what was ordered and is under way; the robot holds.</summary>
    End,

    /// <summary>Adds the present posture to what is taught.</summary>
    Teach,

    /// <summary>Forgets what was taught.</summary>
    Forget,

    /// <summary>Plays what was taught, while the deadman is held.</summary>
    Play,

    /// <summary>Begins to record.</summary>
    Record,

    /// <summary>Ends the recording.</summary>
    EndRecord,

    /// <summary>Plays a recording, while the deadman is held.</summary>
    Replay,

    /// <summary>A walker or a rhythm: starts.</summary>
    Start,

    /// <summary>A walker or a rhythm: comes to rest.</summary>
    Rest,
}

/// <summary>An order.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Name">Of a recording, for <see cref="TeleopOrderKind.Replay"/>; empty: the latest.</param>
/// <param name="Factor">How fast to play, 0.1..4 times as fast as it was taught or recorded, within the bound on the speed.</param>
public readonly record struct TeleopOrder(TeleopOrderKind Kind, string Name = "", double Factor = 1);
