using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;

namespace Ganglion.Arm.Avoidance;

/// <summary>
/// Leads an arm's gears to a goal by ways on which its body stays clear: straight if that is clear, else along a way that is searched for
/// while the arm holds. A goal that is too near to something gives way to a posture near it with the tip in the same place, if there is
/// one. It remembers how it came: out of a pocket from which no search leads, it goes back that way first. A period's work is bounded.
/// </summary>
public sealed class WayAround
{
    /// <summary>Postures that one period may look at, times the arm's joints: some milliseconds.</summary>
    private const long PosturesTimesJoints = 6000;

    /// <summary>A goal that has moved farther than this from the way's end needs another way, as the greatest change of a stroke.</summary>
    private const double Elsewhere = 0.15;

    /// <summary>Postures that are remembered are so far apart, as the greatest change of a stroke; of more than so many those that can be
    /// left out are.</summary>
    private const double Crumb = 0.1;

    private const int MostCrumbs = 64;

    /// <summary>A posture has been come to, as the greatest change of a stroke: less than a count.</summary>
    private const double There = 1e-4;

    /// <summary>Steps to a posture that is clear.</summary>
    private const int Steps = 40;

    private readonly KeptClearance _kept;
    private readonly ClearPassage _passage;
    private readonly WaySearch _search;
    private readonly ArmIk _ik;
    private readonly Random _random;
    private readonly double[] _inputs, _cleared, _wanted, _end;

    /// <summary>From where it was first to where it has come, clear from one to the next.</summary>
    private readonly List<double[]> _home = [];

    private readonly List<double[]> _way = [];
    private int _next;
    private bool _searching, _goesHome;

    /// <param name="kept">What is kept clear of.</param>
    /// <param name="seed">Seed of searches.</param>
    public WayAround(KeptClearance kept, int seed)
    {
        _kept = kept;
        BodyClearance body = kept.NewBody();
        (_passage, _search, _random) = (new ClearPassage(body), new WaySearch(body, seed), new Random(seed));
        _ik = new ArmIk(kept.Arm, body, kept.Way);
        (_inputs, _cleared) = (new double[kept.Arm.InputCount], new double[kept.Arm.InputCount]);
        (_wanted, _end) = (new double[kept.Arm.StrokeCount], new double[kept.Arm.StrokeCount]);
    }

    /// <summary>The last goal cannot be come to: it is too near to something itself, or no way was found.</summary>
    public bool Failed { get; private set; }

    /// <summary>Another goal: what was found for the last one counts no more.</summary>
    public void Restart()
    {
        (_next, _searching, _goesHome, Failed) = (0, false, false, false);
        _way.Clear();
    }

    /// <summary>One period.</summary>
    /// <param name="at">Strokes where the gears are told to be.</param>
    /// <param name="goal">Strokes where they should come to.</param>
    /// <param name="next">Receives strokes to head for now, straight.</param>
    /// <returns>Whether there is something to head for: false while a way is searched for, or if none was found.</returns>
    public bool Toward(ReadOnlySpan<double> at, ReadOnlySpan<double> goal, Span<double> next)
    {
        goal.CopyTo(_wanted);
        Remember(at);
        if (_passage.Slack(_wanted) < _kept.Floor)
        {
            Clear();
        }

        if (_passage.IsClear(at, _wanted, _kept.Floor))
        {
            Restart();
            _wanted.CopyTo(next);
            return true;
        }

        if (_searching || _way.Count == 0 || StrokeWays.Most(_wanted, _end) > Elsewhere)
        {
            return Search(at, next);
        }

        Follow(at, next);
        return true;
    }

    private bool Search(ReadOnlySpan<double> at, Span<double> next)
    {
        if (!_searching)
        {
            (_searching, _goesHome) = (true, false);
            _wanted.CopyTo(_end, 0);
            double least = Math.Min(_passage.Slack(at), _passage.Slack(_end));
            _search.Begin(at, _end, least >= _kept.Way ? _kept.Way : _kept.Floor);
        }

        if (!_search.Work(PosturesTimesJoints / _kept.Arm.Joints))
        {
            return false;
        }

        if (_search.Way.Count == 0 && !_goesHome && ShortenHome(at))
        {
            _goesHome = true;
            _search.Begin(_home[0], _end, _kept.Floor);
            return false;
        }

        _way.Clear();
        if (_goesHome && _search.Way.Count > 0)
        {
            _way.Add(at.ToArray());
            _way.AddRange(Enumerable.Reverse(_home));
        }

        _way.AddRange(_search.Way);
        (_searching, _next, Failed) = (false, Math.Min(1, _way.Count), _way.Count == 0);
        if (Failed)
        {
            return false;
        }

        Follow(at, next);
        return true;
    }

    /// <summary>Heads for the way's next posture, and for the one after that as soon as it can be seen, or where this one has been come to:
    /// between two postures that it remembers the arm may have been led round something, as it is led again by whoever guards its
    /// steps.</summary>
    private void Follow(ReadOnlySpan<double> at, Span<double> next)
    {
        while (_next + 1 < _way.Count && (StrokeWays.Most(at, _way[_next]) < There || _passage.IsClear(at, _way[_next + 1], _kept.Floor)))
        {
            _next++;
        }

        _way[_next].CopyTo(next);
    }

    private void Remember(ReadOnlySpan<double> at)
    {
        if (_home.Count > 0 && StrokeWays.Most(_home[^1], at) < Crumb)
        {
            return;
        }

        if (_home.Count >= MostCrumbs)
        {
            ShortenHome(at);
        }

        _home.Add(at.ToArray());
    }

    /// <summary>Leaves out what need not be passed on the way back.</summary>
    /// <returns>Whether the way back is known.</returns>
    private bool ShortenHome(ReadOnlySpan<double> at)
    {
        int seen = _home.FindIndex(IsSeen(at.ToArray()));
        if (seen >= 0)
        {
            _home.RemoveRange(seen + 1, _home.Count - seen - 1);
        }

        return seen >= 0;
    }

    private Predicate<double[]> IsSeen(double[] at) => crumb => _passage.IsClear(at, crumb, _kept.Floor);

    /// <summary>A posture that is clear, with the tip where the goal has it.</summary>
    private void Clear()
    {
        _kept.Arm.StrokesToInputs(_wanted, _inputs);
        Pose tip = _kept.Arm.Forward(_inputs);
        var options = new IkOptions { Restarts = false, MaxIterations = Steps, PositionTolerance = 1e-5, OrientationTolerance = 1e-4 };
        if (_ik.Solve(tip, _inputs, _cleared, _random, options).Converged
            || _ik.Solve(tip, _inputs, _cleared, _random, options with { Orientation = false }).Converged)
        {
            _kept.Arm.InputsToStrokes(_cleared, _wanted);
        }
    }
}
