using Ganglion.Arm.Inference;
using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Neurons.Network;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Inference;

public class SpikingPoseModelTests
{
    private static readonly string Models = Path.Combine(AppContext.BaseDirectory, "hardware", "models");

    internal static SpikingPoseModel TenJoints() =>
        SpikingPoseModel.Load(Path.Combine(Models, "trunk10-4g-128.safetensors"), new TrunkArm(JointDesign.FourGeared, 10));

    /// <summary>Prediction in SI and REP-103 against the errors that training measured: frames, mounting and normaliser are the
    /// same.</summary>
    [Fact]
    public void Predicts_the_tip_as_well_as_the_model_says_of_itself()
    {
        SpikingPoseModel model = TenJoints();
        double[] inputs = new double[30], distances = new double[400], angles = new double[400];
        PoseSampler sampler = new(model.Arm, 3);
        for (int i = 0; i < distances.Length; i++)
        {
            sampler.Sample(inputs);
            Pose predicted = model.Predict(inputs), exact = model.Arm.Forward(inputs);
            (distances[i], angles[i]) = ((predicted.Position - exact.Position).Length, Quat.Angle(predicted.Orientation,
                exact.Orientation));
        }

        Assert.InRange(distances.Average(), 0.013, 0.0155);
        Assert.InRange(angles.Average(), 0, 10 * Math.PI / 180);
    }

    [Theory]
    [InlineData(JointDesign.FourGeared, OrientationTarget.Continuous)]
    [InlineData(JointDesign.ThreeGeared, OrientationTarget.Continuous)]
    [InlineData(JointDesign.FourGeared, OrientationTarget.Raw)]
    public void Writes_a_pose_as_training_targets_do(JointDesign design, OrientationTarget orientation)
    {
        TrunkArm arm = new(design, 5);
        TargetForm form = new(PositionTarget.Own, orientation);
        SpikingPoseModel model = new(arm, new LsnnWeights(ArmModel.Shape(arm, 8), new NeuronConstants()), form);
        using PoseSamples samples = new(arm, form, 1);
        float[] inputs = new float[15], targets = new float[35];
        double[] commands = new double[15], own = new double[7];
        for (int i = 0; i < 20; i++)
        {
            samples.Fill(i, inputs, targets);
            for (int k = 0; k < 15; k++)
            {
                commands[k] = inputs[k];
            }

            arm.CommandsToInputs(commands, commands);
            model.Write(arm.Forward(commands), own);
            double sign = own[3] * targets[31] + own[4] * targets[32] + own[5] * targets[33] + own[6] * targets[34] < 0 ? -1 : 1;
            for (int k = 0; k < 7; k++)
            {
                Assert.Equal(targets[28 + k], k < 3 ? own[k] : sign * own[k], 2e-6);
            }
        }
    }

    /// <summary>The chain from commands to inputs against central differences of <see cref="TrunkArm.InputsToCommands"/>.</summary>
    [Theory]
    [InlineData(JointDesign.FourGeared)]
    [InlineData(JointDesign.ThreeGeared)]
    public void Gradients_change_frames_as_differences_say(JointDesign design)
    {
        TrunkArm arm = new(design, 4);
        Random random = new(4);
        double[] inputs = new double[12], weights = new double[12], gradient = new double[12];
        for (int i = 0; i < 12; i++)
        {
            (inputs[i], weights[i]) = (0.1 + 0.8 * random.NextDouble(), random.NextDouble() - 0.5);
        }

        weights.CopyTo(gradient, 0);
        arm.CommandGradientToInputs(inputs, gradient);
        for (int i = 0; i < 12; i++)
        {
            const double h = 1e-6;
            double[] up = [.. inputs], down = [.. inputs];
            up[i] += h;
            down[i] -= h;
            arm.InputsToCommands(up, up);
            arm.InputsToCommands(down, down);
            double slope = up.Zip(down, weights).Sum(t => t.Third * (t.First - t.Second)) / (2 * h);
            Assert.Equal(slope, gradient[i], 1e-8);
        }
    }

    /// <summary>The spiking Jacobian, averaged over postures, points where the exact one does.</summary>
    [Fact]
    public void The_mean_Jacobian_resembles_the_exact_one()
    {
        SpikingPoseModel model = TenJoints();
        double[] inputs = new double[30], spiking = new double[180], exact = new double[180];
        PoseSampler sampler = new(model.Arm, 8);
        double dot = 0, a = 0, b = 0;
        for (int posture = 0; posture < 60; posture++)
        {
            sampler.Sample(inputs);
            Array.Clear(spiking);
            model.Predict(inputs);
            model.AddJacobian(6, 1, spiking);
            model.Arm.Jacobian(inputs, exact);
            for (int i = 0; i < 180; i++)
            {
                (dot, a, b) = (dot + spiking[i] * exact[i], a + spiking[i] * spiking[i], b + exact[i] * exact[i]);
            }
        }

        Assert.InRange(dot / Math.Sqrt(a * b), 0.8, 1);
    }

    /// <summary>E is a function of the mean output: its gradient is the output rows weighted by the errors, and none where the pose is
    /// right.</summary>
    [Fact]
    public void The_gradient_is_the_Jacobian_by_the_error_of_the_mean_output()
    {
        SpikingPoseModel model = TenJoints();
        double[] inputs = new double[30], gradient = new double[30], jacobian = new double[90], target = new double[7], error =
            [0.02, -0.01, 0.03];
        const int LossSteps = 7;
        new PoseSampler(model.Arm, 9).Sample(inputs);
        model.Predict(inputs);
        for (int k = 0; k < 7; k++)
        {
            target[k] = model.Raw[k];
        }

        model.CommandGradient(target, gradient);
        Assert.All(gradient, g => Assert.Equal(0, g, 1e-5));
        for (int k = 0; k < 3; k++)
        {
            target[k] -= error[k];
        }

        model.CommandGradient(target, gradient);
        model.Arm.CommandGradientToInputs(inputs, gradient);
        model.AddJacobian(3, 1 / model.Arm.NormalisingLength, jacobian);
        double[] expected = [.. Enumerable.Range(0, 30).Select(i => LossSteps * (error[0] * jacobian[i] + error[1] * jacobian[30 + i]
            + error[2] * jacobian[60 + i]))];
        double largest = expected.Max(Math.Abs);
        for (int i = 0; i < 30; i++)
        {
            Assert.Equal(expected[i], gradient[i], 1e-4 * largest);
        }
    }
}
