using Ganglion.Arm.Paper;

namespace Ganglion.Arm.Tests.Paper;

/// <summary>Algorithm 1 and its relatives on gradients for which their sums close.</summary>
public class OptimizerTests
{
    private const double Rate = 0.01, Tolerance = 1e-9;

    public static TheoryData<string> Names => ["adam", "amsgrad", "sd-amsgrad"];

    private static InputOptimizer Make(string name, int inputs) => name switch
    {
        "adam" => new AdamOptimizer(inputs),
        "amsgrad" => new AmsGradOptimizer(inputs, signDamped: false),
        _ => new AmsGradOptimizer(inputs, signDamped: true),
    };

    /// <summary>A constant gradient makes every corrected mean that constant: each step is eta to the last digit but epsilon's.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_constant_gradient_moves_by_the_rate(string name)
    {
        InputOptimizer optimizer = Make(name, 2);
        double[] values = [0.3, -0.2];
        for (int step = 0; step < 50; step++)
        {
            optimizer.Step(values, [2.5, -0.125], Rate);
        }

        Assert.Equal(0.3 - 50 * Rate, values[0], 1e-6);
        Assert.Equal(-0.2 + 50 * Rate, values[1], 1e-6);
    }

    /// <summary>g = +-1 in turn: the means are the geometric series (1 - b)(1 - (-b)^t) / ((1 + b)(1 - b^t)), and v stays 1.</summary>
    [Theory]
    [InlineData("amsgrad")]
    [InlineData("sd-amsgrad")]
    public void An_alternating_gradient_is_damped_as_the_series_says(string name)
    {
        InputOptimizer optimizer = Make(name, 1);
        double[] values = [0];
        for (int t = 1; t <= 20; t++)
        {
            double sign = t % 2 == 1 ? 1 : -1, before = values[0];
            optimizer.Step(values, [sign], Rate);
            double mean = sign * 0.1 * (1 - Math.Pow(-0.9, t)) / (1.9 * (1 - Math.Pow(0.9, t)));
            double damping = name == "sd-amsgrad" ? mean * mean : 1;
            Assert.Equal(before - Rate * damping * mean, values[0], Tolerance);
        }
    }

    /// <summary>AMSGrad keeps the greatest v: after one large gradient and then none, v' is its first value while Adam's decays with
    /// it.</summary>
    [Fact]
    public void AmsGrad_remembers_the_greatest_second_moment()
    {
        double[] values = [0];
        InputOptimizer optimizer = Make("amsgrad", 1);
        optimizer.Step(values, [4], Rate);
        double before = values[0];
        optimizer.Step(values, [0], Rate);
        double mean = 0.9 * 0.4 / (1 - 0.81), second = 0.001 * 16 / (1 - 0.999 * 0.999);
        Assert.Equal(before - Rate * mean / Math.Sqrt(second), values[0], Tolerance);
    }

    [Fact]
    public void Momentum_moves_by_the_mean_gradient()
    {
        double[] values = [0];
        var optimizer = new SignDampedMomentum(1);
        for (int step = 0; step < 30; step++)
        {
            optimizer.Step(values, [-3], Rate);
        }

        Assert.Equal(30 * 3 * Rate, values[0], Tolerance);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_restart_forgets(string name)
    {
        InputOptimizer used = Make(name, 1), fresh = Make(name, 1);
        double[] a = [0], b = [0];
        used.Step(a, [7], Rate);
        used.Step(a, [-2], Rate);
        used.Restart();
        a[0] = 0;
        used.Step(a, [0.5], Rate);
        fresh.Step(b, [0.5], Rate);
        Assert.Equal(b[0], a[0]);
    }

    /// <summary>Eq. 19 by hand, and that the step never grows again.</summary>
    [Fact]
    public void The_step_decays_with_the_logarithm_of_the_error()
    {
        var decay = new LogarithmicDecay(0.1);
        decay.Observe(0.099);
        Assert.Equal(0.1, decay.Rate, Tolerance);
        decay.Observe(0.009);
        Assert.Equal(0.1 * Math.Log(10) / Math.Log(100), decay.Rate, Tolerance);
        decay.Observe(0.5);
        Assert.Equal(0.05, decay.Rate, Tolerance);
    }
}
