using System.Runtime.CompilerServices;

namespace Ganglion.Neurons.Vectors;

/// <summary>
/// Zeroed floats on a 64-byte boundary that the collector never moves, so that kernels may hold a pointer to them for as long as they hold
/// this object.
/// </summary>
internal sealed unsafe class AlignedFloats
{
    private const int Alignment = 64;
    private readonly float[] _memory;

    public AlignedFloats(int length)
    {
        Length = length;
        _memory = GC.AllocateArray<float>(length + Alignment / sizeof(float), pinned: true);
        nint start = (nint)Unsafe.AsPointer(ref _memory[0]);
        Pointer = (float*)((start + Alignment - 1) & ~(nint)(Alignment - 1));
    }

    public int Length { get; }

    public float* Pointer { get; }

    public Span<float> Span => new(Pointer, Length);
}
