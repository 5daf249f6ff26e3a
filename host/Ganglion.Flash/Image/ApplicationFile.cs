namespace Ganglion.Flash.Image;

/// <summary>The firmware where a user has it: as the .pe files of a build, or as the image that was made of them.</summary>
public static class ApplicationFile
{
    private const string Firmware = "Ganglion.Firmware";

    /// <summary>All .pe files of a folder as one image.</summary>
    /// <exception cref="IOException">There is none.</exception>
    /// <exception cref="InvalidDataException">They do not belong together.</exception>
    public static DeviceImage Pack(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new IOException($"{folder}: there is no such folder. Build the firmware first (firmware/README.md), and give the " +
                "folder with its .pe files.");
        }

        NanoAssembly[] assemblies = [.. Directory.EnumerateFiles(folder, "*.pe").Order(StringComparer.Ordinal).Select(NanoAssembly.Read)];
        return assemblies.Length > 0 ? DeviceImage.Of(assemblies)
            : throw new IOException($"{folder}: no .pe file is there. Build the firmware first (firmware/README.md).");
    }

    /// <summary>The firmware from an image or from a folder with .pe files.</summary>
    /// <exception cref="IOException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or another application.</exception>
    public static DeviceImage Load(string path)
    {
        DeviceImage image = File.Exists(path) ? DeviceImage.Read(path) : Directory.Exists(path) ? Pack(path)
            : throw new IOException($"{path}: there is no image and no folder with .pe files. Take the image of a release, or build the " +
                "firmware (firmware/README.md), and give it with --image.");
        return image.Application.Name == Firmware ? image
            : throw new InvalidDataException($"{path}: its application is {image.Application.Name}, not {Firmware}. Give the image of a " +
                "release, or the folder where the firmware's build left its .pe files.");
    }
}
