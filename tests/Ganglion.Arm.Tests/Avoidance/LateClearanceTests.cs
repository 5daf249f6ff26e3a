using System.Collections.Immutable;
using Ganglion.Arm.Avoidance;
using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Robots.Scenes;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Avoidance;

/// <summary>Steps of a long arm over its table, against servos that are run to their targets one chip after another, in postures and not
/// in what rows tell of them.</summary>
public sealed class LateClearanceTests
{
    private const double Floor = 2e-3, Step = 0.05;

    private static readonly TrunkArm Arm = new(JointDesign.ThreeGeared, 20);

    private static readonly SceneDescription Table = new("table", 5e-3, 0, ImmutableArray<Obstacle>.Empty);

    [Fact]
    public void A_guarded_step_keeps_clear_in_whatever_order_chips_make_it()
    {
        int[] chips = [.. Enumerable.Range(0, Arm.StrokeCount).Select(gear => gear / 16)];
        BodyClearance body = new(Arm, Table), truth = new(Arm, Table);
        var guard = new ClearanceGuard(body, new LateClearance(body, new LateGears(Arm, chips))) { Floor = Floor };
        var careless = new ClearanceGuard(new BodyClearance(Arm, Table)) { Floor = Floor };
        var random = new Random(5);
        double worst = double.PositiveInfinity, unguarded = double.PositiveInfinity;
        foreach (double[] at in Postures(truth, 60))
        {
            double[] wanted = [.. at.Select(stroke => Math.Clamp(stroke + Step * (2 * random.NextDouble() - 1), 0, 1))], next = [.. wanted];
            guard.Limit(at, next);
            worst = Math.Min(worst, Least(at, next));
            careless.Limit(at, wanted);
            unguarded = Math.Min(unguarded, Least(at, wanted));
        }

        // 2 mm for moments between those that are looked at.
        Assert.InRange(worst, Floor - KeptClearance.Late - 2e-3, double.PositiveInfinity);
        Assert.InRange(unguarded, double.NegativeInfinity, -10e-3);

        double Least(double[] from, double[] to)
        {
            double least = double.PositiveInfinity;
            double[] run = new double[chips.Max() + 1];
            for (int trial = 0; trial < 100; trial++)
            {
                for (int chip = 0; chip < run.Length; chip++)
                {
                    run[chip] = Math.Clamp(Step * (3 * random.NextDouble() - 1), 0, Step);
                }

                truth.PlaceStrokes([.. from.Select((stroke, gear) =>
                    stroke + Math.Clamp(to[gear] - stroke, -run[chips[gear]], run[chips[gear]]))]);
                least = Math.Min(least, truth.Slack(ClearPassage.Horizon));
            }

            return least;
        }
    }

    /// <summary>Postures with the tip less than 0.2 m above the table.</summary>
    private static IEnumerable<double[]> Postures(BodyClearance body, int count)
    {
        var sampler = new PoseSampler(Arm, 9);
        double[] inputs = new double[Arm.InputCount];
        for (int found = 0; found < count;)
        {
            sampler.Sample(inputs);
            double[] strokes = new double[Arm.StrokeCount];
            Arm.InputsToStrokes(inputs, strokes);
            body.PlaceStrokes(strokes);
            Vec3 tip = body.Ends[^1];
            if (tip.Z < 0.2 && body.Slack(ClearPassage.Horizon) >= Floor)
            {
                found++;
                yield return strokes;
            }
        }
    }
}
