extern alias native;

using System.Device.I2c;
using System.Runtime.InteropServices;
using I2cBus = native::System.Device.I2c.I2cBus;
using NativeDevice = native::System.Device.I2c.I2cDevice;

namespace Ganglion.HostBoard;

/// <summary>
/// An I2C bus of this computer as the firmware sees one: a transfer that fails says how and does not throw. Its clock is the system's
/// matter (on a Raspberry Pi dtparam=i2c_arm_baudrate), whatever the firmware asks for.
/// </summary>
internal sealed class NativeBus(I2cBus bus)
{
    // What Linux's I2C drivers fail with (Documentation/i2c/fault-codes): nobody acknowledged, with either of two codes; another master or
    // noise won the arbitration; the bus hangs.
    private const int NoAcknowledge = 121, NoSuchAddress = 6, ArbitrationLost = 11, TimedOut = 110;

    private const int Addresses = 128;

    private readonly NativeDevice?[] _devices = new NativeDevice?[Addresses];
    private readonly bool[] _answered = new bool[Addresses];
    private readonly bool[] _deaf = new bool[Addresses];

    /// <summary>Addresses of the chips whose newest transfer since <see cref="Forget"/> failed although they had answered at some
    /// time.</summary>
    public IEnumerable<int> Deaf => Enumerable.Range(0, Addresses).Where(address => _deaf[address]);

    /// <summary>What failed so far is no matter any more.</summary>
    public void Forget() => Array.Clear(_deaf);

    /// <summary>START, address, what is written, repeated START, what is read, STOP. Either part may be empty.</summary>
    public I2cTransferStatus Transfer(int address, ReadOnlySpan<byte> write, Span<byte> read)
    {
        I2cTransferStatus status = Try(address, write, read);
        bool acknowledged = status == I2cTransferStatus.FullTransfer;
        _answered[address] |= acknowledged;
        _deaf[address] = !acknowledged && _answered[address];
        return status;
    }

    private I2cTransferStatus Try(int address, ReadOnlySpan<byte> write, Span<byte> read)
    {
        try
        {
            NativeDevice device = _devices[address] ??= bus.CreateDevice(address);
            if (read.IsEmpty)
            {
                device.Write(write);
            }
            else if (write.IsEmpty)
            {
                device.Read(read);
            }
            else
            {
                device.WriteRead(write, read);
            }

            return I2cTransferStatus.FullTransfer;
        }
        catch (IOException)
        {
            // The library keeps the system's error code in its message only; the call that failed was this thread's last.
            return Marshal.GetLastPInvokeError() switch
            {
                NoAcknowledge or NoSuchAddress => I2cTransferStatus.SlaveAddressNotAcknowledged,
                ArbitrationLost or TimedOut => I2cTransferStatus.ClockStretchTimeout,
                _ => I2cTransferStatus.UnknownError,
            };
        }
    }
}
