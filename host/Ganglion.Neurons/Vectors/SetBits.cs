using System.Numerics;

namespace Ganglion.Neurons.Vectors;

/// <summary>Lists of the set bits of a mask, for processors without a compress instruction.</summary>
internal static unsafe class SetBits
{
    public static int Append(ulong bits, int first, int* indices)
    {
        int count = 0;
        for (; bits != 0; bits &= bits - 1)
        {
            indices[count++] = first + BitOperations.TrailingZeroCount(bits);
        }

        return count;
    }

    public static int Append(ulong bits, int first, float* vector, int* indices, float* values)
    {
        int count = 0;
        for (; bits != 0; bits &= bits - 1)
        {
            int i = BitOperations.TrailingZeroCount(bits);
            indices[count] = first + i;
            values[count++] = vector[i];
        }

        return count;
    }
}
