using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;
using Ganglion.Shared.Motion;

namespace Ganglion.Robots.Boards;

/// <summary>
/// What a servo channel is really told: the board's own fixed-point map from a value to the counts of its PWM chip, and back
/// to the value that such a pulse stands for. Uses the functions that the firmware uses.
/// </summary>
public sealed class PulseRounding
{
    private readonly ServoChannel _channel;
    private readonly Pca9685 _chip;
    private readonly int _gain, _bias;

    /// <param name="channel">A servo.</param>
    /// <param name="chip">Its chip.</param>
    public PulseRounding(ServoChannel channel, Pca9685 chip)
    {
        _channel = channel;
        _chip = chip;
        int min = (int)Math.Round(channel.PulseMin * 8e6), max = (int)Math.Round(channel.PulseMax * 8e6);
        bool reversed = channel.Direction < 0;
        double countsPerUnit = PulseScale.CountsPerPulseUnit((int)Math.Round(chip.Oscillator / 1000), chip.Prescale);
        _gain = PulseScale.Gain(min, max, reversed, countsPerUnit);
        _bias = PulseScale.Bias(min, max, (int)Math.Round(channel.Offset * 8e6), reversed, countsPerUnit);
    }

    /// <summary>The roundings of all gears of a trunk arm, joint-major.</summary>
    /// <exception cref="ArgumentException">Not a trunk arm.</exception>
    public static PulseRounding[] OfTrunk(RobotDescription robot)
    {
        TrunkArmLayout layout = robot.TrunkArm ?? throw new ArgumentException($"robot '{robot.Name}' is not a trunk arm", nameof(robot));
        return [.. layout.Gears.Select(gear =>
        {
            ServoChannel channel = robot.ServoOf(gear);
            return new PulseRounding(channel, (Pca9685)robot.Boards[gear.Board].Chips[channel.Chip]);
        })];
    }

    /// <summary>Change of the value that one count makes, above 0.</summary>
    public double Step => _chip.CountTime / (_channel.PulseMax - _channel.PulseMin);

    /// <summary>Counts of the pulse for a value.</summary>
    /// <param name="value">Fraction of travel, -2..2.</param>
    public int Counts(double value) =>
        PulseScale.ToCount((int)Math.Clamp(Math.Round(value * FixedPoint.One), short.MinValue, short.MaxValue), _gain, _bias);

    /// <summary>Where the servo goes when it is told <paramref name="value"/>: a rounded pulse can ask for a little more than
    /// the travel, which ends at its stops.</summary>
    public double Rounded(double value) => Math.Clamp(_channel.ValueOf(Counts(value) * _chip.CountTime), 0, 1);
}
