extern alias native;

using System.Runtime.InteropServices;
using native::System.Device.I2c;

namespace Ganglion.HostBoard;

/// <summary>A bus behind a USB adapter, whose failures are told as Linux tells those of its own buses: the bindings say in words alone that
/// nobody acknowledged, and leave whatever error code another call left.</summary>
/// <param name="bus">The bindings' own; goes with this.</param>
internal sealed class UsbBus(I2cBus bus) : I2cBus
{
    /// <summary>EREMOTEIO, what Linux's drivers fail with where nobody acknowledged.</summary>
    private const int NoAcknowledge = 121;

    public override I2cDevice CreateDevice(int deviceAddress) => new Device(bus.CreateDevice(deviceAddress));

    public override void RemoveDevice(int deviceAddress) => bus.RemoveDevice(deviceAddress);

    protected override void Dispose(bool disposing)
    {
        bus.Dispose();
        base.Dispose(disposing);
    }

    private sealed class Device(I2cDevice device) : I2cDevice
    {
        public override I2cConnectionSettings ConnectionSettings => device.ConnectionSettings;

        public override void Read(Span<byte> buffer)
        {
            try
            {
                device.Read(buffer);
            }
            catch (IOException)
            {
                Marshal.SetLastPInvokeError(NoAcknowledge);
                throw;
            }
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            try
            {
                device.Write(buffer);
            }
            catch (IOException)
            {
                Marshal.SetLastPInvokeError(NoAcknowledge);
                throw;
            }
        }

        public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
        {
            try
            {
                device.WriteRead(writeBuffer, readBuffer);
            }
            catch (IOException)
            {
                Marshal.SetLastPInvokeError(NoAcknowledge);
                throw;
            }
        }
    }
}
