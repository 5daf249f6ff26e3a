using Ganglion.Basics;

namespace Ganglion.Arm.Learning;

/// <summary>Random numbers of one numbered stream after another: the same stream gives the same numbers, in whatever order streams are
/// visited.</summary>
internal sealed class StreamRandom(ulong seed) : Random(0)
{
    private SeededRandom _numbers;

    public void Restart(long stream) => _numbers = new SeededRandom(seed, (ulong)stream);

    public override double NextDouble() => _numbers.NextUnit();

    protected override double Sample() => _numbers.NextUnit();
}
