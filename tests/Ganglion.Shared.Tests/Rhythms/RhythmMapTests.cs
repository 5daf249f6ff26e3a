using Ganglion.Shared.Rhythms;

namespace Ganglion.Shared.Tests.Rhythms;

/// <summary>Oscillators to channels: the figures, the ramps, the refusals, and what a NaN does.</summary>
public class RhythmMapTests
{
    private const float Dt = 0.02f;

    /// <summary>One channel for each oscillator i: offset 0.5, gain 0.5 (odd i: -0.5), outputs of all kinds.</summary>
    internal static RhythmMap Map(int n, float ramp)
    {
        var map = new RhythmMap(n, Dt);
        int[] index = Enumerable.Range(0, n).ToArray();
        Assert.Equal(RhythmReason.None, map.Configure(n, n, n, index, index, index.Select(i => (RhythmOutput)(i % 3)).ToArray(),
            index.Select(_ => 0.5f).ToArray(), index.Select(i => i % 2 == 0 ? 0.5f : -0.5f).ToArray(), ramp, out _));
        return map;
    }

    private static double Expected(KimuraNetwork network, int i)
    {
        double y = (i % 3) switch { 0 => network.Output(i), 1 => network.FlexorActivity[i], _ => network.ExtensorActivity[i] };
        return 16384 * (0.5 + (i % 2 == 0 ? 0.5 : -0.5) * y);
    }

    [Fact]
    public void WhenTheRampIsOverTargetsAreOffsetPlusGainTimesOutput()
    {
        KimuraNetwork network = Definitions.Network(Definitions.Walker());
        RhythmMap map = Map(7, 1f);
        int[] targets = new int[9];
        targets[7] = 123;
        map.Start(targets);
        for (int k = 0; k < 300; k++)
        {
            network.Step();
            Assert.True(map.Write(network, targets));
            if (k < 50)
            {
                continue;
            }
            // rounded to the nearest count; float has 2^-11 of a count here
            for (int i = 0; i < 7; i++)
            {
                Assert.InRange(targets[i] - Expected(network, i), -0.502, 0.502);
            }
        }
        Assert.Equal(1f, map.Level);
        Assert.Equal(123, targets[7]);
    }

    [Fact]
    public void NeitherStartNorStopNorRestartJumps()
    {
        KimuraNetwork network = Definitions.Network(Definitions.Walker());
        const float ramp = 2f;
        RhythmMap map = Map(7, ramp);
        int[] targets = { 0, 16384, 100, 8000, 16000, 3, 9000 };
        int[] before = (int[])targets.Clone();
        map.Write(network, targets);
        Assert.Equal(before, targets);
        map.Start(targets);
        for (int k = 0; k < 600; k++)
        {
            if (k == 60)
            {
                map.Stop();
            }

            if (k == 80)
            {
                map.Start(targets);
            }

            if (k == 300)
            {
                map.Stop();
            }

            float[] outputs = Enumerable.Range(0, 7).Select(network.Output).ToArray();
            network.Step();
            map.Write(network, targets);
            for (int i = 0; i < 7; i++)
            {
                // own motion of the rhythm, and what the ramp adds to it: the way to the offset and the gain, each 1/100 a step
                double own = 0.5 * Math.Abs(network.Output(i) - outputs[i]) * 16384;
                double added = (0.5 + 0.5 * 0.8) * 16384 * Dt / ramp;
                Assert.InRange(Math.Abs(targets[i] - before[i]), 0, own + added + 2);
            }
            targets.CopyTo(before, 0);
            // 2 s are 100 steps; a hundred sums of 0.01 in float may need one more
            if (k < 398)
            {
                Assert.True(map.Active);
            }

            if (k > 400)
            {
                Assert.False(map.Active);
            }
        }
        Assert.All(targets, t => Assert.Equal(8192, t));
    }

    [Fact]
    public void TargetsStayWithinTheTravel()
    {
        KimuraNetwork network = Definitions.Network(Definitions.Walker());
        var map = new RhythmMap(2, Dt);
        Assert.Equal(RhythmReason.None, map.Configure(2, 2, 7, [0, 1], [0, 0], [0, 0], [0.1f, 0.9f], [50f, -100f], 0.1f, out _));
        int[] targets = new int[2];
        map.Start(targets);
        int low = 0, high = 0;
        for (int k = 0; k < 200; k++)
        {
            network.Step();
            map.Write(network, targets);
            Assert.All(targets, t => Assert.InRange(t, 0, 16384));
            low += targets.Count(t => t == 0);
            high += targets.Count(t => t == 16384);
        }
        Assert.True(low > 50 && high > 50);
    }

