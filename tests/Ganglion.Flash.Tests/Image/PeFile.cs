using System.Buffers.Binary;
using System.Text;

namespace Ganglion.Flash.Tests.Image;

/// <summary>Assemblies as nanoFramework's metadata processor would write them, with nothing but names and references in them.</summary>
internal sealed record PeFile(string Name, Version Version, uint Native = 0)
{
    private const int Header = 124, Tables = 16;

    /// <summary>What it was compiled against.</summary>
    public (string Name, Version Version)[] References { get; init; } = [];

    /// <summary>Bytes of code, which make lengths that are no multiple of four.</summary>
    public int Code { get; init; }

    public byte[] ToBytes()
    {
        var strings = new MemoryStream();
        strings.WriteByte(0);
        int Add(string text)
        {
            int at = (int)strings.Length;
            strings.Write([.. Encoding.UTF8.GetBytes(text), 0]);
            return at;
        }

        int name = Add(Name);
        var references = new MemoryStream();
        foreach ((string wanted, Version version) in References)
        {
            references.Write(Words(wanted == "mscorlib" ? 0xFCD2 : Add(wanted), 0));
            references.Write(Of(version));
        }

        int[] lengths = new int[Tables];
        (lengths[0], lengths[11], lengths[13]) = ((int)references.Length, (int)strings.Length, Code);
        byte[] file = [.. new byte[Header], .. references.ToArray(), .. strings.ToArray(), .. Enumerable.Repeat((byte)0x5A, Code)];
        "NFMRK1"u8.CopyTo(file);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(20), Native);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(24), 0xFFFF_FFFF);
        Of(Version).CopyTo(file, 28);
        Words(name, 1).CopyTo(file, 36);
        for (int table = 0, at = Header; table < Tables; at += lengths[table], table++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40 + 4 * table), at);
        }

        return Sealed(file);
    }

    /// <summary>With both checksums as they have to be.</summary>
    public static byte[] Sealed(byte[] file)
    {
        int end = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(40 + 4 * (Tables - 1)));
        file.AsSpan(8, 4).Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(12), Checksum(file.AsSpan(Header..end)));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(8), Checksum(file.AsSpan(..Header)));
        return file;
    }

    /// <summary>By long division of the message as a polynomial, bit by bit.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        ulong rest = 0;
        foreach (byte one in (byte[])[.. bytes, 0, 0, 0, 0])
        {
            for (int bit = 7; bit >= 0; bit--)
            {
                rest = rest << 1 | (uint)(one >> bit & 1);
                rest ^= (rest >> 32) * 0x1_04C1_1DB7;
            }
        }

        return (uint)rest;
    }

    private static byte[] Of(Version version) => Words(version.Major, version.Minor, version.Build, version.Revision);

    private static byte[] Words(params int[] values) => [.. values.SelectMany(value => (byte[])[(byte)value, (byte)(value >> 8)])];
}
