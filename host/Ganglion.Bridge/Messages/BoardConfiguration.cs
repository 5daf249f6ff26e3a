using System.Collections.Immutable;
using Ganglion.Robots.Boards;
using Ganglion.Shared.Config;
using Ganglion.Shared.Rhythms;
using Ganglion.Shared.Walking;

namespace Ganglion.Bridge.Messages;

/// <summary>
/// What a board is told about its chips, channels, rhythm and walk before it may be armed: the contents of Link.ConfigLayout with
/// times in seconds and values as fractions of travel. <see cref="BoardConfigEncoder"/> makes the bytes of it.
/// </summary>
public sealed record BoardConfiguration
{
    /// <summary>Which board of which robot it is made for, "robot/board", ASCII, at most 97 characters; empty: any. No part of the bytes:
    /// the board is told it beside them.</summary>
    public string Board { get; init; } = "";

    /// <summary>Pin profile of the firmware that it is made for, 1..255; 0 fits any.</summary>
    public int Profile { get; init; }

    /// <summary>Period of the control loop, s: 0.01 or 0.02.</summary>
    public double Tick { get; init; } = 0.02;

    /// <summary>A stream that pauses for this long makes the board hold, s: 0.02..2.</summary>
    public double HoldTimeout { get; init; } = 0.08;

    /// <summary>Silence of the host for this long makes it go safe, s: above <see cref="HoldTimeout"/>, at most 60.</summary>
    public double SafeTimeout { get; init; } = 0.4;

    /// <summary>How long its own rhythm or walk goes on without a word from the host, s: whole seconds, at most 3600; never less than
    /// <see cref="SafeTimeout"/>.</summary>
    public double RhythmTimeout { get; init; }

    /// <summary>Time in which a rhythm rises and dies away, s: 0.1..60.</summary>
    public double RhythmRamp { get; init; } = 1;

    /// <summary>Ticks from one telemetry frame to the next, 1..255.</summary>
    public int TelemetryTicks { get; init; } = 5;

    /// <summary>Clock of I2C bus 1 and 2, Hz: 100e3, 400e3 or 1e6; 0 = not used.</summary>
    public double Bus1Speed { get; init; } = 400e3;

    /// <inheritdoc cref="Bus1Speed"/>
    public double Bus2Speed { get; init; }

    /// <summary>At most 124.</summary>
    public ImmutableArray<ChipConfiguration> Chips { get; init; } = [];

    /// <summary>At most 120; a setpoint frame carries their values in this order.</summary>
    public ImmutableArray<ChannelConfiguration> Channels { get; init; } = [];

    /// <summary>The Kimura oscillators of the board's own rhythm, at most 64; none if it has no rhythm, or another one.</summary>
    public ImmutableArray<OscillatorConfiguration> Oscillators { get; init; } = [];

    /// <summary>The sides of the chess clock that is its rhythm, at most 8; none if it has no such rhythm.</summary>
    public ImmutableArray<ClockConfiguration> Clocks { get; init; } = [];

    /// <summary>The phases that are its rhythm, at most 64; none if it has no such rhythm.</summary>
    public ImmutableArray<PhaseConfiguration> Phases { get; init; } = [];

    /// <summary>The pairs of Izhikevich cells that are its rhythm, at most 8; none if it has no such rhythm.</summary>
    public ImmutableArray<CellPairConfiguration> Pairs { get; init; } = [];

    /// <summary>Oscillators of the rhythm, of whatever kind.</summary>
    public int OscillatorCount => Oscillators.Length + Clocks.Length + Phases.Length + Pairs.Length;

    /// <summary>At most 255.</summary>
    public ImmutableArray<CouplingConfiguration> Couplings { get; init; } = [];

    /// <summary>At most 255; at least one if there are oscillators.</summary>
    public ImmutableArray<RhythmMapEntry> RhythmMap { get; init; } = [];

    /// <summary>The board's own walk; null if it has none. Not changed after it was given.</summary>
    public WalkDefinition? Walk { get; init; }

    /// <summary>What the host takes off what the board's IMU tells; not sent.</summary>
    public ImuZero ImuZero { get; init; }

