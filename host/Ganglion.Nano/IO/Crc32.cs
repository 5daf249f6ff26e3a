using Ganglion.Nano;

namespace System.IO.Hashing;

/// <summary>CRC-32 of IEEE 802.3 (reflected polynomial 0xEDB88320), native code on the board.</summary>
public class Crc32
{
    private const uint InitialState = 0xFFFF_FFFF;

    // One byte by table on an ESP32 at 240 MHz: about 10 cycles.
    private const long NanosecondsPerByte = 40;

    private static readonly uint[] s_table = BuildTable();

    public static uint HashToUInt32(SpanByte source)
    {
        InstructionCounter.Add(LibraryCost.CrcCall);
        uint state = InitialState;
        foreach (byte value in source.AsSpan())
            state = (state >> 8) ^ s_table[(byte)(state ^ value)];

        NanoHost.CurrentOrNull?.SpendNative(source.Length * NanosecondsPerByte);
        return state ^ InitialState;
    }

    private static uint[] BuildTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint entry = i;
            for (int bit = 0; bit < 8; bit++)
                entry = (entry & 1) != 0 ? (entry >> 1) ^ 0xEDB88320 : entry >> 1;

            table[i] = entry;
        }

        return table;
    }
}
