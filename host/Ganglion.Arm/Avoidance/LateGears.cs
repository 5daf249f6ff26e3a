using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Avoidance;

/// <summary>
/// Where the gears of an arm may be while a step is being made. Those of one driver chip begin it together and run at one speed, so that
/// the ones with little to do are ahead; one chip may have made it while another has not begun. For a place whose slack changes with the
/// posture as a row tells, the least that it can change by on the way follows: the worst moment of each chip, added up. Allocates nothing.
/// </summary>
public sealed class LateGears
{
    private readonly TrunkArm _arm;
    private readonly int[] _chips;
    private readonly double[] _strokes, _at, _changes, _least;

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

        (_arm, _chips, _least) = (arm, chips, new double[chips.Max() + 1]);
        (_strokes, _at) = (new double[arm.StrokeCount], new double[arm.InputCount]);
        _changes = new double[arm.StrokeCount * arm.InputCount];
    }

    /// <summary>Takes a step.</summary>
    /// <param name="at">Strokes before it.</param>
    /// <param name="next">Strokes after it.</param>
    public void Take(ReadOnlySpan<double> at, ReadOnlySpan<double> next)
    {
        _arm.StrokesToDisplacements(at, _at);
        for (int moment = 0; moment < _strokes.Length; moment++)
        {
            double run = Math.Abs(next[moment] - at[moment]);
            for (int gear = 0; gear < _strokes.Length; gear++)
            {
                _strokes[gear] = at[gear] + (_chips[gear] == _chips[moment] ? Math.Clamp(next[gear] - at[gear], -run, run) : 0);
            }

            Span<double> change = Change(moment);
            _arm.StrokesToDisplacements(_strokes, change);
            for (int i = 0; i < change.Length; i++)
            {
                change[i] -= _at[i];
            }
        }
    }

    /// <summary>The least change of a place's slack while the step that was taken last is being made, at most 0.</summary>
    /// <param name="row">What a displacement changes of it, <see cref="TrunkArm.InputCount"/> values, m.</param>
    public double Least(ReadOnlySpan<double> row)
    {
        Array.Clear(_least);
        for (int moment = 0; moment < _strokes.Length; moment++)
        {
            ReadOnlySpan<double> change = Change(moment);
            double made = 0;
            for (int i = 0; i < change.Length; i++)
            {
                made += row[i] * change[i];
            }

            ref double least = ref _least[_chips[moment]];
            least = Math.Min(least, made);
        }

        double sum = 0;
        foreach (double least in _least)
        {
            sum += least;
        }

        return sum;
    }

    /// <summary>Of the displacements, at the moment at which a gear has made its part of the step: between such moments of one chip the
    /// change is linear, so that the worst is one of them.</summary>
    private Span<double> Change(int gear) => _changes.AsSpan(gear * _arm.InputCount, _arm.InputCount);
}
