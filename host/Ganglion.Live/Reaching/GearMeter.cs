namespace Ganglion.Live.Reaching;

/// <summary>What the gears were told to do along a path.</summary>
/// <param name="Travel">Way of the busiest gear, of its travel.</param>
/// <param name="Fastest">Highest speed of any gear, as a share of its slew bound.</param>
/// <param name="AtBound">Share of the frames in which a gear went as fast as the loop lets it, 0..1.</param>
/// <param name="AtEnds">Share of gears and frames within <see cref="GearMeter.End"/> of an end of their travel, 0..1.</param>
public readonly record struct GearUse(double Travel, double Fastest, double AtBound, double AtEnds);

/// <summary>Takes the strokes of each frame along a path and keeps sums of them.</summary>
/// <param name="slew">Slew bound of each gear, travel/s.</param>
/// <param name="period">From frame to frame, s.</param>
/// <param name="bound">Share of the slew bounds that the loop uses at most.</param>
internal sealed class GearMeter(double[] slew, double period, double bound)
{
    /// <summary>So near to its end, of its travel, a gear is at it: two counts of 385.</summary>
    public const double End = 0.005;

    /// <summary>A gear that goes at this share of the bound goes at it: values are rounded on the wire.</summary>
    private const double Full = 0.99;

    private readonly double[] _last = new double[slew.Length], _travel = new double[slew.Length];
    private long _frames, _atBound, _atEnds;
    private double _fastest;

    /// <summary>All so far.</summary>
    public GearUse Use => new(_travel.Max(), _fastest, _frames > 1 ? _atBound / (_frames - 1.0) : 0,
        _frames > 0 ? _atEnds / ((double)_frames * slew.Length) : 0);

    /// <summary>Takes a frame.</summary>
    /// <param name="strokes">What it asks for, 0..1, joint-major.</param>
    public void Add(ReadOnlySpan<double> strokes)
    {
        bool atBound = false;
        for (int i = 0; i < strokes.Length; i++)
        {
            _atEnds += strokes[i] is < End or > 1 - End ? 1 : 0;
            if (_frames == 0)
            {
                continue;
            }

            double way = Math.Abs(strokes[i] - _last[i]), share = way / (slew[i] * period);
            _travel[i] += way;
            _fastest = Math.Max(_fastest, share);
            atBound |= share >= Full * bound;
        }

        _atBound += atBound ? 1 : 0;
        _frames++;
        strokes.CopyTo(_last);
    }
}