    /// <summary>What to call a chip in a sentence: by its name and place if it has one, else by its number.</summary>
    public string NameChip(int index)
    {
        if (index < 0 || index >= Chips.Length)
        {
            return $"chip {index}";
        }

        ChipConfiguration chip = Chips[index];
        string name = chip.Name.Length == 0 ? "" : $" '{chip.Name}'";
        return $"chip {index}{name} (address 0x{chip.Address:X2}, bus {chip.Bus})";
    }

    /// <summary>What to call a channel in a sentence.</summary>
    public string NameChannel(int index) =>
        index < 0 || index >= Channels.Length || Channels[index].Name.Length == 0
            ? $"channel {index}"
            : $"channel {index} '{Channels[index].Name}'";
}

/// <summary>One I2C chip.</summary>
/// <param name="Type">One of <see cref="ChipType"/>.</param>
/// <param name="Bus">1 or 2.</param>
/// <param name="Address">7 bits, 0x08..0x7E; for a PCA9685 not 0x70, to which all of them answer.</param>
/// <param name="Required">A sensor without which the board goes safe.</param>
/// <param name="Frequency">Pulse frequency of a PCA9685, Hz, in steps of 0.1; 0 for other chips.</param>
/// <param name="Oscillator">Its measured oscillator, 23e6..27e6 Hz; 0 for other chips.</param>
/// <param name="Name">For people; not sent.</param>
public sealed record ChipConfiguration(
    byte Type, int Bus, int Address, bool Required = false, double Frequency = 0, double Oscillator = 0, string Name = "")
{
    /// <summary>Of a VL53L0X: below this distance a board that moves goes safe, m, 0.020..1; 0: nothing stops it. 0 for other
    /// chips.</summary>
    public double Stop { get; init; }
}

/// <summary>One actuated output. Its value is a fraction of the travel; 0 is at <see cref="PulseMin"/>, or at
/// <see cref="PulseMax"/> if it is reversed.</summary>
public sealed record ChannelConfiguration
{
    /// <summary>Index of its chip.</summary>
    public required int Chip { get; init; }

    /// <summary>Output of the chip: 0..15 on a PCA9685, 0..3 on an MCP4728.</summary>
    public required int Output { get; init; }

    public bool Reversed { get; init; }

    /// <summary>One of <see cref="Shared.Config.OnSafe"/>.</summary>
    public byte OnSafe { get; init; } = Shared.Config.OnSafe.Release;

    /// <summary>The lower end of the travel: s on a PCA9685 (steps of 1/8 us), counts 0..4095 on a DAC.</summary>
    public required double PulseMin { get; init; }

    /// <summary>The upper end, same unit.</summary>
    public required double PulseMax { get; init; }

    /// <summary>Added to every pulse, same unit.</summary>
    public double Offset { get; init; }

    /// <summary>Smallest value that the board lets through, -2..2.</summary>
    public double Low { get; init; }

    /// <summary>Largest value.</summary>
    public double High { get; init; } = 1;

    /// <summary>Bound on the speed of the value, 1/s: up to 63.9.</summary>
    public required double Slew { get; init; }

    /// <summary>Where it goes when armed, within <see cref="Low"/>..<see cref="High"/>.</summary>
    public double Park { get; init; } = 0.5;

    /// <summary>The loop that makes a valve's pressure; null: the valve is told the value as it is.</summary>
    public PressureLoopConfiguration? Pressure { get; init; }

    /// <summary>For people; not sent.</summary>
    public string Name { get; init; } = "";
}

/// <summary>A two-neuron oscillator of the Kimura model; gains as magnitudes.</summary>
/// <param name="RiseTime">Tr, s.</param>
/// <param name="AdaptationTime">Ta, s.</param>
/// <param name="Drive">Tonic drive s.</param>
/// <param name="Adaptation">beta.</param>
/// <param name="Inhibition">a.</param>
/// <param name="Quarter">Lead at the start in quarter turns, 0..3.</param>
public sealed record OscillatorConfiguration(
    double RiseTime, double AdaptationTime, double Drive, double Adaptation, double Inhibition, int Quarter = 0);

