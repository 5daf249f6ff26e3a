using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Kinematics;

/// <summary>Where an arm is by what is known of it: its exact geometry, or what was learned beyond that. Holds work space: one a
/// thread.</summary>
public interface IForwardModel
{
    /// <summary>Pose of the tip.</summary>
    /// <param name="inputs"><see cref="TrunkArm.InputCount"/> values within their limits.</param>
    Pose FromInputs(ReadOnlySpan<double> inputs);

    /// <summary>Pose of the tip, and of the modules.</summary>
    /// <param name="strokes">What the gears are told, <see cref="TrunkArm.StrokeCount"/> values, consistent or not.</param>
    /// <param name="modules">Receives one pose a joint, or empty.</param>
    Pose FromStrokes(ReadOnlySpan<double> strokes, Span<Pose> modules);

    /// <summary>The gears were told this: from here they come. Matters to what knows of play.</summary>
    void Moved(ReadOnlySpan<double> strokes)
    {
    }
}

/// <summary>The geometry that a description gives.</summary>
/// <param name="arm">The arm.</param>
public sealed class DescribedForward(TrunkArm arm) : IForwardModel
{
    /// <inheritdoc/>
    public Pose FromInputs(ReadOnlySpan<double> inputs) => arm.Forward(inputs);

    /// <inheritdoc/>
    public Pose FromStrokes(ReadOnlySpan<double> strokes, Span<Pose> modules) => arm.ForwardFromStrokes(strokes, modules);
}
