using Ganglion.Arm.Adaptation;
using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Arm.Online;
using Ganglion.Live.Tests;
using Ganglion.Neurons.Training;
using Ganglion.Robots.Bodies;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Sim.Tests;

/// <summary>Made-up arms on virtual boards, steered by what was learned of them, before and while they work.</summary>
public class OnlineTrialTests
{
    private static readonly RobotDescription Drawn = ShippedFiles.Robot("trunk10-4g");

    /// <summary>Learned dimensions with the learned residual, which knows the play of a gear: as near and as fast as inverse kinematics
    /// that is told the true dimensions.</summary>
    [Fact]
    public void What_was_learned_of_an_arm_steers_it()
    {
        TrunkBodyDescription body = MadeUpArm.Draw(JointDesign.FourGeared, 10, 11, sags: false);
        ArmAdaptation adaptation = new(new TrunkArm(JointDesign.FourGeared, 10),
            MadeUpArm.Record(new TrunkArm(JointDesign.FourGeared, 10), body, 121, 11), 120);
        AdaptedArm learned = adaptation.Fit(120, residual: true).Folded();
        LiveTrialOptions options = new(12, 11) { TargetsOf = body.Dimensions };
        LiveTrial exact = Run(body.Dimensions, body, arm => new LeastSquaresController(arm, 1, orientation: false), options),
            own = Run(learned.Arm.Dimensions, body, arm => new LeastSquaresController(arm, 1, orientation: false,
                learned: new LearnedForward(learned.With(arm.Dimensions))), options);
        Assert.Equal((12, 0), (own.Reached, own.Refused));
        Assert.InRange(own.MedianError, 0, 0.05e-3);
        Assert.InRange(Rest(own), 0, 1.3 * Rest(exact));
    }

    /// <summary>A gear dies between two targets: it is found, targets are reached as before, and what the network knows of all else
    /// stays.</summary>
    [Fact]
    public void A_gear_that_dies_at_work_is_found_and_nothing_is_forgotten()
    {
        const int Before = 20, After = 20;
        var body = TrunkBodyDescription.Faithful(TrunkDimensions.Standard(JointDesign.FourGeared, 10));
        var network = SpikingPoseModel.Load(ShippedFiles.Model("trunk10-4g-128"), new TrunkArm(JointDesign.FourGeared, 10));
        using OnlineLearning learning = new(network, LearningRule.BackpropagationThroughTime, 1);
        List<double> errors = [];
        LiveTrial trial = Run(body.Dimensions, body, _ => new LearningController(new SpikingController(network, 1, orientation: false,
            known: learning.Calibration),
            learning), new LiveTrialOptions(Before + After, 12) { Fault = "servo base 13 stalled", FaultAfter = Before }, (done, there) =>
            {
                if (done is Before or Before + After)
                {
                    errors.Add(Error(network, done == Before ? body : body with
                    {
                        Gears = body.Gears.SetItem(13, new GearFlaw(0, there.Robot.Trunk!.Strokes[13])),
                    }));
                }
            });
        Assert.InRange(trial.Outcomes.Skip(Before).Count(outcome => outcome.Reached), 0.95 * After, After);
        Assert.Equal(0L, trial.MissedFrames);
        Assert.Equal(13, Assert.Single(learning.Calibration.Dead).Gear);
        Assert.InRange(errors[1], 0, 1.2 * errors[0]);
        Assert.InRange(errors[0], 0, 0.018);
    }

    private static double Error(SpikingPoseModel network, TrunkBodyDescription body)
    {
        double[] inputs = new double[network.Arm.InputCount];
        return MadeUpArm.Record(network.Arm, body, 200, 99).Average(row =>
        {
            network.Arm.StrokesToInputs(row.Strokes, inputs);
            return (network.Predict(inputs).Position - row.Tip).Length;
        });
    }

    private static LiveTrial Run(TrunkDimensions described, TrunkBodyDescription body, Func<TrunkArm, IArmController> controller,
        LiveTrialOptions options, Action<int, VirtualArm>? look = null) =>
        LiveTrial.Run(Drawn with { TrunkArm = Drawn.TrunkArm! with { Dimensions = described, Body = body } }, controller, options, default,
            look);

    private static double Rest(LiveTrial trial) => trial.Outcomes.Select(outcome => outcome.MotionSeconds).Order()
        .ElementAt(trial.Outcomes.Count / 2);
}
