using Ganglion.Arm.Inference;
using Ganglion.Robots.Space;

namespace Ganglion.Arm.Control;

/// <summary>What servoing has to know of a forward model: its predictions, and how far to trust them.</summary>
public interface ITipModel
{
    TrunkArm Arm { get; }

    /// <summary>Whether predictions are smooth enough for the difference of two near ones to mean something.</summary>
    bool Smooth { get; }

    /// <summary>Share of a step along the model's Jacobian that goes astray.</summary>
    double Astray { get; }

    /// <summary>Typical error of the difference of two predictions that are a given way apart, m.</summary>
    double Doubt(double way);

    /// <summary>The tip's pose at these inputs.</summary>
    Pose Predict(ReadOnlySpan<double> inputs);
}

/// <summary>The exact geometry.</summary>
public sealed class ExactTipModel(TrunkArm arm) : ITipModel
{
    public TrunkArm Arm => arm;

    public bool Smooth => true;

    public double Astray => 0.05;

    public double Doubt(double way) => Astray * way;

    public Pose Predict(ReadOnlySpan<double> inputs) => arm.Forward(inputs);
}

/// <summary>A trained network: near poses differ by its noise, far ones by its errors.</summary>
public sealed class SpikingTipModel(SpikingPoseModel model) : ITipModel
{
    /// <summary>Error of a prediction, as a share of the straight arm: 3 % were measured for the shipped 4-geared models.</summary>
    private const double ErrorShare = 0.03;

    public TrunkArm Arm => model.Arm;

    public bool Smooth => false;

    public double Astray => 0.4;

    public double Doubt(double way) => ErrorShare * model.Arm.Joints * model.Arm.NormalisingLength;

    public Pose Predict(ReadOnlySpan<double> inputs) => model.Predict(inputs);
}
