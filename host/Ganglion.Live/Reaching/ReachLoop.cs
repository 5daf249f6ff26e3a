using Ganglion.Arm.Avoidance;
using Ganglion.Arm.Control;
using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Robots.Boards;

namespace Ganglion.Live.Reaching;

/// <summary>
/// The loop that closes over the boards: target pose, controller, strokes, stream, servos, measured pose, and again. The controller learns
/// from poses that are measured while the arm moves, each against the strokes that the servos had then; at rest all gears are rounded to
/// whole counts together. One call of <see cref="Step"/> a period; nothing in it depends on real time.
/// </summary>
public sealed partial class ReachLoop
{
    /// <summary>A single target is given up after so long, s; the arm stays at the best posture that was measured at rest.</summary>
    private const double MostSeconds = 15;

    /// <summary>Then it waits so much longer for a measured pose, s.</summary>
    private const double MostSecondsUnmeasured = 3;

    /// <summary>What may be missing at the goal for the controller's work to be done, m, or times the noise; more where counts that fit the
    /// position turn the tip as well.</summary>
    private const double FineResidual = 0.5e-3, FineWithTurn = 1e-3, NoiseToResidual = 3;

    /// <summary>Nearer to its goal than this (time at full speed, s) the arm heads for whole counts that were chosen together, and holds
    /// them until a pose tells where they led.</summary>
    private const double RoundedFrom = 0.015;

    private readonly ArmSession _session;
    private readonly IArmController _controller;
    private readonly TipMeasurement _measurement;
    private readonly CountPolish _polish;
    private readonly StrokeMotion _motion;
    private readonly WorkShare _share;
    private readonly WayAround? _around;
    private readonly double[] _inputs, _strokes, _wanted, _from, _toward;
    private readonly double _period;
    private double _outsideUntil, _solveSeconds, _seconds;

    /// <summary>The controller's goal is right, as far as it can be told; the counts near it are sent, and stay until they were measured at
    /// rest.</summary>
    private bool _fine, _holding;

    /// <param name="session">Armed.</param>
    /// <param name="controller">Turns targets into inputs.</param>
    /// <param name="poses">Where the measured pose comes from; null: nowhere, the servos are trusted.</param>
    /// <param name="mostSpeed">Bound on the speed of the tip and of every module, by what is known of the arm, m/s.</param>
    /// <param name="from">Strokes at which the arm stands; empty: at park.</param>
    public ReachLoop(ArmSession session, IArmController controller, IPoseSource? poses, double mostSpeed = double.PositiveInfinity,
        ReadOnlySpan<double> from = default)
    {
        (_session, _controller) = (session, controller);
        _strokes = from.IsEmpty ? session.ParkStrokes() : from.ToArray();
        (_wanted, _from, _inputs) = (new double[_strokes.Length], new double[_strokes.Length], new double[session.Arm.InputCount]);
        _toward = new double[_strokes.Length];
        PulseRounding[] pulses = PulseRounding.OfTrunk(session.Robot);
        IForwardModel forward = controller.Learned ?? new DescribedForward(session.Arm);
        _measurement = new TipMeasurement(session, forward, poses, pulses, _strokes);
        _polish = new CountPolish(session.Arm, forward, controller, pulses);
        _motion = session.NewMotion(_strokes, mostSpeed, forward);
        _around = session.Kept == null ? null : new WayAround(session.Kept, 1);
        _period = session.Stream.Period * 1e-9;
        _share = new WorkShare(session.Stream);
    }

    /// <summary>From a frame's sending until the servos are where it says, s: as expected, and in motion as measured.</summary>
    public double Delay => _measurement.Delay;

    /// <summary>Strokes that the last frame asked for, 0..1.</summary>
    public ReadOnlySpan<double> Strokes => _strokes;

    /// <summary>What it is at.</summary>
    internal ReachPhase Phase { get; private set; }

    /// <summary>The target that it was given last.</summary>
    internal Pose Target { get; private set; }

    /// <summary>True while a target is being approached or followed.</summary>
    public bool UnderWay => Phase is not (ReachPhase.Idle or ReachPhase.Parking);

    /// <summary>True while the first plan for the present target is being made and the arm holds for it.</summary>
    public bool Planning => Phase is ReachPhase.Steering or ReachPhase.Following && !_controller.Ready;

    /// <summary>The newest measured distance from the present target, m; NaN while nothing is measured.</summary>
    public double TipError => _measurement.Newest is { } tip ? (tip.Position - Target.Position).Length : double.NaN;

    /// <summary>How long the computing of each period took.</summary>
    public ControlTimes Times { get; } = new();

    /// <summary>Takes a target and starts towards it, from the next <see cref="Step"/> on. If it is out of reach the arm stays where it
    /// is.</summary>
    /// <exception cref="ArgumentException">The target is not finite; nothing changes.</exception>
    public void GoTo(in Pose target)
    {
        Begin(target);
        Phase = ReachPhase.Steering;
    }

    private void Begin(in Pose target)
    {
        _session.Arm.StrokesToInputs(_strokes, _inputs);
        _controller.Begin(target, _inputs, _measurement.Newest);
        Target = target;
        (_seconds, _solveSeconds, _outsideUntil, _fine, _holding) = (0, 0, 0, false, false);
        _strokes.CopyTo(_from, 0);
        _measurement.Restart();
        _polish.Restart();
        _around?.Restart();
        _postures = 0;
    }

