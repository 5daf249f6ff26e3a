namespace Ganglion.VirtualBoard.Faults;

/// <summary>Faults of a serial line, both ways, drawn from a seed byte by byte in the order of transmission.</summary>
public sealed class LineFaults
{
    private readonly Random _random;

    public LineFaults(int seed)
    {
        _random = new Random(seed);
    }

    /// <summary>When bytes get lost, and the chance of each, 0..1.</summary>
    public FaultWindow DropWindow { get; set; }

    public double DropChance { get; set; }

    /// <summary>When bytes get damaged, and the chance that one bit of a byte is inverted, 0..1.</summary>
    public FaultWindow FlipWindow { get; set; }

    public double FlipChance { get; set; }

    /// <summary>When bytes come late, and by how much, ns. The order of bytes is kept.</summary>
    public FaultWindow DelayWindow { get; set; }

    public long DelayNs { get; set; }

    /// <summary>When the host is gone: nothing passes either way.</summary>
    public FaultWindow GoneWindow { get; set; }

    /// <summary>What becomes of one byte sent at <paramref name="sentNs"/>.</summary>
    /// <param name="value">The byte; damaged on return where a bit flips.</param>
    /// <param name="arrivalNs">When it would arrive; later on return where it is delayed.</param>
    /// <returns>False where the byte is lost.</returns>
    public bool Carry(ref byte value, long sentNs, ref long arrivalNs)
    {
        if (GoneWindow.Contains(sentNs))
        {
            return false;
        }

        if (DropWindow.Contains(sentNs) && _random.NextDouble() < DropChance)
        {
            return false;
        }

        if (FlipWindow.Contains(sentNs) && _random.NextDouble() < FlipChance)
        {
            value ^= (byte)(1 << _random.Next(8));
        }

        if (DelayWindow.Contains(sentNs))
        {
            arrivalNs += DelayNs;
        }

        return true;
    }

    /// <summary>What a receiver reads where the sender's speed is another than its own: anything.</summary>
    public byte Garble() => (byte)_random.Next(256);
}
