using Ganglion.Arm.Avoidance;
using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Inference;

/// <summary>
/// Finds joint inputs for a tip pose with a spiking forward model and measured poses; the arm's geometry is not used. A first plan is made
/// on the model alone. Then, for every measured pose: secant correction of the spiking Jacobian (<see cref="SecantJacobian"/>), a damped
/// least squares step inside the limits that also draws the inputs a little to their middle, less damping after a success and more after a
/// failure. When steps stop helping the spiking Jacobian is evaluated again, and after that a new attempt starts: near the best posture so
/// far, or at a random one that the model predicts to be near the target, which costs no measurement. It can be stopped at any time:
/// <see cref="Best"/> only gets better. <para>Use: <see cref="Begin"/>, then measure the tip at <see cref="Proposal"/> and hand it to
/// <see cref="Observe"/>, again and again.</para>
/// </summary>
public sealed class SpikingSolver
{
    // Chosen on 2 000 targets of seeds 5 and 6 with the 10-joint, 128-neuron model; restarts on 4 000 of seeds 11 to 14.
    private const int MostPlanRuns = 60;

    /// <summary>Plans end where the model is no better than this share of the straight arm.</summary>
    private const double PlanShare = 0.02;

    /// <summary>Errors below this share of the straight arm are worth every second attempt from nearby; what is stuck farther off is a
    /// local minimum.</summary>
    private const double NearShare = 0.01;

    /// <summary>What has to be done before the next proposal is there.</summary>
    private enum Due { Nothing, Jacobian, Restart }

    private readonly SpikingPoseModel _model;
    private readonly int _n;
    private readonly double _planError, _near;
    private readonly double[] _at, _proposal, _best, _plan;
    private readonly SecantStep _step;
    private readonly SpikingLinearisation _linearisation;
    private readonly AttemptProgress _attempt = new();
    private readonly RestartSearch _restart;
    private readonly TipTask _task;
    private readonly ClearanceTask? _clear;
    private Pose _tip;
    private Deviation _deviation;
    private double _error, _bestError;
    private bool _starting, _planning;
    private Due _due;

    /// <param name="model">The arm's forward model; not used by others meanwhile.</param>
    /// <param name="seed">Seed of restarts and spreads.</param>
    /// <param name="orientation">True: the whole pose; false: the position alone.</param>
    /// <param name="kept">What the arm keeps clear of; null: nothing.</param>
    public SpikingSolver(SpikingPoseModel model, int seed, bool orientation, KeptClearance? kept = null)
    {
        TrunkArm arm = model.Arm;
        Random random = new(seed);
        int rows = orientation ? 6 : 3;
        (_model, _n) = (model, arm.InputCount);
        double length = arm.Joints * arm.NormalisingLength;
        (_planError, _near) = (PlanShare * length, NearShare * length);
        _at = new double[_n];
        _proposal = new double[_n];
        _best = new double[_n];
        _plan = new double[_n];
        _task = new TipTask(rows, arm.NormalisingLength);
        _clear = kept?.NewTask();
        _step = new SecantStep(arm, _task, rows, _clear);
        _linearisation = new SpikingLinearisation(model, random, rows);
        _restart = new RestartSearch(model, random);
    }

    /// <summary>Where to measure next: inputs within their limits.</summary>
    public ReadOnlySpan<double> Proposal => _proposal;

    /// <summary>The inputs with the smallest error so far.</summary>
    public ReadOnlySpan<double> Best => _best;

    /// <summary>The pose that was measured there.</summary>
    public Pose BestTip { get; private set; }

    /// <summary>Attempts after the first.</summary>
    public int Restarts { get; private set; }

    /// <summary>The pose that the model predicts for the last plan.</summary>
    public Pose Planned { get; private set; }

    /// <summary>Steps of the last plan.</summary>
    public int PlanRuns { get; private set; }

    /// <summary>The present Jacobian: 3 or 6 rows, the tip's velocity (m) and angular velocity (rad times
    /// <see cref="TrunkArm.NormalisingLength"/>).</summary>
    public ReadOnlySpan<double> Jacobian => _step.Jacobian;

    /// <summary>Takes a new target and plans on the model alone: the first <see cref="Proposal"/>.</summary>
    /// <param name="target">Wanted tip pose, REP-103, m.</param>
    /// <param name="from">Present inputs.</param>
    /// <returns>The pose that the model predicts for the plan.</returns>
    /// <exception cref="ArgumentException">The target is not finite.</exception>
    /// <exception cref="InvalidDataException">The model predicts poses that are not finite.</exception>
    public Pose Begin(in Pose target, ReadOnlySpan<double> from)
    {
        StartPlan(target, from);
        while (!Plan(int.MaxValue))
        {
        }

        return Planned;
    }

