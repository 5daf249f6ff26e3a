using System.Diagnostics;
using Ganglion.Arm.Control;
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
/// <param name="RoundingError">Distance from the target that rounding to whole counts alone leaves at this posture, m.</param>
/// <param name="MotionSeconds">Time under way.</param>
/// <param name="SolveSeconds">Time that the controller computed; processor time of this machine also where the clock is virtual.</param>
public sealed record ReachOutcome(
    Pose Target, Pose? Measured, ControllerResult Solution, double TipError, double AngleError, double RoundingError,
    double MotionSeconds, double SolveSeconds)
{
    /// <summary>What servos and boards may add to the rounding, m.</summary>
    private const double Allowance = 5e-5;

    /// <summary>The tip is where the target is, up to what the pulses' resolution leaves.</summary>
    public bool Reached => TipError <= RoundingError + Allowance;
}

/// <summary>
/// The loop that closes over the boards: target pose, controller, strokes, stream, servos, measured pose. One call of
/// <see cref="Step"/> a period; nothing in it depends on real time.
/// </summary>
public sealed class ReachLoop
{
    /// <summary>After the last setpoint has been executed the servos still run; then the arm is at rest and is measured, s.</summary>
    private const double SettleSeconds = 0.3;

    private readonly ArmSession _session;
    private readonly IArmController _controller;
    private readonly IPoseSource? _poses;
    private readonly StrokeMotion _motion;
    private readonly PulseRounding[] _rounding;
    private readonly double[] _inputs, _goal, _strokes;
    private readonly double _period;
    private Pose _target;
    private ControllerResult _solution;
    private double _solveSeconds, _settled, _roundingError;
    private bool _underWay;

    /// <param name="session">Armed.</param>
    /// <param name="controller">Turns targets into inputs.</param>
    /// <param name="poses">Where the measured pose comes from; null: nowhere, the servos are trusted.</param>
    public ReachLoop(ArmSession session, IArmController controller, IPoseSource? poses)
    {
        _session = session;
        _controller = controller;
        _poses = poses;
        _strokes = session.ParkStrokes();
        _inputs = new double[session.Arm.InputCount];
        _goal = new double[session.Arm.InputCount];
        session.Arm.StrokesToInputs(_strokes, _inputs);
        _rounding = PulseRounding.OfTrunk(session.Robot);
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
    public void GoTo(in Pose target)
    {
        long start = Stopwatch.GetTimestamp();
        ControllerResult solution = _controller.Solve(target, _inputs, _goal);
        _solveSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (!solution.Reachable)
            throw new UnreachableTargetException(target, solution);
        _target = target;
        _solution = solution;
        _goal.CopyTo(_inputs, 0);
        var strokes = new double[_strokes.Length];
        _session.Arm.InputsToStrokes(_inputs, strokes);
        _motion.MoveTo(strokes);
        for (int i = 0; i < strokes.Length; i++)
            strokes[i] = _rounding[i].Rounded(strokes[i]);
        _roundingError = (_session.Arm.ForwardFromStrokes(strokes, new Pose[_session.Arm.Joints]).Position - target.Position).Length;
        _settled = 0;
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
        LongestStep = Math.Max(LongestStep, Stopwatch.GetElapsedTime(start).TotalSeconds + (_motion.Elapsed <= _period ? _solveSeconds : 0));
        _session.Stream.Step();
        foreach (BoardSession board in _session.Boards.Boards)
            if (!board.IsArmed)
                throw new BoardException(board.Name, board.Describe(), "The arm's other boards hold and go safe; nothing moves on.");
        if (!_underWay || !_motion.Arrived)
            return null;
        _settled += _period;
        if (_settled < SettleSeconds)
            return null;
        if (_poses == null)
        {
            _underWay = false;
            return new ReachOutcome(_target, null, _solution, double.NaN, double.NaN, _roundingError, _motion.Duration, _solveSeconds);
        }

        if (!_poses.TryMeasure(out Pose tip))
            return null;
        _underWay = false;
        return new ReachOutcome(
            _target, tip, _solution, (tip.Position - _target.Position).Length, Quat.Angle(tip.Orientation, _target.Orientation), _roundingError,
            _motion.Duration, _solveSeconds);
    }
}

/// <summary>No posture within the limits puts the tip at the target; nothing was moved.</summary>
public sealed class UnreachableTargetException(in Pose target, in ControllerResult best) : IOException(string.Create(
    System.Globalization.CultureInfo.InvariantCulture,
    $"the target ({1000 * target.Position.X:0.0}, {1000 * target.Position.Y:0.0}, {1000 * target.Position.Z:0.0}) mm is out of reach: the nearest posture found is {1000 * best.PositionError:0.00} mm and {best.OrientationError * 180 / Math.PI:0.00} degrees away. The arm holds. Choose a nearer target, or leave the orientation free."));
