using Ganglion.Rhythm.Pendulum;

namespace Ganglion.Rhythm.Tests.Pendulum;

/// <summary>The leg under a sine of a moment: beats near a mode, and the least work at resonance.</summary>
public class ForcedLegTests
{
    // Ten times the paper's damping, so that it settles soon.
    private static readonly LegBody Leg = new() { ShoulderDamping = 100, ElbowDampingFactor = 100 };

    /// <summary>From rest, the swing is the settled one less the mode's own: it grows and dies once in 1 / |f - f1| seconds.</summary>
    [Fact]
    public void Near_the_slow_mode_both_rods_beat()
    {
        double slow = LegMode.Of(Leg).Slow.Frequency, frequency = 0.94 * slow, beat = 1 / (slow - frequency);
        LegRecord record = ForcedLeg.Run(new LegBody { ShoulderDamping = 0, ElbowDampingFactor = 0 }, frequency, 1, 2 * beat, 0.01).Record;
        int Sample(double beats) => (int)(beats * beat / record.Step);
        foreach (double[] angle in (double[][])[record.Upper.ToArray(), record.Lower.ToArray()])
        {
            double full = LegRecord.Size(angle.AsSpan(Sample(0.4), Sample(0.2)));
            double node = LegRecord.Size(angle.AsSpan(Sample(0.97), Sample(0.06)));
            Assert.True(node < 0.35 * full, $"{node} against {full}");
            Assert.True(LegRecord.Size(angle.AsSpan(Sample(1.4), Sample(0.2))) > 0.9 * full);
        }
    }

    [Fact]
    public void What_it_costs_to_keep_it_swinging_is_least_at_resonance_and_as_the_closed_form_says()
    {
        ForcedPoint[] points = ForcedSweep.Run(Leg, 0.5, 0.01);
        Assert.Equal(LegMode.Of(Leg).Slow.Frequency, points.MinBy(point => point.CostOfSwing)!.Frequency, 1e-9);
        Assert.All(points, point => Assert.Equal(point.Closed, point.CostOfSwing, 0.02 * point.Closed));
        Assert.True(points[0].CostOfSwing > 3 * points[4].CostOfSwing && points[^1].CostOfSwing > 20 * points[4].CostOfSwing);
    }
}
