using Ganglion.VirtualBoard.Chips;
using Ganglion.VirtualBoard.Faults;

namespace Ganglion.VirtualBoard.Bodies;

/// <summary>What a servo can do. It turns 180 degrees for pulses from 500 to 2500 us, as hobby servos do.</summary>
/// <param name="SecondsPer60Degrees">Its speed limit as catalogues give it, s.</param>
/// <param name="DeadbandSeconds">A change of pulse below this is ignored, s.</param>
/// <param name="BacklashDegrees">Play between motor and output.</param>
/// <param name="Steps">Positions over 180 degrees that its controller tells apart; 0: any.</param>
public sealed record ServoModel(double SecondsPer60Degrees, double DeadbandSeconds, double BacklashDegrees, int Steps)
{
    /// <summary>Degrees of turn for a second of pulse length.</summary>
    public const double DegreesPerSecond = 180 / 2000e-6;

    /// <summary>Limited in speed only: 60 degrees in 0.12 s (SG90, the slower figure).</summary>
    public static ServoModel Exact { get; } = new(0.12, 0, 0, 0);

    /// <summary>A metal-gear hobby servo (MG996R): 60 degrees in 0.17 s, 5 us of deadband, half a degree of play, 10 bits.</summary>
    public static ServoModel Hobby { get; } = new(0.17, 5e-6, 0.5, 1024);
}

/// <summary>
/// A servo on a PWM output that moves something over a travel of 0..1: its motor runs at its speed limit to the target that the pulse
/// tells, its output follows with play, and without pulses it stays where it is. Between two changes of target its motion is a straight
/// ramp, so that its position does not depend on when it is looked at.
/// </summary>
public sealed class Servo : IPulseInput
{
    private readonly Func<double, double> _positionOf;
    private readonly double _speed;
    private readonly double _deadband;
    private readonly double _backlash;
    private readonly double _step;
    private double _target;
    private bool _powered;
    private double _startMotor; // the present ramp: where and when it began
    private long _startNs;
    private FaultWindow _stalled;
    private double _nextPulse;
    private long _nextFrom = long.MaxValue;

    /// <param name="model">What it can do.</param>
    /// <param name="pulseRange">Difference of the pulses at the ends of the travel, s; above 0.</param>
    /// <param name="positionOf">Travel that a pulse length (s) stands for.</param>
    /// <param name="start">Where it stands before the first pulse, 0..1.</param>
    public Servo(ServoModel model, double pulseRange, Func<double, double> positionOf, double start)
    {
        double degrees = pulseRange * ServoModel.DegreesPerSecond;
        _positionOf = positionOf;
        _speed = 60 / model.SecondsPer60Degrees / degrees;
        _deadband = model.DeadbandSeconds / pulseRange;
        _backlash = model.BacklashDegrees / degrees;
        _step = model.Steps == 0 ? 0 : 180.0 / model.Steps / degrees;
        _startMotor = start;
        _target = start;
        Position = start;
    }

    /// <summary>Position of the output when it was last looked at, 0..1.</summary>
    public double Position { get; private set; }

    /// <summary>Whether it gets pulses, as of the last look.</summary>
    public bool Powered => _powered;

    /// <summary>Blocks its motor for a while, from now on.</summary>
    public void Stall(FaultWindow window)
    {
        PositionAt(window.FromNs);
        BeginRamp(window.FromNs);
        _stalled = window;
    }

    /// <summary>Position of the output at <paramref name="ns"/>, not before the last change or look, 0..1.</summary>
    public double PositionAt(long ns)
    {
        if (_nextFrom <= ns)
        {
            Follow(_nextFrom);
            BeginRamp(_nextFrom);
            _nextFrom = long.MaxValue;
            TakePulse(_nextPulse);
        }

        Follow(ns);
        return Position;
    }

    public void PulseChanged(double seconds, long fromNs)
    {
        if (_nextFrom <= fromNs)
        {
            PositionAt(_nextFrom);
        }

        _nextPulse = seconds;
        _nextFrom = fromNs;
    }

    private void TakePulse(double seconds)
    {
        _powered = seconds > 0;
        if (!_powered)
        {
            return;
        }

        double target = Math.Clamp(_positionOf(seconds), 0, 1);
        if (_step > 0)
        {
            target = Math.Round(target / _step) * _step;
        }

        if (Math.Abs(target - _target) >= _deadband)
        {
            _target = target;
        }
    }

    private void BeginRamp(long ns)
    {
        _startMotor = MotorAt(ns);
        _startNs = ns;
    }

    private double MotorAt(long ns)
    {
        if (!_powered || ns <= _startNs)
        {
            return _startMotor;
        }

        long stalled = Math.Max(0, Math.Min(ns, _stalled.UntilNs) - Math.Max(_startNs, _stalled.FromNs));
        double reach = _speed * ((ns - _startNs - stalled) * 1e-9);
        return _startMotor + Math.Clamp(_target - _startMotor, -reach, reach);
    }

    /// <summary>The output is dragged along by the motor within its play.</summary>
    private void Follow(long ns)
    {
        double motor = MotorAt(ns);
        Position = Math.Clamp(Position, motor - _backlash / 2, motor + _backlash / 2);
    }
}
