using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Trunk;

namespace Ganglion.Live.Reaching;

/// <summary>What a pose that was measured at rest calls for.</summary>
internal enum PolishStep
{
    /// <summary>More poses: the mean is not exact enough yet.</summary>
    Measure,

    /// <summary>To go to <see cref="CountPolish.Counts"/>.</summary>
    Move,

    /// <summary>The controller has to steer again: this is too far away for counts.</summary>
    Steer,

    /// <summary>Nothing: this is where the arm stays.</summary>
    Stay,
}

/// <summary>At rest near the target: whole counts of all gears, chosen together, by poses measured at rest.</summary>
internal sealed class CountPolish
{
    /// <summary>Farther than this the controller steers again, m.</summary>
    private const double FineError = 1.5e-3;

    /// <summary>What another rounding must be expected to gain, m: each takes 0.14 s. Without that bound and the Jacobian's doubt ten
    /// joints made four to six roundings for a target, which took 0.4 s more, and ended at 18 um instead of 24.</summary>
    private const double LeastGain = 15e-6;

    /// <summary>Share of a Jacobian's doubt that counts here: it is measured on long ways, and a part of it is their bend.</summary>
    private const double NearShare = 0.35;

    /// <summary>Roundings for one target.</summary>
    private const int MostRoundings = 6;

    /// <summary>Poses at rest are averaged until the mean is this exact (m), but so many at most.</summary>
    private const double Exactness = 0.1e-3;

    private const int MostSamples = 12;

    /// <summary>A goal is the same while no stroke of it changed by more than a hundredth of the finest count.</summary>
    private const double SameStroke = 1e-6;

    private readonly TrunkArm _arm;
    private readonly IForwardModel _forward;
    private readonly IArmController _controller;
    private readonly PulseRounding[] _pulses;
    private readonly JointRounding _rounding;
    private readonly SecantJacobian _jacobian;
    private readonly double[] _counts, _finest, _wanted, _nearest, _roundedGoal;
    private readonly double[] _before, _step;
    private Pose _roundedAt;
    private Vec3 _sum;
    private double _finestError, _entry;
    private int _roundings, _samples;
    private bool _returning, _isRounded;

    /// <param name="arm">The arm: its variables.</param>
    /// <param name="forward">What is known of where it goes.</param>
    /// <param name="controller">Knows the goal, and how the tip moves there.</param>
    /// <param name="pulses">How each gear is rounded to counts.</param>
    public CountPolish(TrunkArm arm, IForwardModel forward, IArmController controller, PulseRounding[] pulses)
    {
        (_arm, _forward) = (arm, forward);
        _controller = controller;
        _pulses = pulses;
        _rounding = new JointRounding(arm, pulses);
        _jacobian = new SecantJacobian(3, arm.InputCount);
        int gears = pulses.Length;
        (_counts, _finest, _wanted, _nearest) = (new double[gears], new double[gears], new double[gears], new double[gears]);
        _roundedGoal = new double[gears];
        (_before, _step) = (new double[arm.InputCount], new double[arm.InputCount]);
    }

    /// <summary>The strokes, all of them at whole counts, that were chosen last.</summary>
    public ReadOnlySpan<double> Counts => _counts;

    /// <summary>Measurements after which counts were chosen anew, for this target.</summary>
    public int Corrections { get; private set; }

    /// <summary>A new target.</summary>
    public void Restart()
    {
        (_roundings, _samples, _sum) = (0, 0, default);
        _finestError = double.PositiveInfinity;
        (Corrections, _returning, _isRounded) = (0, false, false);
    }

    /// <summary>Chooses whole counts near a goal of the controller. The same goal keeps its counts: chosen anew they may be others that
    /// are as good, and the gears would go to and fro.</summary>
    /// <param name="goal">Its strokes, 0..1.</param>
    public void Round(ReadOnlySpan<double> goal)
    {
        if (_isRounded && Same(goal, _roundedGoal))
        {
            return;
        }

        goal.CopyTo(_roundedGoal);
        _isRounded = true;
        TakeJacobian();
        _rounding.Round(goal, _jacobian.Values, [0, 0, 0], _counts, _jacobian.Ignorance, _entry * _entry);
    }

