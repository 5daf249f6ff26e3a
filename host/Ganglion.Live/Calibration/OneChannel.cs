using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Live.OwnMotion;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;

namespace Ganglion.Live.Calibration;

/// <summary>
/// One board with a single channel on. It starts where it is said to stand and moves towards a goal at a bounded speed, which the board's
/// own slew bound holds too; all other outputs are off, and so is this one in the end, however that comes.
/// </summary>
internal sealed class OneChannel
{
    /// <summary>From one setpoint to the next, s.</summary>
    public const double Period = 0.02;

    private readonly BoardSession _board;
    private readonly BoardPlay _play;
    private readonly BoardGroup _group;
    private readonly BoardConfiguration _configuration;
    private readonly PulseRounding? _rounding;
    private readonly double _countTime;
    private readonly CancellationToken _atOnce;
    private SetpointStream? _stream;
    private double _value;

    private OneChannel(BoardSession board, IClock clock, EndRequest end, BoardConfiguration configuration, double low, double high,
        double fine)
    {
        (_board, _configuration, _atOnce) = (board, configuration, end.AtOnce);
        _play = new BoardPlay(board, clock, end);
        _group = new BoardGroup(clock, board);
        (Low, High, Fine) = (low, high, fine);
        _value = configuration.Channels[0].Park;
    }

    private OneChannel(BoardSession board, IClock clock, EndRequest end, BoardConfiguration configuration, ServoChannel wide, Pca9685 chip)
        : this(board, clock, end, configuration, wide.PulseMin * 1e6, wide.PulseMax * 1e6, chip.CountTime * 1e6) =>
        (_rounding, _countTime) = (new PulseRounding(wide, chip), chip.CountTime * 1e6);

    /// <summary>Least and most that can be asked for: us of pulse, or kPa.</summary>
    public double Low { get; }

    public double High { get; }

    /// <summary>The chip's smallest step, same unit.</summary>
    public double Fine { get; }

    /// <summary>What the channel is told, same unit: of a servo the pulse that its chip makes of it.</summary>
    public double Position => _rounding == null ? Low + _value * (High - Low) : _rounding.Counts(_value) * _countTime;

    public CalibrationMoment Moment => new(Position, Low, High, Fine);

    /// <summary>An output of a PCA9685 with the widest pulses that are asked for.</summary>
    /// <param name="board">Connected, idle.</param>
    /// <param name="clock">The session's clock.</param>
    /// <param name="end">How a person ends it.</param>
    /// <param name="robot">Has the board.</param>
    /// <param name="output">Which output of which chip, and where it starts; its pulses are the range, us within 1/8.</param>
    /// <param name="index">The board's index.</param>
    /// <param name="start">Pulse with which it is switched on, us.</param>
    /// <param name="speed">Largest speed, us of pulse a second.</param>
    public static OneChannel Pulses(BoardSession board, IClock clock, EndRequest end, RobotDescription robot, int index,
        ServoChannel output, double start, double speed)
    {
        double span = (output.PulseMax - output.PulseMin) * 1e6;
        var channel = new ChannelConfiguration
        {
            Chip = output.Chip,
            Output = output.Output,
            PulseMin = output.PulseMin,
            PulseMax = output.PulseMax,
            Slew = speed / span,
            Park = Math.Clamp((start - output.PulseMin * 1e6) / span, 0, 1),
            OnSafe = (byte)OnSafe.Release,
            Name = output.Name,
        };
        return new OneChannel(board, clock, end, RobotConfiguration.Of(robot, index) with { Channels = [channel] }, output,
            (Pca9685)robot.Boards[index].Chips[output.Chip]);
    }

    /// <summary>A valve, told what to give without its pressure loop.</summary>
    /// <param name="board">Connected, idle.</param>
    /// <param name="clock">The session's clock.</param>
    /// <param name="end">How a person ends it.</param>
    /// <param name="robot">Has the board.</param>
    /// <param name="valve">Which valve; it starts at its lower limit.</param>
    /// <param name="speed">Largest speed, kPa/s.</param>
    public static OneChannel Valve(BoardSession board, IClock clock, EndRequest end, RobotDescription robot, PressureChannel valve,
        double speed)
    {
        var channel = new ChannelConfiguration
        {
            Chip = valve.Chip,
            Output = valve.Output,
            PulseMin = 0,
            PulseMax = Mcp4728.MaxCode,
            High = valve.LimitMax,
            Slew = speed / valve.FullScale,
            Park = 0,
            OnSafe = (byte)OnSafe.Release,
            Name = valve.Name,
        };
        return new OneChannel(board, clock, end, RobotConfiguration.Of(robot, valve.Board) with { Channels = [channel] }, 0,
            valve.FullScale, valve.FullScale / Mcp4728.MaxCode);
    }

    /// <summary>Switches the output on, works, and switches it off.</summary>
    /// <exception cref="BoardException">The board refuses or stops; it is disarmed, or safe.</exception>
    /// <exception cref="OperationCanceledException">Ended; it is disarmed.</exception>
    public T Use<T>(Func<T> work)
    {
        _board.Await(_board.Configure(_configuration), _atOnce);
        return _play.Armed(() =>
        {
            _stream = new SetpointStream(_group, TimeSpan.FromSeconds(Period));
            _stream.Set(0, 0, _value);
            _stream.Start(_atOnce);
            return work();
        }, stop: null);
    }

    /// <summary>Goes on for a period, towards a goal.</summary>
    /// <param name="goal">In the unit of <see cref="Low"/>; NaN: it stays.</param>
    public void Step(double goal)
    {
        if (!double.IsNaN(goal))
        {
            ChannelConfiguration channel = _configuration.Channels[0];
            double wanted = Math.Clamp((goal - Low) / (High - Low), channel.Low, channel.High);
            double most = channel.Slew * Period;
            _value += Math.Clamp(wanted - _value, -most, most);
            _stream!.Set(0, 0, _value);
        }

        _stream!.Step();
        _play.ThrowIfStopped("Nothing was written.");
    }

    /// <summary>Stays where it is for a time.</summary>
    /// <param name="seconds">s.</param>
    public void Rest(double seconds)
    {
        for (double passed = 0; passed < seconds; passed += Period)
        {
            Step(double.NaN);
        }
    }
}
