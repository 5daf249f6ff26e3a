using Ganglion.Arm.Inference;
using Ganglion.Arm.Learning;
using Ganglion.Arm.Paper;
using Ganglion.Arm.Trials;
using Ganglion.Basics.Space;
using Ganglion.Neurons.Network;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Inference;

public class SolverTests
{
    [Fact]
    public void Reaches_positions_to_a_hundredth_of_a_millimetre()
    {
        var trial = InferenceTrial.Run(SpikingPoseModelTests.TenJoints(), orientation: false, poses: 100,
            measurements: 150, seed: 21);
        Assert.InRange(trial.Reached, 99, 100);
        Assert.InRange(trial.MedianError, 0, 1e-5);
        Assert.InRange(trial.MedianMeasurements, 1, 25);
    }

    /// <summary>
    /// The arm curled as far as it goes, each way: nothing lies beyond these targets, so that most inputs have to end at the right one of
    /// their limits. Attempts that begin at independent random inputs get stuck millimetres away from one in ten.
    /// </summary>
    [Fact]
    public void Reaches_the_most_curled_postures()
    {
        SpikingPoseModel model = SpikingPoseModelTests.TenJoints();
        SpikingSolver solver = new(model, 24, orientation: false);
        PoseSampler starts = new(model.Arm, 24);
        double[] from = new double[30], goal = new double[30];
        int reached = 0;
        const int Targets = 100;
        for (int k = 0; k < Targets; k++)
        {
            starts.Sample(from);
            for (int i = 0; i < 30; i++)
            {
                goal[i] = (k >> i % 3 & 1) == 0 ? -1 : 1;
            }

            model.Arm.CommandsToInputs(goal, goal);
            Pose target = model.Arm.Forward(goal);
            solver.Begin(target, from);
            bool met = false;
            for (int m = 0; m < 150 && !met; m++)
            {
                Pose tip = model.Arm.Forward(solver.Proposal);
                solver.Observe(tip);
                met = (tip.Position - target.Position).Length <= InferenceTrial.Tolerance;
            }

            if (met)
            {
                reached++;
            }
        }

        Assert.InRange(reached, 97, Targets);
    }

    [Fact]
    public void Reaches_whole_poses()
    {
        var trial = InferenceTrial.Run(SpikingPoseModelTests.TenJoints(), orientation: true, poses: 40,
            measurements: 300, seed: 22);
        Assert.InRange(trial.Reached, 38, 40);
    }

    /// <summary>Through the paper's loop: figures of section V's kind, on few targets.</summary>
    [Fact]
    public void Motor_inference_brings_the_tip_to_millimetres()
    {
        SpikingPoseModel model = SpikingPoseModelTests.TenJoints();
        var inference = new MotorInference(model, new AmsGradOptimizer(30, signDamped: true));
        PoseSampler sampler = new(model.Arm, 23);
        double[] from = new double[30], goal = new double[30], errors = new double[25];
        for (int i = 0; i < errors.Length; i++)
        {
            sampler.Sample(from);
            sampler.Sample(goal);
            Pose target = model.Arm.Forward(goal);
            inference.Begin(target, from);
            for (int k = 0; k < 500; k++)
            {
                inference.Step(model.Arm.Forward(inference.Inputs));
            }

            Assert.All(inference.Inputs.ToArray(), input => Assert.InRange(input, -1, 1));
            errors[i] = (model.Arm.Forward(inference.Inputs).Position - target.Position).Length;
        }

        Array.Sort(errors);
        Assert.InRange(errors[12], 0, 4e-3);
    }

    [Fact]
    public void The_best_only_gets_better_and_stays_within_limits()
    {
        SpikingPoseModel model = SpikingPoseModelTests.TenJoints();
        SpikingSolver solver = new(model, 1, orientation: false);
        Pose target = new(new Vec3(0.5, 0.5, 0.5), Quat.Identity);
        solver.Begin(target, new double[30]);
        double last = double.PositiveInfinity;
        for (int k = 0; k < 100; k++)
        {
            Assert.All(solver.Proposal.ToArray(), input => Assert.InRange(input, -1, 1));
            solver.Observe(model.Arm.Forward(solver.Proposal));
            double error = (solver.BestTip.Position - target.Position).Length;
            Assert.True(error <= last);
            last = error;
        }

        Assert.True(solver.Restarts > 0);
        Assert.InRange(last, 0.1, 0.4);
    }

    /// <summary>A linear map is learned exactly by as many secants as it has inputs, whatever the first guess.</summary>
    [Fact]
    public void Secants_determine_a_linear_map()
    {
        Random random = new(5);
        double[] truth = [.. Enumerable.Range(0, 15).Select(_ => random.NextDouble() - 0.5)];
        SecantJacobian jacobian = new(3, 5);
        jacobian.Restart();
        double[] dx = new double[5], dy = new double[3];
        for (int k = 0; k < 60; k++)
        {
            for (int i = 0; i < 5; i++)
            {
                dx[i] = random.NextDouble() - 0.5;
            }

            for (int row = 0; row < 3; row++)
            {
                dy[row] = Enumerable.Range(0, 5).Sum(i => truth[row * 5 + i] * dx[i]);
            }

            jacobian.Update(dx, dy);
        }

        for (int i = 0; i < 15; i++)
        {
            Assert.Equal(truth[i], jacobian.Values[i], 1e-6);
        }
    }

    /// <summary>Eqs. 15 and 16 with the measured quaternion written with its other sign: the corrected target is the same.</summary>
    [Fact]
    public void Quaternions_are_aligned_before_they_are_subtracted()
    {
        float[] predicted = [0.1f, 0.2f, 0.3f, 0.8f, 0.1f, 0.5f, 0.3f];
        double[] measured = [0.15, 0.2, 0.25, 0.82, 0.05, 0.48, 0.31], wanted = [0.4, 0.1, 0, 0.6, 0, 0.8, 0];
        double[] flippedMeasured = [.. measured.Select((x, i) => i < 3 ? x : -x)], flippedWanted =
            [.. wanted.Select((x, i) => i < 3 ? x : -x)];
        double[] expected = [.. wanted.Select((x, i) => predicted[i] + (x - measured[i]))];
        TargetCorrection.Apply(predicted, measured, wanted);
        TargetCorrection.Apply(predicted, flippedMeasured, flippedWanted);
        Assert.Equal(expected, wanted);
        Assert.Equal(expected, flippedWanted);
    }

    [Fact]
    public void Targets_that_are_no_poses_are_refused()
    {
        SpikingSolver solver = new(SpikingPoseModelTests.TenJoints(), 1, orientation: false);
        Assert.Contains("not finite", Assert.Throws<ArgumentException>(() =>
            solver.Begin(new Pose(new Vec3(double.NaN, 0, 0), Quat.Identity), new double[30])).Message);
    }

    [Fact]
    public void A_model_that_predicts_nonsense_is_named()
    {
        TrunkArm arm = new(JointDesign.FourGeared, 10);
        var silent = new LsnnWeights(ArmModel.Shape(arm, 8), new NeuronConstants());
        SpikingSolver solver = new(new SpikingPoseModel(arm, silent, new TargetForm()), 1, orientation: false);
        Assert.Contains("not finite", Assert.Throws<InvalidDataException>(() =>
            solver.Begin(new Pose(new Vec3(0.1, 0, 0.4), Quat.Identity), new double[30])).Message);
    }
}
