using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Avoidance;

/// <summary>
/// Where the gears of an arm may be while a step is being made. Those of one driver chip begin it together and run at one speed, so that
/// the ones with little to do are ahead; one chip may have made it while another has not begun. For a place whose slack changes with the
/// posture as a row tells, the least that it can change by on the way follows: the worst moment of each chip, added up. A long arm's places
/// do not change as rows tell while many joints turn, so that the posture of those moments can be had as well. Allocates nothing.
/// </summary>
public sealed class LateGears
{
    private readonly TrunkArm _arm;
    private readonly int[] _chips, _moments;
    private readonly double[] _strokes, _at, _from, _to, _near, _changes, _least;

    /// <param name="arm">The arm.</param>
    /// <param name="chips">Of each of its <see cref="TrunkArm.StrokeCount"/> gears, joint-major, the chip that drives it: 0, 1, 2 without
    /// a gap.</param>
    /// <exception cref="ArgumentException">Not as many as there are gears.</exception>
    public LateGears(TrunkArm arm, int[] chips)
    {
        if (chips.Length != arm.StrokeCount)
        {
            throw new ArgumentException($"chips of {chips.Length} gears, and the arm has {arm.StrokeCount}", nameof(chips));
        }

        int all = chips.Max() + 1;

        // After the moments at which a gear has made its part, those at which a chip has not begun.
        (_arm, _chips) = (arm, [.. chips, .. Enumerable.Range(0, all)]);
        (_least, _moments) = (new double[all], new int[all]);
        (_strokes, _at) = (new double[arm.StrokeCount], new double[arm.InputCount]);
        (_from, _to, _near) = (new double[arm.StrokeCount], new double[arm.StrokeCount], new double[arm.StrokeCount]);
        _changes = new double[_chips.Length * arm.InputCount];
    }

    /// <summary>Takes a step.</summary>
    /// <param name="at">Strokes before it.</param>
    /// <param name="next">Strokes after it.</param>
    /// <param name="near">Strokes for which rows hold: one of the two.</param>
    public void Take(ReadOnlySpan<double> at, ReadOnlySpan<double> next, ReadOnlySpan<double> near)
    {
        at.CopyTo(_from);
        next.CopyTo(_to);
        near.CopyTo(_near);
        _arm.StrokesToDisplacements(near, _at);
        for (int moment = 0; moment < _chips.Length; moment++)
        {
            for (int gear = 0; gear < _strokes.Length; gear++)
            {
                _strokes[gear] = _chips[gear] == _chips[moment] ? Place(gear, moment) : near[gear];
            }

            Span<double> change = Change(moment);
            _arm.StrokesToDisplacements(_strokes, change);
            for (int i = 0; i < change.Length; i++)
            {
                change[i] -= _at[i];
            }
        }
    }

    /// <summary>The least change of a place's slack, from the strokes for which its row holds, while the step that was taken last is being
    /// made; at most 0.</summary>
    /// <param name="row">What a displacement changes of it, <see cref="TrunkArm.InputCount"/> values, m.</param>
    public double Least(ReadOnlySpan<double> row)
    {
        Array.Clear(_least);
        Array.Fill(_moments, -1);
        for (int moment = 0; moment < _chips.Length; moment++)
        {
            ReadOnlySpan<double> change = Change(moment);
            double made = 0;
            for (int i = 0; i < change.Length; i++)
            {
                made += row[i] * change[i];
            }

            int chip = _chips[moment];
            if (made < _least[chip])
            {
                (_least[chip], _moments[chip]) = (made, moment);
            }
        }

        double sum = 0;
        foreach (double least in _least)
        {
            sum += least;
        }

        return sum;
    }

    /// <summary>Where the gears are at the moments that <see cref="Least"/> found last.</summary>
    /// <param name="strokes">Receives them.</param>
    public void Worst(Span<double> strokes)
    {
        for (int gear = 0; gear < strokes.Length; gear++)
        {
            int moment = _moments[_chips[gear]];
            strokes[gear] = moment < 0 ? _near[gear] : Place(gear, moment);
        }
    }

    /// <summary>Where a gear is at a moment of its chip.</summary>
    private double Place(int gear, int moment)
    {
        double run = moment < _from.Length ? Math.Abs(_to[moment] - _from[moment]) : 0;
        return _from[gear] + Math.Clamp(_to[gear] - _from[gear], -run, run);
    }

    /// <summary>Of the displacements, at a moment: between those of one chip the change is linear, so that the worst is one of
    /// them.</summary>
    private Span<double> Change(int moment) => _changes.AsSpan(moment * _arm.InputCount, _arm.InputCount);
}
