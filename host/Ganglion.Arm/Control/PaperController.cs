using Ganglion.Arm.Inference;
using Ganglion.Robots.Space;

namespace Ganglion.Arm.Control;

/// <summary>
/// Steers as the trunk paper does: SD-AMSGrad on the spiking model with target correction. Between two measurements on the arm the
/// correction p* - p stays as it was measured last, and the model alone is iterated.
/// </summary>
/// <param name="model">The arm's forward model.</param>
public sealed class PaperController(SpikingPoseModel model) : IArmController
{
    private const int PlanIterations = 800, IterationsPerMeasurement = 5;

    /// <summary>Step size, the paper's. It does not decay: the plan alone would use the decay up, before anything was measured.</summary>
    private const double Rate = 0.01;

    private const double HopelessShare = 0.15;

    private readonly MotorInference _inference = new(model, new AmsGradOptimizer(model.Arm.InputCount, signDamped: true), Rate, StepDecay.None);

    public string Name => "paper";

    public bool Orientation => false;

    public ControllerResult Solve(in Pose target, ReadOnlySpan<double> from, Span<double> inputs, CancellationToken cancellation = default)
    {
        _inference.Begin(target, from);
        int done = 0;
        for (; done < PlanIterations && !cancellation.IsCancellationRequested; done++) _inference.Step(model.Predict(_inference.Inputs));
        Pose predicted = model.Predict(_inference.Inputs);
        if (!double.IsFinite(predicted.Position.LengthSquared + predicted.Orientation.W))
            throw new InvalidDataException("the model predicts poses that are not finite: it is damaged or was badly trained. Restore its file, train it again (ganglion train), or use --controller ik.");
        _inference.Inputs.CopyTo(inputs);
        double distance = (predicted.Position - target.Position).Length;
        return new ControllerResult(distance <= HopelessShare * model.Arm.Joints * model.Arm.NormalisingLength, distance, Quat.Angle(predicted.Orientation, target.Orientation), done);
    }

    public bool Improve(ReadOnlySpan<double> at, in Pose measured, Span<double> inputs)
    {
        // The model's error as it was measured, carried along: p = p~ + (p measured - p~ there).
        Pose predicted = model.Predict(at);
        Vec3 shift = measured.Position - predicted.Position;
        Quat turn = measured.Orientation * predicted.Orientation.Conjugate;
        for (int k = 0; k < IterationsPerMeasurement; k++)
        {
            Pose tip = model.Predict(_inference.Inputs);
            _inference.Step(new Pose(tip.Position + shift, (turn * tip.Orientation).Normalized()));
        }

        _inference.Inputs.CopyTo(inputs);
        return true;
    }

    public void TipJacobian(Span<double> jacobian)
    {
        jacobian.Clear();
        model.Predict(_inference.Inputs);
        model.AddJacobian(3, 1, jacobian);
    }
}
