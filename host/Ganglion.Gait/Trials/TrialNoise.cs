namespace Ganglion.Gait.Trials;

/// <summary>Random numbers of one trial: same seed, same trial.</summary>
internal sealed class TrialNoise(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>For those who take a <see cref="Random"/>.</summary>
    public Random Random => _random;

    /// <summary>Standard normal (Box and Muller).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
