using Ganglion.Arm.Inference;
using Ganglion.Basics.Space;

namespace Ganglion.Arm.Control;

/// <summary>
/// Steers by a learned spiking model: a plan on the model alone (<see cref="SpikingSolver"/>), spread over periods, then servoing on
/// measured poses with the spiking Jacobian, mended by the secants of the motion (<see cref="PoseServo"/>). A target that is near the last
/// one needs no plan. When servoing leads nowhere the solver searches, from rest to rest, until it has come near.
/// </summary>
/// <param name="model">The arm's forward model; not used by others meanwhile.</param>
/// <param name="seed">Seed of restarts.</param>
/// <param name="orientation">True: the whole pose; false: the position only.</param>
public sealed partial class SpikingController(SpikingPoseModel model, int seed, bool orientation) : IArmController
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

    /// <summary>Postures from which a plan is tried before a target counts as out of reach.</summary>
    private const int MostPlans = 6;

    /// <summary>A search has come near enough for servoing, m; the arm is where it asked for if no gear is farther off, of its
    /// travel.</summary>
    private const double NearEnough = 10e-3, Arrived = 0.01;

    /// <summary>A displacement that is farther off than whole counts make it.</summary>
    private const double Elsewhere = 0.2;

    private readonly SpikingSolver _solver = new(model, seed, orientation);
    private readonly SpikingLinearisation _linearisation = new(model, new Random(seed + 1), orientation ? 6 : 3);
    private readonly PoseServo _servo = new(model.Arm, orientation, exact: false);
    private readonly Random _random = new(seed + 2);
    private readonly double[] _posture = new double[model.Arm.InputCount];
    private readonly double _length = model.Arm.Joints * model.Arm.NormalisingLength;
    private Pose _target;
    private Vec3 _linearisedAt;
    private double _bestResidual;
    private int _sinceProgress, _plans;
    private readonly double[] _jacobian = new double[(orientation ? 6 : 3) * model.Arm.InputCount], _inputs =
        new double[model.Arm.InputCount], _wanted = new double[model.Arm.StrokeCount];
    private bool _servoing, _planning, _searching, _asked;

    public string Name => "spiking";

    public bool Orientation => orientation;

    public bool Ready { get; private set; }

    public ControllerResult Plan { get; private set; }

    public ReadOnlySpan<double> Goal => !Ready ? _solver.Best : _searching ? _posture : _servo.Goal;

    public SpikingPoseModel? Network => model;

    public double Residual => _searching ? double.PositiveInfinity : _servo.Residual;

    public void Begin(in Pose target, ReadOnlySpan<double> from, Pose? measured)
    {
        Pose goal = Targets.Checked(target);
        // No plan is better than a step from here: the Jacobian's error over such a way is smaller.
        double way = (goal.Position - _target.Position).Length + (orientation ? model.Arm.NormalisingLength * Quat.Angle(goal.Orientation,
            _target.Orientation) : 0);
        bool near = _servoing && measured != null && StandsAtGoal(from) && _servo.AstrayAfter(way) <= PlanDoubt * _length;
        _target = goal;
        _searching = false;
        (_moves, Fallback) = (false, null);
        Watch();
        if (near)
        {
            (Ready, _planning) = (true, false);
            _servo.Shift(goal);
            return;
        }

        (Ready, _planning, _servoing, Plan, _plans) = (false, true, false, default, 0);
        _solver.StartPlan(goal, from);
    }

    public void Work(double share = 1)
    {
        int runs = Math.Max(1, (int)(share * model.RunsPerPeriod));
        if (_planning)
        {
            MakePlan(runs);
        }
        else if (_searching)
        {
            Ask(runs);
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

    public void Observe(ReadOnlySpan<double> strokes, in Pose measured, double doubt)
    {
        if (_searching)
        {
            Search(strokes, measured);
            return;
        }

        _servo.Observe(strokes, measured, doubt);
        WatchPath(doubt);
        Advance();
        if (_servo.Residual < Progress * _bestResidual || _servo.Residual <= SmallResidual + 3 * doubt)
        {
            (_bestResidual, _sinceProgress) = (_servo.Residual, 0);
        }
        else if (++_sinceProgress > Patience)
        {
            StartSearch();
        }
    }

    public void TipJacobian(Span<double> jacobian) => _servo.Jacobian[..jacobian.Length].CopyTo(jacobian);

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
        Plan = new ControllerResult(hopeful, distance, Quat.Angle(planned.Orientation, _target.Orientation), _solver.PlanRuns);
        if (!finished)
        {
            return;
        }

        if (!hopeful && ++_plans < MostPlans)
        {
            for (int i = 0; i < _posture.Length; i++)
            {
                _posture[i] = model.Arm.InputMin + (model.Arm.InputMax - model.Arm.InputMin) * _random.NextDouble();
            }

            _solver.StartPlan(_target, _posture);
            return;
        }

        (Ready, _planning) = (true, false);
        if (hopeful)
        {
            Serve(planned, PlanDoubt * _length);
        }
    }

    /// <summary>Servoing from the solver's best posture.</summary>
    private void Serve(in Pose expected, double doubt)
    {
        (_servoing, _searching) = (true, false);
        _servo.Start(_solver.Best, _target, expected, doubt);
        Linearise(_solver.Jacobian, _solver.Best, _servo.Expected);
        _linearisation.Begin(_solver.Best);
        _linearisedAt = _servo.Expected;
        Watch();
    }

    private void Ask(int runs)
    {
        if (_asked || !_solver.Plan(runs))
        {
            return;
        }

        _solver.Proposal.CopyTo(_posture);
        _asked = true;
    }

    /// <summary>The solver plans for the target as it is now, and goes on from there by poses measured at rest.</summary>
    private void StartSearch()
    {
        _servo.Goal.CopyTo(_posture);
        _solver.StartPlan(_target, _posture);
        (_searching, _asked) = (true, false);
    }

    /// <summary>The arm must be where the solver asked for: by the gears, since where a tilt leaves no stretch free, the stretch moves
    /// nothing.</summary>
    private void Search(ReadOnlySpan<double> strokes, in Pose measured)
    {
        if (!_asked)
        {
            return;
        }

        model.Arm.InputsToStrokes(_posture, _wanted);
        for (int i = 0; i < _wanted.Length; i++)
        {
            if (Math.Abs(strokes[i] - _wanted[i]) > Arrived)
            {
                return;
            }
        }

        _asked = false;
        model.Arm.StrokesToInputs(strokes, _inputs);
        _solver.Offer(_inputs, measured);
        double error = (_solver.BestTip.Position - _target.Position).Length
            + (orientation ? model.Arm.NormalisingLength * Quat.Angle(_solver.BestTip.Orientation, _target.Orientation) : 0);
        if (error <= NearEnough)
        {
            Serve(_solver.BestTip, NearEnough);
        }
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
