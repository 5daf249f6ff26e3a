using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;

namespace Ganglion.Lab.Bench;

/// <summary>A robot that is nothing but servos on one board: for measuring what a board can do.</summary>
public static class SyntheticBoard
{
    /// <summary>The shipped arms' servos: 169 degrees of pinion turn, see hardware/robots.</summary>
    private const double PulseMin = 561e-6, PulseMax = 2439e-6, Slew = 2.9;

    private const int FirstAddress = 0x40;

    /// <summary>Builds one.</summary>
    /// <param name="channels">Servos, 1..120, filling one PCA9685 after the other.</param>
    /// <param name="busSpeed">Clock of its buses, Hz: 100e3, 400e3 or 1e6.</param>
    /// <param name="buses">1: all drivers on bus 1; 2: the drivers shared out over both buses.</param>
    public static RobotDescription Of(int channels, int busSpeed, int buses = 1)
    {
        int outputs = new Pca9685("", 1, FirstAddress, 50, 25e6).Outputs;
        int chips = (channels + outputs - 1) / outputs;
        var board = new BoardDescription(
            "base", BoardProfile.Esp32Wroom, 921600, Tick: 0.02, HoldTimeout: 0.08, SafeTimeout: 0.4, TelemetryPeriod: 0.1,
            [.. Enumerable.Range(1, buses).Select(bus => new BusDescription(bus, busSpeed))],
            [.. Enumerable.Range(0, chips).Select(chip => (ChipDescription)new Pca9685($"pwm{chip}", 1 + chip % buses, FirstAddress + chip,
                50, 25e6))]);
        return new RobotDescription(
            $"synthetic{channels}", RobotKind.ServoRig, "", [board],
            [.. Enumerable.Range(0, channels).Select(channel => new ServoChannel(
                0, channel / outputs, channel % outputs, PulseMin, PulseMax, 1, 0, 0, 1, Slew, 0.5, OnSafe.Hold))],
            null, null);
    }
}
