using Ganglion.Basics.Space;

namespace Ganglion.Arm.Avoidance;

/// <summary>
/// Whether an arm that moves its gears straight from some strokes to others stays clear. By halving: of a stretch on which no part goes
/// farther than its ends have slack, nothing more is to be looked at. Holds its work space; allocates nothing.
/// </summary>
/// <param name="body">The arm among its obstacles; not used by others meanwhile.</param>
public sealed class ClearPassage(BodyClearance body)
{
    /// <summary>A stretch on which nothing goes farther than this is not halved any more, m.</summary>
    private const double Fine = 2e-3;

    /// <summary>Two parts that go towards each other use up slack twice, and ways are a little longer than as the crow flies.</summary>
    private const double Closing = 2.2;

    /// <summary>Stretches are halved so often at most: 1/4096 of a way of some metres is below <see cref="Fine"/>.</summary>
    private const int Most = 12;

    private readonly double[][] _strokes = [.. Enumerable.Range(0, Most + 2).Select(_ => new double[body.Arm.StrokeCount])];
    private readonly Vec3[][] _ends = [.. Enumerable.Range(0, Most + 2).Select(_ => new Vec3[body.Ends.Length])];
    private readonly double[] _slack = new double[Most + 2];
    private double _floor;

    /// <summary>Farther than this from everything it makes no difference, m.</summary>
    public const double Horizon = 0.3;

    /// <summary>Looks along a way.</summary>
    /// <param name="from">Strokes.</param>
    /// <param name="to">Strokes.</param>
    /// <param name="floor">Slack to keep all the way, m.</param>
    public bool IsClear(ReadOnlySpan<double> from, ReadOnlySpan<double> to, double floor)
    {
        _floor = floor;
        from.CopyTo(_strokes[Most]);
        to.CopyTo(_strokes[Most + 1]);
        return Place(Most) >= floor && Place(Most + 1) >= floor && Between(Most, Most + 1, 0);
    }

    /// <summary>Slack in a posture, m, at most <see cref="Horizon"/>.</summary>
    public double Slack(ReadOnlySpan<double> strokes)
    {
        body.PlaceStrokes(strokes);
        return body.Slack(Horizon);
    }

    private bool Between(int from, int to, int depth)
    {
        double way = 0;
        for (int i = 0; i < _ends[from].Length; i++)
        {
            way = Math.Max(way, (_ends[to][i] - _ends[from][i]).LengthSquared);
        }

        way = Math.Sqrt(way);
        if (way <= Fine && depth > 0 || _slack[from] + _slack[to] - Closing * way >= 2 * _floor || depth == Most)
        {
            return true;
        }

        for (int i = 0; i < _strokes[depth].Length; i++)
        {
            _strokes[depth][i] = 0.5 * (_strokes[from][i] + _strokes[to][i]);
        }

        return Place(depth) >= _floor && Between(from, depth, depth + 1) && Between(depth, to, depth + 1);
    }

    private double Place(int index)
    {
        _slack[index] = Slack(_strokes[index]);
        body.Ends.CopyTo(_ends[index]);
        return _slack[index];
    }
}
