namespace Ganglion.Arm.Avoidance;

/// <summary>
/// Looks for a way between two postures on which the arm stays clear: straight; else by sliding along what is in the way, from either end
/// (<see cref="ClearanceGuard"/>); else by two trees that grow towards each other (RRT-Connect: Kuffner and LaValle, ICRA 2000), with
/// shortcuts. Ways are straight between their strokes. Work comes in slices, so that a loop can go on meanwhile.
/// </summary>
public sealed class WaySearch
{
    /// <summary>Longest step of a slide, as the greatest change of a stroke.</summary>
    private const double SlideStep = 0.05;

    /// <summary>A slide whose distance has not fallen to this share within so many steps is stuck.</summary>
    private const double Progress = 0.97;

    private const int Patience = 15, MostSlides = 300, Shortcuts = 60;

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
            var slide = new List<double[]>();
            foreach (bool _ in Slide(isBack ? to : from, isBack ? from : to, slide))
            {
                yield return true;
            }

            if (slide.Count > 0)
            {
                if (isBack)
                {
                    slide.Reverse();
                }

                Way = Pulled(slide);
                yield break;
            }
        }

        var trees = new List<double[]>();
        foreach (bool _ in _trees.Grow(from, to, _floor, trees))
        {
            yield return true;
        }

        if (trees.Count == 0)
        {
            yield break;
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

    /// <summary>Goes straight and aside where something is in the way.</summary>
    private IEnumerable<bool> Slide(double[] from, double[] to, List<double[]> way)
    {
        double[] at = [.. from];
        var passed = new List<double[]> { from };
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
                way.AddRange(passed);
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
