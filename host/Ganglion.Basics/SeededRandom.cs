using System.Numerics;

namespace Ganglion.Basics;

/// <summary>
/// A small random generator with the same numbers on every platform: xoshiro256** (Blackman and Vigna), state filled by SplitMix64 from a
/// seed and a stream number. One stream per sample index makes every sample reachable by its index alone, which is what lets a training run
/// resume bit for bit.
/// </summary>
public struct SeededRandom
{
    private ulong _s0, _s1, _s2, _s3;

    /// <summary>Any seed and any stream number; different pairs give unrelated sequences.</summary>
    public SeededRandom(ulong seed, ulong stream)
    {
        ulong x = seed;
        x = SplitMix(ref x) ^ (stream * 0xD1342543DE82EF95UL);
        _s0 = SplitMix(ref x);
        _s1 = SplitMix(ref x);
        _s2 = SplitMix(ref x);
        _s3 = SplitMix(ref x);
    }

    /// <summary>64 uniform bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextUnit() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [low, high).</summary>
    public double NextUniform(double low, double high) => low + (high - low) * NextUnit();

    /// <summary>Standard normal, by Box and Muller's transform.</summary>
    public double NextGaussian()
    {
        double radius = Math.Sqrt(-2.0 * Math.Log(1.0 - NextUnit()));
        return radius * Math.Cos(2.0 * Math.PI * NextUnit());
    }

    private static ulong SplitMix(ref ulong x)
    {
        x += 0x9E3779B97F4A7C15UL;
        ulong z = x;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
