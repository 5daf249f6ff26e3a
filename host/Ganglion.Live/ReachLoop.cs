using System.Diagnostics;
using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Bridge;
using Ganglion.Robots;
using Ganglion.Robots.Space;

namespace Ganglion.Live;

/// <summary>How the arm fared with one target.</summary>
/// <param name="Target">Wanted pose.</param>
/// <param name="Measured">Measured pose at rest; null where nothing measures it.</param>
/// <param name="Solution">What the controller expected.</param>
/// <param name="TipError">Measured distance from the target, m; NaN where nothing measures it.</param>
/// <param name="AngleError">Measured angle from the target, rad; NaN likewise.</param>
/// <param name="NearestRoundingError">Distance that rounding every gear to its nearest count would leave at this posture, by the exact model, m.</param>
/// <param name="Corrections">Measurements after which the controller went elsewhere, and ones after which counts were rounded anew.</param>
/// <param name="MotionSeconds">Time under way.</param>
/// <param name="SolveSeconds">Time that the controller computed; processor time of this machine also where the clock is virtual.</param>
public sealed record ReachOutcome(
    Pose Target, Pose? Measured, ControllerResult Solution, double TipError, double AngleError, double NearestRoundingError, int Corrections,
    double MotionSeconds, double SolveSeconds)
{
    /// <summary>How near the tip must be, m.</summary>
    private const double Tolerance = 1e-3;

    /// <summary>The tip is where the target is.</summary>
    public bool Reached => TipError <= Tolerance;
}

/// <summary>
/// The loop that closes over the boards: target pose, controller, strokes, stream, servos, measured pose, and again while the controller learns from it. All
/// gears are rounded to whole counts together. One call of <see cref="Step"/> a period; nothing in it depends on real time.
/// </summary>
public sealed class ReachLoop
{
    /// <summary>After the last setpoint was sent it is executed a lead later, and the servos still run; then the tip is measured for the first time, s.</summary>
    private const double SettleSeconds = 0.3;

    /// <summary>The same after a correction: a lead of 60 ms, a tick, a PWM period, and a short way for the servos, s.</summary>
    private const double CorrectionSettleSeconds = 0.16;

    /// <summary>Nearer than this the controller's steps are finer than a count, and counts are chosen instead, m.</summary>
    private const double FineError = 1.5e-3;

    private const double AngleTolerance = 2 * Math.PI / 180;

    /// <summary>How far rounding may take an input, of its range of 1 or 2.</summary>
    private const double RoundedApart = 0.02;

    /// <summary>An error that is not worth another rounding, m.</summary>
    private const double GoodEnough = 2e-5;

    /// <summary>Corrections by the controller for one target, and roundings after that.</summary>
    private const int MostCorrections = 60, MostRoundings = 12;

    private readonly ArmSession _session;
    private readonly IArmController _controller;
    private readonly IPoseSource? _poses;
    private readonly StrokeMotion _motion;
    private readonly JointRounding _rounding;
    private readonly PulseRounding[] _pulses;
    private readonly double[] _inputs, _goal, _strokes, _wanted, _rounded, _finest, _before;
    private readonly SecantJacobian _jacobian;
    private readonly double _period;
    private Pose _target, _tip;
    private ControllerResult _solution;
    private double _solveSeconds, _settled, _settleTime, _nearestError, _finestError, _seconds, _computing;
    private int _corrections, _roundings;
    private bool _underWay, _last;

    /// <param name="session">Armed.</param>
    /// <param name="controller">Turns targets into inputs.</param>
    /// <param name="poses">Where the measured pose comes from; null: nowhere, the servos are trusted.</param>
    public ReachLoop(ArmSession session, IArmController controller, IPoseSource? poses)
    {
        _session = session;
        _controller = controller;
        _poses = poses;
        _strokes = session.ParkStrokes();
        _wanted = new double[_strokes.Length];
        _rounded = new double[_strokes.Length];
        _finest = new double[_strokes.Length];
        _inputs = new double[session.Arm.InputCount];
        _goal = new double[session.Arm.InputCount];
        _before = new double[session.Arm.InputCount];
        _jacobian = new SecantJacobian(3, session.Arm.InputCount);
        session.Arm.StrokesToInputs(_strokes, _inputs);
        _pulses = PulseRounding.OfTrunk(session.Robot);
        _rounding = new JointRounding(session.Arm, _pulses);
        _motion = new StrokeMotion(session.Slew(), _strokes);
        _period = session.Stream.Period * 1e-9;
    }

