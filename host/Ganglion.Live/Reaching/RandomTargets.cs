using Ganglion.Arm.Avoidance;
using Ganglion.Arm.Control;
using Ganglion.Arm.Learning;
using Ganglion.Bridge.Session;

namespace Ganglion.Live.Reaching;

/// <summary>One reachable random target after another, and how the arm fared with them.</summary>
public sealed class RandomTargets
{
    /// <summary>Postures by which the quantisation limit is stated.</summary>
    private const int LimitPostures = 2000;

    private const double FastPwm = 333;

    private const double ProgressPeriod = 0.04;

    private readonly ArmSession _session;
    private readonly ReachRunOptions _options;
    private readonly Action<ReachProgress> _progress;
    private readonly PoseSampler _sampler;
    private readonly Distribution _tip = new(), _angle = new(), _rounding = new(), _motion = new();
    private readonly QuantisationLimit _limit, _fast;
    private readonly double[] _inputs;
    private readonly BodyClearance? _body;
    private long _start;
    private double _nextProgress;
    private int _refused, _tried, _reached, _missed, _target;
    private ReachOutcome? _outcome;
    private UnreachableTargetException? _refusal;

    /// <param name="session">Of the arm.</param>
    /// <param name="options">How long.</param>
    /// <param name="progress">Is told how it goes.</param>
    public RandomTargets(ArmSession session, ReachRunOptions options, Action<ReachProgress> progress)
    {
        (_session, _options, _progress) = (session, options, progress);
        _limit = QuantisationLimit.Measure(session.Arm, session.Robot, ReachRun.PwmFrequency(session.Robot), options.Seed, LimitPostures);
        _fast = QuantisationLimit.Measure(session.Arm, session.Robot, FastPwm, options.Seed, LimitPostures);
        _sampler = new PoseSampler(session.Arm, options.Seed);
        _inputs = new double[session.Arm.InputCount];
        _body = session.Kept?.NewBody();
    }

    /// <summary>The time is used up: no new target is taken.</summary>
    public bool IsTimeUp => Seconds >= _options.Seconds;

    private double Seconds => (_session.Clock.NowNanoseconds - _start) * 1e-9;

    /// <summary>The arm is armed: the time counts from now on.</summary>
    public void Begin() => _start = _session.Clock.NowNanoseconds;

    /// <summary>One period; the next target is taken when the last has come to its end.</summary>
    /// <param name="loop">At rest, or under way to a target that it was given here.</param>
    /// <returns>False: time or targets are used up, and nothing was done.</returns>
    /// <exception cref="BoardException">A board went safe or was lost.</exception>
    public bool Step(ReachLoop loop)
    {
        if (!loop.UnderWay)
        {
            if (IsTimeUp || _tried + _refused >= _options.MaxTargets)
            {
                return false;
            }

            Draw();
            loop.GoTo(_session.Arm.Forward(_inputs));
        }

        (_outcome, _refusal, _target) = (null, null, _tried + _refused + 1);
        try
        {
            _outcome = loop.Step();
            if (_outcome != null)
            {
                Take(_outcome);
            }
        }
        catch (UnreachableTargetException unreachable)
        {
            // All targets are poses of the arm: this one says something of the controller, and the next may be found.
            _refusal = unreachable;
            _refused++;
        }

        return true;
    }

    /// <summary>Tells how the last step went, if it is time for that.</summary>
    public void Tell(ReachLoop loop)
    {
        double seconds = Seconds;
        if (_outcome != null || _refusal != null || seconds >= _nextProgress)
        {
            _progress(new ReachProgress(seconds, _target, loop.TipError, _outcome, _refusal, _session.Stream.GetStatistics()));
            _nextProgress = seconds + ProgressPeriod;
            (_outcome, _refusal) = (null, null);
        }
    }

    /// <summary>What it came to.</summary>
    /// <param name="stream">How the stream went.</param>
    /// <param name="times">How long the computing of each period took.</param>
    public ReachRunResult Result(StreamStatistics stream, ControlTimes times) => new(_tried, _reached, _missed, _refused, _tip.Spread,
        _angle.Spread, _rounding.Spread, _motion.Spread, _limit, _fast, stream, times);

    /// <summary>A posture that touches nothing: its pose can be reached.</summary>
    private void Draw()
    {
        do
        {
            _sampler.Sample(_inputs);
            _body?.PlaceInputs(_inputs);
        }
        while (_body != null && _body.Slack(ClearPassage.Horizon) < _session.Kept!.Goal);
    }

    private void Take(ReachOutcome outcome)
    {
        _tried++;
        _reached += outcome.Reached ? 1 : 0;
        _missed += outcome.Measured != null && !outcome.Reached ? 1 : 0;
        _tip.Add(outcome.TipError);
        _angle.Add(outcome.AngleError);
        _rounding.Add(outcome.NearestRoundingError);
        _motion.Add(outcome.MotionSeconds);
    }
}
