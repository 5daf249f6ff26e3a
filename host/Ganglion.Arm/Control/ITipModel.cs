using Ganglion.Arm.Inference;
using Ganglion.Robots.Space;

namespace Ganglion.Arm.Control;

/// <summary>What servoing has to know of a forward model: its predictions, and how far to trust them.</summary>
public interface ITipModel
{
    TrunkArm Arm { get; }

    /// <summary>Whether predictions are smooth enough for the difference of two near ones to mean something.</summary>
    bool Smooth { get; }

    /// <summary>Share of a way that goes astray by the model's prediction of it (by its Jacobian, where it is not smooth).</summary>
    double Astray { get; }

    /// <summary>The tip's pose at these inputs.</summary>
    Pose Predict(ReadOnlySpan<double> inputs);
}

/// <summary>The exact geometry.</summary>
public sealed class ExactTipModel(TrunkArm arm) : ITipModel
{
    public TrunkArm Arm => arm;

    public bool Smooth => true;

    public double Astray => 0.05;

    public Pose Predict(ReadOnlySpan<double> inputs) => arm.Forward(inputs);
}

/// <summary>A trained network: near poses differ by its noise, far ones by its errors.</summary>
public sealed class SpikingTipModel(SpikingPoseModel model) : ITipModel
{
    public TrunkArm Arm => model.Arm;

    public bool Smooth => false;

    public double Astray => 0.3;

    public Pose Predict(ReadOnlySpan<double> inputs) => model.Predict(inputs);
}
