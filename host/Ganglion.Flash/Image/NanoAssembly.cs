using System.Buffers.Binary;
using System.Text;
using Ganglion.Basics;

namespace Ganglion.Flash.Image;

/// <summary>An assembly that another one was compiled against.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version that the runtime looks for, to the last of its four numbers.</param>
public sealed record NanoReference(string Name, Version Version);

/// <summary>
/// An assembly as nanoFramework's metadata processor leaves it (.pe): a header with marker, two checksums and the starts of its tables, of
/// which the first names the assemblies that it refers to. The layout is that of the runtime's nanoCLR_Types.h at release 1.x
/// (CLR_RECORD_ASSEMBLY, CLR_RECORD_ASSEMBLYREF); little endian throughout.
/// </summary>
public sealed class NanoAssembly
{
    /// <summary>Behind an assembly the runtime goes on at the next multiple of so many bytes.</summary>
    internal const int Boundary = 4;

    /// <summary>No assembly of the boards comes near it.</summary>
    private const int LongestFile = 4 << 20;

    private const int HeaderLength = 124, HeaderChecksumAt = 8, AssemblyChecksumAt = 12, NativeChecksumAt = 20, VersionAt = 28, NameAt = 36,
        TablesAt = 40, Tables = 16, EndAt = TablesAt + 4 * (Tables - 1), ReferenceLength = 12,
        StringTable = 11;

    /// <summary>Names from here on stand in a table of the runtime, not in the file; of assemblies only the base library's does.</summary>
    private const int FirstKnownString = 0xF000, BaseLibrary = 0xFCD2;

    private readonly byte[] _bytes;

    private NanoAssembly(string file, byte[] bytes)
    {
        (File, _bytes) = (file, bytes);
        Name = Text(NameAt);
        Version = VersionOf(VersionAt);
        NativeChecksum = Word(NativeChecksumAt);
        References = new NanoReference[(Table(1) - Table(0)) / ReferenceLength];
        for (int i = 0; i < References.Length; i++)
        {
            int at = Table(0) + i * ReferenceLength;
            References[i] = new NanoReference(Text(at), VersionOf(at + 4));
        }
    }

    /// <summary>Where it was read from.</summary>
    public string File { get; }

    /// <summary>Its name, without ".pe".</summary>
    public string Name { get; }

    /// <summary>Its version.</summary>
    public Version Version { get; }

    /// <summary>What its native methods are known by; 0: it has none. The runtime on the board has to have the same.</summary>
    public uint NativeChecksum { get; }

    /// <summary>What it refers to.</summary>
    public NanoReference[] References { get; }

    /// <summary>The whole file.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Reads one and checks both of its checksums.</summary>
    /// <exception cref="InvalidDataException">It is no such assembly, of another release, or damaged; the message says which.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static NanoAssembly Read(string path) => Of(path, BoundedFile.Read(path, LongestFile));

    /// <summary>The first of those that stand one behind the other in an image.</summary>
    /// <param name="place">Where it was found, for messages.</param>
    /// <param name="image">From its first byte on.</param>
    /// <exception cref="InvalidDataException">As of <see cref="Read"/>.</exception>
    internal static NanoAssembly First(string place, byte[] image)
    {
        uint end = image.Length < HeaderLength ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(EndAt));
        return Of(place, end < image.Length ? image[..(int)end] : image);
    }

    private static NanoAssembly Of(string path, byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith("NFMRK2\0"u8))
        {
            throw new InvalidDataException($"{path}: made for nanoFramework's release 2, which the firmware's packages are not of; build " +
                "it with the packages of firmware/packages.config.");
        }

        if (bytes.Length < HeaderLength || !bytes.AsSpan().StartsWith("NFMRK1\0\0"u8))
        {
            throw new InvalidDataException($"{path}: no nanoFramework assembly (it does not begin with NFMRK1); give the .pe files that " +
                "the build leaves in bin/Release.");
        }

        byte[] header = bytes[..HeaderLength];
        header.AsSpan(HeaderChecksumAt, 4).Clear();
        uint end = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(EndAt));
        if (NanoChecksum.Of(header) != BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(HeaderChecksumAt))
            || end < HeaderLength || end > bytes.Length
            || NanoChecksum.Of(bytes.AsSpan(HeaderLength, (int)end - HeaderLength))
                != BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(AssemblyChecksumAt)))
        {
            throw new InvalidDataException($"{path}: damaged or cut short (its checksum does not fit); build it again.");
        }

        // In an image the runtime looks for the next assembly right behind this one.
        if (bytes.AsSpan((int)end).Length >= Boundary || bytes.AsSpan((int)end).ContainsAnyExcept((byte)0))
        {
            throw new InvalidDataException($"{path}: {bytes.Length - end} bytes follow the assembly's end, behind which the runtime " +
                "would find no other one; build it again.");
        }

        try
        {
            return new NanoAssembly(path, bytes);
        }
        catch (Exception wild) when (wild is ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"{path}: its tables point out of the file; build it again.");
        }
    }

    private uint Word(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(at));

    private int Table(int table)
    {
        uint start = Word(TablesAt + 4 * table);
        return start <= _bytes.Length ? (int)start : throw new ArgumentException("a table begins behind the file");
    }

    private Version VersionOf(int at)
    {
        ReadOnlySpan<byte> version = _bytes.AsSpan(at, 8);
        return new Version(BinaryPrimitives.ReadUInt16LittleEndian(version), BinaryPrimitives.ReadUInt16LittleEndian(version[2..]),
            BinaryPrimitives.ReadUInt16LittleEndian(version[4..]), BinaryPrimitives.ReadUInt16LittleEndian(version[6..]));
    }

    private string Text(int at)
    {
        int index = BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(at));
        if (index >= FirstKnownString)
        {
            return index == BaseLibrary ? "mscorlib" : throw new InvalidDataException($"{File}: an assembly's name is " +
                $"the runtime's own string 0x{index:X4}, which is not known here; give the .pe files of the packages in " +
                "firmware/packages.config.");
        }

        ReadOnlySpan<byte> strings = _bytes.AsSpan(Table(StringTable)..Table(StringTable + 1))[index..];
        int length = strings.IndexOf((byte)0);
        return length > 0 ? Encoding.UTF8.GetString(strings[..length]) : throw new ArgumentException("a name has no end");
    }
}
