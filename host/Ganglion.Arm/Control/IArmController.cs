using Ganglion.Robots.Space;

namespace Ganglion.Arm.Control;

/// <summary>Finds the joint inputs that bring the tip to a target. One per way of doing it: exact model, spiking network.</summary>
public interface IArmController
{
    /// <summary>Short name for reports and options, such as "ik".</summary>
    string Name { get; }

    /// <summary>Whether it goes on until the target's orientation is met as well; it may try for it in either case.</summary>
    bool Orientation { get; }

    /// <summary>Solves for a target, by the controller's own model.</summary>
    /// <param name="target">Wanted tip pose, REP-103, m.</param>
    /// <param name="from">Present inputs, 3 per joint.</param>
    /// <param name="inputs">Receives the best inputs found, within the limits.</param>
    /// <param name="cancellation">Ends the search; the best so far is handed back.</param>
    /// <exception cref="ArgumentException">The target is not finite.</exception>
    /// <exception cref="InvalidDataException">The controller's model predicts nonsense.</exception>
    ControllerResult Solve(in Pose target, ReadOnlySpan<double> from, Span<double> inputs, CancellationToken cancellation = default);

    /// <summary>Learns from a measurement where to go next. A controller whose model is exact stays where it is.</summary>
    /// <param name="at">Inputs at which the arm was at rest when it was measured: those handed out last, up to rounding.</param>
    /// <param name="measured">The tip's measured pose there.</param>
    /// <param name="inputs">Receives where to go next, within the limits.</param>
    /// <returns>False: there is nothing better to go to, and <paramref name="inputs"/> hold the best.</returns>
    bool Improve(ReadOnlySpan<double> at, in Pose measured, Span<double> inputs);

    /// <summary>How the tip moves with the inputs near those handed out last, by what the controller knows: for small corrections.</summary>
    /// <param name="jacobian">Receives the tip's velocity, 3 rows of <see cref="TrunkArm.InputCount"/>, m.</param>
    void TipJacobian(Span<double> jacobian);
}

/// <summary>What a controller expects of its solution, by its own model.</summary>
/// <param name="Reachable">True if its own tolerance was met; false: the target is out of reach or was not found.</param>
/// <param name="PositionError">Remaining distance of the tip, m.</param>
/// <param name="OrientationError">Remaining angle, rad.</param>
/// <param name="Evaluations">Steps or network runs it took.</param>
public readonly record struct ControllerResult(bool Reachable, double PositionError, double OrientationError, int Evaluations);
