using System.Device.I2c;
using System.Runtime.InteropServices;
using Ganglion.VirtualBoard.Chips;
using I2cBus = System.Device.I2c.I2cBus;
using VirtualBus = Ganglion.VirtualBoard.Boards.I2cBus;

namespace Ganglion.HostBoard.Tests.Bus;

/// <summary>Buses behind USB adapters, up to where FTDI's libraries would begin.</summary>
public sealed class UsbBusTests
{
    private readonly VirtualBus _wires = new(1);

    [Theory]
    [InlineData("ft232h", "ft232h", "")]
    [InlineData("FT4222:FT12AB", "ft4222", "FT12AB")]
    public void A_place_is_read(string text, string kind, string serial) =>
        Assert.Equal(new BusPlace.Usb(kind, serial), BusPlace.ParseUsb(text));

    [Theory]
    [InlineData("ft232r")]
    [InlineData("ft232h:")]
    [InlineData("")]
    public void What_is_no_place_is_told_with_what_to_write(string text) =>
        Assert.Contains("give ft232h or ft4222", Assert.Throws<FormatException>(() => BusPlace.ParseUsb(text)).Message);

    [Theory]
    [InlineData("ft232h", "", new string[0], "none is plugged in")]
    [InlineData("ft232h", "", new[] { "A1", "B2" }, "several are plugged in, A1 and B2: write ft232h:SERIAL")]
    [InlineData("ft4222", "C3", new[] { "A1", "" }, "it is not plugged in. There is A1 and one without a serial number")]
    public void Which_adapter_is_meant_has_to_be_clear(string kind, string serial, string[] plugged, string told) =>
        Assert.Contains(told, Assert.Throws<IOException>(() => UsbBuses.Open(new BusPlace.Usb(kind, serial),
            _ => [.. plugged.Select(one => new UsbAdapter(one, () => throw new InvalidOperationException()))])).Message);

    [Theory]
    [InlineData("ft232h", "FTDI's library libftd2xx is not on this computer")]
    [InlineData("ft4222", "FTDI's library libft4222 with libftd2xx is not on this computer")]
    public void A_missing_library_is_told_in_one_sentence(string kind, string told)
    {
        Assert.Contains(told, Assert.Throws<IOException>(() => UsbBuses.Open(new BusPlace.Usb(kind, ""),
            _ => throw new DllNotFoundException())).Message);

        // The bindings themselves, on a computer with FTDI's library or without.
        string here = Assert.Throws<IOException>(() => UsbBuses.Open(new BusPlace.Usb(kind, "no such one"))).Message;
        Assert.True(here.Contains(told, StringComparison.Ordinal) || here.Contains("plugged in", StringComparison.Ordinal), here);
    }

    [Fact]
    public void One_that_the_system_has_is_told_with_what_to_do()
    {
        string told = Assert.Throws<IOException>(() => UsbBuses.Open(new BusPlace.Usb("ft232h", ""), _ => [new UsbAdapter("A1", () =>
            throw new IOException("Failed to open device UM232H, status: DeviceNotOpened"))])).Message;
        Assert.Contains("rmmod ftdi_sio", told);
    }

    /// <summary>The bindings tell of a missing acknowledge in words alone; whatever error code another call left is not one of the
    /// bus.</summary>
    [Fact]
    public void What_does_not_acknowledge_is_not_taken_for_a_bus_that_hangs()
    {
        const int timedOut = 110;
        _wires.Attach(new Pca9685("pwm0", 0x41));
        Marshal.SetLastPInvokeError(timedOut);
        IReadOnlyList<FoundChip> found = BusScan.Of(UsbBuses.Open(new BusPlace.Usb("ft232h", ""),
            _ => [new UsbAdapter("", () => new Wordy(new SimulatedBus(_wires, new FreeClock())))]), "a bus");
        Assert.Equal([(0x41, "PCA9685")], found.Select(chip => (chip.Address, chip.Kind)));
    }

    /// <summary>A bus as the bindings' are: its failures have no error code.</summary>
    private sealed class Wordy(I2cBus bus) : I2cBus
    {
        public override I2cDevice CreateDevice(int deviceAddress) => new Device(bus.CreateDevice(deviceAddress));

        public override void RemoveDevice(int deviceAddress) => bus.RemoveDevice(deviceAddress);

        private sealed class Device(I2cDevice device) : I2cDevice
        {
            public override I2cConnectionSettings ConnectionSettings => device.ConnectionSettings;

            public override void Read(Span<byte> buffer)
            {
                int before = Marshal.GetLastPInvokeError();
                try
                {
                    device.Read(buffer);
                }
                catch (IOException)
                {
                    Marshal.SetLastPInvokeError(before);
                    throw new IOException("Error reading device while setting up address");
                }
            }

            public override void Write(ReadOnlySpan<byte> buffer) => device.Write(buffer);

            public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer) =>
                device.WriteRead(writeBuffer, readBuffer);
        }
    }
}
