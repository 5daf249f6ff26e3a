using System.Collections.Immutable;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Robots.Rhythms;

/// <summary>
/// A rhythm as its file gives it: a network of Kimura oscillators and the channels of one board that it drives. A preset
/// network is written out here as its oscillators and couplings. Immutable; times in seconds.
/// </summary>
/// <param name="Name">The rhythm's name: lower-case letters, digits and dashes.</param>
/// <param name="FileHash">SHA-256 of the file's bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Oscillators">1..64 oscillators.</param>
/// <param name="Couplings">At most one a pair of receiver and sender, at most 255.</param>
/// <param name="Map">The driven channels, each once.</param>
/// <param name="Ramp">Time in which the rhythm rises and dies away, 0.1..60 s.</param>
/// <param name="Timeout">How long the board plays without a word from the host, 1..3600 s.</param>
public sealed record RhythmDescription(
    string Name,
    string FileHash,
    ImmutableArray<RhythmOscillator> Oscillators,
    ImmutableArray<RhythmCoupling> Couplings,
    ImmutableArray<RhythmChannel> Map,
    double Ramp,
    double Timeout);

/// <summary>One oscillator of a rhythm.</summary>
public sealed record RhythmOscillator : OscillatorParameters
{
    /// <param name="name">Unique within the rhythm.</param>
    /// <param name="parameters">Its own dynamics.</param>
    /// <param name="quarter">Lead over the first oscillator at the start, in quarter turns, 0..3.</param>
    public RhythmOscillator(string name, OscillatorParameters parameters, int quarter)
        : base(parameters) => (Name, Quarter) = (name, quarter);

    /// <summary>Unique within the rhythm.</summary>
    public string Name { get; }

    /// <summary>Lead over the first oscillator at the start, in quarter turns, 0..3.</summary>
    public int Quarter { get; }
}

/// <summary>A coupling; it acts from extensor to extensor and from flexor to flexor.</summary>
/// <param name="To">Index of the receiving oscillator.</param>
/// <param name="From">Index of the sending oscillator.</param>
/// <param name="Weight">Below 0 it inhibits; -50..50.</param>
public sealed record RhythmCoupling(int To, int From, double Weight);

/// <summary>A channel that follows an oscillator: value = offset + gain x output.</summary>
/// <param name="Channel">The board's own number of the channel, from 0.</param>
/// <param name="Oscillator">Index of the oscillator.</param>
/// <param name="Output">Which of its outputs.</param>
/// <param name="Offset">Centre, as a fraction of the travel, 0..1.</param>
/// <param name="Gain">Fraction of the travel per unit of output, -100..100.</param>
public sealed record RhythmChannel(int Channel, int Oscillator, RhythmOutput Output, double Offset, double Gain);
