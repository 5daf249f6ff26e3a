namespace Ganglion.Rhythm.Pendulum;

/// <summary>How a leg moved, sampled evenly, and what its muscles did.</summary>
/// <param name="step">Time between two samples, s.</param>
/// <param name="capacity">Samples that are expected.</param>
public sealed class LegRecord(double step, int capacity)
{
    private readonly double[] _upper = new double[capacity], _lower = new double[capacity], _upperSpeed = new double[capacity],
        _lowerSpeed = new double[capacity], _shoulder = new double[capacity], _elbow = new double[capacity];

    /// <summary>Time between two samples [s].</summary>
    public double Step => step;

    /// <summary>Samples taken.</summary>
    public int Count { get; private set; }

    /// <summary>Angle of the upper rod [rad].</summary>
    public ReadOnlySpan<double> Upper => _upper.AsSpan(0, Count);

    /// <summary>Angle of the lower rod [rad].</summary>
    public ReadOnlySpan<double> Lower => _lower.AsSpan(0, Count);

    /// <summary>Speed of the upper rod [rad/s].</summary>
    public ReadOnlySpan<double> UpperSpeed => _upperSpeed.AsSpan(0, Count);

    /// <summary>Speed of the lower rod [rad/s].</summary>
    public ReadOnlySpan<double> LowerSpeed => _lowerSpeed.AsSpan(0, Count);

    /// <summary>Moment of the shoulder [N m].</summary>
    public ReadOnlySpan<double> Shoulder => _shoulder.AsSpan(0, Count);

    /// <summary>Moment of the elbow [N m].</summary>
    public ReadOnlySpan<double> Elbow => _elbow.AsSpan(0, Count);

    /// <summary>Adds a sample.</summary>
    public void Add(LegState state, LegMoments moments)
    {
        _upper[Count] = state.Upper;
        _lower[Count] = state.Lower;
        _upperSpeed[Count] = state.UpperSpeed;
        _lowerSpeed[Count] = state.LowerSpeed;
        _shoulder[Count] = moments.Shoulder;
        _elbow[Count] = moments.Elbow;
        Count++;
    }

    /// <summary>The state at a sample.</summary>
    public LegState State(int sample) => new(_upper[sample], _lower[sample], _upperSpeed[sample], _lowerSpeed[sample]);

    /// <summary>Largest angle of either rod so far [rad].</summary>
    public double Largest => Count == 0 ? 0 : Math.Max(Size(Upper), Size(Lower));

    /// <summary>What the muscles did [J] over samples from one on to the end, by <see cref="LegMoments.Power"/>.</summary>
    public double Work(int from)
    {
        double sum = 0;
        for (int k = from; k < Count; k++)
        {
            sum += new LegMoments(_shoulder[k], _elbow[k]).Power(State(k));
        }

        return sum * step;
    }

    /// <summary>Largest size of any of the values.</summary>
    public static double Size(ReadOnlySpan<double> values)
    {
        double most = 0;
        foreach (double value in values)
        {
            most = Math.Max(most, Math.Abs(value));
        }

        return most;
    }
}
