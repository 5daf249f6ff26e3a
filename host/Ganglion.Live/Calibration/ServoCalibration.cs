using System.Globalization;
using Ganglion.Bridge.Session;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Editing;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;

namespace Ganglion.Live.Calibration;

/// <summary>
/// One servo: which way it turns, how far it goes, and where it stands at its known place. One channel is on, starts where the servo is
/// left, and moves while the deadman is held, at <see cref="Speed"/>.
/// </summary>
internal sealed class ServoCalibration
{
    /// <summary>Largest speed of a pulse, us/s: a servo of 180 degrees turns by 18 degrees a second, which a hand follows.</summary>
    public const double Speed = 200;

    /// <summary>How far beyond the described pulses an end may lie, us: a horn sits within half a tooth (of 25 a turn, 80 us), and servos
    /// of one kind differ by some percent.</summary>
    private const double Beyond = 250;

    /// <summary>What a pulse may be at all, us: as in the description.</summary>
    private const double Shortest = 100, Longest = 3000;

    /// <summary>Far enough to see which way it goes, and how far one is asked to go for that, us.</summary>
    private const double Seen = 30, Try = 60;

    /// <summary>The value whose pulse is the same whichever way the servo turns: where it starts.</summary>
    private const double Middle = 0.5;

    /// <summary>A servo that was not where it was said to be is there after this time, s.</summary>
    private const double Settling = 1;

    /// <summary>A range below this is a servo that is stuck, us.</summary>
    private const double LeastRange = 200;

    private const string Up = "up", Down = "down", Still = "still", Other = "other", Yes = "yes";

    private readonly RobotDescription _robot;
    private readonly CalibrationItem _item;
    private readonly ServoChannel _servo;
    private readonly Pca9685 _chip;
    private readonly Dialogue _dialogue;
    private readonly double _place;
    private readonly WalkerJoint? _joint;

    /// <summary>Its ends are wide open and closed, whatever lies between.</summary>
    private readonly bool _isGripper;

    public ServoCalibration(RobotDescription robot, CalibrationItem item, Dialogue dialogue)
    {
        (_robot, _item, _dialogue) = (robot, item, dialogue);
        _servo = (ServoChannel)robot.Channels[item.Index];
        _chip = (Pca9685)robot.Boards[_servo.Board].Chips[_servo.Chip];
        _joint = robot.Walker?.Joints.FirstOrDefault(joint => joint.Channel == item.Index);
        _isGripper = robot.IsGripper(item.Index);
        _place = _joint?.Centre ?? _servo.Park;
    }

    /// <summary>Asks, moves and measures; the channel is off at the end.</summary>
    /// <param name="board">Connected, idle.</param>
    /// <param name="left">Where the servo was left, us of pulse; null: nobody knows.</param>
    /// <param name="axis">Makes the channel of the servo with the widest pulses, and the pulse that it starts with.</param>
    /// <param name="moved">Is told where the servo is left, us, whenever that may be.</param>
    /// <returns>Null: it was left out.</returns>
    /// <exception cref="CalibrationException">The servo does not do what servos do.</exception>
    public MeasuredServo? Run(BoardSession board, double? left, Func<ServoChannel, double, OneChannel> axis, Action<double> moved)
    {
        double low = Eighths(Math.Max(Shortest, (_servo.PulseMin + _servo.Offset) * 1e6 - Beyond));
        double high = Eighths(Math.Min(Math.Min(Longest, (_servo.PulseMax + _servo.Offset) * 1e6 + Beyond),
            (Pca9685.Counts - 1) * _chip.CountTime * 1e6 - 1));
        ServoChannel wide = _servo with { PulseMin = low * 1e-6, PulseMax = high * 1e-6, Direction = 1, Offset = 0 };
        double start = Math.Clamp(left ?? _servo.PulseOf(Middle) * 1e6, low, high);
        CalibrationQuestion ready = Ready(start, left == null ? Centre() : "where it was left");
        if (_dialogue.Ask(ready, board, answer => Dialogue.NoChoice(ready, answer)) == null)
        {
            return null;
        }

        OneChannel channel = axis(wide, start);
        try
        {
            return channel.Use(() => Survey(channel) is { } survey
                ? ServoFit.Of(_item.Index, _servo, survey, _place, channel.Fine, keepScale: _joint != null, _isGripper) : null);
        }
        finally
        {
            moved(channel.Position);
        }
    }

