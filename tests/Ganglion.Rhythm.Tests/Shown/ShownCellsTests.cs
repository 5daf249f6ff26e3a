using Ganglion.Rhythm.Cells;
using Ganglion.Rhythm.Pendulum;
using Ganglion.Rhythm.Shown;
using Ganglion.Rhythm.Spiking;

namespace Ganglion.Rhythm.Tests.Shown;

/// <summary>What has spikes, shown: the same as what the laboratory's other commands run, and figures that they give.</summary>
public sealed class ShownCellsTests
{
    [Fact]
    public void A_pair_is_the_pair_of_rhythm_pair_spike_for_spike()
    {
        CellType type = CellTypes.Find("tonic-bursting")!;
        var pair = CellPair.Of(new CellPairOptions { Cell = type.Cell, Duration = 500 });
        var shown = new ShownPair(type);
        float[] signals = new float[6];
        byte[] spikes = new byte[1];
        int[] counts = [0, 0];
        int samples = (int)(500 / (1e3 * shown.SampleSeconds));
        for (int k = 0; k < samples; k++)
        {
            spikes[0] = 0;
            shown.Advance(signals, spikes);
            counts[0] += spikes[0] & 1;
            counts[1] += spikes[0] >> 1;
        }

        Assert.Equal(pair.Spikes.Select(times => times.Length), counts);
        ShownTurn[] turns = [.. shown.Measure().Turns];
        Assert.InRange(turns[0].Period * 1e3, pair.Period * 0.97, pair.Period * 1.03);
        Assert.InRange(turns[1].LeadDeg, 150, 210);
        Assert.Equal("", shown.Judging()().Trouble);

        double[] values = [.. shown.Knobs.Select(knob => knob.Value)];
        values[3] = 0; // no pulse: equal cells fire together
        shown.Set(values, 3);
        Assert.Contains("both fire together", shown.Judging()().Trouble);
    }

    [Fact]
    public void The_leg_is_that_of_rhythm_pendulum_and_one_that_turns_over_says_so()
    {
        var shown = new ShownLeg();
        var leg = new HalfCenterLeg(new HalfCenterLegOptions { Start = new LegState(0.05, 0.05) });
        float[] signals = new float[10];
        byte[] spikes = new byte[1];
        for (int k = 0; k < 4000; k++)
        {
            leg.Step();
            spikes[0] = 0;
            shown.Advance(signals, spikes);
            Assert.Equal((float)leg.State.Upper, signals[0]);
            Assert.Equal(leg.Spikes[2] > 0, (spikes[0] & 4) != 0);
        }

        Assert.Equal("", shown.Halted);
        double[] values = [.. shown.Knobs.Select(knob => knob.Value)];
        values[4] = 5000;
        shown.Set(values, 4);
        for (int k = 0; k < 20_000 && shown.Halted.Length == 0; k++)
        {
            shown.Advance(signals, spikes);
        }

        Assert.Contains("turned over", shown.Halted);
        values[4] = 10;
        shown.Set(values, 4);
        shown.StartAnew();
        Assert.Equal("", shown.Halted);
    }

    [Fact]
    public void The_spiking_network_follows_the_speed_that_is_set_and_its_foot()
    {
        CpgDesign design = CpgCalibration.Build(new CpgSettings(Seed: 7) { CalibrationSpeeds = 6, Rounds = 1, MeasuredCycles = 8 });
        var shown = new ShownCpg(design, 0.3);
        ShownMeasure slow = After(shown, 12);
        Assert.InRange(slow.Turns[0].Period, 0.95 * Cycle(0.3), 1.05 * Cycle(0.3));
        double[] values = [1.2, 0];
        shown.Set(values, 0);
        ShownMeasure fast = After(shown, 8);
        Assert.InRange(fast.Turns[0].Period, 0.95 * Cycle(1.2), 1.05 * Cycle(1.2));
        Assert.InRange(fast.Turns[1].LeadDeg, 170, 190);

        // Ground under a foot that still swings ends the swing early; without any it lasts.
        values[1] = 1;
        shown.Set(values, 1);
        double early = After(shown, 8).Figures[0].Value;
        values[1] = 2;
        shown.Set(values, 1);
        double late = After(shown, 8).Figures[0].Value, swing = fast.Figures[0].Value;
        Assert.True(early < 0.95 * swing && late > 1.05 * swing, $"{early}, {swing}, {late} s");

        static double Cycle(double speed) => 0.5445 * Math.Pow(speed, -0.5925);

        static ShownMeasure After(ShownCpg shown, double seconds)
        {
            float[] signals = new float[7];
            byte[] spikes = new byte[25];
            int fired = 0;
            for (int k = 0; k < seconds / shown.SampleSeconds; k++)
            {
                Array.Clear(spikes);
                shown.Advance(signals, spikes);
                fired += spikes.Sum(bits => System.Numerics.BitOperations.PopCount(bits));
            }

            Assert.InRange(fired, 1000, 10_000_000);
            return shown.Measure();
        }
    }
}
