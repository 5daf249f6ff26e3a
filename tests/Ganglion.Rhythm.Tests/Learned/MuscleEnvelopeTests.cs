using Ganglion.Rhythm.ChessClock;
using Ganglion.Rhythm.Learned;

namespace Ganglion.Rhythm.Tests.Learned;

/// <summary>From raw EMG to strides.</summary>
public class MuscleEnvelopeTests
{
    /// <summary>SciPy 1.10: sosfiltfilt(butter(4, cutoff, kind, fs=1000, output="sos"), x, padtype="odd", padlen=min(399,
    /// ceil(3000 / cutoff))).</summary>
    [Theory]
    [InlineData(false, -0.30009459075824085, -0.24825277716303668, 1.264490606741588, 0.19747262467354632, -0.4155812506692132)]
    [InlineData(true, 2.6012896652827244e-05, 0.5428191745919965, -0.2800979839547705, 0.29998679501615494, -0.00012202603727348715)]
    public void The_filters_are_SciPys(bool high, params double[] expected)
    {
        double[] x = [.. Enumerable.Range(0, 400).Select(k => Math.Sin(2 * Math.PI * 5 * k / 1000)
            + 0.5 * Math.Sin(2 * Math.PI * 60 * k / 1000) + 0.1 * (k * 37 % 11 - 5) + 0.2)];
        double[] y = high ? ZeroPhaseFilter.HighPass(x, 1000, 20) : ZeroPhaseFilter.LowPass(x, 1000, 10);
        int[] places = [0, 1, 50, 200, 399];
        Assert.All(places.Zip(expected), one => Assert.Equal(one.Second, y[one.First], 1e-9));
    }

    /// <summary>Raw EMG and the envelopes that it was made of give the same strides, and they are the cat's.</summary>
    [Fact]
    public void Strides_are_found_in_raw_EMG_as_in_envelopes()
    {
        double[] speeds = [0.15, 0.4, 0.9, 1.4];
        RecordedStrides raw = Cut(rectified: false), envelopes = Cut(rectified: true);
        Assert.Equal(speeds.Length, raw.Groups.Length);
        Assert.Equal(speeds.Length, envelopes.Groups.Length);
        var cat = PhaseDurations.CatAt([.. speeds]);
        for (int k = 0; k < speeds.Length; k++)
        {
            // Of 25 strides one is lost at each end of a speed. Steps vary by 5 %, so their mean by 1 %, and bounds are three times that.
            Assert.InRange(raw.Groups[k].Strides.Length, 21, 25);
            Assert.Equal(speeds[k], raw.Groups[k].Speed, 0.01);
            Assert.InRange(raw.Groups[k].Cycle / (cat.Swing[k] + cat.Stance[k]), 0.97, 1.03);
            Assert.InRange(raw.Groups[k].Swing / cat.Swing[k], 0.88, 1.05);
            Assert.InRange(raw.Groups[k].Cycle / envelopes.Groups[k].Cycle, 0.995, 1.005);
        }

        RecordedStrides Cut(bool rectified) =>
            RecordedStrides.Cut(MuscleEnvelopes.Of(SyntheticEmg.Record(speeds, 25, 5, rectified)), "made");
    }

    [Fact]
    public void A_burst_lasts_from_half_of_its_height_to_half_of_it()
    {
        // Heights 1 and 0.6, rising and falling in straight lines over 0.1 s.
        double[] envelope = new double[300];
        Burst(50, 1);
        Burst(180, 0.6);
        List<Burst> found = Bursts.Find(envelope, 0.01);
        Assert.Equal(2, found.Count);
        Assert.Equal((0.55, 0.85), (found[0].On, found[0].Off), Near);
        Assert.Equal((1.85, 2.15), (found[1].On, found[1].Off), Near);

        void Burst(int from, double height)
        {
            for (int k = 0; k <= 40; k++)
            {
                envelope[from + k] = height * Math.Min(1, Math.Min(k, 40 - k) / 10.0);
            }
        }

        static bool Near((double, double) a, (double, double) b) =>
            Math.Abs(a.Item1 - b.Item1) < 1e-9 && Math.Abs(a.Item2 - b.Item2) < 1e-9;
    }

    [Fact]
    public void Closed_the_ideal_loop_turns_as_often_as_it_is_told_and_comes_back_to_its_circle()
    {
        var loop = new PhaseLoop(CpgNetwork.ReadoutTime);
        foreach (double frequency in new[] { 0.45, 1, 2.4 })
        {
            foreach (double radius in new[] { 0.6, 1.4 })
            {
                System.Numerics.Complex x = radius, end = loop.Drive(x, frequency), before = x;
                double turned = 0;
                const int windows = 1000;
                for (int w = 0; w < windows; w++)
                {
                    (before, x) = (x, loop.Filter(ref end, loop.Drive(x, frequency)));
                    turned += w < windows / 2 ? 0 : (x / before).Phase / (2 * Math.PI);
                }

                Assert.Equal(1, x.Magnitude, 1e-6);
                Assert.Equal(frequency, turned / (windows / 2 * MuscleEnvelopes.Step), 1e-6);
            }
        }
    }
}
