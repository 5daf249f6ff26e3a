using Ganglion.Robots.Space;

namespace Ganglion.Arm.Control;

/// <summary>Finds the joint inputs that bring the tip to a target. One per way of doing it: exact model, spiking network.</summary>
public interface IArmController
{
    /// <summary>Short name for reports and options, such as "ik".</summary>
    string Name { get; }

    /// <summary>Solves for a target.</summary>
    /// <param name="target">Wanted tip pose, REP-103, m.</param>
    /// <param name="from">Present inputs, 3 per joint.</param>
    /// <param name="inputs">Receives the best inputs found, within the limits.</param>
    /// <param name="cancellation">Ends the search; the best so far is handed back.</param>
    ControllerResult Solve(in Pose target, ReadOnlySpan<double> from, Span<double> inputs, CancellationToken cancellation = default);
}

/// <summary>What a controller expects of its solution, by its own model.</summary>
/// <param name="Reachable">True if its own tolerance was met; false: the target is out of reach or was not found.</param>
/// <param name="PositionError">Remaining distance of the tip, m.</param>
/// <param name="OrientationError">Remaining angle, rad.</param>
/// <param name="Evaluations">Steps or network runs it took.</param>
public readonly record struct ControllerResult(bool Reachable, double PositionError, double OrientationError, int Evaluations);
