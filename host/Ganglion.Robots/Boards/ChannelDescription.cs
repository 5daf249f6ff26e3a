using Ganglion.Robots.Robot;
namespace Ganglion.Robots.Boards;

/// <summary>What a channel does when its board goes to the safe state.</summary>
public enum OnSafe
{
    /// <summary>No drive: a servo's pulses stop and it goes limp, a valve's voltage falls to 0 and it vents.</summary>
    Release,

    /// <summary>Keep the last pulse or voltage.</summary>
    Hold,

    /// <summary>Move to the park position.</summary>
    Park,
}

/// <summary>One actuated output of a board: a <see cref="ServoChannel"/> or a <see cref="PressureChannel"/>. Its value is a
/// fraction of what the output can do, 0..1.</summary>
/// <param name="Board">Index into <see cref="RobotDescription.Boards"/>.</param>
/// <param name="Chip">Index into <see cref="BoardDescription.Chips"/>.</param>
/// <param name="Output">Output of the chip, from 0.</param>
/// <param name="LimitMin">Smallest value allowed, 0..1.</param>
/// <param name="LimitMax">Largest value allowed, above <paramref name="LimitMin"/>, at most 1.</param>
/// <param name="Slew">Bound on the speed of the value, 1/s.</param>
/// <param name="Park">Value to park at, within the limits.</param>
/// <param name="OnSafe">What happens in the safe state.</param>
/// <param name="Name">For people: what the channel moves; empty if nobody named it.</param>
public abstract record ChannelDescription(
    int Board, int Chip, int Output, double LimitMin, double LimitMax, double Slew, double Park, OnSafe OnSafe, string Name);

/// <summary>
/// A servo on a PCA9685, with its calibration. The value is a fraction of its travel; its pulse is
/// pulse = (min + max)/2 + direction (value - 1/2) (max - min) + offset.
/// </summary>
/// <param name="PulseMin">Pulse at one end of the travel, s.</param>
/// <param name="PulseMax">Pulse at the other end, s; larger than <paramref name="PulseMin"/>.</param>
/// <param name="Direction">1: value 0 is at PulseMin; -1: value 0 is at PulseMax.</param>
/// <param name="Offset">Added to every pulse, s.</param>
/// <inheritdoc cref="ChannelDescription"/>
public sealed record ServoChannel(
    int Board,
    int Chip,
    int Output,
    double PulseMin,
    double PulseMax,
    int Direction,
    double Offset,
    double LimitMin,
    double LimitMax,
    double Slew,
    double Park,
    OnSafe OnSafe,
    string Name = "") : ChannelDescription(Board, Chip, Output, LimitMin, LimitMax, Slew, Park, OnSafe, Name)
{
    /// <summary>Pulse width for a value, s. The value is not limited here: the board does that.</summary>
    public double PulseOf(double value) => (PulseMin + PulseMax) / 2 + Direction * (value - 0.5) * (PulseMax - PulseMin) + Offset;

    /// <summary>The value that a pulse of the given width (s) stands for: the inverse of <see cref="PulseOf"/>.</summary>
    public double ValueOf(double pulse) => 0.5 + Direction * (pulse - Offset - (PulseMin + PulseMax) / 2) / (PulseMax - PulseMin);
}

/// <summary>A proportional pressure valve on an MCP4728. The value is a fraction of the valve's full pressure.</summary>
/// <param name="FullScale">Pressure at value 1, kPa.</param>
/// <param name="Sensor">What measures its chamber, with which its board makes the pressure; null: the valve is trusted.</param>
/// <inheritdoc cref="ChannelDescription"/>
public sealed record PressureChannel(
    int Board,
    int Chip,
    int Output,
    double FullScale,
    double LimitMin,
    double LimitMax,
    double Slew,
    double Park,
    OnSafe OnSafe,
    string Name = "",
    PressureSensor? Sensor = null) : ChannelDescription(Board, Chip, Output, LimitMin, LimitMax, Slew, Park, OnSafe, Name)
{
    /// <summary>The pressure at a voltage of its sensor, kPa; NaN without a sensor.</summary>
    public double KpaOf(double volts) => Sensor == null ? double.NaN : Sensor.ShareOf(volts) * FullScale;
}

/// <summary>A sensor that measures what a valve makes, and the pressure loop that its board closes with it.</summary>
/// <param name="Input">The board's number of the analog input: four an ADS1115, in the order of its chips.</param>
/// <param name="ZeroVolts">At 0 kPa, V.</param>
/// <param name="FullVolts">At the valve's full pressure, V; above <paramref name="ZeroVolts"/>.</param>
/// <param name="Lag">Time constant with which the chamber follows the valve, s: 0.005..2.</param>
/// <param name="Integral">How fast an error of the valve is taken out, 1/s: 0..5; 0: not at all.</param>
/// <param name="MostError">Largest error that the board bears for more than a moment, kPa.</param>
public sealed record PressureSensor(int Input, double ZeroVolts, double FullVolts, double Lag, double Integral, double MostError)
{
    /// <summary>Pressure at a voltage, as a share of the valve's full pressure.</summary>
    public double ShareOf(double volts) => (volts - ZeroVolts) / (FullVolts - ZeroVolts);
}
