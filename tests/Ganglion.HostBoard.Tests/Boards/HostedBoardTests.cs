using System.Device.Gpio;
using Ganglion.HostBoard.Tests.Bus;
using Ganglion.Shared.Safety;

namespace Ganglion.HostBoard.Tests.Boards;

/// <summary>The firmware on this computer's own bus, in virtual time over virtual chips.</summary>
public sealed class HostedBoardTests
{
    /// <summary>Everything from arming to the end of a stream, transfer by transfer.</summary>
    [Fact]
    public void It_says_on_the_bus_what_the_firmware_on_an_esp32_says()
    {
        string[] esp32 = OnTheBus(here: false), here = OnTheBus(here: true);
        Assert.InRange(esp32.Length, 150 * 6, 150 * 7);
        Assert.Equal(esp32, here);
        Assert.True(here.Distinct().Count() > 300, "the stream did not move the outputs");
    }

    [Fact]
    public void It_runs_a_stream_and_ending_it_switches_every_output_off()
    {
        var gpio = new FakeGpio();
        using var line = new OutputEnableLine(new GpioController(gpio), FakeGpio.Pin);
        using var rig = new BoardRig(here: true, line);
        Assert.Equal(PinMode.InputPullUp, gpio.Mode);
        rig.Arm();
        rig.Stream(50);
        Assert.Equal(BoardState.Running, rig.Host.Telemetry[^1][0]);
        Assert.Equal((PinMode.Output, PinValue.Low), (gpio.Mode, gpio.Level));
        Assert.All(rig.Pwms, chip => Assert.True(chip.PulseSeconds(0) > 0.4e-3));
        Assert.Null(rig.Stop());
        Assert.Equal(PinMode.InputPullUp, gpio.Mode);
        Assert.All(rig.Pwms, chip => Assert.All(Enumerable.Range(0, 16), output => Assert.Equal(0, chip.PulseSeconds(output))));
        Assert.Equal(1, rig.Hosted!.Boots);
    }

    /// <summary>What the firmware cannot know how to handle: outputs off, start anew, idle, as on an ESP32.</summary>
    [Fact]
    public void An_exception_in_it_restarts_it_with_its_outputs_off()
    {
        var gpio = new FakeGpio();
        using var line = new OutputEnableLine(new GpioController(gpio), FakeGpio.Pin);
        using var rig = new BoardRig(here: true, line);
        rig.Arm();
        rig.Stream(20);
        rig.Bus!.Failure = new NotSupportedException("a driver that fails as none should");
        rig.Wait(40);
        rig.Bus.Failure = null;
        rig.Wait(1000);
        Assert.True(rig.Hosted!.Boots > 1);
        Assert.Equal(PinMode.InputPullUp, gpio.Mode);
        Assert.All(rig.Pwms, chip => Assert.Equal(0, chip.PulseSeconds(0)));
        rig.Arm(); // it answers again
    }

    [Fact]
    public void A_chip_that_does_not_acknowledge_off_is_told()
    {
        using var rig = new BoardRig(here: true);
        rig.Arm();
        rig.Stream(20);
        rig.Deafen(rig.Pwms[1].Address);
        Assert.Equal($"no acknowledgement came from 0x{rig.Pwms[1].Address:X2}", rig.Stop());
    }

    /// <summary>A sensor drives nothing: that it fails is no reason to send anybody to the supply of the servos.</summary>
    [Fact]
    public void A_sensor_that_does_not_answer_is_not_told_when_the_outputs_are_off()
    {
        using var rig = new BoardRig(here: true);
        rig.Arm();
        rig.Stream(20);
        rig.Deafen(0x68);
        rig.Wait(200);
        Assert.Null(rig.Stop());
    }

    /// <summary>What the process beside a killed board does: the firmware here stands still in the middle of its stream.</summary>
    [Fact]
    public void What_a_killed_board_left_on_is_switched_off()
    {
        using var rig = new BoardRig(here: true);
        rig.Arm();
        rig.Stream(20);
        Assert.All(rig.Pwms, chip => Assert.NotEqual(0, chip.PulseSeconds(0)));
        Assert.True(LeftBoard.SwitchOff(new SimulatedBus(rig.Wires, new FreeClock())));
        Assert.All(rig.Pwms, chip => Assert.All(Enumerable.Range(0, 16), output => Assert.Equal(0, chip.PulseSeconds(output))));
    }

    [Fact]
    public void A_bus_that_is_not_there_is_told_with_what_to_do()
    {
        IOException missing = Assert.Throws<IOException>(() => HostBuses.Open(new BusPlace.Kernel(4711)));
        Assert.Contains("/dev/i2c-4711", missing.Message);
        Assert.Contains("raspi-config", missing.Message);
        Assert.DoesNotContain('\n', missing.Message);
    }

    private static string[] OnTheBus(bool here)
    {
        using var rig = new BoardRig(here);
        rig.Arm();
        int armed = rig.Log.Count;
        rig.Stream(150);
        return [.. rig.Log.Skip(armed)];
    }
}
