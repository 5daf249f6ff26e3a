extern alias native;

using System.Device.I2c;
using I2cBus = native::System.Device.I2c.I2cBus;

namespace Ganglion.HostBoard;

/// <summary>A chip that answers on a bus.</summary>
/// <param name="Address">7-bit address.</param>
/// <param name="Kind">PCA9685, MCP4728, ADS1115 or MPU6050 by what its registers hold; empty: none that a board knows.</param>
/// <param name="Detail">What told it, a clause.</param>
public sealed record FoundChip(int Address, string Kind, string Detail);

/// <summary>What hangs on an I2C bus of this computer. Reads only: registers are pointed at, none is written.</summary>
public static class BusScan
{
    // Addresses outside are reserved (NXP UM10204 section 3.1.12).
    private const int Lowest = 0x08, Highest = 0x77;

    /// <summary>Where an MCP4728 may be.</summary>
    internal const int FirstMcp4728 = 0x60, LastMcp4728 = 0x67;

    private const byte ModelId = 0xC0, Vl53l0xModel = 0xEE;
    private const byte FirstSubAddress = 0x02, WhoAmI = 0x75, LowThreshold = 0x02, HighThreshold = 0x03;
    private const int Mcp4728Bytes = 24;

    /// <summary>PCA9685, table 4: SUBADR1..3 and ALLCALLADR as they are after every power-on.</summary>
    private static readonly byte[] SubAddresses = [0xE2, 0xE4, 0xE8, 0xE0];

    /// <summary>WHO_AM_I of the chips that boards take for an MPU6050 (firmware/Chips/Mpu6050.cs).</summary>
    private static readonly byte[] Imus = [0x68, 0x70, 0x71, 0x72, 0x73, 0x74, 0x98, 0x12, 0xAF];

    /// <summary>Asks each address.</summary>
    /// <param name="place">Which bus.</param>
    /// <returns>In the order of the addresses.</returns>
    /// <exception cref="IOException">The bus is not there, may not be used, or hangs: one line with what to do.</exception>
    public static IReadOnlyList<FoundChip> Of(BusPlace place)
    {
        using I2cBus opened = HostBuses.Open(place);
        return Of(opened, $"{place}");
    }

    internal static IReadOnlyList<FoundChip> Of(I2cBus bus, string name)
    {
        var wires = new NativeBus(bus);
        var found = new List<FoundChip>();
        Span<byte> one = stackalloc byte[1];
        for (int address = Lowest; address <= Highest; address++)
        {
            I2cTransferStatus status = wires.Transfer(address, [], one);
            if (status == I2cTransferStatus.ClockStretchTimeout)
            {
                throw new IOException($"{name}: it hangs, a clock or data line is held low. Switch the chips' supply off and on; then " +
                    "take chips off one by one.");
            }

            if (status == I2cTransferStatus.FullTransfer)
            {
                found.Add(Identify(wires, address));
            }
        }

        return found;
    }

    private static FoundChip Identify(NativeBus wires, int address)
    {
        // The MCP4728 first: it has no registers, and what points at one elsewhere is the beginning of a command to it.
        if (IsMcp4728(wires, address))
        {
            return new FoundChip(address, "MCP4728", "its four outputs tell their numbers and this address");
        }

        if (Registers(wires, address, FirstSubAddress, 4).AsSpan().SequenceEqual(SubAddresses))
        {
            return new FoundChip(address, "PCA9685", "its sub-addresses are those of one");
        }

        byte who = Registers(wires, address, WhoAmI, 1)[0];
        if (address is 0x68 or 0x69 && Array.IndexOf(Imus, who) >= 0)
        {
            return new FoundChip(address, "MPU6050", $"it says that it is 0x{who:X2}");
        }

        if (address == 0x29 && Registers(wires, address, ModelId, 1) is [Vl53l0xModel])
        {
            return new FoundChip(address, "VL53L0X", "its model is that of one");
        }

        if (address is >= 0x48 and <= 0x4B && Registers(wires, address, LowThreshold, 2) is [0x80, 0x00]
            && Registers(wires, address, HighThreshold, 2) is [0x7F, 0xFF])
        {
            return new FoundChip(address, "ADS1115", "its thresholds are those of one");
        }

        return new FoundChip(address, "", "no chip that a board knows");
    }

    /// <summary>Whether a chip is one, by reading alone.</summary>
    internal static bool IsMcp4728(NativeBus wires, int address)
    {
        byte[] read = new byte[Mcp4728Bytes];
        if (address is < FirstMcp4728 or > LastMcp4728 || wires.Transfer(address, [], read) != I2cTransferStatus.FullTransfer)
        {
            return false;
        }

        // Register and EEPROM of each output, three bytes each, of which the first ends in output and address (section 5.6).
        for (int i = 0; i < Mcp4728Bytes; i += 3)
        {
            if ((read[i] & 0x37) != ((i / 6 << 4) | (address & 7)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Bytes from a register on, as the chip gives them when its pointer goes on; a PCA9685 whose pointer does not repeats the
    /// first, so each is asked for.</summary>
    private static byte[] Registers(NativeBus wires, int address, byte first, int count)
    {
        byte[] read = new byte[count];
        if (count == 2)
        {
            wires.Transfer(address, [first], read); // one register of 16 bits
            return read;
        }

        for (int i = 0; i < count; i++)
        {
            wires.Transfer(address, [(byte)(first + i)], read.AsSpan(i, 1));
        }

        return read;
    }
}
