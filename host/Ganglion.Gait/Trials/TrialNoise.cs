using Ganglion.Basics;

namespace Ganglion.Gait.Trials;

/// <summary>
/// Random numbers of one trial: same seed, same trial. Two streams, so that sensors and disturbances do not depend on each
/// other; neighbouring seeds are as different as distant ones.
/// </summary>
internal sealed class TrialNoise
{
    private SeededRandom _numbers;

    /// <param name="seed">Of the trial.</param>
    /// <param name="stream">0 sensors, 1 disturbances.</param>
    public TrialNoise(int seed, int stream)
    {
        _numbers = SeededRandom.OfHalves(seed, stream);

        // System.Random's first numbers are alike for neighbouring seeds: it gets a mixed one.
        Random = new Random((int)(_numbers.NextUnit() * int.MaxValue));
    }

    /// <summary>For those who take a <see cref="System.Random"/>.</summary>
    public Random Random { get; }

    /// <summary>Uniform in 0..1, 1 not included.</summary>
    public double Next() => _numbers.NextUnit();

    /// <summary>Standard normal.</summary>
    public double Normal() => _numbers.NextPolarGaussian();
}
