extern alias native;

using System.Device.I2c;
using I2cBus = native::System.Device.I2c.I2cBus;

namespace Ganglion.HostBoard;

/// <summary>Chips whose board ended without a word: killed, or crashed.</summary>
public static class LeftBoard
{
    private const int GeneralCall = 0x00, AllPwm = 0x70;

    /// <summary>The board may have died in the middle of a transfer, which costs the next one.</summary>
    private const int Tries = 3;

    // As firmware/Chips/Bus.cs: every PCA9685 fully off and asleep; then every chip that knows the call as after power-on.
    private static readonly byte[] FullOff = [0xFD, 0x10], Sleep = [0x00, 0x31], Reset = [0x06];

    /// <summary>As firmware/Chips/Mcp4728.cs: 0 V at each output. After power-on it gives the voltages of its EEPROM, which are 0 V only as
    /// delivered.</summary>
    private static readonly byte[] NoVoltage = [0x40, 0x80, 0, 0x42, 0x80, 0, 0x44, 0x80, 0, 0x46, 0x80, 0];

    /// <summary>Switches their outputs off.</summary>
    /// <param name="buses">Numbers of its buses, N of /dev/i2c-N.</param>
    /// <param name="outputEnable">Its GPIO on /OE; null: none.</param>
    /// <returns>Null where on each bus a chip acknowledged it; else what failed, as a sentence.</returns>
    public static string? SwitchOff(IReadOnlyList<int> buses, int? outputEnable)
    {
        var failures = new List<string>();
        Attempt(failures, () =>
        {
            if (outputEnable is { } pin)
            {
                OutputEnableLine.Open(pin).Dispose(); // opened off, and left so
            }
        });
        foreach (int number in buses)
        {
            Attempt(failures, () =>
            {
                using I2cBus bus = HostBuses.Open(number);
                if (!SwitchOff(bus))
                {
                    failures.Add($"/dev/i2c-{number}: no chip acknowledged it.");
                }
            });
        }

        return failures.Count == 0 ? null : string.Join(' ', failures);
    }

    /// <returns>Whether any chip acknowledged.</returns>
    internal static bool SwitchOff(I2cBus bus)
    {
        var wires = new NativeBus(bus);
        bool any = Call(wires, AllPwm, FullOff) && Call(wires, AllPwm, Sleep);
        any |= Call(wires, GeneralCall, Reset);
        for (int address = BusScan.FirstMcp4728; address <= BusScan.LastMcp4728; address++)
        {
            any |= BusScan.IsMcp4728(wires, address) && Call(wires, address, NoVoltage);
        }

        return any;
    }

    private static bool Call(NativeBus wires, int address, byte[] bytes)
    {
        for (int i = 0; i < Tries; i++)
        {
            if (wires.Transfer(address, bytes, []) == I2cTransferStatus.FullTransfer)
            {
                return true;
            }
        }

        return false;
    }

    private static void Attempt(List<string> failures, Action action)
    {
        try
        {
            action();
        }
        catch (IOException failed)
        {
            failures.Add(failed.Message);
        }
    }
}