    /// <summary>Strokes that the last frame asked for, 0..1.</summary>
    public ReadOnlySpan<double> Strokes => _strokes;

    /// <summary>True while a target is being approached.</summary>
    public bool UnderWay => _underWay;

    /// <summary>The newest measured distance from the present target, m; NaN while nothing is measured.</summary>
    public double TipError => _poses != null && _poses.TryMeasure(out Pose tip) ? (tip.Position - _target.Position).Length : double.NaN;

    /// <summary>Solves for a target and starts towards it. If it is out of reach the arm stays where it is.</summary>
    /// <exception cref="UnreachableTargetException">The controller found no posture for it.</exception>
    /// <exception cref="ArgumentException">The target is not finite.</exception>
    /// <exception cref="InvalidDataException">The controller's model predicts nonsense.</exception>
    public void GoTo(in Pose target)
    {
        long start = Stopwatch.GetTimestamp();
        ControllerResult solution = _controller.Solve(target, _inputs, _goal);
        _solveSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (!solution.Reachable)
            throw new UnreachableTargetException(target, solution);
        _target = target;
        _solution = solution;
        (_corrections, _roundings, _seconds, _last) = (0, 0, 0, false);
        _finestError = double.PositiveInfinity;
        _session.Arm.InputsToStrokes(_goal, _wanted);
        MoveTo(_wanted, SettleSeconds);
        _computing = Stopwatch.GetElapsedTime(start).TotalSeconds;
        _underWay = true;
    }

    /// <summary>Longest computation between two deadlines, solving included, s.</summary>
    public double LongestStep { get; private set; }

    /// <summary>Moves back to park, waits until the last setpoint has been executed, and disarms every board.</summary>
    public void ParkAndDisarm()
    {
        double[] park = _session.ParkStrokes();
        _session.Arm.StrokesToInputs(park, _inputs);
        _motion.MoveTo(park);
        _computing = 0;
        _underWay = false;
        while (!_motion.Arrived)
            Step();
        _session.Boards.PollUntil(_session.Stream.ExecutionTime);
        _session.Boards.Disarm();
    }

    /// <summary>One period: waits for the deadline, sends a frame, and tells when the arm has come to rest at its target.</summary>
    public ReachOutcome? Step()
    {
        long start = Stopwatch.GetTimestamp();
        _motion.Step(_period, _strokes);
        _session.SetStrokes(_strokes);
        LongestStep = Math.Max(LongestStep, Stopwatch.GetElapsedTime(start).TotalSeconds + _computing);
        _computing = 0;
        _session.Stream.Step();
        foreach (BoardSession board in _session.Boards.Boards)
            if (!board.IsArmed)
                throw new BoardException(board.Name, board.Describe(), "The arm's other boards hold and go safe; nothing moves on.");
        _seconds += _period;
        if (!_underWay || !_motion.Arrived)
            return null;
        _settled += _period;
        if (_settled < _settleTime)
            return null;
        if (_poses == null)
        {
            _underWay = false;
            return Outcome(null);
        }

        if (!_poses.TryMeasure(out Pose tip))
            return null;
        start = Stopwatch.GetTimestamp();
        bool goesOn = Correct(tip);
        _computing = Stopwatch.GetElapsedTime(start).TotalSeconds;
        _solveSeconds += _computing;
        if (goesOn)
            return null;
        _underWay = false;
        return Outcome(tip);
    }

