using Ganglion.Arm.Body;
using Ganglion.Robots.Scenes;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Avoidance;

/// <summary>What an arm keeps clear of, and how much slack beyond the stated clearance is kept by whom: gears are told whole counts, one
/// chip after another, so that the body is not quite where the host leads it.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Scene">What stands around it.</param>
/// <param name="Rounding">So far from where it is led whole counts may put any part of the body, m.</param>
public sealed record KeptClearance(TrunkArm Arm, SceneDescription Scene, double Rounding)
{
    /// <summary>What plans keep more than motion does, and goals more than ways, m: what is planned is not stopped on the way.</summary>
    private const double WayMore = 0.5e-3, GoalMore = 2.5e-3;

    /// <summary>So much nearer than steps keep it may the body be while some gears have made one and others have not, m: what leaves a
    /// step as short as one likes.</summary>
    public const double Late = 1e-3;

    /// <summary>Slack that no step goes below, m.</summary>
    public double Floor => Rounding + Late;

    /// <summary>Slack of ways that are planned, m.</summary>
    public double Way => Floor + WayMore;

    /// <summary>Slack of postures that are planned, m.</summary>
    public double Goal => Floor + GoalMore;

    /// <summary>What the arm carries at its tip; null: nothing.</summary>
    public GripperDescription? Gripper { get; init; }

    /// <summary>What is known of where its body is, for all that keep it clear; null: it is as described.</summary>
    public KnownBody? Body { get; init; }

    /// <summary>The network that places the body; null: kinematics do.</summary>
    public BodyNetwork? Network { get; init; }

    /// <summary>The body, with a work space of its own.</summary>
    public BodyClearance NewBody() => new(Arm, Scene, Gripper, Body, Network);

    /// <summary>What damped steps to a goal make small besides.</summary>
    internal ClearanceTask NewTask() => new(NewBody(), Goal);

    /// <summary>What steps of a goal that measured poses mend make small besides: it may use up what plans keep more than ways. Brought
    /// back to that by each step, a goal whose tip is what is near swung to and fro by a tenth of the gears' travel, from measured pose
    /// to measured pose (the made-up arm of seed 9301, its sixth target: 2.06 s to rest, 1.04 without obstacles).</summary>
    internal ClearanceTask NewServoTask() => new(NewBody(), Way);
}
