extern alias nano;

using System.Device.I2c;
using System.Runtime.InteropServices;
using Ganglion.Bridge.Timing;
using I2cBus = System.Device.I2c.I2cBus;
using I2cTransferStatus = nano::System.Device.I2c.I2cTransferStatus;
using VirtualBus = Ganglion.VirtualBoard.Boards.I2cBus;

namespace Ganglion.HostBoard.Tests.Bus;

/// <summary>A virtual board's bus with its chips, as System.Device.Gpio's I2cBus: what a driver of dotnet/iot, or the firmware on this
/// computer, takes for wires. Failures come as Linux reports them, and each transfer takes its time.</summary>
internal sealed class SimulatedBus(VirtualBus wires, IClock clock) : I2cBus
{
    private const int RemoteIo = 121, TimedOut = 110;

    /// <summary>Thrown out of every transfer instead, where a test asks for what no driver should do.</summary>
    public Exception? Failure { get; set; }

    public override I2cDevice CreateDevice(int deviceAddress) => new Device(this, deviceAddress);

    public override void RemoveDevice(int deviceAddress)
    {
    }

    private void Transfer(int address, ReadOnlySpan<byte> write, Span<byte> read)
    {
        if (Failure != null)
        {
            throw Failure;
        }

        long busy = wires.Plan(address, write.Length, read.Length, clock.NowNanoseconds, out I2cTransferStatus status);
        clock.WaitUntil(clock.NowNanoseconds + busy);
        if (status == I2cTransferStatus.FullTransfer)
        {
            status = wires.Execute(address, write, read, clock.NowNanoseconds, busy);
        }

        if (status != I2cTransferStatus.FullTransfer)
        {
            int error = status == I2cTransferStatus.ClockStretchTimeout ? TimedOut : RemoteIo;
            Marshal.SetLastPInvokeError(error);
            throw new IOException($"Error {error} performing I2C data transfer.");
        }
    }

    private sealed class Device(SimulatedBus bus, int address) : I2cDevice
    {
        public override I2cConnectionSettings ConnectionSettings => new(1, address);

        public override void Read(Span<byte> buffer) => bus.Transfer(address, [], buffer);

        public override void Write(ReadOnlySpan<byte> buffer) => bus.Transfer(address, buffer, []);

        public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer) =>
            bus.Transfer(address, writeBuffer, readBuffer);
    }
}
