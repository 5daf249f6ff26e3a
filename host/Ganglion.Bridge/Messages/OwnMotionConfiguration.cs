using Ganglion.Robots.Gaits;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;

namespace Ganglion.Bridge.Messages;

/// <summary>From the description of what a board is to do by itself, a rhythm or a walk, to what it is told of it.</summary>
public static class OwnMotionConfiguration
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
        Clocks = [.. rhythm.Clocks.Select(clock => new ClockConfiguration(
            clock.FlexorBias, clock.ExtensorBias, clock.FlexorGain, clock.ExtensorGain, clock.Leak, clock.Start))],
        Phases = [.. rhythm.Phases.Select(phase => new PhaseConfiguration(phase.Frequency, phase.Delay, phase.Duty, phase.Start))],
        Pairs = [.. rhythm.Cells.Select(cells => new CellPairConfiguration(cells.A, cells.B, cells.C, cells.D, cells.Current,
            cells.TimeScale, cells.Envelope, cells.Step, cells.Feedback is { } felt ? felt.Input + 1 : 0, cells.Feedback?.Size ?? 0,
            cells.Feedback?.Steepness ?? 0, cells.Feedback?.Zero ?? 0, cells.Feedback?.Reach ?? 0))],
        Couplings = [.. rhythm.Couplings.Select(coupling => new CouplingConfiguration(coupling.To, coupling.From, coupling.Weight))],
        RhythmMap = [.. rhythm.Map.Select(entry => new RhythmMapEntry(entry.Channel, entry.Oscillator, entry.Output, entry.Offset,
            entry.Gain))],
    };

    /// <summary>The same configuration with the gait in it.</summary>
    /// <param name="board">Configuration of the walker's board.</param>
    /// <param name="gait">A gait that was read for this robot.</param>
    /// <param name="robot">The walker.</param>
    public static BoardConfiguration With(this BoardConfiguration board, GaitDescription gait, RobotDescription robot) => board with
    {
        RhythmTimeout = gait.Timeout,
        Walk = BoardWalk.Definition(gait, robot),
    };
}
