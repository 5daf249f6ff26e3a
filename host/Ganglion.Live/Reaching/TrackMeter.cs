using Ganglion.Basics.Space;
using Ganglion.Robots.Paths;

namespace Ganglion.Live.Reaching;

/// <summary>One measurement on the way along a path.</summary>
/// <param name="Time">s from the start of the path.</param>
/// <param name="Tip">Where the tip was then.</param>
/// <param name="Wanted">Where it should have been.</param>
public readonly record struct TrackSample(double Time, Pose Tip, Pose Wanted)
{
    /// <summary>m.</summary>
    public double Error => (Tip.Position - Wanted.Position).Length;
}

/// <summary>Takes measurements on the way along a path and keeps none of them: a path may take hours.</summary>
/// <param name="path">The path.</param>
internal sealed class TrackMeter(PosePath path)
{
    /// <summary>How far the nearest lines are looked for in time, s.</summary>
    private const double Window = 1;

    private const double LagStep = 0.002, MostLag = 1;

    private static readonly double[] Delays = AllDelays();

    private readonly Distribution _error = new(), _cross = new(), _angle = new();

    /// <summary>For each delay that the tip may have, the sum of the squares that it leaves: a measurement costs a look at the path for
    /// each, about 0.1 ms, and then need not be kept.</summary>
    private readonly double[] _squares = new double[Delays.Length];

    /// <summary>Measurements so far.</summary>
    public long Count => _error.Count;

    /// <summary>See <see cref="TrackResult.Error"/>.</summary>
    public Spread Error => _error.Spread;

    /// <summary>See <see cref="TrackResult.CrossError"/>.</summary>
    public Spread CrossError => _cross.Spread;

    /// <summary>See <see cref="TrackResult.AngleError"/>.</summary>
    public Spread AngleError => _angle.Spread;

    /// <summary>See <see cref="TrackResult.Lag"/>.</summary>
    public double Lag => Count == 0 || path.Length == 0 ? double.NaN : Delays[Array.IndexOf(_squares, _squares.Min())];

    public void Add(in TrackSample sample)
    {
        _error.Add(sample.Error);
        _cross.Add(path.DistanceFrom(sample.Tip.Position, sample.Time, Window));
        _angle.Add(Quat.Angle(sample.Tip.Orientation, sample.Wanted.Orientation));
        for (int i = 0; i < Delays.Length; i++)
        {
            _squares[i] += (sample.Tip.Position - path.PositionAt(sample.Time - Delays[i])).LengthSquared;
        }
    }

    private static double[] AllDelays()
    {
        var delays = new List<double>();
        for (double late = -MostLag; late <= MostLag; late += LagStep)
        {
            delays.Add(late);
        }

        return [.. delays];
    }
}