    private ServoSurvey? Survey(OneChannel channel)
    {
        channel.Rest(Settling);
        if (AskDirection(channel) is not { } direction
            || Find(channel, "low-end", $"Move it on with shorter pulses until it does not move any more, then back until it does: that " +
                $"is where it ends (answer {CalibrationQuestion.AtHere}).", pulse => BeyondRange(channel, pulse)) is not { } low
            || Find(channel, "high-end", $"The same with longer pulses (answer {CalibrationQuestion.AtHere} at its end).",
                pulse => BeyondRange(channel, pulse) ?? (pulse - low >= LeastRange ? null
                    : $"Between its ends are {pulse - low:0} us: an end was taken too early, or the servo is stuck.")) is not { } high)
        {
            return null;
        }

        double? neutral = _isGripper ? (low + high) / 2
            : Find(channel, "neutral", $"Move it back to {Known()} (answer {CalibrationQuestion.AtHere}).",
                pulse => pulse > low && pulse < high ? null : $"{pulse:0.0} us is not between its ends, {low:0.0} and {high:0.0} us.");
        return neutral is { } known ? new ServoSurvey(direction, low, known, high) : null;
    }

    private int? AskDirection(OneChannel channel)
    {
        double start = channel.Position;
        var question = new CalibrationQuestion(_item, "direction", $"Move it a little. Did longer pulses move it {Rise()} (up), or the " +
            $"other way (down)? Answer {Still} if nothing moved, {Other} if something else did.", [Up, Down, Still, Other], "us",
            Try: start + Try);
        string? answer = _dialogue.Ask(question, channel, Dialogue.Deciding, answer => Dialogue.NoChoice(question, answer)
            ?? (Math.Abs(channel.Position - start) >= Seen ? null : $"Its pulse has changed by {channel.Position - start:0} us only: " +
                $"move it by {Seen:0} at least."));
        BoardDescription board = _robot.Boards[_servo.Board];
        return answer switch
        {
            null => null,
            Still => throw new CalibrationException($"{_item.Id}: it did not move. Check that its plug is on output {_servo.Output} of " +
                $"{_chip.Id} the right way round, that the servos' supply is on, and that it is not stuck. Nothing was written."),
            Other => throw new CalibrationException($"{_item.Id}: something else moved. Output {_servo.Output} of {_chip.Id} (address " +
                $"0x{_chip.Address:X2} on bus {_chip.Bus} of board {board.Id}) drives another servo than the description says: mend the " +
                "plugs, the chip's address pins or the layout. Nothing was written."),
            _ => answer == Up ? 1 : -1,
        };
    }

    private double? Find(OneChannel channel, string name, string text, Func<double, string?> refusal)
    {
        var question = new CalibrationQuestion(_item, name, text, [CalibrationQuestion.AtHere], "us", Here: true);
        return _dialogue.Ask(question, channel, Dialogue.Deciding,
            answer => Dialogue.NoChoice(question, answer) ?? refusal(channel.Position)) == null ? null : channel.Position;
    }

    private static string? BeyondRange(OneChannel channel, double pulse) =>
        pulse > channel.Low + channel.Fine && pulse < channel.High - channel.Fine ? null
            : string.Create(CultureInfo.InvariantCulture, $"It still moves at {pulse:0} us, which is as far as is tried: write " +
                $"pulse_min_us and pulse_max_us nearer to what the servo can do into the file, and begin again.");

    private CalibrationQuestion Ready(double start, string place) => new(_item, "ready", string.Create(CultureInfo.InvariantCulture,
        $"{_item.Title}: it will be switched on alone, with {start:0} us. It may jump to where that is, since no servo tells where it " +
        $"stands: turn it by hand to {place} before, and keep clear. Answer {Yes} to switch it on."), [Yes]);

    /// <summary>The place whose value is known.</summary>
    private string Known() => _joint is { } joint ? $"angle 0 of {joint.Name}"
        : _robot.TrunkArm != null ? string.Create(CultureInfo.InvariantCulture, $"{100 * _place:0.#} % of its gear's travel")
        : string.Create(CultureInfo.InvariantCulture, $"where it shall stand when parked (value {_place:0.###})");

    /// <summary>The middle of the described travel.</summary>
    private string Centre() => _joint is { } joint
        ? string.Create(CultureInfo.InvariantCulture, $"{joint.AngleOf(Middle) * 180 / Math.PI:0} degrees of {joint.Name}")
        : "the middle of its travel";

    private string Rise() => _joint is { } joint ? $"to {(joint.TravelPerRadian > 0 ? "larger" : "smaller")} angles of {joint.Name}"
        : _isGripper ? "so that its fingers close"
        : _robot.TrunkArm != null ? "so that its gear pushes the module out" : "the way in which a larger value shall move it";

    /// <summary>Pulses go to the board in steps of 1/8 us.</summary>
    private static double Eighths(double us) => Math.Round(us * 8) / 8;
}
