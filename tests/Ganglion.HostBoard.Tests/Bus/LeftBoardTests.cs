using Ganglion.VirtualBoard.Chips;
using VirtualBus = Ganglion.VirtualBoard.Boards.I2cBus;

namespace Ganglion.HostBoard.Tests.Bus;

/// <summary>What a killed board leaves on is switched off without knowing which chips it had; servos: HostedBoardTests.</summary>
public sealed class LeftBoardTests
{
    private readonly VirtualBus _wires = new(1);
    private readonly List<string> _log = [];

    /// <summary>Somebody wrote a voltage into the EEPROM of a valve's chip: that is what the reset of all chips brings back.</summary>
    [Fact]
    public void Valves_are_left_without_a_voltage_whatever_their_chip_has_stored()
    {
        var valves = new Mcp4728("dac0", 0x63);
        valves.Program(0x8800);
        valves.Write(0x63, [0x0C, 0x00, 0x08, 0x00, 0x04, 0x00, 0x02, 0x00], 0);
        var servos = new Pca9685("pwm0", 0x61); // where an MCP4728 may be too
        _wires.Attach(new RecordingChip(valves, _log));
        _wires.Attach(new RecordingChip(servos, _log));
        Assert.Equal([1.536, 1.024, 0.512, 0.256], Volts(valves));
        Assert.True(LeftBoard.SwitchOff(new SimulatedBus(_wires, new FreeClock())));
        Assert.Equal([0, 0, 0, 0], Volts(valves));
        Assert.DoesNotContain(_log, line => line.StartsWith("61 <", StringComparison.Ordinal));
    }

    [Fact]
    public void A_bus_on_which_nobody_hears_it_is_told() =>
        Assert.False(LeftBoard.SwitchOff(new SimulatedBus(_wires, new FreeClock())));

    private static double[] Volts(Mcp4728 chip) => [.. Enumerable.Range(0, Mcp4728.Channels).Select(chip.Volts)];
}
