using Ganglion.Basics.Space;

namespace Ganglion.Live.Reaching;

/// <summary>At rest near the target: whole counts of all gears, chosen together, by poses measured at rest.</summary>
public sealed partial class ReachLoop
{
    /// <summary>Farther than this the controller steers again, m.</summary>
    private const double FineError = 1.5e-3;

    private const double AngleTolerance = 2 * Math.PI / 180;

    /// <summary>An error that is not worth another rounding, m.</summary>
    private const double GoodEnough = 2e-5;

    /// <summary>Roundings for one target.</summary>
    private const int MostRoundings = 6;

    /// <summary>Poses at rest are averaged until the mean is this exact (m), but so many at most.</summary>
    private const double Exactness = 0.1e-3;

    private const int MostSamples = 12;

    private readonly double[] _finest, _before;
    private Pose _roundedAt;
    private Vec3 _sum;
    private double _finestError;
    private int _roundings, _samples;

    private void BeginPolish()
    {
        (_roundings, _samples, _sum) = (0, 0, default);
        _finestError = double.PositiveInfinity;
    }

    private ReachOutcome? Polish(in Pose tip)
    {
        if (!AtRest)
        {
            return null;
        }

        _sum += tip.Position;
        int needed = Math.Clamp((int)Math.Ceiling(_noise * _noise / (Exactness * Exactness)), 1, MostSamples);
        if (++_samples < needed)
        {
            return null;
        }

        var mean = new Pose(1.0 / _samples * _sum, tip.Orientation);
        double doubt = _noise * Math.Sqrt(3.0 / _samples);
        (_samples, _sum) = (0, default);
        if (GoesOn(mean, doubt))
        {
            return null;
        }

        _phase = Phase.Idle;
        return Outcome(mean);
    }

    /// <summary>Decides what to do about a pose measured at rest; false: this is where the arm stays.</summary>
    private bool GoesOn(in Pose tip, double doubt)
    {
        Vec3 missing = _target.Position - tip.Position;
        double error = missing.Length;
        if (_phase == Phase.Returning)
        {
            return false;
        }

        if (_roundings > 0)
        {
            Learn(tip);
        }

        if (error < _finestError)
        {
            _finestError = error;
            _rounded.CopyTo(_finest, 0);
        }

        bool coarse = error > FineError || (_controller.Orientation && Quat.Angle(tip.Orientation, _target.Orientation) > AngleTolerance);
        // If the controller's goal is right it is the counts that are not.
        if (coarse && (!_fine || _roundings == MostRoundings) && _seconds < MostSeconds)
        {
            _roundings = 0;
            (_phase, _fine) = (Phase.Steering, false);
            return true;
        }

        if (error > Math.Max(GoodEnough, doubt) && _roundings < MostRoundings)
        {
            if (_roundings++ == 0)
            {
                Trust();
            }

            _corrections++;
            _session.Arm.StrokesToDisplacements(_rounded, _before);
            _roundedAt = tip;
            _rounded.CopyTo(_wanted, 0);
            _rounding.Round(_wanted, _jacobian.Values, [missing.X, missing.Y, missing.Z], _rounded);
            MoveToRounded();
            return true;
        }

        if (error <= _finestError)
        {
            return false;
        }
        // This is not the best that was met: back to that.
        _phase = Phase.Returning;
        _finest.CopyTo(_rounded, 0);
        MoveToRounded();
        return true;
    }

    private void MoveToRounded()
    {
        _motion.MoveTo(_rounded);
        _quiet = 0;
    }

    /// <summary>Takes the controller's Jacobian over.</summary>
    private void Trust()
    {
        _controller.TipJacobian(_jacobian.Values);
        _jacobian.Restart();
    }

    /// <summary>What the last rounding did to the tip corrects the Jacobian that it was chosen by.</summary>
    private void Learn(in Pose tip)
    {
        Vec3 moved = tip.Position - _roundedAt.Position;
        _session.Arm.StrokesToDisplacements(_rounded, _inputs);
        for (int i = 0; i < _before.Length; i++)
        {
            _before[i] = _inputs[i] - _before[i];
        }

        _jacobian.Update(_before, [moved.X, moved.Y, moved.Z]);
    }

    /// <summary>What rounding every gear to its nearest count would leave at the controller's goal, by the exact model, m.</summary>
    private double NearestRoundingError()
    {
        _session.Arm.InputsToStrokes(_controller.Goal, _wanted);
        for (int i = 0; i < _wanted.Length; i++)
        {
            _now[i] = _pulses[i].Rounded(_wanted[i]);
        }

        return (_session.Arm.ForwardFromStrokes(_now, []).Position - _session.Arm.ForwardFromStrokes(_wanted, []).Position).Length;
    }
}
