using Ganglion.Rhythm.ChessClock;
using Ganglion.Rhythm.Spiking;

namespace Ganglion.Rhythm.Tests.Spiking;

/// <summary>The pattern generator against the cat's law and against its own network under Nengo's rule.</summary>
public class SpikingCpgTests
{
    private static readonly Lazy<CpgDesign> Calibrated = new(() => CpgCalibration.Build(new CpgSettings(Seed: 31)));

    /// <summary>The bars of the laboratory, for one seed that tuned nothing and three speeds between the calibrated ones.</summary>
    [Theory]
    [InlineData(0.18)]
    [InlineData(0.5)]
    [InlineData(1.2)]
    public void StepsLastAsLongAsTheCats(double speed)
    {
        var cat = PhaseDurations.CatAt([speed]);
        CpgPart part = new CpgRun(Calibrated.Value, null).Play(speed, 2 + 15 * (cat.Swing[0] + cat.Stance[0]));
        Assert.InRange(part.Left.Cycle / (cat.Swing[0] + cat.Stance[0]), 0.98, 1.02);
        Assert.InRange(part.Left.Swing / cat.Swing[0], 0.93, 1.07);
        Assert.InRange(part.Left.LagOf(part.Right), 0.48, 0.52);
    }

    /// <summary>A spike in another step would change what is decoded, and from there on all that follows.</summary>
    [Fact]
    public void TheOscillatorFiresSpikeForSpikeAsByNengosRule()
    {
        CpgDesign design = Calibrated.Value;
        SpikingCpg fast = new(design), nengo = new(design, new NengoEnsemble(design.Population, design.Decoders));
        for (int k = 0; k < 2000; k++)
        {
            fast.Place = nengo.Place = k < 1000 ? 0 : 0.5;
            fast.Advance();
            nengo.Advance();
            Assert.True(fast.Fired.SequenceEqual(nengo.Fired), $"step {k}");
        }

        Assert.Equal((nengo.Cos, nengo.Sin, nengo.Level), (fast.Cos, fast.Sin, fast.Level));
    }

    [Fact]
    public void TooFewNeuronsAreRefusedWithTheReason()
    {
        NoOscillationException refused = Assert.Throws<NoOscillationException>(() => CpgCalibration.Build(new CpgSettings(20, Seed: 1)));
        Assert.Contains("20 neurons of seed 1", refused.Message);
    }

    /// <summary>Half a second of command, then nothing: the speed that is held stays the one that was rounded to.</summary>
    [Fact]
    public void AMemoryHoldsTheSpeedThatItWasGivenOnce()
    {
        var memory = new SpeedMemory(31);
        foreach (double speed in new[] { 0.1, 1.5, 0.37 })
        {
            memory.Command(speed);
            for (int k = 0; k < 2000; k++)
            {
                memory.Advance();
            }

            double mean = 0;
            for (int k = 0; k < 4000; k++)
            {
                memory.Advance();
                mean += SpeedScale.SpeedAt(memory.Place) / 4000;
            }

            Assert.InRange(mean / speed, 0.97, 1.03);
        }
    }
}
