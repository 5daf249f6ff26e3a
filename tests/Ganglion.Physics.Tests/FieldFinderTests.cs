using System.Runtime.InteropServices;
using Ganglion.Physics.Native;

namespace Ganglion.Physics.Tests;

public sealed unsafe class FieldFinderTests
{
    /// <summary>
    /// A structure with numbers, wild addresses and, as MuJoCo has them, two pointers to the same place of which the last is
    /// the array's own.
    /// </summary>
    [Fact]
    public void Finds_values_and_pointers_and_survives_wild_addresses()
    {
        double[] values = [0.12345, -6.789, 3.25], others = [0.12345, -6.789, 3.5];
        nint data = Put(values), other = Put(others);
        long* structure = (long*)NativeMemory.AllocZeroed(64, sizeof(long));
        try
        {
            structure[1] = 0x7f0000001000;
            structure[2] = unchecked((long)0xdeadbeefdeadbeef);
            structure[3] = other;
            structure[5] = data;
            structure[7] = data;
            ((double*)structure)[9] = 2.718;
            using var finder = new FieldFinder();
            Assert.Equal(7 * sizeof(long), finder.PointerTo((nint)structure, values));
            Assert.Equal(3 * sizeof(long), finder.PointerTo((nint)structure, others));
            Assert.Equal(9 * sizeof(long), finder.Values((nint)structure, [2.718]));
            Assert.Equal(-1, finder.PointerTo((nint)structure, [0.5, 0.25, 0.125]));
        }
        finally
        {
            NativeMemory.Free(structure);
            NativeMemory.Free((void*)data);
            NativeMemory.Free((void*)other);
        }
    }

    private static nint Put(double[] values)
    {
        double* memory = (double*)NativeMemory.Alloc((nuint)values.Length, sizeof(double));
        values.CopyTo(new Span<double>(memory, values.Length));
        return (nint)memory;
    }
}
