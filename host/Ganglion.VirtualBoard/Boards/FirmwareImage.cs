using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Ganglion.VirtualBoard.Boards;

/// <summary>
/// Firmware that boards run: one entry point, shared by all boards of the process. It may hold no mutable statics, since
/// a board restarts it without reloading it.
/// </summary>
public sealed class FirmwareImage
{
    internal const string EntryType = "Ganglion.Firmware.Program";

    private const string Compiled = "Ganglion.Firmware.dll", Woven = "Ganglion.Firmware.woven.dll";

    private static readonly Lazy<FirmwareImage> EmbeddedImage = new(LoadEmbedded);

    private FirmwareImage(Action<string> run)
    {
        Run = run;
    }

    /// <summary>This repository's firmware, as built with this program, counting its instructions.</summary>
    public static FirmwareImage Embedded => EmbeddedImage.Value;

    /// <summary>Runs the firmware on the calling thread, under the name that the board was flashed with, until it ends.</summary>
    public Action<string> Run { get; }

    /// <summary>Firmware given as a method; its instructions are counted only where it calls InstructionCounter itself.</summary>
    public static FirmwareImage FromMethod(Action main) => new FirmwareImage(_ => main());

    /// <summary>The same of a method that is given the board's name.</summary>
    public static FirmwareImage FromMethod(Action<string> run) => new FirmwareImage(run);

    /// <summary>Loads compiled firmware.</summary>
    /// <param name="assembly">Bytes of the assembly, already woven with instruction counters. It is loaded beside the
    /// host's own assemblies and shares only Ganglion.Nano and the framework with them.</param>
    /// <param name="entryType">Full name of the class with a static Run that is given the board's name.</param>
    /// <exception cref="InvalidOperationException">There is no such entry point.</exception>
    public static FirmwareImage FromAssembly(byte[] assembly, string entryType)
    {
        var context = new AssemblyLoadContext("firmware");
        Assembly loaded = context.LoadFromStream(new MemoryStream(assembly));
        MethodInfo? run = loaded.GetType(entryType)?.GetMethod("Run", BindingFlags.Public | BindingFlags.Static, [typeof(string)]);
        if (run == null)
        {
            throw new InvalidOperationException(
                $"The firmware {loaded.GetName().Name} has no public static {entryType}.Run(string): check the entry type.");
        }

        // As nanoFramework does before Main, and not when a board happens to need the class: a board that parked inside a
        // class constructor would hold the runtime's lock on it and keep the other boards from ever parking.
        foreach (Type type in loaded.GetTypes())
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }

        return new FirmwareImage(run.CreateDelegate<Action<string>>());
    }

    /// <summary>Bytes of the repository's firmware as it was compiled, not woven.</summary>
    internal static byte[] EmbeddedAssembly() => Carried(Compiled);

    private static FirmwareImage LoadEmbedded() => FromAssembly(Carried(Woven), EntryType);

    private static byte[] Carried(string resource)
    {
        using Stream stream = typeof(FirmwareImage).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource {resource} is missing from this build of the virtual board: build the " +
                $"whole solution.");
        byte[] image = new byte[stream.Length];
        stream.ReadExactly(image);
        return image;
    }
}
