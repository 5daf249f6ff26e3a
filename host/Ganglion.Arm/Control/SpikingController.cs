using System.Globalization;
using Ganglion.Arm.Avoidance;
using Ganglion.Arm.Inference;
using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;

namespace Ganglion.Arm.Control;

/// <summary>
/// Steers by a learned spiking model: a plan on the model alone (<see cref="SpikingSolver"/>), spread over periods, then servoing on
/// measured poses with the spiking Jacobian, mended by the secants of the motion (<see cref="PoseServo"/>). A target that is near the last
/// one needs no plan. Where the learned model leads nowhere the exact geometry takes over, and says why (<see cref="Fallback"/>).
/// </summary>
/// <param name="model">The arm's forward model; not used by others meanwhile.</param>
/// <param name="seed">Seed of restarts.</param>
/// <param name="orientation">True: the whole pose; false: the position only.</param>
/// <param name="kept">What the arm keeps clear of: where its body is, <see cref="KeptClearance.Body"/> says, and its tip moves by the
/// spiking Jacobian; null: nothing.</param>
/// <param name="known">What is known of the arm beyond its description, for when its geometry takes over; null: nothing.</param>
public sealed partial class SpikingController(SpikingPoseModel model, int seed, bool orientation, KeptClearance? kept = null,
    IForwardModel? known = null)
    : IArmController
{
    /// <summary>A plan that the model itself sees this far off, as a share of the straight arm, is no plan.</summary>
    private const double HopelessShare = 0.15;

    /// <summary>Error of a plan, as a share of the straight arm: 3 to 5 % were measured for the shipped 4-geared models.</summary>
    private const double PlanDoubt = 0.05;

    /// <summary>So far from where the Jacobian was made, as a share of the scatter that made it, it is made again.</summary>
    private const double Stale = 1;

    /// <summary>Servoing that has not come down to this share of its best residual within so many poses leads nowhere, unless that is small
    /// (m).</summary>
    private const double Progress = 0.8, SmallResidual = 1e-3;

    private const int Patience = 35;

    /// <summary>Postures from which a plan is tried before the exact geometry is asked.</summary>
    private const int MostPlans = 2;

    /// <summary>A displacement that is farther off than whole counts make it.</summary>
    private const double Elsewhere = 0.2;

    private readonly SpikingSolver _solver = new(model, seed, orientation, kept);
    private readonly SpikingLinearisation _linearisation = new(model, new Random(seed + 1), orientation ? 6 : 3);
    private readonly PoseServo _servo = new(model.Arm, orientation, exact: false, kept);
    private readonly Random _random = new(seed + 2);
    private readonly double[] _from = new double[model.Arm.InputCount], _posture = new double[model.Arm.InputCount];
    private readonly double _length = model.Arm.Joints * model.Arm.NormalisingLength;
    private Pose _target;
    private Vec3 _linearisedAt;
    private double _bestResidual;
    private int _sinceProgress, _plans;
    private readonly double[] _jacobian = new double[(orientation ? 6 : 3) * model.Arm.InputCount];
    private ControllerResult _plan;
    private bool _servoing, _planning, _ready;

    public string Name => "spiking";

    public bool Orientation => orientation;

    public bool Ready => _isExact ? _exactly.Ready : _ready;

    public ControllerResult Plan => _isExact ? _exactly.Plan : _plan;

    public ReadOnlySpan<double> Goal => _isExact ? _exactly.Goal : _ready ? _servo.Goal : _solver.Best;

    public SpikingPoseModel? Network => model;

    public double Residual => _isExact ? _exactly.Residual : _servo.Residual;

    public void Begin(in Pose target, ReadOnlySpan<double> from, Pose? measured)
    {
        Pose goal = Targets.Checked(target);
        // No plan is better than a step from here: the Jacobian's error over such a way is smaller.
        double way = (goal.Position - _target.Position).Length + (orientation ? model.Arm.NormalisingLength * Quat.Angle(goal.Orientation,
            _target.Orientation) : 0);
        bool near = _servoing && measured != null && StandsAtGoal(from) && _servo.AstrayAfter(way) <= PlanDoubt * _length;
        _target = goal;
        from.CopyTo(_from);
        (_moves, _isExact, Fallback) = (false, false, null);
        Watch();
        if (near)
        {
            (_ready, _planning) = (true, false);
            _servo.Shift(goal);
            return;
        }

        (_ready, _planning, _servoing, _plan, _plans) = (false, true, false, default, 0);
        _solver.StartPlan(goal, from);
    }

    public void Work(double share = 1)
    {
        int runs = Math.Max(1, (int)(share * model.RunsPerPeriod));
        if (_isExact)
        {
            _exactly.Work(share);
        }
        else if (_planning)
        {
            MakePlan(runs);
        }
        else if (_servoing)
        {
            if (Fallback == null)
            {
                Linearise(runs);
            }

            Advance();
        }
    }

    public void Observe(ReadOnlySpan<double> strokes, in Pose measured, double doubt, in Vec3 timing)
    {
        if (_isExact)
        {
            _exactly.Observe(strokes, measured, doubt, timing);
            return;
        }

        _servo.Observe(strokes, measured, doubt, timing);
        WatchPath(doubt);
        Advance();
        if (_servo.Residual < Progress * _bestResidual || _servo.Residual <= SmallResidual + 3 * doubt)
        {
            (_bestResidual, _sinceProgress) = (_servo.Residual, 0);
        }
        else if (++_sinceProgress > Patience)
        {
            FallBack(_servo.Goal, string.Create(CultureInfo.InvariantCulture,
                $"the learned model led nowhere, {1000 * _servo.Missing:0.0} mm from the target"));
        }
    }

    public double TipJacobian(Span<double> jacobian) => _isExact ? _exactly.TipJacobian(jacobian) : _servo.TipJacobian(jacobian);

    /// <summary>Whether the arm is still in the posture that it was steered to: somebody else may have led its gears elsewhere, and what
    /// was learned lies there no more.</summary>
    private bool StandsAtGoal(ReadOnlySpan<double> from)
    {
        Span<double> displacements = stackalloc double[from.Length], goal = stackalloc double[from.Length];
        model.Arm.InputsToDisplacements(from, displacements);
        model.Arm.InputsToDisplacements(_servo.Goal, goal);
        for (int i = 0; i < goal.Length; i++)
        {
            if (Math.Abs(displacements[i] - goal[i]) > Elsewhere)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>One period's share of a plan, which is streamed while it is made.</summary>
    private void MakePlan(int runs)
    {
        bool finished = _solver.Plan(runs);
        Pose planned = finished ? _solver.Planned : _solver.BestTip;
        double distance = (planned.Position - _target.Position).Length;
        bool hopeful = distance <= HopelessShare * _length;
        _plan = new ControllerResult(hopeful, distance, Quat.Angle(planned.Orientation, _target.Orientation), _solver.PlanRuns);
        if (!finished)
        {
            return;
        }

        if (!hopeful && ++_plans >= MostPlans)
        {
            FallBack(_from, string.Create(CultureInfo.InvariantCulture,
                $"the learned model knows no posture nearer than {1000 * distance:0} mm to the target"));
            return;
        }

        if (!hopeful)
        {
            for (int i = 0; i < _posture.Length; i++)
            {
                _posture[i] = model.Arm.InputMin + (model.Arm.InputMax - model.Arm.InputMin) * _random.NextDouble();
            }

            _solver.StartPlan(_target, _posture);
            return;
        }

        (_ready, _planning) = (true, false);
        Serve(planned, PlanDoubt * _length);
    }

    /// <summary>Servoing from the solver's best posture.</summary>
    private void Serve(in Pose expected, double doubt)
    {
        _servoing = true;
        _servo.Start(_solver.Best, _target, expected, doubt);
        Linearise(_solver.Jacobian, _solver.Best, _servo.Expected);
        _linearisation.Begin(_solver.Best);
        _linearisedAt = _servo.Expected;
        Watch();
    }

    /// <summary>Makes the Jacobian better while the arm moves, and anew where the goal has gone elsewhere. Not after a target that moves:
    /// what the path has taught on the way is more than a new one knows (of a square's 3.8 mm at most in the mean 2.7 were left).</summary>
    private void Linearise(int runs)
    {
        if (!_moves && _linearisation.Usable && _linearisation.Distance(_servo.Goal) > Stale)
        {
            _linearisation.Begin(_servo.Goal);
            _linearisedAt = _servo.Expected;
        }

        if (_linearisation.Finished)
        {
            return;
        }

        while (runs > 0 && !_linearisation.Finished)
        {
            runs -= _linearisation.Work();
        }

        if (_linearisation.Usable)
        {
            Linearise(_linearisation.Values, _linearisation.Around, _linearisedAt);
        }
    }

    /// <summary>Hands a Jacobian by inputs to the servo.</summary>
    private void Linearise(ReadOnlySpan<double> byInputs, ReadOnlySpan<double> around, in Vec3 tip)
    {
        byInputs.CopyTo(_jacobian);
        for (int first = 0; first < _jacobian.Length; first += around.Length)
        {
            model.Arm.InputGradientToDisplacements(around, _jacobian.AsSpan(first, around.Length));
        }

        _servo.Linearise(_jacobian, around, tip);
    }

    private void Watch() => (_bestResidual, _sinceProgress) = (double.PositiveInfinity, 0);
}
