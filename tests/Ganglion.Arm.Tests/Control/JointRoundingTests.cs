using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Arm.Learning;
using Ganglion.Arm.Trials;
using Ganglion.Basics.Space;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Control;

public class JointRoundingTests
{
    /// <summary>Median tip errors on random postures: every gear to its nearest count, and all gears together.</summary>
    private static (double Nearest, double Together) MedianErrors(string name, int postures)
    {
        RobotDescription robot = Arms.Shipped(name);
        var trial = RoundingTrial.Run(TrunkArm.FromDescription(robot), robot, postures, 41);
        return (trial.Nearest[postures / 2], trial.Together[postures / 2]);
    }

    [Theory]
    [InlineData("trunk10-4g")]
    [InlineData("trunk6-3g")]
    public void Gears_stay_on_whole_counts_near_their_strokes(string name)
    {
        RobotDescription robot = Arms.Shipped(name);
        var arm = TrunkArm.FromDescription(robot);
        PulseRounding[] pulses = PulseRounding.OfTrunk(robot);
        JointRounding rounding = new(arm, pulses);
        PoseSampler sampler = new(arm, 41);
        double[] inputs = new double[arm.InputCount], jacobian = new double[6 * arm.InputCount], strokes = new double[arm.StrokeCount],
            rounded = new double[arm.StrokeCount];
        for (int i = 0; i < 60; i++)
        {
            sampler.Sample(inputs);
            arm.Jacobian(inputs, jacobian, byDisplacements: true);
            arm.InputsToStrokes(inputs, strokes);
            rounding.Round(strokes, jacobian, [0, 0, 0], rounded);
            for (int gear = 0; gear < strokes.Length; gear++)
            {
                Assert.InRange(rounded[gear], 0, 1);
                Assert.InRange(rounded[gear] - strokes[gear], -1.51 * pulses[gear].Step, 1.51 * pulses[gear].Step);
                Assert.Equal(rounded[gear], pulses[gear].Rounded(rounded[gear]), 1e-12);
            }
        }
    }

    [Theory]
    [InlineData("trunk10-4g")]
    [InlineData("trunk25-4g")]
    [InlineData("trunk6-3g")]
    public void Rounding_errors_cancel_at_the_tip(string name)
    {
        (double nearest, double together) = MedianErrors(name, 60);
        Assert.InRange(together, 0, 0.1 * nearest);
    }

    [Fact]
    public void Ten_joints_come_within_a_tenth_of_a_millimetre()
    {
        (double nearest, double together) = MedianErrors("trunk10-4g", 200);
        Assert.InRange(nearest, 0.2e-3, 1e-3);
        Assert.InRange(together, 0, 0.02e-3);
    }

    /// <summary>A measured error is made up for by a few counts, though no gear moves far.</summary>
    [Fact]
    public void A_measured_error_is_made_up_for()
    {
        RobotDescription robot = Arms.Shipped("trunk10-4g");
        var arm = TrunkArm.FromDescription(robot);
        JointRounding rounding = new(arm, PulseRounding.OfTrunk(robot));
        double[] inputs = new double[30], jacobian = new double[180], strokes = new double[40], rounded = new double[40];
        Array.Fill(inputs, 0.3);
        Pose tip = arm.Jacobian(inputs, jacobian, byDisplacements: true);
        arm.InputsToStrokes(inputs, strokes);
        double left = rounding.Round(strokes, jacobian, [0.4e-3, -0.3e-3, 0.2e-3], rounded);
        Assert.InRange(left, 0, 0.03e-3);
        Arms.Near(tip.Position + new Vec3(0.4e-3, -0.3e-3, 0.2e-3), arm.ForwardFromStrokes(rounded, []).Position, 0.04e-3);
    }

    /// <summary>A Jacobian that is wrong at random, as its covariance says: the error to be expected is that of many such, and no greater
    /// than where the Jacobian is taken for exact.</summary>
    [Theory]
    [InlineData("trunk10-4g")]
    [InlineData("trunk6-3g")]
    public void A_doubtful_Jacobian_is_trusted_as_far_as_it_goes(string name)
    {
        RobotDescription robot = Arms.Shipped(name);
        var arm = TrunkArm.FromDescription(robot);
        PulseRounding[] pulses = PulseRounding.OfTrunk(robot);
        JointRounding rounding = new(arm, pulses);
        int n = arm.InputCount;
        double[] inputs = new double[n], jacobian = new double[6 * n], strokes = new double[arm.StrokeCount];
        double[] doubting = new double[arm.StrokeCount], trusting = new double[arm.StrokeCount];
        Array.Fill(inputs, 0.3);
        arm.Jacobian(inputs, jacobian, byDisplacements: true);
        double entry = 0.15 * Math.Sqrt(jacobian.Take(3 * n).Average(value => value * value));
        arm.InputsToStrokes(inputs, strokes);
        // The arm rests on whole counts.
        for (int gear = 0; gear < strokes.Length; gear++)
        {
            strokes[gear] = pulses[gear].Rounded(strokes[gear]);
        }

        // One direction is known from a measurement.
        SecantJacobian secants = new(3, n);
        secants.Restart();
        secants.Update([.. Enumerable.Range(0, n).Select(i => i % 3 == 0 ? 1e-2 : 0)], [0, 0, 0]);
        double[] covariance = secants.Ignorance.ToArray(), missing = [160e-6, -120e-6, 80e-6];
        double expected = rounding.Round(strokes, jacobian, missing, doubting, covariance, entry * entry);
        rounding.Round(strokes, jacobian, missing, trusting);
        Assert.NotEqual(trusting, doubting);

        WrongJacobians wrong = new(jacobian.AsSpan(0, 3 * n).ToArray(), covariance, n, entry);
        const int Draws = 2000;
        double squareDoubting = 0, squareTrusting = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            double[] drawn = wrong.Draw();
            squareDoubting += SquareLeft(arm, drawn, strokes, doubting, missing) / Draws;
            squareTrusting += SquareLeft(arm, drawn, strokes, trusting, missing) / Draws;
        }

        // A mean of 2 000 squares is known to 3 %.
        Assert.InRange(Math.Sqrt(squareDoubting), 0.95 * expected, 1.05 * expected);
        Assert.True(squareDoubting < squareTrusting);
    }

    private static double SquareLeft(TrunkArm arm, double[] jacobian, double[] from, double[] to, double[] missing)
    {
        int n = arm.InputCount;
        double[] before = new double[n], after = new double[n];
        arm.StrokesToDisplacements(from, before);
        arm.StrokesToDisplacements(to, after);
        double square = 0;
        for (int axis = 0; axis < 3; axis++)
        {
            double left = missing[axis];
            for (int i = 0; i < n; i++)
            {
                left -= jacobian[axis * n + i] * (after[i] - before[i]);
            }

            square += left * left;
        }

        return square;
    }
}
