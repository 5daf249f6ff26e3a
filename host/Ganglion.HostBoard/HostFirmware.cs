using System.Reflection;
using System.Runtime.Loader;
using Ganglion.Metering;

namespace Ganglion.HostBoard;

/// <summary>This repository's firmware as it was compiled with this program, with Thread.Sleep on the board's own clock.</summary>
internal static class HostFirmware
{
    private const string Resource = "Ganglion.Firmware.dll", EntryType = "Ganglion.Firmware.Program";

    private static readonly Lazy<Action<string>> Loaded = new(Load);

    /// <summary>Runs it under a board's name on the calling thread, until the board is stopped or restarts.</summary>
    public static Action<string> Run => Loaded.Value;

    private static Action<string> Load()
    {
        using Stream stream = typeof(HostFirmware).Assembly.GetManifestResourceStream(Resource)!;
        byte[] image = new byte[stream.Length];
        stream.ReadExactly(image);
        byte[] woven = InstructionWeaver.Weave(image, CountMode.Nothing, InstructionCosts.Measured).Image;

        // Beside the host's own copy of the shared code.
        Assembly firmware = new AssemblyLoadContext("firmware").LoadFromStream(new MemoryStream(woven));
        return firmware.GetType(EntryType)!.GetMethod("Run", [typeof(string)])!.CreateDelegate<Action<string>>();
    }
}
