using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ganglion.Physics.Native;

/// <summary>
/// Finds members of MuJoCo's structures, whose layout differs from version to version, by their content: a probe model is
/// put into a state of numbers that occur nowhere else, and the structure is searched for them. Reads memory through
/// /proc/self/mem, where an address that is no memory is an error and not a crash.
/// </summary>
internal sealed class FieldFinder : IDisposable
{
    // Larger than both structures in the versions seen (mjData of 2.2.2: about 60 kB).
    private const int MostBytes = 1 << 20;

    // More arrays of no length than follow each other in either structure.
    private const int MostEmpty = 16;

    private readonly SafeFileHandle _memory;

    /// <exception cref="PhysicsException">The machine has no /proc/self/mem.</exception>
    public FieldFinder()
    {
        try
        {
            _memory = File.OpenHandle("/proc/self/mem");
        }
        catch (IOException error)
        {
            throw new PhysicsException("The physics finds its way in MuJoCo's data through /proc/self/mem, which Linux has; run it " +
                "there.", error);
        }
    }

    /// <summary>Offset of a run of doubles inside the structure [bytes], or -1.</summary>
    public int Values(nint structure, ReadOnlySpan<double> values)
    {
        ReadOnlySpan<double> words = MemoryMarshal.Cast<byte, double>(Read(structure));
        int at = words.IndexOf(values);
        return at < 0 ? -1 : at * sizeof(double);
    }

    /// <summary>
    /// Offset of the pointer of the structure that points to a run of doubles [bytes], or -1. Of several pointers to the
    /// first such place it is the last: MuJoCo lays its arrays out in order in one buffer, so the buffer itself and
    /// arrays of no length begin at the same place as the array behind them.
    /// </summary>
    public int PointerTo(nint structure, ReadOnlySpan<double> values)
    {
        ReadOnlySpan<long> words = MemoryMarshal.Cast<byte, long>(Read(structure));
        double[] there = new double[values.Length];
        int found = -1;
        for (int i = 0; i < words.Length; i++)
        {
            if (found >= 0)
            {
                // Farther on, the same number is chance: past the structure's end, say.
                if (words[i] == words[found / sizeof(long)])
                {
                    found = i * sizeof(long);
                }

                if (i * sizeof(long) - found > MostEmpty * sizeof(long))
                {
                    break;
                }

                continue;
            }

            // Aligned, and an address that user space can have.
            if (words[i] < 0x10000 || words[i] >= 1L << 47 || (words[i] & 7) != 0)
            {
                continue;
            }

            if (ReadSome(words[i], MemoryMarshal.AsBytes(there.AsSpan())) != there.Length * sizeof(double))
            {
                continue;
            }

            if (values.SequenceEqual(there))
            {
                found = i * sizeof(long);
            }
        }
        return found;
    }

    public void Dispose() => _memory.Dispose();

    private byte[] Read(nint structure)
    {
        byte[] bytes = new byte[MostBytes];
        int read = 0;
        while (read < bytes.Length)
        {
            // By pages: the memory may end before the most that is looked at.
            int some = ReadSome(structure + read, bytes.AsSpan(read, Math.Min(4096, bytes.Length - read)));
            if (some <= 0)
            {
                break;
            }

            read += some;
        }
        return bytes[..(read & ~7)];
    }

    private int ReadSome(long address, Span<byte> into)
    {
        try
        {
            return RandomAccess.Read(_memory, into, address);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
