using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Live;

/// <summary>
/// The gripper of an arm as it is told to go: towards a grip at no more than a share of its slew bound, and nowhere unless it is asked to.
/// What it takes hold of is not felt: it goes on to the grip that it is told.
/// </summary>
public sealed class Gripper
{
    /// <summary>Share of the slew bound that is used: the rest absorbs the rounding of time stamps.</summary>
    private const double Share = 0.9;

    private readonly ServoChannel _servo;
    private long _time;

    private Gripper(GripperDescription description, ServoChannel servo)
    {
        (Description, _servo) = (description, servo);
        AtPark();
    }

    /// <summary>The gripper of a robot; null where it has none.</summary>
    public static Gripper? Of(RobotDescription robot) =>
        robot.TrunkArm?.Gripper is { } gripper ? new Gripper(gripper, robot.ServoOf(gripper.Servo)) : null;

    public GripperDescription Description { get; }

    /// <summary>The grip that it was told last, 0 wide open to 1 closed.</summary>
    public double At { get; private set; }

    /// <summary>The grip that it goes to.</summary>
    public double Goal { get; private set; }

    /// <summary>It is told to stand still.</summary>
    public bool IsAtGoal => At == Goal;

    /// <summary>Whether it was told a grip, or as much of it as its limits let it.</summary>
    /// <param name="grip">0..1.</param>
    /// <param name="tolerance">So much may be missing.</param>
    public bool IsAt(double grip, double tolerance = 0) =>
        Math.Abs(At - Math.Clamp(grip, _servo.LimitMin, _servo.LimitMax)) <= tolerance;

    /// <summary>Grip at which its board switches it on.</summary>
    public double Park => _servo.Park;

    /// <summary>Goes to a grip, as far as its limits let it.</summary>
    /// <param name="grip">0..1.</param>
    /// <exception cref="ArgumentException">It is no number.</exception>
    public void MoveTo(double grip) => Goal = double.IsNaN(grip) ? throw new ArgumentException("A grip is a number, 0 to 1.", nameof(grip))
        : Math.Clamp(grip, _servo.LimitMin, _servo.LimitMax);

    /// <summary>Stays as it is.</summary>
    public void Hold() => Goal = At;

    /// <summary>Its board has just switched it on.</summary>
    internal void AtPark() => (At, Goal, _time) = (Park, Park, 0);

    /// <summary>The grip for a frame.</summary>
    /// <param name="time">When it is executed, host clock, ns; not before the last one.</param>
    internal double Next(long time)
    {
        double most = _time == 0 ? 0 : Share * _servo.Slew * (time - _time) * 1e-9;
        _time = time;
        At = Math.Abs(Goal - At) <= most ? Goal : At + Math.CopySign(most, Goal - At);
        return At;
    }
}