    private static bool Same(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if (Math.Abs(a[i] - b[i]) > SameStroke)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes a pose that was measured at rest, and decides by the mean of as many as the noise asks for.</summary>
    /// <param name="tip">The pose.</param>
    /// <param name="target">The wanted one.</param>
    /// <param name="noise">Standard deviation of each of its coordinates, m.</param>
    /// <param name="goalIsRight">The controller's goal is as good as it gets: what is missing is a matter of counts.</param>
    /// <param name="timeLeft">The controller may still steer.</param>
    /// <param name="mean">The mean pose that was decided by.</param>
    public PolishStep Take(in Pose tip, in Pose target, double noise, bool goalIsRight, bool timeLeft, out Pose mean)
    {
        _sum += tip.Position;
        int needed = Math.Clamp((int)Math.Ceiling(noise * noise / (Exactness * Exactness)), 1, MostSamples);
        if (++_samples < needed)
        {
            mean = default;
            return PolishStep.Measure;
        }

        mean = new Pose(1.0 / _samples * _sum, tip.Orientation);
        double doubt = noise * Math.Sqrt(3.0 / _samples);
        (_samples, _sum) = (0, default);
        return Decide(mean, target, doubt, goalIsRight, timeLeft);
    }

    /// <summary>What rounding every gear to its nearest count would leave at the controller's goal, by what is known of the arm,
    /// m.</summary>
    public double NearestRoundingError()
    {
        _arm.InputsToStrokes(_controller.Goal, _wanted);
        for (int i = 0; i < _wanted.Length; i++)
        {
            _nearest[i] = _pulses[i].Rounded(_wanted[i]);
        }

        return (_forward.FromStrokes(_nearest, []).Position - _forward.FromStrokes(_wanted, []).Position).Length;
    }

    private PolishStep Decide(in Pose tip, in Pose target, double doubt, bool goalIsRight, bool timeLeft)
    {
        Vec3 missing = target.Position - tip.Position;
        double error = missing.Length;
        bool turned = !_controller.Orientation || Quat.Angle(tip.Orientation, target.Orientation) <= ReachOutcome.AngleTolerance;
        PolishStep end = (error <= ReachOutcome.Tolerance && turned) || !timeLeft ? PolishStep.Stay : PolishStep.Steer;
        if (_returning)
        {
            return End(end);
        }

        if (_roundings > 0)
        {
            Learn(tip);
        }

        if (error < _finestError)
        {
            _finestError = error;
            _counts.CopyTo(_finest, 0);
        }

        bool coarse = error > FineError || !turned;
        // If the controller's goal is right it is the counts that are not.
        if (coarse && (!goalIsRight || _roundings == MostRoundings) && timeLeft)
        {
            _roundings = 0;
            return PolishStep.Steer;
        }

        if (error > doubt && _roundings < MostRoundings && RoundAgain(tip, missing))
        {
            return PolishStep.Move;
        }

        if (error <= _finestError)
        {
            return End(end);
        }

        // This is not the best that was met: back to that.
        (_returning, _isRounded) = (true, false);
        _finest.CopyTo(_counts, 0);
        return PolishStep.Move;
    }

    /// <summary>Ends, or lets the controller begin anew with what was measured here.</summary>
    private PolishStep End(PolishStep end)
    {
        if (end == PolishStep.Steer)
        {
            (_roundings, _finestError, _returning, _isRounded) = (0, double.PositiveInfinity, false, false);
        }

        return end;
    }

    /// <summary>Chooses counts that bring the tip what is missing (m); the first time by the controller's Jacobian.</summary>
    /// <returns>False: none is worth its time, and the counts stay.</returns>
    private bool RoundAgain(in Pose tip, in Vec3 missing)
    {
        if (_roundings++ == 0)
        {
            TakeJacobian();
        }

        _arm.StrokesToDisplacements(_counts, _before);
        _roundedAt = tip;
        _counts.CopyTo(_wanted, 0);
        double expected = _rounding.Round(_wanted, _jacobian.Values, [missing.X, missing.Y, missing.Z], _counts, _jacobian.Ignorance,
            _entry * _entry);
        if (expected > missing.Length - LeastGain)
        {
            _wanted.CopyTo(_counts, 0);
            return false;
        }

        Corrections++;
        _isRounded = false;
        return true;
    }

    /// <summary>Takes the controller's Jacobian over; what roundings had taught is forgotten.</summary>
    private void TakeJacobian()
    {
        _entry = NearShare * _controller.TipJacobian(_jacobian.Values);
        _jacobian.Restart();
    }

    /// <summary>What the last rounding did to the tip corrects the Jacobian that it was chosen by.</summary>
    private void Learn(in Pose tip)
    {
        Vec3 moved = tip.Position - _roundedAt.Position;
        _arm.StrokesToDisplacements(_counts, _step);
        for (int i = 0; i < _step.Length; i++)
        {
            _step[i] -= _before[i];
        }

        _jacobian.Update(_step, [moved.X, moved.Y, moved.Z]);
    }
}
