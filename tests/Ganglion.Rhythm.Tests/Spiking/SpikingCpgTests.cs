using Ganglion.Rhythm.ChessClock;
using Ganglion.Rhythm.Spiking;

namespace Ganglion.Rhythm.Tests.Spiking;

/// <summary>The pattern generator against the cat's law and against its own network under Nengo's rule.</summary>
public class SpikingCpgTests
{
    private static readonly Lazy<CpgDesign> Calibrated = new(() => CpgCalibration.Build(new CpgSettings(Seed: 31)));

    /// <summary>The bars of the laboratory, for one seed that tuned nothing and speeds between the calibrated ones.</summary>
    [Theory]
    [InlineData(0.11)]
    [InlineData(0.125)]
    [InlineData(0.18)]
    [InlineData(0.24)]
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

    /// <summary>Ground under a swinging foot ends its swing; no ground at the end of it holds the swing until there is some. The next swing
    /// is as usual.</summary>
    [Theory]
    [InlineData(0.14)]
    [InlineData(0.34)]
    public void AFootThatMeetsTheGroundEarlyOrLateChangesThatSwingAlone(double contact)
    {
        const double speed = 0.6, settle = 3;
        double usual = PhaseDurations.CatAt([speed]).Swing[0], onset = double.NaN;
        var cpg = new SpikingCpg(Calibrated.Value) { Place = SpeedScale.Of(speed) };
        var meter = new PhaseMeter();
        double Now() => cpg.Steps * LifPopulation.Step;
        bool disturbed = false;
        while (meter.Swings.Count < 2)
        {
            cpg.Afferent = disturbed ? FootAfferent.Of(cpg, Calibrated.Value.Settings.Synapse, Now() - onset >= contact) : (0, 0);
            bool before = cpg.LeftFlexor;
            cpg.Advance();
            if (double.IsNaN(onset) && Now() > settle && !before && cpg.LeftFlexor)
            {
                (onset, disturbed) = (Now(), true);
                meter.Add(onset - LifPopulation.Step, false);
            }

            disturbed &= cpg.LeftFlexor;
            if (!double.IsNaN(onset))
            {
                meter.Add(Now(), cpg.LeftFlexor);
            }
        }

        if (contact < usual)
        {
            Assert.InRange(meter.Swings[0], contact, 0.85 * usual);
        }
        else
        {
            Assert.InRange(meter.Swings[0], 1.3 * usual, contact + 0.03);
        }

        Assert.InRange(meter.Swings[1] / usual, 0.9, 1.1);
    }
}
