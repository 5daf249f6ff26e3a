namespace Ganglion.Rhythm.HalfCenters;

/// <summary>What the arithmetic of a cell is written in: as it is (<see cref="Plain"/>), or counted (<see cref="Tallied"/>).</summary>
/// <typeparam name="T">The type itself.</typeparam>
public interface ICellNumber<T>
    where T : struct, ICellNumber<T>
{
    static abstract T operator +(T a, T b);

    static abstract T operator -(T a, T b);

    static abstract T operator *(T a, T b);

    static abstract T operator /(T a, T b);

    static abstract bool operator >=(T a, T b);

    static abstract bool operator <=(T a, T b);

    static abstract implicit operator T(double value);

    /// <summary>e to the power of it.</summary>
    static abstract T Exp(T power);
}

/// <summary>A double.</summary>
/// <param name="Value">It.</param>
public readonly record struct Plain(double Value) : ICellNumber<Plain>
{
    public static Plain operator +(Plain a, Plain b) => new(a.Value + b.Value);

    public static Plain operator -(Plain a, Plain b) => new(a.Value - b.Value);

    public static Plain operator *(Plain a, Plain b) => new(a.Value * b.Value);

    public static Plain operator /(Plain a, Plain b) => new(a.Value / b.Value);

    public static bool operator >=(Plain a, Plain b) => a.Value >= b.Value;

    public static bool operator <=(Plain a, Plain b) => a.Value <= b.Value;

    public static implicit operator Plain(double value) => new(value);

    public static Plain Exp(Plain power) => new(Math.Exp(power.Value));
}

/// <summary>A double whose operations are counted, by thread; the values are those of <see cref="Plain"/>.</summary>
/// <param name="Value">It.</param>
public readonly record struct Tallied(double Value) : ICellNumber<Tallied>
{
    [ThreadStatic]
    private static OperationTally _tally;

    /// <summary>What this thread has done so far.</summary>
    public static OperationTally Tally => _tally;

    public static Tallied operator +(Tallied a, Tallied b)
    {
        _tally.Additions++;
        return new(a.Value + b.Value);
    }

    public static Tallied operator -(Tallied a, Tallied b)
    {
        _tally.Additions++;
        return new(a.Value - b.Value);
    }

    public static Tallied operator *(Tallied a, Tallied b)
    {
        _tally.Multiplications++;
        return new(a.Value * b.Value);
    }

    public static Tallied operator /(Tallied a, Tallied b)
    {
        _tally.Divisions++;
        return new(a.Value / b.Value);
    }

    public static bool operator >=(Tallied a, Tallied b)
    {
        _tally.Additions++;
        return a.Value >= b.Value;
    }

    public static bool operator <=(Tallied a, Tallied b)
    {
        _tally.Additions++;
        return a.Value <= b.Value;
    }

    public static implicit operator Tallied(double value) => new(value);

    public static Tallied Exp(Tallied power)
    {
        _tally.Exponentials++;
        return new(Math.Exp(power.Value));
    }
}

/// <summary>Operations of a computation.</summary>
/// <param name="Additions">Additions, subtractions and comparisons.</param>
/// <param name="Multiplications">Multiplications.</param>
/// <param name="Divisions">Divisions.</param>
/// <param name="Exponentials">Exponentials.</param>
public record struct OperationTally(long Additions, long Multiplications, long Divisions, long Exponentials)
{
    /// <summary>All of them.</summary>
    public readonly long All => Additions + Multiplications + Divisions + Exponentials;

    /// <summary>What lies between two moments of a count.</summary>
    public static OperationTally operator -(OperationTally later, OperationTally earlier) => new(
        later.Additions - earlier.Additions, later.Multiplications - earlier.Multiplications, later.Divisions - earlier.Divisions,
        later.Exponentials - earlier.Exponentials);
}
