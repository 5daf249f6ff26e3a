using Ganglion.VirtualBoard.Chips;
using Ganglion.VirtualBoard.Faults;

namespace Ganglion.VirtualBoard.Bodies;

/// <summary>What a servo can do. Positions are fractions of its travel, 0..1.</summary>
/// <param name="SpeedPerSecond">Highest speed, travel/s.</param>
/// <param name="Deadband">A new target nearer to the old one than this is ignored, travel.</param>
/// <param name="Backlash">Play between motor and output, travel.</param>
/// <param name="Steps">Positions over its travel that its controller tells apart; 0: any.</param>
public sealed record ServoModel(double SpeedPerSecond, double Deadband, double Backlash, int Steps)
{
    /// <summary>Limited in speed only: 60 degrees in 0.10 s, 180 degrees of travel (SG90).</summary>
    public static ServoModel Exact { get; } = new(60 / 0.10 / 180, 0, 0, 0);

    /// <summary>A metal-gear hobby servo: 60 degrees in 0.17 s of 180 (MG996R), 5 us of deadband in 2000, half a degree of play, 10 bits.</summary>
    public static ServoModel Hobby { get; } = new(60 / 0.17 / 180, 5.0 / 2000, 0.5 / 180, 1024);
}

/// <summary>
/// A servo on a PWM output: its motor runs at its speed limit to the target that the pulse tells, its output follows with
/// play, and without pulses it stays where it is. Advances only when it is looked at, exactly: between two changes of
/// target its motion is a straight ramp.
/// </summary>
public sealed class Servo : IPulseInput
{
    private readonly ServoModel _model;
    private readonly Func<double, double> _positionOf;
    private double _motor;
    private double _target;
    private bool _powered;
    private long _time;
    private double _nextPulse;
    private long _nextFrom = long.MaxValue;

    /// <param name="model">What it can do.</param>
    /// <param name="positionOf">Travel that a pulse length (s) stands for.</param>
    /// <param name="start">Where it stands before the first pulse, 0..1.</param>
    public Servo(ServoModel model, Func<double, double> positionOf, double start)
    {
        _model = model;
        _positionOf = positionOf;
        _motor = start;
        _target = start;
        Position = start;
    }

    /// <summary>Position of the output when it was last looked at, 0..1.</summary>
    public double Position { get; private set; }

    /// <summary>Whether it gets pulses, as of the last look.</summary>
    public bool Powered => _powered;

    /// <summary>When its motor is blocked.</summary>
    public FaultWindow StalledWindow { get; set; }

    /// <summary>Position of the output at <paramref name="ns"/>, not before the last change or look, 0..1.</summary>
    public double PositionAt(long ns)
    {
        if (_nextFrom <= ns)
        {
            Run(_nextFrom);
            _nextFrom = long.MaxValue;
            TakePulse(_nextPulse);
        }

        Run(ns);
        return Position;
    }

    public void PulseChanged(double seconds, long fromNs)
    {
        if (_nextFrom <= fromNs)
            PositionAt(_nextFrom);

        _nextPulse = seconds;
        _nextFrom = fromNs;
    }

    private void TakePulse(double seconds)
    {
        _powered = seconds > 0;
        if (!_powered)
            return;

        double target = Math.Clamp(_positionOf(seconds), 0, 1);
        if (_model.Steps > 0)
            target = Math.Round(target * _model.Steps) / _model.Steps;

        if (Math.Abs(target - _target) >= _model.Deadband)
            _target = target;
    }

    private void Run(long ns)
    {
        if (ns <= _time)
            return;

        long stalled = Math.Max(0, Math.Min(ns, StalledWindow.UntilNs) - Math.Max(_time, StalledWindow.FromNs));
        double seconds = (ns - _time - stalled) * 1e-9;
        _time = ns;
        if (!_powered)
            return;

        double reach = _model.SpeedPerSecond * seconds;
        _motor += Math.Clamp(_target - _motor, -reach, reach);
        Position = Math.Clamp(Position, _motor - _model.Backlash / 2, _motor + _model.Backlash / 2);
    }
}
