using Ganglion.Robots.Rhythms;

namespace Ganglion.Bridge.Messages;

/// <summary>From a rhythm's description to what a board is told of it.</summary>
public static class RhythmConfiguration
{
    /// <summary>The same configuration with the rhythm in it.</summary>
    /// <param name="board">Configuration of the board that is to play it.</param>
    /// <param name="rhythm">A rhythm that was read for this board.</param>
    public static BoardConfiguration With(this BoardConfiguration board, RhythmDescription rhythm) => board with
    {
        RhythmTimeout = rhythm.Timeout,
        RhythmRamp = rhythm.Ramp,
        Oscillators = [.. rhythm.Oscillators.Select(o => new OscillatorConfiguration(
            o.RiseTime, o.AdaptationTime, o.Drive, o.Adaptation, o.Inhibition, o.Quarter))],
        Couplings = [.. rhythm.Couplings.Select(coupling => new CouplingConfiguration(coupling.To, coupling.From, coupling.Weight))],
        RhythmMap = [.. rhythm.Map.Select(entry => new RhythmMapEntry(entry.Channel, entry.Oscillator, entry.Output, entry.Offset,
            entry.Gain))],
    };
}
