using System.Globalization;
using Ganglion.Arm.Avoidance;
using Ganglion.Arm.Inference;
using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Control;

/// <summary>
/// Damped least squares on the exact model, then servoing on measured poses with the exact Jacobian: the honest comparator for everything
/// learned. Where the geometry is known it needs no data and no network. With a learned residual (<see cref="Adaptation.AdaptedArm"/>) it
/// plans for where the tip would be without it, and servos by all that is known.
/// </summary>
/// <param name="arm">The arm's exact model.</param>
/// <param name="seed">Seed of the restarts.</param>
/// <param name="orientation">True: the whole pose; false: the position only.</param>
/// <param name="kept">What the arm keeps clear of; null: nothing.</param>
/// <param name="learned">What was learned beyond the arm's geometry; null: nothing.</param>
public sealed class LeastSquaresController(TrunkArm arm, int seed, bool orientation = true, KeptClearance? kept = null,
    IForwardModel? learned = null) : IArmController
{
    /// <summary>Steps in one period, and in all: two attempts and a hundred.</summary>
    private const int Slice = 200, MostSteps = 20_000;

    /// <summary>Plans for what the residual leaves of the last one: it is small and changes little from plan to plan.</summary>
    private const int Rounds = 3;

    private readonly ArmIk _ik = new(arm, kept?.NewBody(), kept?.Goal ?? 0);
    private readonly PoseServo _servo = new(arm, orientation, exact: true, kept, learned);
    private readonly Random _random = new(seed);
    private readonly IkOptions _options = new() { Orientation = orientation, MaxIterations = Slice };
    private readonly double[] _start = new double[arm.InputCount], _attempt = new double[arm.InputCount], _best =
        new double[arm.InputCount];
    private readonly double[] _jacobian = new double[6 * arm.InputCount];
    private Pose _target;
    private double _bestError;

    public string Name => learned == null ? "ik" : "learned";

    public IForwardModel? Learned => learned;

    public bool Orientation => orientation;

    public bool Ready { get; private set; }

    public ControllerResult Plan { get; private set; }

    public ReadOnlySpan<double> Goal => Ready ? _servo.Goal : _best;

    public double Residual => _servo.Residual;

    public void Begin(in Pose target, ReadOnlySpan<double> from, Pose? measured)
    {
        _target = Targets.Checked(target);
        from.CopyTo(_start);
        from.CopyTo(_best);
        _bestError = double.PositiveInfinity;
        (Ready, Plan) = (false, default);
    }

    public void Shift(in Pose target)
    {
        _target = Targets.Checked(target);
        if (Ready)
        {
            _servo.Shift(_target);
        }
    }

    public bool Otherwise()
    {
        // The next attempt starts at random inputs: the last one has left them there.
        (Ready, Plan, _bestError) = (false, default, double.PositiveInfinity);
        return true;
    }

    public void Work(double share = 1)
    {
        if (Ready)
        {
            _servo.Advance();
            Linearise();
            return;
        }

        IkResult result = Solve();
        double error = result.PositionError + (orientation ? arm.NormalisingLength * result.OrientationError : 0);
        int steps = Plan.Evaluations + result.Iterations;
        if (error < _bestError || result.Converged)
        {
            _bestError = error;
            _attempt.CopyTo(_best, 0);
            Plan = new ControllerResult(result.Converged, result.PositionError, result.OrientationError, steps);
        }
        else
        {
            Plan = Plan with { Evaluations = steps };
        }

        foreach (ref double input in _start.AsSpan())
        {
            input = arm.InputMin + (arm.InputMax - arm.InputMin) * _random.NextDouble();
        }

        if (!result.Converged && steps < MostSteps)
        {
            return;
        }

        Ready = true;
        if (!Plan.Reachable && kept != null)
        {
            Plan = Plan with { Touches = Touches() };
        }

        _servo.Start(_best, _target, learned?.FromInputs(_best) ?? arm.Forward(_best), doubt: _bestError + 1e-2);
        Linearise();
    }

    public void Observe(ReadOnlySpan<double> strokes, in Pose measured, double doubt, in Vec3 timing)
    {
        learned?.Moved(strokes);
        _servo.Observe(strokes, measured, doubt, timing);
        _servo.Advance();
        Linearise();
    }

    public double TipJacobian(Span<double> jacobian) => _servo.TipJacobian(jacobian);

    /// <summary>What the tip could not be at the target without, in words; null where it cannot be there at all.</summary>
    private string? Touches()
    {
        if (!new ArmIk(arm).Solve(_target, _best, _attempt, _random, _options with { MaxIterations = MostSteps / 10 }).Converged)
        {
            return null;
        }

        BodyClearance body = kept!.NewBody();
        body.PlaceInputs(_attempt);
        Span<Touch> worst = stackalloc Touch[1];
        return body.Near(kept.Goal, worst) == 0 ? null : string.Create(CultureInfo.InvariantCulture,
            $"{body.Words(worst[0])} would be nearer to each other than {1000 * kept.Scene.Clearance:0.#} mm");
    }

    /// <summary>A solution for the target, by what is known of the arm.</summary>
    private IkResult Solve()
    {
        IkResult result = _ik.Solve(_target, _start, _attempt, _random, _options);
        for (int round = 0; learned != null && result.Converged && round < Rounds; round++)
        {
            Vec3 residual = learned.FromInputs(_attempt).Position - arm.Forward(_attempt).Position;
            _attempt.CopyTo(_start, 0);
            result = _ik.Solve(_target with { Position = _target.Position - residual }, _start, _attempt, _random, _options);
        }

        return result;
    }

    /// <summary>The exact Jacobian at the goal.</summary>
    private void Linearise()
    {
        arm.Jacobian(_servo.Goal, _jacobian, byDisplacements: true);
        foreach (ref double entry in _jacobian.AsSpan(3 * arm.InputCount))
        {
            entry *= arm.NormalisingLength;
        }

        _servo.Linearise(_jacobian.AsSpan(0, (orientation ? 6 : 3) * arm.InputCount), _servo.Goal, _servo.Expected);
    }
}
