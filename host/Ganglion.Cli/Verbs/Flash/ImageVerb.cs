using System.CommandLine;
using System.Text;
using Ganglion.Basics;
using Ganglion.Flash.Image;

namespace Ganglion.Cli.Verbs.Flash;

/// <summary>`ganglion flash image`: the firmware's assemblies as the one file that a board is written with.</summary>
internal static class ImageVerb
{
    /// <summary>No board's details are longer, bytes.</summary>
    private const int LongestDetails = 1 << 20;

    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder")
        {
            Description = "Where the build left the .pe files.",
            HelpName = "FOLDER",
        };
        var output = new Option<FileInfo>("--out", "-o")
        {
            Description = "The image.",
            HelpName = "FILE.bin",
            DefaultValueFactory = _ => new FileInfo("Ganglion.Firmware.bin"),
        };
        var runtime = new Option<FileInfo?>("--runtime")
        {
            Description = "What `nanoff --nanodevice --devicedetails --serialport PORT` printed of the board, whose native methods are " +
                "compared.",
            HelpName = "FILE",
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("image",
            "Puts the .pe files of a build of the firmware into the image that a board's deploy partition takes: what the application " +
            "needs, then the application. Names, versions and checksums are compared; with --runtime also the native methods that the " +
            "board has.\n\nExample: ganglion flash image firmware/bin/Release -o Ganglion.Firmware.bin --runtime details.txt")
        {
            folder, output, runtime, json,
        };
        command.SetAction(result => Run(result.GetValue(folder)!, result.GetValue(output)!, result.GetValue(runtime),
            result.GetValue(json)));
        return command;
    }

    private static int Run(DirectoryInfo folder, FileInfo output, FileInfo? runtime, bool json)
    {
        DeviceImage image = ApplicationFile.Pack(folder.FullName);
        if (runtime != null)
        {
            image.CheckRuntime(RuntimeLibrary.Read(Encoding.UTF8.GetString(BoundedFile.Read(runtime.FullName, LongestDetails))));
        }

        byte[] bytes = image.ToBytes();
        AtomicFile.Write(output.FullName, stream => stream.Write(bytes));
        if (json)
        {
            Output.Json(new
            {
                File = output.FullName,
                Bytes = bytes.Length,
                Partition = DeviceImage.Partition,
                RuntimeCompared = runtime != null,
                Assemblies = image.Assemblies.Select(one => new
                {
                    one.Name,
                    Version = one.Version.ToString(),
                    Bytes = one.Bytes.Length,
                    NativeChecksum = $"0x{one.NativeChecksum:X8}",
                }),
            });
            return Errors.Ok;
        }

        Output.Table(["assembly", "version", "native methods", " bytes"], image.Assemblies.Select(one => (string[])[one.Name,
            one.Version.ToString(), one.NativeChecksum == 0 ? "none" : $"0x{one.NativeChecksum:X8}", $"{one.Bytes.Length}"]));
        Output.Line($"{bytes.Length} bytes, {100.0 * bytes.Length / DeviceImage.Partition:0} % of the deploy partition, written to " +
            $"{output.FullName}." + (runtime == null ? " The board's native methods were not compared (--runtime)." : ""));
        return Errors.Ok;
    }
}
