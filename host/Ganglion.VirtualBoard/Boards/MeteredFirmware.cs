using Ganglion.Metering;
using Ganglion.Nano;
using Mono.Cecil;

namespace Ganglion.VirtualBoard.Boards;

/// <summary>
/// This repository's firmware for one board, counted method by method. Give <see cref="Image"/> to the board; read the counts
/// while its world stands still.
/// </summary>
public sealed class MeteredFirmware
{
    private static readonly Lazy<Woven> WovenFirmware = new(Weave);

    private MethodCounts? _counts;

    public MeteredFirmware()
    {
        Image = FirmwareImage.FromMethod((string name) =>
        {
            _counts = MethodCounters.Start(WovenFirmware.Value.Methods.Count);
            WovenFirmware.Value.Run(name);
        });
    }

    /// <summary>For one board only: it counts from the board's last start.</summary>
    public FirmwareImage Image { get; }

    /// <summary>Names of all methods, with parameter types, by method number.</summary>
    public static IReadOnlyList<string> Methods => WovenFirmware.Value.Methods;

    /// <summary>Which methods may run in a tick, by method number.</summary>
    public static IReadOnlyList<bool> InTick => WovenFirmware.Value.InTick;

    /// <summary>What the board has executed so far.</summary>
    /// <exception cref="InvalidOperationException">It is still booting.</exception>
    public MethodCounts Read() =>
        (_counts ?? throw new InvalidOperationException("The board has not started its firmware: let its world run beyond the boot first."))
        .Snapshot();

    /// <summary>Where the tick's instructions went.</summary>
    /// <param name="counts">The difference of two readings.</param>
    /// <param name="ticks">Ticks between them.</param>
    public static CostReport Report(MethodCounts counts, int ticks) => new(
        Methods,
        [.. counts.Instructions.Zip(counts.Overhead, (instructions, overhead) => new Execution(instructions, instructions + overhead))],
        [.. counts.LibraryInstructions.Zip(counts.LibraryOverhead, (instructions, overhead) =>
            new Execution(instructions, instructions + overhead))],
        ticks,
        WovenFirmware.Value.TickPath);

    private static Woven Weave()
    {
        byte[] image = FirmwareImage.EmbeddedAssembly();
        WovenAssembly woven = InstructionWeaver.Weave(image, CountMode.PerMethod, InstructionCosts.Measured);
        using AssemblyDefinition assembly = AssemblyImage.Read(new MemoryStream(image));
        IReadOnlyList<string> tickPath = TickPathList.Project().Names(assembly);
        var path = tickPath.ToHashSet(StringComparer.Ordinal);
        return new Woven(
            FirmwareImage.FromAssembly(woven.Image, FirmwareImage.EntryType).Run,
            woven.Methods,
            [.. woven.Methods.Select(method => path.Contains(method[..method.IndexOf('(', StringComparison.Ordinal)]))],
            tickPath);
    }

    private sealed record Woven(
        Action<string> Run, IReadOnlyList<string> Methods, IReadOnlyList<bool> InTick, IReadOnlyList<string> TickPath);
}
