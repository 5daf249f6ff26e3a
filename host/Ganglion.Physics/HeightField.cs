namespace Ganglion.Physics;

/// <summary>Heights on a square grid, each independent of the others, between which the ground goes in straight lines.</summary>
public sealed class HeightField
{
    /// <summary>Half of its width, which no trial leaves [m].</summary>
    public const double HalfWidth = 2.0;

    private readonly float[] _shares;

    /// <param name="height">Between its lowest and its highest place [m], above 0.</param>
    /// <param name="cell">Of the grid [m], above 0.</param>
    /// <param name="length">Along x [m], rounded up to whole cells.</param>
    /// <param name="seed">Same seed, same heights.</param>
    public HeightField(double height, double cell, double length, int seed)
    {
        (Height, Columns, Rows) = (height, (int)Math.Ceiling(length / cell) + 1, (int)Math.Ceiling(2.0 * HalfWidth / cell) + 1);
        Length = (Columns - 1) * cell;
        var random = new Random(seed);
        _shares = new float[Rows * Columns];
        for (int i = 0; i < _shares.Length; i++)
        {
            // The ends of the grid are level, so that nobody stumbles on to it.
            _shares[i] = i % Columns is 0 || i % Columns == Columns - 1 ? 0.5f : random.NextSingle();
        }

        // MuJoCo stretches what it reads to 0..1: two far corners take the ends of that range.
        (_shares[1], _shares[2]) = (0f, 1f);
    }

    /// <summary>Between its lowest and its highest place [m].</summary>
    public double Height { get; }

    /// <summary>Along x [m].</summary>
    public double Length { get; }

    /// <summary>Heights along x, and along y.</summary>
    public int Columns { get; }

    /// <inheritdoc cref="Columns"/>
    public int Rows { get; }

    /// <summary>As MuJoCo reads it from a file: rows, columns, then the heights as shares of 0..1, from the right end along x.</summary>
    public byte[] ToFile()
    {
        byte[] file = new byte[8 + 4 * _shares.Length];
        BitConverter.TryWriteBytes(file, Rows);
        BitConverter.TryWriteBytes(file.AsSpan(4), Columns);
        Buffer.BlockCopy(_shares, 0, file, 8, 4 * _shares.Length);
        return file;
    }
}