/// <summary>A side of a chess clock; all but the start in 1/s.</summary>
/// <param name="FlexorBias">What drives the flexor's clock at rest.</param>
/// <param name="ExtensorBias">What drives the extensor's.</param>
/// <param name="FlexorGain">What the frequency factor adds to the flexor's.</param>
/// <param name="ExtensorGain">What it adds to the extensor's.</param>
/// <param name="Leak">The leak of both.</param>
/// <param name="Start">Where the side begins: below 1 its flexor's clock stands there, from 1 on its extensor's, 1 less.</param>
public sealed record ClockConfiguration(
    double FlexorBias, double ExtensorBias, double FlexorGain, double ExtensorGain, double Leak, double Start = 0);

/// <summary>A limb as a phase.</summary>
/// <param name="Frequency">Cycles a second.</param>
/// <param name="Delay">How much later it begins its cycle than the others, turns 0..1.</param>
/// <param name="Duty">Share of the cycle that is stance.</param>
/// <param name="Start">Its phase at the start, turns 0..1.</param>
public sealed record PhaseConfiguration(double Frequency, double Delay, double Duty, double Start = 0);

/// <summary>Two Izhikevich cells that inhibit each other, in the cells' own ms and mV.</summary>
/// <param name="A">Rate of the recovery, 1/ms, above 0.</param>
/// <param name="B">How far the recovery follows the membrane.</param>
/// <param name="C">The membrane after a spike, mV, -100..0.</param>
/// <param name="D">What a spike adds to the recovery.</param>
/// <param name="Current">Into both, mV/ms.</param>
/// <param name="TimeScale">What passes in the cells while a second passes for the board, ms/s, the same for all.</param>
/// <param name="Envelope">Time in which the envelope of spikes decays, ms of the cells, 1 at least, the same for all.</param>
/// <param name="Step">Longest step of the cells, ms, 0.005..0.5, the same for all.</param>
/// <param name="Input">Analog input that they feel, from 1, of a required converter; 0: none, and what follows is 0.</param>
/// <param name="Feedback">Size of what they feel, mV/ms.</param>
/// <param name="Steepness">How soon it saturates, 1/V.</param>
/// <param name="Zero">Voltage at which nothing is felt, V.</param>
/// <param name="Reach">How far from it the sensor may get, V.</param>
public sealed record CellPairConfiguration(
    double A, double B, double C, double D, double Current, double TimeScale, double Envelope, double Step, int Input = 0,
    double Feedback = 0, double Steepness = 0, double Zero = 0, double Reach = 0);

/// <summary>A coupling between oscillators.</summary>
/// <param name="To">Index of the receiver; of a chess clock that of a clock, two a side, and of pairs that of a cell, two a pair.</param>
/// <param name="From">Index of the sender.</param>
/// <param name="Weight">Signed.</param>
public sealed record CouplingConfiguration(int To, int From, double Weight);

/// <summary>A channel driven by an oscillator: value = offset + gain x output.</summary>
/// <param name="Channel">Index of the channel; one entry a channel.</param>
/// <param name="Oscillator">Index of the oscillator.</param>
/// <param name="Output">Which of its outputs.</param>
/// <param name="Offset">0..1 of the travel.</param>
/// <param name="Gain">Travel per unit of output, -100..100.</param>
public sealed record RhythmMapEntry(int Channel, int Oscillator, RhythmOutput Output, double Offset, double Gain);

/// <summary>A pressure loop: a sensor at an analog input measures what a valve's channel makes.</summary>
/// <param name="Input">The board's analog input, four an ADS1115 in the order of its chips; one loop an input. The chip must be
/// required.</param>
/// <param name="ZeroVolts">Of the sensor without pressure, V.</param>
/// <param name="FullVolts">Of the sensor at the channel's value 1, V; above <paramref name="ZeroVolts"/>, at most 2.047.</param>
/// <param name="Lag">Time constant with which the chamber follows the valve, s: 0.005..2.</param>
/// <param name="Integral">How fast an error of the valve is taken out, 1/s: 0..5.</param>
/// <param name="MostError">Largest error that is borne for more than a moment, share of full pressure: 0.01..1.</param>
public sealed record PressureLoopConfiguration(
    int Input, double ZeroVolts, double FullVolts, double Lag, double Integral, double MostError);
