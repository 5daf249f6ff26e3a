namespace Ganglion.Gait.Search;

/// <summary>
/// Random numbers of one generation of a search: xoshiro256** (Blackman and Vigna, 2018), begun from seed and generation, so
/// that a search goes on after a stop as if there had been none, and no state needs keeping.
/// </summary>
internal struct SeededRandom
{
    private ulong _a, _b, _c, _d;
    private double _spare;
    private bool _hasSpare;

    public SeededRandom(int seed, int generation)
    {
        // SplitMix64 spreads two numbers over the state, as its authors advise.
        ulong state = ((ulong)(uint)seed << 32) | (uint)generation;
        _a = Mix(ref state);
        _b = Mix(ref state);
        _c = Mix(ref state);
        _d = Mix(ref state);
    }

    /// <summary>Uniform in 0..1, 1 not included.</summary>
    public double Next() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in 0..count-1.</summary>
    public int Below(int count) => (int)(Next() * count);

    /// <summary>Standard normal (polar method of Marsaglia).</summary>
    public double Normal()
    {
        if (_hasSpare)
        {
            _hasSpare = false;
            return _spare;
        }
        double x, y, square;
        do
        {
            x = 2 * Next() - 1;
            y = 2 * Next() - 1;
            square = x * x + y * y;
        }
        while (square >= 1 || square == 0);
        double scale = Math.Sqrt(-2 * Math.Log(square) / square);
        _spare = y * scale;
        _hasSpare = true;
        return x * scale;
    }

    private ulong NextBits()
    {
        ulong result = ulong.RotateLeft(_b * 5, 7) * 9, t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    private static ulong Mix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
