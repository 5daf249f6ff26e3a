using Ganglion.Metering;
using Ganglion.VirtualBoard.Boards;
using Mono.Cecil;

namespace Ganglion.Conformance.Tests;

/// <summary>The assemblies under test and the repository's files.</summary>
internal static class Images
{
    /// <summary>The compiled firmware, as the virtual board carries it.</summary>
    public static byte[] Firmware()
    {
        using Stream stream = typeof(FirmwareImage).Assembly.GetManifestResourceStream("Ganglion.Firmware.dll")!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public static byte[] Planted() => File.ReadAllBytes(typeof(Planted.Ticks.Sample).Assembly.Location);

    public static AssemblyDefinition Open(byte[] image) => AssemblyImage.Read(new MemoryStream(image));

    public static AssemblyDefinition VirtualApi() => Open(File.ReadAllBytes(typeof(Nano.NanoHost).Assembly.Location));

    /// <summary>A path below the root of the repository.</summary>
    public static string InRepository(string path)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Ganglion.slnx")))
        {
            directory = directory.Parent
                ?? throw new InvalidOperationException($"No Ganglion.slnx above {AppContext.BaseDirectory}: run the tests from the " +
                    $"repository.");
        }

        return Path.Combine(directory.FullName, path);
    }
}
