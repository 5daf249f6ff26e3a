using System.Buffers.Binary;
using Ganglion.Basics.Space;

namespace Ganglion.Robots.Parts;

/// <summary>Binary STL, which has millimetres here: 80 bytes, the number of triangles, and 50 bytes each (normal, three corners as floats,
/// two bytes).</summary>
public static class StlFile
{
    private const double Millimetre = 1e-3;
    private const int Head = 84, Each = 50;

    /// <summary>Reads a mesh; corners at the same place become one point.</summary>
    /// <exception cref="InvalidDataException">It is no binary STL: the message says which file and what to do.</exception>
    public static TriangleMesh Load(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.Length < Head || bytes.Length != Head + (long)Each * BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(80)))
        {
            throw new InvalidDataException($"{path}: it is no binary STL, or not a whole one; render it anew with tools/parts");
        }

        var index = new Dictionary<Vec3, int>();
        int count = (bytes.Length - Head) / Each;
        int[] corners = new int[3 * count];
        for (int i = 0; i < corners.Length; i++)
        {
            ReadOnlySpan<byte> at = bytes.AsSpan(Head + Each * (i / 3) + 12 + 12 * (i % 3));
            var place = new Vec3(Coordinate(at), Coordinate(at[4..]), Coordinate(at[8..]));
            if (!index.TryGetValue(place, out corners[i]))
            {
                corners[i] = index[place] = index.Count;
            }
        }

        return new TriangleMesh([.. index.Keys], corners);
    }

    private static double Coordinate(ReadOnlySpan<byte> at) => Millimetre * BinaryPrimitives.ReadSingleLittleEndian(at);
}
