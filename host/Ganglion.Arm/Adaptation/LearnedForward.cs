using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;

namespace Ganglion.Arm.Adaptation;

/// <summary>Where an arm is by its learned dimensions and residual. It follows what the gears were told, so that it knows from which side
/// a gear with play comes to where it is asked about.</summary>
/// <param name="arm">What was learned; not used by others meanwhile.</param>
public sealed class LearnedForward(AdaptedArm arm) : IForwardModel
{
    private readonly GearPlay _play = new(arm.Arm.StrokeCount);
    private readonly double[] _sides = new double[arm.Arm.StrokeCount], _strokes = new double[arm.Arm.StrokeCount];

    /// <inheritdoc/>
    public void Moved(ReadOnlySpan<double> strokes) => _play.Move(strokes, _sides);

    /// <inheritdoc/>
    public Pose FromInputs(ReadOnlySpan<double> inputs)
    {
        arm.Arm.InputsToStrokes(inputs, _strokes);
        return FromStrokes(_strokes, []);
    }

    /// <inheritdoc/>
    public Pose FromStrokes(ReadOnlySpan<double> strokes, Span<Pose> modules)
    {
        _play.Look(strokes, _sides);
        return arm.Predict(strokes, _sides, modules);
    }
}
