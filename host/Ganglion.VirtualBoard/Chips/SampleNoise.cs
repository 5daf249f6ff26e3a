namespace Ganglion.VirtualBoard.Chips;

/// <summary>
/// Gaussian noise as a function of seed, sample number and stream, so that a sample has the same noise whenever and however
/// often it is looked at. Uniform numbers from SplitMix64 (Steele, Lea and Flood 2014), made Gaussian by Box and Muller.
/// </summary>
internal readonly struct SampleNoise(int seed, double scale)
{
    /// <summary>Noise of standard deviation <c>scale</c>.</summary>
    public double At(long sample, int stream) => scale == 0 ? 0 : scale * Unscaled(sample, stream);

    /// <summary>Noise of standard deviation 1.</summary>
    public double Unscaled(long sample, int stream)
    {
        ulong key = ((ulong)(uint)seed << 32) ^ (ulong)sample * 64 ^ (ulong)(uint)stream;
        double u = Uniform(Mix(key));
        double v = Uniform(Mix(Mix(key)));
        return Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v);
    }

    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    /// <summary>In (0, 1].</summary>
    private static double Uniform(ulong bits) => ((bits >> 11) + 1) * (1.0 / (1UL << 53));
}
