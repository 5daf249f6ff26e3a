using System.Numerics;

namespace Ganglion.Basics;

/// <summary>
/// A small random generator with the same numbers on every platform: xoshiro256** (Blackman and Vigna, 2018), state filled by SplitMix64
/// from a seed and a stream number. One stream per sample index, or per generation of a search, makes every number reachable by its index
/// alone, which is what lets a run resume bit for bit with no state kept.
/// </summary>
public struct SeededRandom
{
    private ulong _s0, _s1, _s2, _s3;
    private double _spare;
    private bool _hasSpare;

    /// <summary>Any seed and any stream number; different pairs give unrelated sequences.</summary>
    public SeededRandom(ulong seed, ulong stream)
    {
        ulong x = seed;
        Fill(SplitMix(ref x) ^ (stream * 0xD1342543DE82EF95UL));
    }

    private SeededRandom(ulong state) => Fill(state);

    /// <summary>Seeded as all searches and trials of gaits are: seed and stream are the halves of one number.</summary>
    /// <param name="seed">Any.</param>
    /// <param name="stream">Any, such as a generation.</param>
    public static SeededRandom OfHalves(int seed, int stream) => new(((ulong)(uint)seed << 32) | (uint)stream);

    private void Fill(ulong x)
    {
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

    /// <summary>Uniform in 0..count-1.</summary>
    public int NextBelow(int count) => (int)(NextUnit() * count);

    /// <summary>Standard normal, by Box and Muller's transform.</summary>
    public double NextGaussian()
    {
        double radius = Math.Sqrt(-2.0 * Math.Log(1.0 - NextUnit()));
        return radius * Math.Cos(2.0 * Math.PI * NextUnit());
    }

    /// <summary>Standard normal, by Marsaglia's polar method: what searches and trials of gaits were recorded with.</summary>
    public double NextPolarGaussian()
    {
        if (_hasSpare)
        {
            _hasSpare = false;
            return _spare;
        }

        double x, y, square;
        do
        {
            x = 2 * NextUnit() - 1;
            y = 2 * NextUnit() - 1;
            square = x * x + y * y;
        }
        while (square >= 1 || square == 0);
        double scale = Math.Sqrt(-2 * Math.Log(square) / square);
        _spare = y * scale;
        _hasSpare = true;
        return x * scale;
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