    [Fact]
    public void AnOutputThatIsNotANumberIsReportedAndItsTargetStays()
    {
        // An excitatory loop without adaptation grows without bound; then infinity minus infinity.
        var p = new KimuraParameters(2) { Count = 2 };
        p.SetOscillator(0, 10f, 1f, 1f, 0f, 0f);
        p.SetOscillator(1, 0.139f, 0.246f, 0.375f, 3.414f, 1.79f);
        p.Weights[0] = 50f;
        KimuraNetwork network = Definitions.Network(p);
        var map = new RhythmMap(2, Dt);
        Assert.Equal(RhythmReason.None, map.Configure(2, 2, 2, [0, 1], [0, 1], [0, 0], [0.5f, 0.5f], [0.5f, 0.5f], 0.1f, out _));
        int[] targets = { 8000, 8000 };
        map.Start(targets);
        bool finite = true;
        int kept = 0;
        for (int k = 0; k < 20000 && finite; k++)
        {
            kept = targets[0];
            network.Step();
            finite = map.Write(network, targets);
        }
        Assert.False(finite);
        Assert.True(float.IsNaN(network.Output(0)));
        Assert.Equal(kept, targets[0]);
        Assert.False(float.IsNaN(network.Output(1)));
        Assert.InRange(targets[1] - 16384 * (0.5 + 0.5 * network.Output(1)), -0.502, 0.502);
        map.Abort();
        Assert.False(map.Active);
        Assert.True(map.Write(network, targets));
        Assert.Equal(kept, targets[0]);
    }

    [Theory]
    [InlineData(-1, 0, 0, 0.5f, 0.5f, 1f, RhythmReason.ChannelOutOfRange)]
    [InlineData(4, 0, 0, 0.5f, 0.5f, 1f, RhythmReason.ChannelOutOfRange)]
    [InlineData(0, 0, 0, 0.5f, 0.5f, 1f, RhythmReason.ChannelTwice)]
    [InlineData(1, 7, 0, 0.5f, 0.5f, 1f, RhythmReason.OscillatorOutOfRange)]
    [InlineData(1, -1, 0, 0.5f, 0.5f, 1f, RhythmReason.OscillatorOutOfRange)]
    [InlineData(1, 0, 3, 0.5f, 0.5f, 1f, RhythmReason.OutputOutOfRange)]
    [InlineData(1, 0, 0, float.NaN, 0.5f, 1f, RhythmReason.NotANumber)]
    [InlineData(1, 0, 0, 1.01f, 0.5f, 1f, RhythmReason.OffsetOutOfRange)]
    [InlineData(1, 0, 0, 0.5f, float.NaN, 1f, RhythmReason.NotANumber)]
    [InlineData(1, 0, 0, 0.5f, -101f, 1f, RhythmReason.GainOutOfRange)]
    [InlineData(1, 0, 0, 0.5f, 0.5f, float.NaN, RhythmReason.NotANumber)]
    [InlineData(1, 0, 0, 0.5f, 0.5f, 0f, RhythmReason.RampOutOfRange)]
    public void ARefusedMapNamesItsCauseAndChangesNothing(int channel, int oscillator, int output, float offset, float gain, float ramp,
        RhythmReason reason)
    {
        var map = new RhythmMap(2, Dt);
        Assert.Equal(RhythmReason.None, map.Configure(1, 4, 7, [2], [0], [0], [0.25f], [0f], 0.1f, out _));
        Assert.Equal(reason, map.Configure(2, 4, 7, [0, channel], [0, oscillator], [0, (RhythmOutput)output], [0.5f, offset], [0.5f, gain],
            ramp, out int where));
        Assert.Equal(ramp == 1f ? 1 : 0, where);
        Assert.Equal(1, map.Count);
        KimuraNetwork network = Definitions.Network(Definitions.Walker());
        int[] targets = new int[4];
        map.Start(targets);
        for (int k = 0; k < 10; k++)
        {
            map.Write(network, targets);
        }

        Assert.Equal([0, 0, 4096, 0], targets);
    }

    [Fact]
    public void AMovingMapAndAnEmptyOneAreRefused()
    {
        RhythmMap map = Map(7, 1f);
        map.Start(new int[7]);
        Assert.Equal(RhythmReason.StillRunning, map.Configure(1, 1, 1, [0], [0], [0], [0.5f], [0.5f], 1f, out _));
        Assert.Equal(RhythmReason.CountOutOfRange, new RhythmMap(1, Dt).Configure(0, 1, 1, [], [], [], [], [], 1f, out _));
        Assert.Equal(RhythmReason.CountOutOfRange, new RhythmMap(1, Dt).Configure(2, 2, 1, [0, 1], [0, 0], [0, 0], [0, 0], [0, 0],
            1f, out _));
    }
}
