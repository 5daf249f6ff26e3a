using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Avoidance;

/// <summary>
/// Whether an arm stays clear while some of its gears have made a step and others have not: by what its nearest places change by at the
/// worst moments of its chips (<see cref="LateGears"/>), and where a long arm turns by so much that this does not tell enough, by the
/// posture of those moments. Allocates nothing.
/// </summary>
/// <param name="body">The arm among its obstacles; not used by others meanwhile.</param>
/// <param name="gears">Where gears may be on the way.</param>
public sealed class LateClearance(BodyClearance body, LateGears gears)
{
    /// <summary>A step that may move a part farther than this may come near what was not near before it, m.</summary>
    private const double Far = 0.5 * ClearPassage.Horizon;

    /// <summary>Between two postures a place is off their straight line by this share of what its curve takes it off at an end.</summary>
    private const double Sagitta = 0.25;

    private readonly TrunkArm _arm = body.Arm;
    private readonly Touch[] _worstAfter = new Touch[Places(body.Arm)];
    private readonly double[] _rowsAfter = new double[Places(body.Arm) * body.Arm.InputCount];
    private readonly double[] _late = new double[body.Arm.StrokeCount], _inputs = new double[body.Arm.InputCount];
    private readonly double[] _bend = new double[body.Arm.Joints + 1], _length = new double[body.Arm.Joints + 2];

    /// <summary>Places that a step minds. The nearest are often those of modules by the base, which hardly move; with 8 of them an arm of
    /// 20 joints, whose tip goes half a metre in a step, laid its tool on the table, which was farther away than all of those.</summary>
    public static int Places(TrunkArm arm) => 4 + 2 * arm.Joints;

    /// <summary>Looks at a step.</summary>
    /// <param name="at">Strokes before it.</param>
    /// <param name="next">Strokes after it.</param>
    /// <param name="worst">The nearest places before it.</param>
    /// <param name="rows">What displacements change of them, <see cref="TrunkArm.InputCount"/> values a place, m.</param>
    /// <param name="floor">Slack to keep but for <see cref="KeptClearance.Late"/>, m.</param>
    public bool IsClear(ReadOnlySpan<double> at, ReadOnlySpan<double> next, ReadOnlySpan<Touch> worst, ReadOnlySpan<double> rows,
        double floor)
    {
        double sweep = MeasureBends(at, next), least = floor - KeptClearance.Late;
        if (!Holds(at, next, at, worst, rows, least))
        {
            return false;
        }

        if (sweep < Far)
        {
            return true;
        }

        _arm.StrokesToInputs(next, _inputs);
        int places = body.Gradients(_inputs, byDisplacements: true, ClearPassage.Horizon, _worstAfter, _rowsAfter);
        return Holds(at, next, next, _worstAfter.AsSpan(0, places), _rowsAfter, least);
    }

    /// <summary>By places that are known for one of the step's ends.</summary>
    private bool Holds(ReadOnlySpan<double> at, ReadOnlySpan<double> next, ReadOnlySpan<double> near, ReadOnlySpan<Touch> worst,
        ReadOnlySpan<double> rows, double least)
    {
        gears.Take(at, next, near);
        for (int k = 0; k < worst.Length; k++)
        {
            double spare = worst[k].Slack + gears.Least(rows.Slice(k * _arm.InputCount, _arm.InputCount)) - least;
            double curve = Curve(worst[k]);
            if (spare >= curve)
            {
                continue;
            }

            gears.Worst(_late);
            body.PlaceStrokes(_late);
            if (spare < 0 || body.Slack(ClearPassage.Horizon) < least + Sagitta * curve)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The most that a step turns the joints before each part, rad, whatever its gears do meanwhile.</summary>
    /// <returns>The most that it moves any part by, m.</returns>
    private double MeasureBends(ReadOnlySpan<double> at, ReadOnlySpan<double> next)
    {
        body.PlaceStrokes(at);
        for (int link = 0; link <= _arm.Joints; link++)
        {
            _length[link + 1] = _length[link] + (body.Ends[link + 1] - body.Ends[link]).Length;
        }

        int each = at.Length / _arm.Joints;
        double sweep = 0;
        for (int joint = 0; joint < _arm.Joints; joint++)
        {
            double most = 0;
            for (int i = joint * each; i < (joint + 1) * each; i++)
            {
                most = Math.Max(most, Math.Abs(next[i] - at[i]));
            }

            _bend[joint + 1] = _bend[joint] + _arm.MostBend * most;
            sweep += _arm.MostBend * most * (_length[^1] - _length[joint]);
        }

        return sweep;
    }

    /// <summary>How far a place may be from where its row has it after a step, m: joints that turn by an angle in all, at a lever, leave
    /// the straight line by half its square.</summary>
    private double Curve(in Touch touch)
    {
        // Of two parts of the arm only the joints between them count.
        int from = Math.Max(0, touch.Other), end = Math.Min(touch.Link, _arm.Joints) + 1;
        double bend = _bend[Math.Min(end, _arm.Joints)] - _bend[from];
        return 0.5 * bend * bend * (_length[end] - _length[from]);
    }
}
