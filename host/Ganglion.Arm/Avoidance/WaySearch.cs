using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Avoidance;

/// <summary>
/// Looks for a way between two postures on which the arm stays clear: straight; else by sliding along what is in the way, from either end
/// (<see cref="ClearanceGuard"/>); else by two trees that grow towards each other (RRT-Connect: Kuffner and LaValle, ICRA 2000), with
/// shortcuts. Ways are straight between their strokes. An arm may stand a little nearer to something than ways go, since more is known of
/// it where it came to rest: then its tree grows from a posture beside it that is clear. Work comes in slices, so that a loop can go
/// on meanwhile.
/// </summary>
public sealed class WaySearch
{
    /// <summary>Longest step of a slide, as the greatest change of a stroke.</summary>
    private const double SlideStep = 0.05;

    /// <summary>A slide whose distance has not fallen to this share within so many steps is stuck.</summary>
    private const double Progress = 0.97;

    private const int Patience = 15, MostSlides = 300, Shortcuts = 60;

    /// <summary>Postures beside one that is too near to something, and how far away the farthest is, as a share of the inputs' range: of
    /// the nearest about half lead away from a single obstacle.</summary>
    private const int Escapes = 200;

    private const double Beside = 0.1;

    private readonly BodyClearance _body;
    private readonly ClearPassage _passage;
    private readonly ClearanceGuard _guard;
    private readonly WayTrees _trees;
    private readonly Random _random;
    private double _floor;
    private IEnumerator<bool>? _search;

    /// <param name="body">The arm among its obstacles; not used by others meanwhile.</param>
    /// <param name="seed">Seed of the trees.</param>
    public WaySearch(BodyClearance body, int seed)
    {
        (_body, _random) = (body, new Random(seed));
        _passage = new ClearPassage(body);
        _guard = new ClearanceGuard(body);
        _trees = new WayTrees(_passage, body.Arm, _random);
    }

    /// <summary>Strokes on the way, both ends included; empty: none was found, or not yet.</summary>
    public IReadOnlyList<double[]> Way { get; private set; } = [];

    /// <summary>Begins to look.</summary>
    /// <param name="from">Strokes.</param>
    /// <param name="to">Strokes.</param>
    /// <param name="floor">Slack that the way keeps, m.</param>
    public void Begin(ReadOnlySpan<double> from, ReadOnlySpan<double> to, double floor)
    {
        (_floor, _guard.Floor) = (floor, floor);
        Way = [];
        _search = Search(from.ToArray(), to.ToArray()).GetEnumerator();
    }

    /// <summary>Goes on.</summary>
    /// <param name="postures">Postures that it may look at, about.</param>
    /// <returns>Whether it has come to its end.</returns>
    public bool Work(long postures)
    {
        long until = _body.Postures + postures;
        while (_search != null && _body.Postures < until)
        {
            if (!_search.MoveNext())
            {
                _search = null;
            }
        }

        return _search == null;
    }

    private IEnumerable<bool> Search(double[] from, double[] to)
    {
        if (_passage.Slack(to) < _floor)
        {
            yield break;
        }

        if (_passage.IsClear(from, to, _floor))
        {
            Way = [from, to];
            yield break;
        }

        foreach (bool isBack in new[] { false, true })
        {
            double[] end = isBack ? from : to;
            var slide = new List<double[]>();
            foreach (bool _ in Slide(isBack ? to : from, end, slide))
            {
                yield return true;
            }

            if (slide[^1] == end)
            {
                if (isBack)
                {
                    slide.Reverse();
                }

                Way = Pulled(slide);
                yield break;
            }
        }

        if (Root(from) is not { } root)
        {
            yield break;
        }

        var trees = new List<double[]>();
        foreach (bool _ in _trees.Grow(root, to, _floor, trees))
        {
            yield return true;
        }

        if (trees.Count == 0)
        {
            yield break;
        }

        if (root != from)
        {
            trees.Insert(0, from);
        }

        for (int i = 0; i < Shortcuts && trees.Count > 2; i++)
        {
            int a = _random.Next(trees.Count - 2), b = _random.Next(a + 2, trees.Count);
            if (_passage.IsClear(trees[a], trees[b], _floor))
            {
                trees.RemoveRange(a + 1, b - a - 1);
            }

            yield return true;
        }

        Way = Pulled(trees);
    }

    /// <summary>A posture that keeps the floor and that can be come to without coming nearer to anything; null: none was found. Around one
    /// that was 0.04 mm below it nothing was clear for the trees, and an arm refused whatever it was told from there on (`bench avoidance
    /// --made-up --scenes posts --seeds 9841`, targets 24 to 28).</summary>
    private double[]? Root(double[] from)
    {
        double slack = _passage.Slack(from);
        if (slack >= _floor)
        {
            return from;
        }

        TrunkArm arm = _body.Arm;
        double[] at = new double[arm.InputCount], inputs = new double[arm.InputCount], beside = new double[arm.StrokeCount];
        arm.StrokesToInputs(from, at);
        for (int i = 1; i <= Escapes; i++)
        {
            double most = Beside * i / Escapes * (arm.InputMax - arm.InputMin);
            for (int k = 0; k < at.Length; k++)
            {
                inputs[k] = Math.Clamp(at[k] + most * (2 * _random.NextDouble() - 1), arm.InputMin, arm.InputMax);
            }

            arm.InputsToStrokes(inputs, beside);
            if (_passage.Slack(beside) >= _floor && _passage.IsClear(from, beside, slack))
            {
                return beside;
            }
        }

        return null;
    }

    /// <summary>Goes straight and aside where something is in the way, as far as it comes: <paramref name="passed"/> ends with
    /// <paramref name="to"/> if it came there.</summary>
    private IEnumerable<bool> Slide(double[] from, double[] to, List<double[]> passed)
    {
        double[] at = [.. from];
        passed.Add(from);
        double best = StrokeWays.Most(from, to);
        for (int step = 0, since = 0; step < MostSlides && since < Patience; step++, since++)
        {
            double distance = StrokeWays.Most(at, to), share = Math.Min(1, SlideStep / distance);
            double[] next = [.. at.Zip(to, (a, b) => a + share * (b - a))];
            _guard.Limit(at, next);
            passed.Add(next);
            at = next;
            if (_passage.IsClear(at, to, _floor))
            {
                passed.Add(to);
                yield break;
            }

            if (StrokeWays.Most(at, to) < Progress * best)
            {
                (best, since) = (StrokeWays.Most(at, to), 0);
            }

            yield return true;
        }
    }

    /// <summary>The way without what can be left out.</summary>
    private List<double[]> Pulled(List<double[]> way)
    {
        var pulled = new List<double[]> { way[0] };
        for (int at = 0; at < way.Count - 1;)
        {
            int next = way.Count - 1;
            while (next > at + 1 && !_passage.IsClear(way[at], way[next], _floor))
            {
                next -= Math.Max(1, (next - at) / 4);
            }

            at = Math.Max(next, at + 1);
            pulled.Add(way[at]);
        }

        return pulled;
    }
}
