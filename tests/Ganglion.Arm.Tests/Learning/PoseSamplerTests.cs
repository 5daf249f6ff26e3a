using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Learning;

/// <summary>The sampler against the figures that host/Ganglion.Robots/Trunk/README.md reports for the authors' data.</summary>
public class PoseSamplerTests
{
    private const int Postures = 20_000;

    /// <summary>Sampled reach and spread of the tip, mm. The largest of many draws varies a little with the seed.</summary>
    [Theory]
    [InlineData(JointDesign.FourGeared, 10, 554, 264)]
    [InlineData(JointDesign.FourGeared, 25, 1201, 663)]
    [InlineData(JointDesign.ThreeGeared, 6, 1034, 551)]
    [InlineData(JointDesign.ThreeGeared, 20, 2941, 1419)]
    public void Reach_and_spread_are_the_published_ones(JointDesign design, int joints, double reach, double spread)
    {
        TrunkArm arm = new(design, joints, paperCompatible: true);
        PoseSampler sampler = new(arm, 1);
        double[] inputs = new double[arm.InputCount];
        Vec3 sum = default;
        double farthest = 0, squares = 0;
        for (int i = 0; i < Postures; i++)
        {
            sampler.Sample(inputs);
            Vec3 tip = arm.Forward(inputs).Position;
            farthest = Math.Max(farthest, tip.Length);
            sum += tip;
            squares += tip.LengthSquared;
        }
        Vec3 mean = 1.0 / Postures * sum;
        Assert.InRange(farthest * 1e3 / reach, 0.99, 1.01);
        Assert.InRange(Math.Sqrt(squares / Postures - mean.LengthSquared) * 1e3 / spread, 0.98, 1.02);
    }

    /// <summary>Distance from module to module: 43.95 (33.7..54.6) and 107.5 mm; the 3-geared extremes follow from its constants.</summary>
    [Theory]
    [InlineData(JointDesign.FourGeared, 10, 43.95, 33.7, 54.6, 0.2)]
    [InlineData(JointDesign.ThreeGeared, 6, 107.5, 44 + 38.875, 44 + 38.875 + 53.75, 0.01)]
    public void Distances_between_modules_are_the_published_ones(JointDesign design, int joints, double mean, double min, double max,
        double tolerance)
    {
        TrunkArm arm = new(design, joints, paperCompatible: true);
        PoseSampler sampler = new(arm, 1);
        double[] inputs = new double[arm.InputCount];
        var modules = new Pose[joints];
        double sum = 0, least = 1, most = 0;
        for (int i = 0; i < Postures; i++)
        {
            sampler.Sample(inputs);
            arm.Forward(inputs, modules);
            Vec3 last = default;
            foreach (Pose module in modules)
            {
                double distance = (module.Position - last).Length;
                sum += distance;
                least = Math.Min(least, distance);
                most = Math.Max(most, distance);
                last = module.Position;
            }
        }
        Assert.Equal(mean, sum / Postures / joints * 1e3, 0.1);
        Assert.Equal(min, least * 1e3, tolerance);
        Assert.Equal(max, most * 1e3, tolerance);
    }

    [Fact]
    public void Normalising_lengths_are_the_authors()
    {
        Assert.Equal(44.2e-3, new TrunkArm(JointDesign.FourGeared, 1).NormalisingLength);
        Assert.Equal(93.75e-3 + 72e-3, new TrunkArm(JointDesign.ThreeGeared, 1).NormalisingLength, 1e-15);
    }

    /// <summary>The defect in the authors' data: 8.5 % of joints with a gear outside, strokes -0.41..1.41. Limiting after the turn cures
    /// it.</summary>
    [Theory]
    [InlineData(true, 8.5, -0.4142, 1.4142)]
    [InlineData(false, 0, 0, 1)]
    public void Gears_leave_their_travel_only_in_the_paper_compatible_arm(bool paperCompatible, double percent, double lowest,
        double highest)
    {
        TrunkArm arm = new(JointDesign.FourGeared, 10, paperCompatible);
        PoseSampler sampler = new(arm, 1);
        double[] inputs = new double[arm.InputCount], strokes = new double[arm.StrokeCount];
        int outside = 0;
        double min = 1, max = 0;
        for (int i = 0; i < Postures; i++)
        {
            sampler.Sample(inputs);
            arm.InputsToStrokes(inputs, strokes);
            for (int joint = 0; joint < 10; joint++)
            {
                Span<double> gears = strokes.AsSpan(4 * joint, 4);
                double low = double.Min(double.Min(gears[0], gears[1]), double.Min(gears[2], gears[3]));
                double high = double.Max(double.Max(gears[0], gears[1]), double.Max(gears[2], gears[3]));
                (min, max) = (Math.Min(min, low), Math.Max(max, high));
                if (low < -1e-12 || high > 1 + 1e-12)
                {
                    outside++;
                }
            }
        }
        Assert.Equal(percent, 100.0 * outside / (10 * Postures), 0.2);
        Assert.Equal(lowest, min, 0.001);
        Assert.Equal(highest, max, 0.001);
    }

    /// <summary>Share of postures in which every joint is at a corner: 2.5 % (4-geared); 2.5 % of what three mixtures of 20 % each leave
    /// (3-geared).</summary>
    [Theory]
    [InlineData(JointDesign.FourGeared, 0.025)]
    [InlineData(JointDesign.ThreeGeared, 0.8 * 0.8 * 0.8 * 0.025)]
    public void Corner_postures_come_as_often_as_the_authors_draw_them(JointDesign design, double share)
    {
        TrunkArm arm = new(design, 6);
        PoseSampler sampler = new(arm, 2);
        double[] commands = new double[arm.InputCount];
        int corners = 0;
        for (int i = 0; i < Postures; i++)
        {
            sampler.SampleCommands(commands);
            if (commands.All(value => value == arm.InputMin || value == arm.InputMax))
            {
                corners++;
            }
        }
        double deviation = Math.Sqrt(share * (1 - share) / Postures);
        Assert.InRange(corners / (double)Postures, share - 4 * deviation, share + 4 * deviation);
    }

    [Theory]
    [InlineData(JointDesign.FourGeared)]
    [InlineData(JointDesign.ThreeGeared)]
    public void Same_seed_same_postures_and_all_within_the_limits(JointDesign design)
    {
        TrunkArm arm = new(design, 8);
        PoseSampler a = new(arm, 3), b = new(arm, 3), c = new(arm, 4);
        double[] first = new double[24], second = new double[24], third = new double[24];
        for (int i = 0; i < 2000; i++)
        {
            a.Sample(first);
            b.Sample(second);
            c.Sample(third);
            Assert.Equal(first, second);
            Assert.All(first, value => Assert.InRange(value, arm.InputMin, arm.InputMax));
        }
        Assert.NotEqual(first, third);
    }
}
