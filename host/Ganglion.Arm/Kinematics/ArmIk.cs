using Ganglion.Arm.Avoidance;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Kinematics;

/// <summary>
/// Inverse kinematics: damped least squares (Levenberg-Marquardt) on the exact model with the inputs' box as limits, and random
/// restarts within that box. The limits are those of the gears themselves (see <see cref="TrunkArm"/>), so a solution never asks
/// a gear to leave its travel. Where the body has to keep clear of something, what is missing there is made small together with what the
/// tip is off (a hinge, Gauss-Newton on both). Holds its work space, hence one instance a thread; a search allocates nothing.
/// </summary>
public sealed class ArmIk
{
    // Damping starts at this share of the mean diagonal of J J', and is scaled on success and failure.
    private const double FirstDamping = 1e-2, Relax = 0.2, Tighten = 5, MinDamping = 1e-12, MaxDamping = 1e6;

    // An attempt whose error falls by less than this factor in so many steps has run into a local minimum.
    private const int StallWindow = 12;
    private const double StallFactor = 0.8;

    /// <summary>So much of the slack beyond the clearance may be missing, m.</summary>
    private const double NearTolerance = 1e-4;

    private readonly TrunkArm _arm;
    private readonly double[] _inputs, _trial, _jacobian;
    private readonly double _metresPerRadian;
    private readonly DampedStep _step;
    private readonly ClearanceTask? _clear;
    private readonly double[] _near = new double[ClearanceTask.Most];
    private int _nearCount;

    /// <param name="arm">The arm to solve for.</param>
    /// <param name="body">The arm among its obstacles, which a solution keeps clear of; null: there are none.</param>
    /// <param name="keep">Slack that a solution keeps beyond the clearance, m.</param>
    /// <exception cref="ArgumentException">The arm is paper-compatible, whose gears leave their travel.</exception>
    public ArmIk(TrunkArm arm, BodyClearance? body = null, double keep = 0)
    {
        if (arm.PaperCompatible)
        {
            throw new ArgumentException("a paper-compatible arm has no limits to keep; make the arm without that switch", nameof(arm));
        }

        _arm = arm;
        _inputs = new double[arm.InputCount];
        _trial = new double[arm.InputCount];
        _clear = body == null ? null : new ClearanceTask(body, keep);
        int further = body == null ? 0 : ClearanceTask.Most;
        _jacobian = new double[(6 + further) * arm.InputCount];
        _step = new DampedStep(arm.InputCount, further);
        // One radian weighs as much as the way that the tip goes when one joint turns by it.
        _metresPerRadian = arm.NormalisingLength;
    }

    /// <summary>Looks for inputs that put the tip at the target.</summary>
    /// <param name="target">Pose of the tip, REP-103; the orientation is normalised here.</param>
    /// <param name="start">Where the first attempt starts: the arm's present inputs, so that the solution is near them.</param>
    /// <param name="solution">Receives the best inputs found, always within the limits; may be the same memory as start.</param>
    /// <param name="random">Source of the restarts.</param>
    /// <param name="options">What to meet and how long to look.</param>
    /// <param name="cancellation">Ends the search at the next step; the best so far is still handed back.</param>
    /// <exception cref="ArgumentException">The target is not finite or a span has the wrong length.</exception>
    public IkResult Solve(
        in Pose target, ReadOnlySpan<double> start, Span<double> solution, Random random, IkOptions options,
        CancellationToken cancellation = default)
    {
        int n = _arm.InputCount;
        if (start.Length != n)
        {
            throw new ArgumentException($"start has {start.Length} entries; this arm needs {n}", nameof(start));
        }

        if (solution.Length != n)
        {
            throw new ArgumentException($"solution has {solution.Length} entries; this arm needs {n}", nameof(solution));
        }

        Pose goal = target with { Orientation = target.Orientation.Normalized() };
        if (!double.IsFinite(goal.Position.LengthSquared + goal.Orientation.W))
        {
            throw new ArgumentException("the target is not finite; give a position in metres and a non-zero quaternion", nameof(target));
        }

        start.CopyTo(_inputs);
        _arm.Clamp(_inputs);
        double best = double.PositiveInfinity;
        int iterations = 0, restarts = 0;
        while (true)
        {
            double error = Attempt(goal, options, ref iterations, cancellation);
            if (error < best)
            {
                best = error;
                _inputs.CopyTo(solution);
            }
            if (IsMet(Error(goal, _arm.Forward(solution)), Near(solution), options) || iterations >= options.MaxIterations
                || !options.Restarts || cancellation.IsCancellationRequested)
            {
                break;
            }

            restarts++;
            foreach (ref double input in _inputs.AsSpan())
            {
                input = _arm.InputMin + (_arm.InputMax - _arm.InputMin) * random.NextDouble();
            }
        }
        Deviation final = Error(goal, _arm.Forward(solution));
        return new IkResult(IsMet(final, Near(solution), options), final.Position.Length, final.Rotation.Length, iterations, restarts);
    }