    /// <summary>One period: waits for the deadline, sends a frame, and tells when the arm has come to rest at its target.</summary>
    /// <returns>How that went; null while it is under way, or follows.</returns>
    /// <exception cref="UnreachableTargetException">The controller found no posture for the target; the arm holds where it is.</exception>
    /// <exception cref="InvalidDataException">The controller's model predicts nonsense; likewise.</exception>
    /// <exception cref="BoardException">A board is not armed any more: the others hold and go safe.</exception>
    public ReachOutcome? Step()
    {
        double start = ProcessorTime.OfThread;
        ReachOutcome? outcome = Control();
        _motion.Step(_period, _strokes);
        _session.SetStrokes(_strokes);
        double seconds = ProcessorTime.OfThread - start;
        Times.Add(seconds);
        _solveSeconds += seconds;
        long executeAt = _session.Stream.ExecutionTime;
        _session.Stream.Step();
        _measurement.Sent(executeAt, _strokes);
        _session.ThrowIfDisarmed();
        _seconds += _period;
        return outcome;
    }

    /// <summary>What a period's measurement and computing come to.</summary>
    private ReachOutcome? Control()
    {
        if (Phase == ReachPhase.Idle)
        {
            return null;
        }

        bool isMeasured = _measurement.TryTake(_seconds, out Pose tip, out double doubt);
        if (isMeasured)
        {
            _session.Kept?.Body?.Take(_measurement.Strokes, tip.Position, doubt, _measurement.Stands);
        }

        if (isMeasured && !((tip.Position - Target.Position).Length <= ReachOutcome.Tolerance))
        {
            _outsideUntil = _seconds;
        }

        if (Phase is ReachPhase.Steering or ReachPhase.Following)
        {
            return Steer(isMeasured, tip, doubt);
        }

        // Nothing moves by the controller now; it may prepare.
        _controller.Work(_share.Next());
        if (isMeasured)
        {
            return Polish(tip);
        }

        return _seconds <= MostSeconds + MostSecondsUnmeasured ? null : Outcome(null);
    }

    private ReachOutcome? Steer(bool isMeasured, in Pose tip, double doubt)
    {
        _controller.Work(_share.Next());
        // Among obstacles nothing moves before the plan is whole and a way to it is known; over a bare table a plan is followed while it is
        // made, as far as the guard lets it.
        if (!_controller.Ready && (!_controller.Plan.Reachable || _session.Kept is { Scene.Obstacles.Length: > 0 }))
        {
            return null;
        }

        if (!_controller.Plan.Reachable)
        {
            throw Refusal(_controller.Plan);
        }

        if (isMeasured && _controller.Ready && (!_holding || _measurement.AtRest))
        {
            _holding = false;
            _controller.Observe(_measurement.Strokes, tip, doubt, _measurement.Timing);
            double fine = _controller.Orientation ? FineWithTurn : FineResidual;
            _fine = _controller.Residual <= Math.Max(fine, NoiseToResidual * _measurement.Noise);
        }

        // What is left may be a matter of counts: then the goal stays until that is measured at rest.
        if (Phase == ReachPhase.Following || !(_fine || _holding))
        {
            SteerToGoal();
        }

        if (Phase == ReachPhase.Following)
        {
            return null;
        }

        if (!_measurement.Exists)
        {
            // At rest where it is held, and not from before the target.
            return (_holding && _measurement.AtRest) || _seconds > MostSeconds ? Outcome(null) : null;
        }

        if ((_fine && _measurement.AtRest) || _seconds > MostSeconds)
        {
            Phase = ReachPhase.Polishing;
        }

        return null;
    }

    /// <summary>Heads for the controller's goal; near it, for whole counts.</summary>
    private void SteerToGoal()
    {
        _session.Arm.InputsToStrokes(_controller.Goal, _wanted);
        if (!HeadFor(_wanted) || _motion.Remaining > RoundedFrom)
        {
            return;
        }

        _polish.Round(_wanted);
        _motion.MoveTo(_polish.Counts);
        _holding = Phase == ReachPhase.Steering;
    }

    private ReachOutcome? Polish(in Pose tip)
    {
        if (!_measurement.AtRest)
        {
            if (_seconds > MostSeconds)
            {
                // A guard whose body a network places may lead it to and fro before its counts for ever: it stays where it is now.
                _motion.MoveTo(_strokes);
            }

            return null;
        }

        switch (_polish.Take(tip, Target, _measurement.Noise, _fine, _seconds < MostSeconds, out Pose mean))
        {
            case PolishStep.Move:
                _motion.MoveTo(_polish.Counts);
                _measurement.WillMove();
                return null;
            case PolishStep.Steer:
                (Phase, _fine) = (ReachPhase.Steering, false);
                return null;
            case PolishStep.Stay:
                return Outcome(mean);
            default:
                return null;
        }
    }

    private ReachOutcome Outcome(Pose? tip)
    {
        Phase = ReachPhase.Idle;
        double distance = tip is { } there ? (there.Position - Target.Position).Length : double.NaN;
        double angle = tip is { } turned ? Quat.Angle(turned.Orientation, Target.Orientation) : double.NaN;
        return new ReachOutcome(Target, tip, _controller.Plan, distance, angle, _polish.NearestRoundingError(), _polish.Corrections,
            _seconds, _solveSeconds, _motion.SecondsBetween(_from, _strokes), tip == null ? double.NaN : _outsideUntil,
            _controller.Orientation)
        { Fallback = _controller.Fallback };
    }
}
