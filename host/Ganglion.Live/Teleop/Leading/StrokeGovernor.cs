using Ganglion.Arm.Control;
using Ganglion.Robots.Trunk;

namespace Ganglion.Live.Teleop.Leading;

/// <summary>
/// Leads all gears to strokes that may be others each time, or to rest, so that no module and not the tip goes faster than the bound or
/// changes its speed faster than the acceleration: the law of <see cref="TeleopGovernor"/>, in the space of strokes, with the way of the
/// fastest frame as the measure of length. One step a period; allocates nothing.
/// </summary>
/// <param name="arm">The arm.</param>
/// <param name="limits">Bounds.</param>
/// <param name="period">From one step to the next, s.</param>
public sealed class StrokeGovernor(TrunkArm arm, TeleopLimits limits, double period)
{
    /// <summary>A stroke that moves no frame, as four gears against each other, counts for so much, m.</summary>
    private const double Stroke = 0.01;

    private const double Nothing = 1e-9;

    private readonly FrameWays _ways = new(arm);
    private readonly double[] _at = new double[arm.StrokeCount], _next = new double[arm.StrokeCount], _speed =
        new double[arm.StrokeCount];

    /// <summary>Where the gears are led now, 0..1, joint-major.</summary>
    public ReadOnlySpan<double> At => _at;

    public bool IsAtRest { get; private set; } = true;

    /// <summary>Begins at rest.</summary>
    public void Start(ReadOnlySpan<double> strokes)
    {
        strokes.CopyTo(_at);
        Array.Clear(_speed);
        IsAtRest = true;
    }

    /// <summary>How far some strokes are from where the gears are led now, m of the fastest frame.</summary>
    public double Left(ReadOnlySpan<double> goal) => Length(_at, goal);

    /// <summary>A step towards strokes.</summary>
    /// <param name="goal">0..1, joint-major.</param>
    /// <param name="share">Share of the largest speed, above 0, at most 1.</param>
    public void Toward(ReadOnlySpan<double> goal, double share = 1)
    {
        double left = Left(goal), change = limits.Acceleration * period;
        if (left <= change * period && IsNearEnough(goal, change))
        {
            for (int i = 0; i < _at.Length; i++)
            {
                _speed[i] = (goal[i] - _at[i]) / period;
            }

            IsAtRest = left < Nothing;
            goal.CopyTo(_at);
            return; // at rest in the next step, if the goal stays
        }

        double fast = Math.Min(share * limits.Speed, TeleopLimits.Approach(left, change, period));
        Step(goal, left < Nothing ? 0 : fast / left);
    }

    /// <summary>A step to rest.</summary>
    public void Brake() => Step(_at, 0);

    /// <summary>Whether going there in one step and stopping in the next changes no speed by more than the bound.</summary>
    private bool IsNearEnough(ReadOnlySpan<double> goal, double change)
    {
        for (int i = 0; i < _next.Length; i++)
        {
            _next[i] = goal[i] - period * _speed[i];
        }

        return Length(_at, _next) <= change * period;
    }

    /// <summary>A step with the speed that comes nearest to a share of the way to the goal a second.</summary>
    private void Step(ReadOnlySpan<double> goal, double share)
    {
        for (int i = 0; i < _at.Length; i++)
        {
            _next[i] = _at[i] + period * (share * (goal[i] - _at[i]) - _speed[i]);
        }

        double change = Length(_at, _next), most = limits.Acceleration * period * period, scale = change > most ? most / change : 1;
        double fastest = 0;
        for (int i = 0; i < _at.Length; i++)
        {
            _speed[i] += scale * (_next[i] - _at[i]) / period;
            fastest = Math.Max(fastest, Math.Abs(_speed[i]));
            _next[i] = _at[i] + period * _speed[i];
        }

        double way = Length(_at, _next), mostWay = limits.Speed * period, cut = way > mostWay ? mostWay / way : 1;
        for (int i = 0; i < _at.Length; i++)
        {
            _speed[i] *= cut;
            _at[i] += period * _speed[i];
        }

        IsAtRest = fastest < Nothing;
        if (IsAtRest)
        {
            Array.Clear(_speed);
        }
    }

    private double Length(ReadOnlySpan<double> from, ReadOnlySpan<double> to)
    {
        double farthest = 0;
        for (int i = 0; i < from.Length; i++)
        {
            farthest = Math.Max(farthest, Math.Abs(to[i] - from[i]));
        }

        return Math.Max(Stroke * farthest, _ways.Between(from, to));
    }
}