    /// <summary>Descends from <see cref="_inputs"/> until the target is met, the descent stalls, or the budget ends; returns the squared
    /// error.</summary>
    private double Attempt(in Pose goal, IkOptions options, ref int iterations, CancellationToken cancellation)
    {
        int n = _arm.InputCount, rows = options.Orientation ? 6 : 3;
        int last = Math.Min(options.MaxIterations, iterations + options.MaxIterationsPerAttempt);
        double damping = FirstDamping;
        Deviation deviation = Linearise(goal, rows);
        double near = Near(_inputs), error = Square(deviation, rows) + near, checkpoint = error;
        int sinceCheckpoint = 0;
        while (!IsMet(deviation, near, options) && iterations < last && !cancellation.IsCancellationRequested)
        {
            iterations++;
            Array.Copy(_inputs, _trial, n);
            _step.Take(_jacobian, rows, deviation, _metresPerRadian, damping, _trial, _arm.InputMin, _arm.InputMax,
                _near.AsSpan(0, _nearCount));
            double nearer = Near(_trial), trial = Square(Error(goal, _arm.Forward(_trial)), rows) + nearer;
            if (trial < error)
            {
                Array.Copy(_trial, _inputs, n);
                damping = Math.Max(MinDamping, damping * Relax);
                deviation = Linearise(goal, rows);
                (error, near) = (trial, nearer);
            }
            else
            {
                damping *= Tighten;
                if (damping > MaxDamping)
                {
                    break;
                }
            }
            if (++sinceCheckpoint < StallWindow)
            {
                continue;
            }

            if (error > StallFactor * checkpoint)
            {
                break;
            }

            (checkpoint, sinceCheckpoint) = (error, 0);
        }
        return error;
    }

    /// <summary>Deviation at <see cref="_inputs"/>, and the Jacobian with its rotational rows in metres.</summary>
    private Deviation Linearise(in Pose goal, int rows)
    {
        Pose tip = _arm.Jacobian(_inputs, _jacobian.AsSpan(0, 6 * _arm.InputCount));
        if (rows == 6)
        {
            foreach (ref double entry in _jacobian.AsSpan(3 * _arm.InputCount, 3 * _arm.InputCount))
            {
                entry *= _metresPerRadian;
            }
        }

        _nearCount = _clear?.Write(_inputs, _jacobian.AsSpan(rows * _arm.InputCount), _near) ?? 0;
        return Error(goal, tip);
    }

    /// <summary>Square of what a posture is too near, m^2.</summary>
    private double Near(ReadOnlySpan<double> inputs) => _clear?.Square(inputs) ?? 0;

    private double Square(in Deviation deviation, int rows) =>
        deviation.Position.LengthSquared + (rows == 6 ? _metresPerRadian * _metresPerRadian * deviation.Rotation.LengthSquared : 0);

    /// <summary>From the tip to the goal, in base axes: metres, and rotation vector in rad.</summary>
    private static Deviation Error(in Pose goal, in Pose tip) =>
        new(goal.Position - tip.Position, (goal.Orientation * tip.Orientation.Conjugate).RotationVector);

    private static bool IsMet(in Deviation deviation, double near, IkOptions options) =>
        deviation.Position.Length <= options.PositionTolerance && near <= NearTolerance * NearTolerance
        && (!options.Orientation || deviation.Rotation.Length <= options.OrientationTolerance);
}

/// <summary>What the tip still has to move (m) and to turn (rad).</summary>
internal readonly record struct Deviation(Vec3 Position, Vec3 Rotation);
