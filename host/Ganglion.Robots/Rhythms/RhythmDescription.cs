using System.Collections.Immutable;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Robots.Rhythms;

/// <summary>
/// A rhythm as its file gives it: a network of oscillators of one kind and the channels of one board that it drives. A preset
/// network is written out here as its oscillators and couplings. Immutable; times in seconds.
/// </summary>
/// <param name="Name">The rhythm's name: lower-case letters, digits and dashes.</param>
/// <param name="FileHash">SHA-256 of the file's bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Oscillators">1..64 Kimura oscillators; none if it is of another kind.</param>
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
    double Timeout)
{
    /// <summary>The sides of a chess clock; none if it is of another kind. Its couplings go by clocks: 2 i is the flexor's of side i, 2 i
    /// + 1 the extensor's.</summary>
    public ImmutableArray<RhythmClock> Clocks { get; init; } = [];

    /// <summary>Of a chess clock the speed at frequency factor 1, m/s; 1 elsewhere.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Limbs as phases; none if it is of another kind.</summary>
    public ImmutableArray<RhythmPhase> Phases { get; init; } = [];

    /// <summary>Pairs of Izhikevich cells; none if it is of another kind. Its couplings go by cells: 2 i is the flexor's of pair i, 2 i + 1
    /// the extensor's.</summary>
    public ImmutableArray<RhythmCellPair> Cells { get; init; } = [];

    /// <summary>Names of the oscillators, of whatever kind.</summary>
    public ImmutableArray<string> Names => [.. Oscillators.Select(one => one.Name), .. Clocks.Select(one => one.Name),
        .. Phases.Select(one => one.Name), .. Cells.Select(one => one.Name)];
}

/// <summary>A side of a chess clock (shared/README.md A9); rates in 1/s.</summary>
/// <param name="Name">Unique within the rhythm.</param>
/// <param name="FlexorBias">What drives the flexor's clock at rest.</param>
/// <param name="ExtensorBias">What drives the extensor's.</param>
/// <param name="FlexorGain">What the frequency factor adds to the flexor's: its gain times the speed at factor 1.</param>
/// <param name="ExtensorGain">What it adds to the extensor's.</param>
/// <param name="Leak">The leak of both.</param>
/// <param name="Start">Where the side begins: below 1 its flexor's clock stands there, from 1 on its extensor's, 1 less.</param>
public sealed record RhythmClock(
    string Name, double FlexorBias, double ExtensorBias, double FlexorGain, double ExtensorGain, double Leak, double Start);

/// <summary>A limb as a phase (shared/README.md A10).</summary>
/// <param name="Name">Unique within the rhythm.</param>
/// <param name="Frequency">Cycles a second, the same for all.</param>
/// <param name="Delay">How much later it begins its stance than the others, turns 0..1.</param>
/// <param name="Duty">Share of the cycle that is stance.</param>
/// <param name="Start">Its phase at the start, turns 0..1.</param>
public sealed record RhythmPhase(string Name, double Frequency, double Delay, double Duty, double Start);

/// <summary>Two Izhikevich cells that inhibit each other (shared/README.md A11), in the cells' own ms and mV.</summary>
/// <param name="Name">Unique within the rhythm.</param>
/// <param name="A">Rate of the recovery, 1/ms.</param>
/// <param name="B">How far the recovery follows the membrane.</param>
/// <param name="C">The membrane after a spike, mV.</param>
/// <param name="D">What a spike adds to the recovery.</param>
/// <param name="Current">Into both, mV/ms.</param>
/// <param name="TimeScale">What passes in the cells while a second passes for the board, ms/s, the same for all.</param>
/// <param name="Envelope">Time in which the envelope of spikes decays, ms of the cells, the same for all.</param>
/// <param name="Step">Longest step of the cells, ms, the same for all.</param>
/// <param name="Feedback">What they feel; null: nothing.</param>
public sealed record RhythmCellPair(string Name, double A, double B, double C, double D, double Current, double TimeScale, double Envelope,
    double Step, CellFeeling? Feedback);

/// <summary>What a pair of cells feels of a sensor: size tanh(steepness (volts - zero)) in the flexor's cell, its negative in the
/// other.</summary>
/// <param name="Input">The board's analog input, from 0 over all converters.</param>
/// <param name="Size">mV/ms; below 0 it works against.</param>
/// <param name="Steepness">1/V.</param>
/// <param name="Zero">V.</param>
/// <param name="Reach">How far from its zero the sensor may get, V.</param>
public sealed record CellFeeling(int Input, double Size, double Steepness, double Zero, double Reach);

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
