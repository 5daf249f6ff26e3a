using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;

namespace Ganglion.Arm.Online;

/// <summary>A controller whose network goes on learning from all that it sees while it steers (<see cref="OnlineLearning"/>).</summary>
/// <param name="steers">Steers by the network that learns.</param>
/// <param name="learning">Learns; becomes this controller's own.</param>
public sealed class LearningController(IArmController steers, OnlineLearning learning) : IArmController, IDisposable
{
    private bool _isMeasured;

    /// <summary>What has been learned.</summary>
    public OnlineLearning Learning => learning;

    public string Name => steers.Name;

    public bool Orientation => steers.Orientation;

    public bool Ready => steers.Ready;

    public ControllerResult Plan => steers.Plan;

    public ReadOnlySpan<double> Goal => steers.Goal;

    public double Residual => steers.Residual;

    public SpikingPoseModel? Network => steers.Network;

    /// <summary>What the measured poses have told.</summary>
    public IForwardModel? Learned => learning.Calibration;

    public string? Fallback => steers.Fallback;

    public void Begin(in Pose target, ReadOnlySpan<double> from, Pose? measured)
    {
        _isMeasured = measured != null;
        steers.Begin(target, from, measured);
    }

    public void Shift(in Pose target) => steers.Shift(target);

    public void Settle() => steers.Settle();

    public bool Otherwise() => steers.Otherwise();

    /// <summary>A whole update is a few ms: on a machine that does not keep up it waits.</summary>
    public void Work(double share = 1)
    {
        steers.Work(share);
        if (share == 1)
        {
            learning.Work();
        }
    }

    public void Observe(ReadOnlySpan<double> strokes, in Pose measured, double doubt, in Vec3 timing)
    {
        // Where nothing measures the arm, what comes here is what somebody holds to be true (ReachRun.Warm).
        if (_isMeasured)
        {
            learning.Take(strokes, measured.Position, doubt);
        }

        steers.Observe(strokes, measured, doubt, timing);
    }

    public double TipJacobian(Span<double> jacobian) => steers.TipJacobian(jacobian);

    public void Dispose() => learning.Dispose();
}