    /// <summary>Takes a new target; <see cref="Plan"/> does the rest.</summary>
    /// <param name="target">Wanted tip pose, REP-103, m.</param>
    /// <param name="from">Present inputs.</param>
    /// <exception cref="ArgumentException">The target is not finite; the last one stays.</exception>
    public void StartPlan(in Pose target, ReadOnlySpan<double> from)
    {
        Start(target, from);
        (PlanRuns, _planning) = (0, true);
    }

    /// <summary>Goes on with what is due: after <see cref="StartPlan"/> planning on the model alone, which ends with the Jacobian at the
    /// plan, which is <see cref="Best"/> all the while.</summary>
    /// <param name="runs">Network runs it may take, about.</param>
    /// <returns>Whether nothing is left to do: the plan is finished, or the next <see cref="Proposal"/> is there.</returns>
    /// <exception cref="InvalidDataException">The model predicts poses that are not finite.</exception>
    public bool Plan(int runs)
    {
        while (runs > 0 && (_planning || _due != Due.Nothing))
        {
            if (_due != Due.Nothing)
            {
                runs -= Work();
            }
            else if (PlanRuns < MostPlanRuns && _bestError > _planError * _planError)
            {
                runs--;
                PlanRuns++;
                Take(_model.PredictFinite(_proposal));
            }
            else
            {
                Planned = BestTip;
                Array.Copy(_best, _plan, _n);
                Start(_task.Target, _plan);
                _planning = false;
                Linearise(_plan);
            }
        }

        return !_planning && _due == Due.Nothing;
    }

    /// <summary>Takes in the pose measured at <see cref="Proposal"/> and makes the next one. A pose that is not finite is left
    /// out.</summary>
    public void Observe(in Pose measured)
    {
        Take(measured);
        while (_due != Due.Nothing)
        {
            Work();
        }
    }

    private void Take(in Pose measured)
    {
        if (!double.IsFinite(measured.Position.LengthSquared + measured.Orientation.Normalized().W))
        {
            return;
        }

        Deviation deviation = _task.From(measured);
        double error = _task.Square(deviation) + (_clear?.Square(_proposal) ?? 0);
        if (error < _bestError)
        {
            (_bestError, BestTip) = (error, measured);
            Array.Copy(_proposal, _best, _n);
        }

        if (_starting)
        {
            _starting = false;
            Accept(measured, deviation, error);
            _attempt.Begin(error, first: Restarts == 0);
            if (Restarts > 0 || _planning)
            {
                Linearise(_at);
            }
        }
        else
        {
            _step.Learn(_at, _proposal, _tip, measured);
            bool better = error < _error;
            if (better)
            {
                Accept(measured, deviation, error);
            }

            Verdict verdict = _attempt.Judge(better, _error);
            if (verdict == Verdict.Linearise)
            {
                Linearise(_at);
            }
            else if (verdict == Verdict.Restart)
            {
                Restart();
            }
        }

        if (_due == Due.Nothing && !_starting)
        {
            Propose();
        }
    }

    private void Start(in Pose target, ReadOnlySpan<double> from)
    {
        _task.Target = Targets.Checked(target);
        from.CopyTo(_proposal);
        _model.Arm.Clamp(_proposal);
        _proposal.CopyTo(_best, 0);
        _bestError = double.PositiveInfinity;
        Restarts = 0;
        (_starting, _due) = (true, Due.Nothing);
    }

    private void Accept(in Pose measured, in Deviation deviation, double error)
    {
        Array.Copy(_proposal, _at, _n);
        (_tip, _deviation, _error) = (measured, deviation, error);
    }

    private void Propose() => _step.Propose(_at, _deviation, _error, _attempt.Damping, _proposal);

    private void Linearise(double[] around)
    {
        _linearisation.Begin(around);
        _due = Due.Jacobian;
    }

    /// <summary>One network run, or a few, of what is due; returns how many.</summary>
    private int Work()
    {
        if (_due == Due.Jacobian)
        {
            int runs = _linearisation.Work();
            if (!_linearisation.Usable)
            {
                return runs;
            }

            _due = Due.Nothing;
            _step.Restart(_linearisation.Values);
            if (!_starting)
            {
                Propose();
            }

            return runs;
        }

        if (_restart.Work(_task, _proposal))
        {
            _due = Due.Nothing;
        }

        return 1;
    }

    private void Restart()
    {
        Restarts++;
        _starting = true;
        if (_bestError < _near * _near && Restarts % 2 == 1)
        {
            _restart.Scatter(_best, _proposal);
            _due = Due.Nothing;
            return;
        }

        _restart.Begin();
        _due = Due.Restart;
    }
}
