using Ganglion.Arm.Avoidance;
using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Inference;

/// <summary>
/// What a solver knows of the tip around a posture, and the step that follows from it: a Jacobian that measured secants mend, and a damped
/// least squares step inside the limits that also draws the inputs a little to their middle.
/// </summary>
/// <param name="arm">Its limits count, not its geometry.</param>
/// <param name="task">How the tip's deviation is weighed.</param>
/// <param name="rows">3: the position; 6: the whole pose.</param>
/// <param name="clear">What steps keep clear of besides; null: nothing.</param>
internal sealed class SecantStep(TrunkArm arm, TipTask task, int rows, ClearanceTask? clear = null)
{
    /// <summary>A step makes up for at most this much, m; beyond it nothing is linear.</summary>
    private const double LongestStep = 0.3;

    /// <summary>Pull to the middle of the limits, per step, for errors of at least <see cref="CentringError"/> (m), and in proportion
    /// below.</summary>
    private const double Centring = 0.3, CentringError = 0.1;

    private readonly int _n = arm.InputCount;
    private readonly double _middle = (arm.InputMin + arm.InputMax) / 2;
    private readonly double[] _move = new double[arm.InputCount];
    private readonly SecantJacobian _jacobian = new(rows, arm.InputCount);
    private readonly DampedStep _step = new(arm.InputCount, ClearanceTask.Most);
    private readonly double[] _near = new double[ClearanceTask.Most], _withNear = new double[(6 + ClearanceTask.Most) * arm.InputCount];

    /// <summary>The present Jacobian: the tip's velocity (m) and angular velocity (rad times <see cref="TrunkArm.NormalisingLength"/>), by
    /// rows.</summary>
    public ReadOnlySpan<double> Jacobian => _jacobian.Values;

    /// <summary>Takes a Jacobian over; the secants of the last one are forgotten.</summary>
    public void Restart(ReadOnlySpan<double> jacobian)
    {
        jacobian.CopyTo(_jacobian.Values);
        _jacobian.Restart();
    }

    /// <summary>What a move did to the tip corrects the Jacobian.</summary>
    /// <param name="from">Inputs before it.</param>
    /// <param name="to">Inputs after it.</param>
    /// <param name="before">The tip's pose before it.</param>
    /// <param name="after">The tip's pose after it.</param>
    public void Learn(double[] from, double[] to, in Pose before, in Pose after)
    {
        for (int i = 0; i < _n; i++)
        {
            _move[i] = to[i] - from[i];
        }

        Span<double> change = stackalloc double[TipTask.MostRows];
        task.Write(after.Position - before.Position, (after.Orientation * before.Orientation.Conjugate).RotationVector, change);
        _jacobian.Update(_move, change[..rows]);
    }

    /// <summary>Where to go from a posture.</summary>
    /// <param name="at">Its inputs.</param>
    /// <param name="deviation">Of the tip there from its target.</param>
    /// <param name="error">Square of it, as the task weighs it, m^2.</param>
    /// <param name="damping">Of the least squares step.</param>
    /// <param name="proposal">Receives inputs within their limits.</param>
    public void Propose(double[] at, in Deviation deviation, double error, double damping, double[] proposal)
    {
        double size = Math.Sqrt(error), share = Math.Min(1, LongestStep / size), pull = Centring * Math.Min(1, size / CentringError);
        Span<double> rest = stackalloc double[TipTask.MostRows];
        task.Write(deviation.Position, deviation.Rotation, rest);
        for (int row = 0; row < rows; row++)
        {
            rest[row] *= share;
        }

        for (int i = 0; i < _n; i++)
        {
            double centring = pull * (_middle - at[i]);
            proposal[i] = at[i] + centring;
            // What the pull does to the tip is made up for as well.
            for (int row = 0; row < rows; row++)
            {
                rest[row] -= _jacobian.Values[row * _n + i] * centring;
            }
        }

        _jacobian.Values.AsSpan(0, rows * _n).CopyTo(_withNear);
        int near = clear?.Write(proposal, _withNear.AsSpan(rows * _n), _near) ?? 0;
        _step.Take(_withNear, rows, task.Read(rest), arm.NormalisingLength, damping, proposal, arm.InputMin, arm.InputMax,
            _near.AsSpan(0, near));
    }
}
