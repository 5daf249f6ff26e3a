using Ganglion.Arm.Inference;
using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Control;

/// <summary>
/// Steers the joint inputs so that the tip comes to a target, a period at a time: <see cref="Begin"/>, then <see cref="Work"/> each period,
/// which never computes for long, and <see cref="Observe"/> with each measured pose. <see cref="Goal"/> is where the arm should go, as far
/// as it is known by then. One implementation per way of doing it: exact model, spiking network, the paper's scheme.
/// </summary>
public interface IArmController
{
    /// <summary>Short name for reports and options, such as "ik".</summary>
    string Name { get; }

    /// <summary>Whether it goes on until the target's orientation is met as well; it may try for it in either case.</summary>
    bool Orientation { get; }

    /// <summary>Whether the plan for this target is finished. Until then <see cref="Plan"/> is the best so far.</summary>
    bool Ready { get; }

    /// <summary>What the controller expects of its plan, by its own model.</summary>
    ControllerResult Plan { get; }

    /// <summary>Where the arm should go: <see cref="TrunkArm.InputCount"/> inputs within the limits.</summary>
    ReadOnlySpan<double> Goal { get; }

    /// <summary>How far from the target the tip will be at the goal, by the last measured pose alone, m; infinite before the first. Falls
    /// to what is measured there.</summary>
    double Residual { get; }

    /// <summary>The spiking network that it steers by, to look at between two calls; null: it has none.</summary>
    SpikingPoseModel? Network => null;

    /// <summary>What it has learned of where the arm is, beyond the description's geometry; null: nothing.</summary>
    IForwardModel? Learned => null;

    /// <summary>Why it left its learned model for the arm's exact geometry on the way after a moving target, in words; null: it has not, or
    /// has none to leave.</summary>
    string? Fallback => null;

    /// <summary>Takes a new target. Nothing is computed yet.</summary>
    /// <param name="target">Wanted tip pose, REP-103, m.</param>
    /// <param name="from">Present inputs, 3 per joint.</param>
    /// <param name="measured">The tip's pose there; null where nothing measures it.</param>
    /// <exception cref="ArgumentException">The target is not finite; the last one stays.</exception>
    void Begin(in Pose target, ReadOnlySpan<double> from, Pose? measured);

    /// <summary>Moves the target a little way on; what was planned and learned stays.</summary>
    /// <exception cref="ArgumentException">The target is not finite; the last one stays.</exception>
    void Shift(in Pose target);

    /// <summary>There is no way to the plan's posture: another one for the same target is to be found.</summary>
    /// <returns>Whether the controller plans anew; false: it knows one posture only.</returns>
    bool Otherwise() => false;

    /// <summary>Until the target is moved again, gears are drawn away from their ends as far as the tip stays where it is: before a path
    /// begins. A controller whose plans are near the middle already does nothing.</summary>
    void Settle()
    {
    }

    /// <summary>One period's computing.</summary>
    /// <param name="share">How much of it, above 0, 1: all; less where the machine does not keep up. What takes no time worth mentioning is
    /// done whole.</param>
    /// <exception cref="InvalidDataException">The controller's model predicts nonsense.</exception>
    void Work(double share = 1);

    /// <summary>Learns from a pose that was measured, at rest or in motion, and makes the goal better. Only when
    /// <see cref="Ready"/>.</summary>
    /// <param name="strokes">Strokes that the gears had then, <see cref="TrunkArm.StrokeCount"/> values.</param>
    /// <param name="measured">The tip's pose.</param>
    /// <param name="doubt">Standard deviation of each coordinate of the pinned pair, m: noise, and the way that the tip may have gone
    /// meanwhile.</param>
    /// <param name="timing">That way, m: the moment is wrong by much the same for poses that follow each other.</param>
    void Observe(ReadOnlySpan<double> strokes, in Pose measured, double doubt, in Vec3 timing);

    /// <summary>How the tip moves with the displacements near the goal, by what the controller knows: for small corrections.</summary>
    /// <param name="jacobian">Receives the tip's velocity by displacements (<see cref="TrunkArm.StrokesToDisplacements"/>), 3 rows of
    /// <see cref="TrunkArm.InputCount"/>, m.</param>
    /// <returns>Standard deviation of its entries, m.</returns>
    double TipJacobian(Span<double> jacobian);
}

/// <summary>What a controller expects of its solution, by its own model.</summary>
/// <param name="Reachable">True if its own tolerance was met; false: the target is out of reach or was not found.</param>
/// <param name="PositionError">Remaining distance of the tip, m.</param>
/// <param name="OrientationError">Remaining angle, rad.</param>
/// <param name="Evaluations">Steps or network runs it took.</param>
public readonly record struct ControllerResult(bool Reachable, double PositionError, double OrientationError, int Evaluations)
{
    /// <summary>What a posture that puts the tip at the target would be too near to, in words; null: it is not for that.</summary>
    public string? Touches { get; init; }
}

/// <summary>Planning without a stream that waits for it.</summary>
public static class WholePlan
{
    /// <summary>Plans for a target at one go.</summary>
    /// <param name="controller">It is left with this target.</param>
    /// <param name="target">Wanted tip pose, REP-103, m.</param>
    /// <param name="from">Present inputs, 3 per joint.</param>
    /// <param name="inputs">Receives the best inputs found, within the limits.</param>
    /// <param name="cancellation">Ends the search; the best so far is handed back.</param>
    /// <exception cref="ArgumentException">The target is not finite.</exception>
    /// <exception cref="InvalidDataException">The controller's model predicts nonsense.</exception>
    public static ControllerResult Solve(
        this IArmController controller, in Pose target, ReadOnlySpan<double> from, Span<double> inputs,
        CancellationToken cancellation = default)
    {
        controller.Begin(target, from, null);
        while (!controller.Ready && !cancellation.IsCancellationRequested)
        {
            controller.Work();
        }

        controller.Goal.CopyTo(inputs);
        return controller.Plan;
    }
}
