using System.Device.I2c;
using Ganglion.Bridge.Timing;
using Ganglion.HostBoard.Tests.Bus;
using Ganglion.VirtualBoard.Chips;
using I2cChip = Ganglion.VirtualBoard.Boards.I2cChip;
using VirtualBus = Ganglion.VirtualBoard.Boards.I2cBus;

namespace Ganglion.HostBoard.Tests.Chips;

/// <summary>One virtual chip on a bus, for a driver of dotnet/iot. Its time is the machine's, since the drivers sleep as on hardware;
/// nothing that is asserted depends on how fast it goes.</summary>
internal static class ChipBench
{
    private static readonly MonotonicClock Clock = new();

    /// <summary>What a driver is given.</summary>
    public static I2cDevice Device(I2cChip chip)
    {
        var wires = new VirtualBus(1);
        wires.Attach(chip);
        return new SimulatedBus(wires, Clock).CreateDevice(chip.Address);
    }
}

/// <summary>A voltage that a test sets.</summary>
internal sealed class Source(double volts) : IVoltageSource
{
    public double Volts { get; set; } = volts;

    public double VoltsAt(long ns) => Volts;
}
