using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Timing;
using Ganglion.Flash.Looking;

namespace Ganglion.Flash.Writing;

/// <summary>What is to be done to one board.</summary>
/// <param name="Port">Where it is written: its own USB port.</param>
/// <param name="Link">Where its firmware answers; null: on the same port if it does so before, else it is looked for.</param>
/// <param name="Target">The runtime that it gets; null: by its chip.</param>
/// <param name="RuntimeVersion">Of the runtime; null: nanoff's newest.</param>
/// <param name="Baud">Speed of the firmware's link, bit/s.</param>
/// <param name="Configuration">What it is told to be; null: nothing.</param>
public sealed record FlashJob(string Port, string? Link, FlashTarget? Target, string? RuntimeVersion, int Baud,
    BoardConfiguration? Configuration);

/// <summary>What it takes to do it.</summary>
/// <param name="Nanoff">Writes.</param>
/// <param name="Open">Opens a port at a speed, bit/s.</param>
/// <param name="Ports">Lists the ports on which a board's link may be.</param>
/// <param name="Clock">Time of the host.</param>
public sealed record FlashTools(Nanoff Nanoff, Func<string, int, ISerialLink> Open, Func<IReadOnlyList<string>> Ports, IClock Clock);

/// <summary>Is told how it goes.</summary>
public interface IFlashProgress
{
    /// <summary>A step begins.</summary>
    /// <param name="step">Which.</param>
    /// <param name="what">What it does.</param>
    void Begins(FlashStep step, string what);

    /// <summary>A line of another program; on another thread.</summary>
    void Says(string line);

    /// <summary>A step is done.</summary>
    /// <param name="step">Which.</param>
    /// <param name="found">What it came to.</param>
    void Done(FlashStep step, string found);
}

/// <summary>A board that was flashed.</summary>
/// <param name="Before">Who was behind its port.</param>
/// <param name="Chip">Its chip.</param>
/// <param name="Target">The runtime that it got.</param>
/// <param name="Link">Where its firmware answers; null: it was not found, and nobody asked for it.</param>
/// <param name="Firmware">What it says that it is; null with <paramref name="Link"/>.</param>
/// <param name="Described">Whether it was told what it is.</param>
public sealed record FlashResult(PortFinding Before, ChipDetails Chip, FlashTarget Target, string? Link, BoardIdentity? Firmware,
    bool Described);
