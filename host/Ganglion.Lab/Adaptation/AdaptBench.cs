using Ganglion.Arm.Adaptation;
using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Robots.Bodies;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;
using Ganglion.Sim;

namespace Ganglion.Lab.Adaptation;

/// <summary>How a made-up arm is learned, and what is tried with it.</summary>
/// <param name="Seed">Of the arm, its postures and its network.</param>
/// <param name="Sags">Whether its joints yield to weight.</param>
/// <param name="Poses">Tip-only poses that it is learned from.</param>
/// <param name="Judged">Poses that judge, recorded after them.</param>
/// <param name="Targets">Targets of the closed loop; 0: none.</param>
public sealed record MadeUpTrial(int Seed, bool Sags, int Poses, int Judged, int Targets);

/// <summary>The closed loop over a made-up arm's virtual boards.</summary>
/// <param name="Exact">Inverse kinematics with the true dimensions.</param>
/// <param name="Learned">Inverse kinematics with the learned dimensions.</param>
/// <param name="Residual">The same with the learned residual.</param>
/// <param name="Spiking">The spiking controller on the learned network; null where none was trained.</param>
public sealed record ClosedLoops(LiveTrial Exact, LiveTrial Learned, LiveTrial Residual, LiveTrial? Spiking);

/// <summary>What came of one made-up arm.</summary>
/// <param name="Trial">Which arm.</param>
/// <param name="Result">What was learned.</param>
/// <param name="ProcessorSeconds">Processor time of learning.</param>
/// <param name="Loops">Closed loops; null where none were asked for.</param>
public sealed record MadeUpOutcome(MadeUpTrial Trial, AdaptationResult Result, double ProcessorSeconds, ClosedLoops? Loops);

/// <summary>Arms that are not built as drawn, learned from where their tips were.</summary>
public static class AdaptBench
{
    /// <param name="robot">The arm as it is described.</param>
    /// <param name="trial">Which arm it really is.</param>
    /// <param name="plan">How it is learned; the seed is the trial's.</param>
    /// <param name="look">Is told how it goes.</param>
    /// <param name="stop">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public static MadeUpOutcome Run(RobotDescription robot, MadeUpTrial trial, AdaptationPlan plan, Action<string, double> look,
        CancellationToken stop)
    {
        var arm = TrunkArm.FromDescription(robot);
        TrunkBodyDescription body = MadeUpArm.Draw(arm.Design, arm.Joints, trial.Seed, trial.Sags);
        var recorded = RecordedPoses.Of(arm, MadeUpArm.Record(arm, body, trial.Poses + trial.Judged, trial.Seed)
            .Select(row => (row.Strokes, Array.Empty<Pose>(), new Pose(row.Tip, Quat.Identity))), "the made-up arm",
            $"made-up-{trial.Seed}", turns: false);
        TimeSpan began = Environment.CpuUsage.TotalTime;
        AdaptationResult result = AdaptationRun.Run(arm, recorded, trial.Poses, plan with { Seed = (ulong)trial.Seed }, look, stop);
        double seconds = (Environment.CpuUsage.TotalTime - began).TotalSeconds;
        ClosedLoops? loops = null;
        if (trial.Targets > 0)
        {
            look("closing the loop", 0);
            // All are asked for the same poses: those of the arm that is there.
            LiveTrialOptions options = new(trial.Targets, trial.Seed) { TargetsOf = body.Dimensions };
            RobotDescription Built(TrunkDimensions known) =>
                robot with { TrunkArm = robot.TrunkArm! with { Dimensions = known, Body = body } };
            RobotDescription learned = Built(result.Arm.Arm.Dimensions);
            LiveTrial ByIk(RobotDescription known) =>
                LiveTrial.Run(known, own => new LeastSquaresController(own, trial.Seed, orientation: false), options, stop);
            loops = new ClosedLoops(ByIk(Built(body.Dimensions)), ByIk(learned),
                LiveTrial.Run(learned, own => new LeastSquaresController(own, trial.Seed, orientation: false,
                    learned: new LearnedForward(result.Arm.With(own.Dimensions))), options, stop), result.Network is { } network
                ? LiveTrial.Run(learned, own => new SpikingController(new SpikingPoseModel(own, network.Model.Weights,
                    ArmModel.Trained("the model", network.Model).Form), trial.Seed, orientation: false), options, stop)
                : null);
        }

        return new MadeUpOutcome(trial, result, seconds, loops);
    }
}
