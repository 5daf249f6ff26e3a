using Ganglion.Shared.Control;

namespace Ganglion.Lab.Reliability.Core;

/// <summary>What a fuzz of the board's core met.</summary>
/// <param name="Frames">Frames of the host.</param>
/// <param name="Ticks">Ticks of boards.</param>
/// <param name="Boards">Boards, each with its own configuration and clock.</param>
/// <param name="TicksByState">Ticks that ended in each state, by its number.</param>
/// <param name="Walked">Ticks of walks.</param>
/// <param name="SafeReasons">How often a board went safe for each reason, by its number.</param>
/// <param name="DisarmsRefused">How often Disarm was refused because a chip could not be switched off.</param>
/// <param name="Faults">Boards that did other than the model of the protocol.</param>
/// <param name="First">The first of them in words.</param>
public sealed record CoreFuzzResult(
    long Frames, long Ticks, long Boards, long[] TicksByState, long Walked, long[] SafeReasons, long DisarmsRefused, long Faults,
    IReadOnlyList<string> First);

/// <summary>
/// The board's core under frames with a valid checksum and any content, chips that fail, buses that hang, sensors that repeat themselves or
/// lie, late ticks and clocks that wrap, held in every tick against a second model of what PROTOCOL.md promises (<see cref="CoreOracle"/>,
/// <see cref="StreamOracle"/>, <see cref="ImageOracle"/>).
/// </summary>
public static class CoreFuzz
{
    /// <summary>For how long each board is run.</summary>
    internal const int TicksPerBoard = 4000;

    private const int MostTold = 10;

    /// <summary>Runs until so many frames have been handled.</summary>
    /// <param name="frames">At least 1; 100 million take some minutes a core (bench reliability).</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="progress">Is told the frames so far, after each board.</param>
    /// <param name="cancellation">Ends it after the present board.</param>
    public static CoreFuzzResult Run(long frames, int seed, Action<long>? progress = null, CancellationToken cancellation = default) =>
        Run(frames, seed, plant: null, progress, cancellation);

    /// <summary>The same with a fault in the board, which it has to find.</summary>
    /// <param name="frames">At least 1.</param>
    /// <param name="seed">The same seed gives the same run.</param>
    /// <param name="plant">Is given the core after each tick.</param>
    /// <param name="progress">Is told the frames so far.</param>
    /// <param name="cancellation">Ends it after the present board.</param>
    internal static CoreFuzzResult Run(long frames, int seed, Action<BoardCore>? plant, Action<long>? progress = null,
        CancellationToken cancellation = default)
    {
        var counts = new CoreFuzzCounts();
        var first = new List<string>();
        long boards = 0, faults = 0;
        while (counts.Frames < frames && !cancellation.IsCancellationRequested)
        {
            int own = unchecked((int)(seed * 1_000_003L + boards));
            string? fault = new CoreFuzzRun(own, counts, plant).Run(TicksPerBoard);
            boards++;
            if (fault != null)
            {
                faults++;
                if (first.Count < MostTold)
                {
                    first.Add($"board {boards - 1} (seed {own}): {fault}");
                }
            }

            progress?.Invoke(counts.Frames);
        }

        return new CoreFuzzResult(
            counts.Frames, counts.Ticks, boards, counts.TicksByState, counts.Walked, counts.SafeReasons, counts.DisarmsRefused, faults,
            first);
    }
}

/// <summary>What all boards of a fuzz have met so far.</summary>
internal sealed class CoreFuzzCounts
{
    public long Frames { get; set; }

    public long Ticks { get; set; }

    public long Walked { get; set; }

    public long DisarmsRefused { get; set; }

    public long[] TicksByState { get; } = new long[6];

    public long[] SafeReasons { get; } = new long[64];
}