    /// <summary>Decides what to do about a pose measured at rest; false: this is where the arm stays.</summary>
    private bool Correct(in Pose tip)
    {
        Vec3 missing = _target.Position - tip.Position;
        double error = missing.Length;
        bool turned = !_controller.Orientation || Quat.Angle(tip.Orientation, _target.Orientation) <= AngleTolerance;
        if (_last || !double.IsFinite(error))
            return false;
        if (_roundings > 0)
            Learn(tip);
        if (error < _finestError)
        {
            _finestError = error;
            _rounded.CopyTo(_finest, 0);
        }

        bool coarse = error > FineError || !turned;
        if (coarse || _roundings == 0)
        {
            bool more = _controller.Improve(At(), tip, _goal);
            if (more && coarse && _corrections < MostCorrections)
            {
                _corrections++;
                _roundings = 0;
                _session.Arm.InputsToStrokes(_goal, _wanted);
                MoveTo(_wanted, CorrectionSettleSeconds);
                return true;
            }
        }

        if (!coarse && error > GoodEnough && _roundings < MostRoundings)
        {
            if (_roundings++ == 0)
                Trust();
            _inputs.CopyTo(_before, 0);
            _tip = tip;
            _rounded.CopyTo(_wanted, 0);
            _rounding.Round(_wanted, _jacobian.Values, [missing.X, missing.Y, missing.Z], _rounded);
            Begin(CorrectionSettleSeconds);
            return true;
        }

        if (error <= _finestError)
            return false;
        // This is not the best that was met: back to that.
        _last = true;
        _finest.CopyTo(_rounded, 0);
        Begin(SettleSeconds);
        return true;
    }

    /// <summary>
    /// The inputs of the rounded strokes, near those that the controller wanted: where a tilt leaves no stretch free, the stretch that counts stand for is
    /// arbitrary, and moves nothing.
    /// </summary>
    private ReadOnlySpan<double> At()
    {
        for (int i = 0; i < _goal.Length; i++)
            _goal[i] = Math.Clamp(_inputs[i], _goal[i] - RoundedApart, _goal[i] + RoundedApart);
        return _goal;
    }

    private void MoveTo(ReadOnlySpan<double> strokes, double settle)
    {
        Trust();
        for (int i = 0; i < strokes.Length; i++)
            _rounded[i] = _pulses[i].Rounded(strokes[i]);
        _nearestError = (_session.Arm.ForwardFromStrokes(_rounded, []).Position - _session.Arm.ForwardFromStrokes(strokes, []).Position).Length;
        _rounding.Round(strokes, _jacobian.Values, [0, 0, 0], _rounded);
        Begin(settle);
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
        Vec3 moved = tip.Position - _tip.Position;
        for (int i = 0; i < _before.Length; i++)
            _before[i] = _inputs[i] - _before[i];
        _jacobian.Update(_before, [moved.X, moved.Y, moved.Z]);
    }

    private void Begin(double settle)
    {
        _motion.MoveTo(_rounded);
        _session.Arm.StrokesToInputs(_rounded, _inputs);
        (_settled, _settleTime) = (0, settle);
    }

    private ReachOutcome Outcome(Pose? tip)
    {
        double distance = tip is { } there ? (there.Position - _target.Position).Length : double.NaN;
        double angle = tip is { } turned ? Quat.Angle(turned.Orientation, _target.Orientation) : double.NaN;
        return new ReachOutcome(_target, tip, _solution, distance, angle, _nearestError, _corrections + _roundings, _seconds, _solveSeconds);
    }
}

/// <summary>No posture within the limits puts the tip at the target; nothing was moved.</summary>
public sealed class UnreachableTargetException(in Pose target, in ControllerResult best) : IOException(string.Create(
    System.Globalization.CultureInfo.InvariantCulture,
    $"the target ({1000 * target.Position.X:0.0}, {1000 * target.Position.Y:0.0}, {1000 * target.Position.Z:0.0}) mm is out of reach: the nearest posture found is {1000 * best.PositionError:0.00} mm and {best.OrientationError * 180 / Math.PI:0.00} degrees away. The arm holds. Choose a nearer target, or leave the orientation free."));
