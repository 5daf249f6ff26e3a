using Ganglion.Flash.Image;

namespace Ganglion.Flash.Tests.Image;

public sealed class DeviceImageTests : IDisposable
{
    private static readonly Version Base = new(1, 17, 11, 0), One = new(1, 0, 0, 0), Bus = new(1, 1, 29, 0);

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    /// <summary>The base library of the package itself; the package's description says version and native checksum.</summary>
    [Fact]
    public void The_real_base_library_is_read()
    {
        var library = NanoAssembly.Read(Path.Combine(AppContext.BaseDirectory, "nanoFramework", "mscorlib.pe"));
        Assert.Equal(("mscorlib", Base, 0x1549C856u), (library.Name, library.Version, library.NativeChecksum));
        Assert.Empty(library.References);
    }

    /// <summary>What is needed before what needs it, each filled up to four bytes, nothing else; whatever the files are called.</summary>
    [Fact]
    public void An_image_is_the_files_one_behind_the_other()
    {
        byte[] library = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "nanoFramework", "mscorlib.pe"));
        byte[] bus = new PeFile("System.Device.I2c", Bus, 0x1234) { References = [("mscorlib", Base)], Code = 3 }.ToBytes();
        byte[] firmware = new PeFile("Ganglion.Firmware", One)
        {
            References = [("System.Device.I2c", Bus), ("mscorlib", Base)],
            Code = 2,
        }.ToBytes();
        Assert.NotEqual(0, bus.Length % 4);
        var image = DeviceImage.Of([Written("a", firmware), Written("b", bus), Written("c", library)]);
        Assert.Equal("Ganglion.Firmware", image.Application.Name);
        Assert.Equal([.. Filled(library), .. Filled(bus), .. Filled(firmware)], image.ToBytes());
        Assert.Equal(image.Length, image.ToBytes().Length);
    }

    /// <summary>What was packed is read again as the same, and the firmware is told from another application.</summary>
    [Fact]
    public void An_image_is_taken_apart_again()
    {
        byte[] library = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "nanoFramework", "mscorlib.pe"));
        byte[] firmware = new PeFile("Ganglion.Firmware", One) { References = [("mscorlib", Base)], Code = 3 }.ToBytes();
        byte[] packed = DeviceImage.Of([Written("b", firmware), Written("a", library)]).ToBytes();
        string file = Path.Combine(_folder, "image.bin");
        File.WriteAllBytes(file, packed);
        Assert.Equal(packed, ApplicationFile.Load(file).ToBytes());

        File.WriteAllBytes(file, library);
        Assert.Contains("its application is mscorlib, not Ganglion.Firmware", Assert.Throws<InvalidDataException>(
            () => ApplicationFile.Load(file)).Message);
        File.WriteAllBytes(file, packed[..^8]);
        Assert.Contains($"image.bin, byte {library.Length}: damaged or cut short", Assert.Throws<InvalidDataException>(
            () => ApplicationFile.Load(file)).Message);
        packed[library.Length + 130]++;
        File.WriteAllBytes(file, packed);
        Assert.Contains("damaged or cut short", Assert.Throws<InvalidDataException>(() => ApplicationFile.Load(file)).Message);
        Assert.Contains("Take the image of a release", Assert.Throws<IOException>(() => ApplicationFile.Load(file + "none")).Message);
    }

    [Fact]
    public void What_does_not_belong_together_is_refused()
    {
        NanoAssembly library = Written("mscorlib", new PeFile("mscorlib", Base));
        NanoAssembly firmware = Written("f", new PeFile("F", One) { References = [("mscorlib", Base), ("Bus", Bus)] });
        NanoAssembly bus = Written("bus", new PeFile("Bus", Bus) { References = [("mscorlib", Base)] });
        Assert.Equal(["mscorlib", "Bus", "F"], DeviceImage.Of([firmware, bus, library]).Assemblies.Select(one => one.Name));
        Refused("Bus 1.1.29.0 is missing, which F (", firmware, library);
        Refused("Bus is there twice: ", firmware, library, bus, Written("other", new PeFile("Bus", One)));
        Refused("is Bus 1.1.30.0; F was compiled against 1.1.29.0", firmware, library, Written("new", new PeFile("Bus", new(1, 1, 30, 0))));
        Refused("F and G: none refers to the other", firmware, bus, library, Written("g", new PeFile("G", One)));
        Refused("the application's is missing", Written("x", new PeFile("X", One) { References = [("Y", One)] }),
            Written("y", new PeFile("Y", One) { References = [("X", One)] }));
        Refused("bytes; the deploy partition of a board with 4 MB has 1835008",
            Written("large", new PeFile("Large", One) { Code = DeviceImage.Partition }));
    }

    /// <summary>A runtime that the packages were not made for would refuse to start the application, silently.</summary>
    [Fact]
    public void The_boards_native_methods_are_compared()
    {
        var image = DeviceImage.Of([Written("mscorlib", new PeFile("mscorlib", Base, 0x1549C856)),
            Written("f", new PeFile("F", One) { References = [("mscorlib", Base)] })]);
        image.CheckRuntime(RuntimeLibrary.Read("Native Assemblies:\n  mscorlib v100.5.0.24, checksum 0x1549C856\n  Other v1.0.0.0, " +
            "checksum 0x00000001\n"));
        Assert.Contains("needs native methods with the checksum 0x1549C856; the board's runtime has 0x445C7AF9 (v100.5.0.19)",
            Assert.Throws<InvalidDataException>(() => image.CheckRuntime(RuntimeLibrary.Read("mscorlib v100.5.0.19, checksum 0x445C7AF9")))
                .Message);
        IReadOnlyList<RuntimeLibrary> other = RuntimeLibrary.Read("Other v1.0.0.0, checksum 0x00000001");
        Assert.Contains("has none of that name", Assert.Throws<InvalidDataException>(() => image.CheckRuntime(other)).Message);
        Assert.Contains("name no native assembly", Assert.Throws<InvalidDataException>(() => RuntimeLibrary.Read("E2002")).Message);
    }

    [Fact]
    public void What_is_no_such_assembly_or_damaged_is_refused()
    {
        byte[] good = new PeFile("F", One) { References = [("mscorlib", Base)], Code = 9 }.ToBytes();
        Unreadable("no nanoFramework assembly", [0x4D, 0x5A, .. new byte[200]]);
        Unreadable("no nanoFramework assembly", good[..100]);
        Unreadable("release 2", [.. "NFMRK2\0\0"u8, .. good[8..]]);
        for (int at = 8; at < good.Length; at++)
        {
            byte[] damaged = [.. good];
            damaged[at] ^= 0x10;
            Unreadable("damaged or cut short", damaged);
        }

        Unreadable("damaged or cut short", good[..^1]);

        // Behind these the runtime would not find the next assembly of an image.
        Unreadable("4 bytes follow the assembly's end", [.. good, 0, 0, 0, 0]);
        Unreadable("1 bytes follow the assembly's end", [.. good, 7]);
        Assert.Equal("F", Written("filled", [.. good, .. new byte[(4 - good.Length % 4) % 4]]).Name);

        // Right checksums do not make tables right.
        byte[] wild = [.. good];
        wild[40 + 4 * 11 + 2] = 0x7F;
        Unreadable("point out of the file", PeFile.Sealed(wild));
        byte[] backwards = [.. good];
        (backwards[40], backwards[44]) = (backwards[44], backwards[40]);
        Unreadable("point out of the file", PeFile.Sealed(backwards));
        byte[] unknown = [.. good];
        (unknown[124], unknown[125]) = (0x34, 0xFC);
        Unreadable("the runtime's own string 0xFC34", PeFile.Sealed(unknown));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static byte[] Filled(byte[] file) => [.. file, .. new byte[(4 - file.Length % 4) % 4]];

    private static void Refused(string told, params NanoAssembly[] assemblies) =>
        Assert.Contains(told, Assert.Throws<InvalidDataException>(() => DeviceImage.Of(assemblies)).Message);

    private void Unreadable(string told, byte[] file) =>
        Assert.Contains(told, Assert.Throws<InvalidDataException>(() => Written("bad", file)).Message);

    private NanoAssembly Written(string name, PeFile file) => Written(name, file.ToBytes());

    private NanoAssembly Written(string name, byte[] file)
    {
        string path = Path.Combine(_folder, name + ".pe");
        File.WriteAllBytes(path, file);
        return NanoAssembly.Read(path);
    }
}
