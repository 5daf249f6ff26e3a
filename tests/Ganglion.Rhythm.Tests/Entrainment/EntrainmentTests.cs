using Ganglion.Rhythm.Entrainment;

namespace Ganglion.Rhythm.Tests.Entrainment;

/// <summary>Iwasaki and Zheng's study against the rows of the specification (section G).</summary>
public class EntrainmentTests
{
    [Fact]
    public void Alone_it_oscillates_at_the_published_frequency()
    {
        Assert.Equal(1.556, EntrainmentRun.Alone(new ReciprocalOscillator(), EntrainmentStudy.Step), 0.002);
        Assert.Equal(1.353, EntrainmentRun.Alone(new ReciprocalOscillator { Leak = 0.5 }, EntrainmentStudy.Step), 0.002);
    }

    [Fact]
    public void Complete_adaptation_is_entrained_below_its_own_frequency() =>
        Rows(EntrainmentStudy.Variants[0].Oscillator, [0.311, 0.465, 0.620, 0.908, 1.205, 1.412, 1.503],
            [true, true, true, true, true, false, false]);

    [Fact]
    public void Partial_adaptation_is_not_entrained_by_position() =>
        Rows(EntrainmentStudy.Variants[1].Oscillator, [0.236, 0.353, 0.466, 0.687], [false, false, false, false, false, false, false, false,
            false]);

    [Fact]
    public void Partial_adaptation_is_entrained_by_rate_wherever_the_pendulum_is() =>
        Rows(EntrainmentStudy.Variants[2].Oscillator, [0.266, 0.397, 0.529, 0.792, 1.054, 1.314, 1.640, 2.095, 2.576],
            [true, true, true, true, true, true, true, true, true]);

    private static void Rows(ReciprocalOscillator oscillator, double[] frequencies, bool[] entrained)
    {
        EntrainmentRun[] runs = EntrainmentStudy.Of(oscillator);
        Assert.All(frequencies.Select((frequency, i) => (frequency, runs[i])), row =>
            Assert.Equal(row.frequency, row.Item2.Frequency, 0.003 * row.frequency));
        Assert.Equal(entrained, runs[..entrained.Length].Select(run => run.IsEntrained));
    }
}
