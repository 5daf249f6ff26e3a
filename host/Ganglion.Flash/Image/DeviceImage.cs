using Ganglion.Basics;

namespace Ganglion.Flash.Image;

/// <summary>
/// What goes into the deploy partition of a board: every assembly that the application needs and then the application, one behind the
/// other, each filled up with zeros to a multiple of four bytes, and nothing else.
/// </summary>
public sealed class DeviceImage
{
    /// <summary>Bytes of the deploy partition of a board with 4 MB of flash (partitions_nanoclr_4mb.csv: 1792 kB).</summary>
    public const int Partition = 1792 << 10;

    private DeviceImage(NanoAssembly[] assemblies)
    {
        Assemblies = assemblies;
    }

    /// <summary>In the order of the image; the application is the last.</summary>
    public IReadOnlyList<NanoAssembly> Assemblies { get; }

    /// <summary>The application.</summary>
    public NanoAssembly Application => Assemblies[^1];

    /// <summary>Puts them in order and checks that they belong together.</summary>
    /// <param name="assemblies">All .pe files of a build, in any order.</param>
    /// <exception cref="InvalidDataException">One is missing, there twice, of another version than was compiled against, needed by nobody,
    /// or they are too large together; the message says which and what to do.</exception>
    public static DeviceImage Of(IReadOnlyList<NanoAssembly> assemblies)
    {
        foreach (IGrouping<string, NanoAssembly> same in assemblies.GroupBy(one => one.Name).Where(group => group.Count() > 1))
        {
            throw new InvalidDataException($"{same.Key} is there twice: {string.Join(" and ", same.Select(one => one.File))}. Leave one.");
        }

        var byName = assemblies.ToDictionary(one => one.Name);
        foreach (NanoAssembly assembly in assemblies)
        {
            foreach (NanoReference wanted in assembly.References)
            {
                Check(assembly, wanted, byName.GetValueOrDefault(wanted.Name));
            }
        }

        // The application is what no other refers to.
        HashSet<string> wantedNames = [.. assemblies.SelectMany(one => one.References).Select(reference => reference.Name)];
        NanoAssembly[] tops = [.. assemblies.Where(one => !wantedNames.Contains(one.Name))];
        if (tops.Length != 1)
        {
            throw new InvalidDataException(tops.Length == 0
                ? "no .pe file is there that no other refers to: the application's is missing."
                : $"{string.Join(" and ", tops.Select(one => one.Name))}: none refers to the other, so it is not clear which is the " +
                    "application. Leave one, and what it needs.");
        }

        var ordered = new List<NanoAssembly>();
        Add(tops[0], byName, ordered, []);
        var image = new DeviceImage([.. ordered]);
        return image.Length <= Partition ? image : throw new InvalidDataException($"the image has {image.Length} bytes; the deploy " +
            $"partition of a board with 4 MB has {Partition}.");
    }

    /// <summary>Reads an image, takes it apart and checks it as <see cref="Of"/> does.</summary>
    /// <exception cref="InvalidDataException">It is none, damaged, or its parts do not belong together.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static DeviceImage Read(string path)
    {
        byte[] bytes = BoundedFile.Read(path, Partition);
        var assemblies = new List<NanoAssembly>();
        for (int at = 0; at < bytes.Length; at += Filled(assemblies[^1].Bytes.Length))
        {
            assemblies.Add(NanoAssembly.First(at == 0 ? path : $"{path}, byte {at}", bytes[at..]));
        }

        return Of(assemblies);
    }

    /// <summary>Bytes that it has.</summary>
    public int Length => Assemblies.Sum(one => Filled(one.Bytes.Length));

    /// <summary>The bytes as the runtime reads them.</summary>
    public byte[] ToBytes()
    {
        byte[] image = new byte[Length];
        int at = 0;
        foreach (NanoAssembly assembly in Assemblies)
        {
            assembly.Bytes.CopyTo(image.AsMemory(at));
            at += Filled(assembly.Bytes.Length);
        }

        return image;
    }

    /// <summary>Checks the native methods of all against a board's runtime.</summary>
    /// <exception cref="InvalidDataException">The runtime lacks a library, or has other methods; the message says which.</exception>
    public void CheckRuntime(IReadOnlyList<RuntimeLibrary> runtime)
    {
        foreach (NanoAssembly assembly in Assemblies.Where(one => one.NativeChecksum != 0))
        {
            RuntimeLibrary? native = runtime.FirstOrDefault(one => one.Name == assembly.Name);
            if (native?.Checksum != assembly.NativeChecksum)
            {
                throw new InvalidDataException($"{assembly.Name} {assembly.Version} needs native methods with the checksum " +
                    $"0x{assembly.NativeChecksum:X8}; the board's runtime has " +
                    (native == null ? "none of that name" : $"0x{native.Checksum:X8} (v{native.Version})") +
                    ". Write the runtime that these packages were made for, or build with the packages that the runtime was made for.");
            }
        }
    }

    private static int Filled(int length) => (length + NanoAssembly.Boundary - 1) / NanoAssembly.Boundary * NanoAssembly.Boundary;

    private static void Check(NanoAssembly assembly, NanoReference wanted, NanoAssembly? there)
    {
        if (there == null)
        {
            throw new InvalidDataException($"{wanted.Name} {wanted.Version} is missing, which {assembly.Name} ({assembly.File}) needs; " +
                $"put {wanted.Name}.pe beside it.");
        }

        if (there.Version != wanted.Version)
        {
            throw new InvalidDataException($"{there.File} is {wanted.Name} {there.Version}; {assembly.Name} was compiled against " +
                $"{wanted.Version}. Take all .pe files from one build.");
        }
    }

    /// <summary>What it refers to before itself.</summary>
    private static void Add(NanoAssembly assembly, Dictionary<string, NanoAssembly> byName, List<NanoAssembly> ordered,
        HashSet<string> under)
    {
        if (ordered.Contains(assembly))
        {
            return;
        }

        if (!under.Add(assembly.Name))
        {
            throw new InvalidDataException($"{assembly.Name} refers to itself through others; such files come from no build.");
        }

        foreach (NanoReference reference in assembly.References)
        {
            Add(byName[reference.Name], byName, ordered, under);
        }

        ordered.Add(assembly);
    }
}
