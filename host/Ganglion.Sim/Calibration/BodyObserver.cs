using System.Globalization;
using Ganglion.Live.Calibration;
using Ganglion.Robots.Boards;
using Ganglion.VirtualBoard.Bodies;
using PwmChip = Ganglion.VirtualBoard.Chips.Pca9685;

namespace Ganglion.Sim.Calibration;

/// <summary>
/// Stands beside a virtual robot in virtual time and answers by what is to be seen of its body: which way something moves, whether it
/// stands still, where it stands; a counter on a chip's output, a gauge on a chamber. It knows nothing else of how the robot is built.
/// </summary>
/// <param name="robot">The body.</param>
public sealed class BodyObserver(VirtualRobot robot) : ICalibrationOperator
{
    /// <summary>Looks until something that was let go has come to rest, and until something that is held counts as stopped: setpoints are
    /// executed 60 ms after they are sent.</summary>
    private const int Rest = 15, Stopped = 12;

    /// <summary>So far back, several times what it went too far, us; what does not move then is stuck.</summary>
    private const double MostBack = 150;

    /// <summary>Motion of this share of a travel is seen.</summary>
    private const double Seen = 1e-6;

    private CalibrationQuestion? _question;
    private double[] _before = [];
    private double _goal, _last, _nearest, _nearestAt;
    private int _quiet;
    private bool _isFine, _isHere;

    /// <summary>Why the last answer was refused; empty: none was.</summary>
    public string Refused { get; private set; } = "";

    public void Ask(CalibrationQuestion question)
    {
        _question = question;
        _before = Positions();
        (_goal, _last, _nearest, _nearestAt) = (question.Try, double.NaN, double.PositiveInfinity, double.NaN);
        (_quiet, _isFine, _isHere) = (0, false, false);
    }

    public OperatorWish Look(CalibrationMoment now)
    {
        switch (_question!.Name)
        {
            case "direction": return Direction(now);
            case "low-end": return End(now, now.Low, now.Fine);
            case "high-end": return End(now, now.High, -now.Fine);
            case "neutral": return Neutral(now);
            case "frequency":
                return OperatorWish.Says(Frequency(_question.Item!).ToString("0.00", CultureInfo.InvariantCulture));
            case "pressure":
                return !IsThere(now) || ++_quiet <= 4 * Rest ? OperatorWish.GoesTo(_goal)
                    : OperatorWish.Says(Gauge(_question.Item!).ToString("0.0", CultureInfo.InvariantCulture));
            default:
                return OperatorWish.Says("yes");
        }
    }

    /// <exception cref="CalibrationException">Always: what is seen is all that it knows, so that it has no other answer.</exception>
    public void Refuse(string why)
    {
        Refused = why;
        throw new CalibrationException($"{_question!.Item?.Id} {_question.Name}: {why}");
    }

    /// <summary>What a person sees of a thing, in words.</summary>
    public string Sight(CalibrationItem item) => item.Kind switch
    {
        CalibrationKind.Servo => string.Create(CultureInfo.InvariantCulture, $"it stands at {100 * Positions()[item.Index]:0.0} % of " +
            $"its travel"),
        CalibrationKind.Pressure => string.Create(CultureInfo.InvariantCulture, $"the gauge shows {Gauge(item):0.0} kPa"),
        CalibrationKind.Imu => "it stands still",
        _ => string.Create(CultureInfo.InvariantCulture, $"a counter at an output shows {Frequency(item):0.00} Hz"),
    };

    private OperatorWish Direction(CalibrationMoment now)
    {
        if (!IsThere(now) || ++_quiet <= Rest)
        {
            return OperatorWish.GoesTo(_goal);
        }

        double[] after = Positions();
        int asked = _question!.Item!.Index;
        for (int channel = 0; channel < after.Length; channel++)
        {
            if (channel != asked && Math.Abs(after[channel] - _before[channel]) > Seen)
            {
                return OperatorWish.Says("other");
            }
        }

        double moved = after[asked] - _before[asked];
        return OperatorWish.Says(Math.Abs(moved) <= Seen ? "still" : moved > 0 ? "up" : "down");
    }

    /// <summary>On until it stands although it is told to move; then back in the smallest steps until it moves.</summary>
    private OperatorWish End(CalibrationMoment now, double far, double back)
    {
        double at = Positions()[_question!.Item!.Index];
        if (!_isFine)
        {
            _quiet = Math.Abs(at - _last) > Seen ? 0 : _quiet + 1;
            _last = at;
            if (_quiet < Stopped && now.Position != far)
            {
                return OperatorWish.GoesTo(far);
            }

            (_isFine, _quiet, _goal, _nearestAt) = (true, 0, now.Position, now.Position);
        }

        if (!IsThere(now) || ++_quiet <= Rest)
        {
            return OperatorWish.GoesTo(_goal);
        }

        if (Math.Abs(at - _last) > Seen || Math.Abs(now.Position - _nearestAt) > MostBack)
        {
            return OperatorWish.Says(CalibrationQuestion.AtHere);
        }

        (_quiet, _goal) = (0, now.Position + back);
        return OperatorWish.GoesTo(_goal);
    }

    /// <summary>Back until it has passed its place; then in the smallest steps to where it is nearest.</summary>
    private OperatorWish Neutral(CalibrationMoment now)
    {
        int channel = _question!.Item!.Index;
        double error = Positions()[channel] - PlaceOf(channel);
        if (!_isFine)
        {
            if (double.IsNaN(_last) || Math.Sign(_last) == Math.Sign(error))
            {
                // It stands at the end of the longer pulses: the way back is that of shorter ones.
                _last = error;
                return OperatorWish.GoesTo(now.Low);
            }

            (_isFine, _quiet, _goal) = (true, 0, now.Position);
        }

        if (!IsThere(now) || ++_quiet <= Rest)
        {
            return OperatorWish.GoesTo(_goal);
        }

        if (_isHere)
        {
            return OperatorWish.Says(CalibrationQuestion.AtHere);
        }

        if (Math.Abs(error) < _nearest)
        {
            (_nearest, _nearestAt, _quiet, _goal) = (Math.Abs(error), now.Position, 0, now.Position + now.Fine);
        }
        else
        {
            (_isHere, _quiet, _goal) = (true, 0, _nearestAt);
        }

        return OperatorWish.GoesTo(_goal);
    }

    private bool IsThere(CalibrationMoment now) => Math.Abs(now.Position - _goal) < 0.75 * now.Fine;

    /// <summary>Where the known place of a channel is on its travel.</summary>
    private double PlaceOf(int channel) =>
        robot.Description.Walker?.Joints.FirstOrDefault(joint => joint.Channel == channel)?.Centre
            ?? robot.Description.Channels[channel].Park;

    /// <summary>Of all channels, shares of their travel; NaN where no servo is.</summary>
    private double[] Positions()
    {
        int[] numbers = new int[robot.Boards.Count];
        return [.. robot.Description.Channels.Select(channel =>
            robot.Boards[channel.Board].Servos.TryGetValue(numbers[channel.Board]++, out Servo? servo)
                ? servo.PositionAt(robot.World.NowNanoseconds) : double.NaN)];
    }

    private double Frequency(CalibrationItem item) => 1 / ((PwmChip)robot.Boards[item.Board].Chips[item.Index]).PeriodSeconds;

    private double Gauge(CalibrationItem item)
    {
        var valve = (PressureChannel)robot.Description.Channels[item.Index];
        return robot.Boards[valve.Board].Pressures[valve.Sensor!.Input].KpaAt(robot.World.NowNanoseconds);
    }
}
