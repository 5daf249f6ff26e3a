using Ganglion.Shared.Rhythms;

namespace Ganglion.Robots.Rhythms;

/// <summary>The part of a rhythm that a refusal is about.</summary>
public enum RhythmPart
{
    /// <summary>An oscillator, by its index.</summary>
    Oscillator,

    /// <summary>A coupling weight, by receiver x oscillators + sender.</summary>
    Weight,

    /// <summary>An entry of the channel map, by its index.</summary>
    Map,

    /// <summary>The modulation of a rhythm that is accepted as such.</summary>
    Modulation,
}

/// <summary>A board would refuse this rhythm.</summary>
/// <param name="part">What is refused.</param>
/// <param name="index">Which one, see <see cref="RhythmPart"/>.</param>
/// <param name="reason">Why, as the shared code says it.</param>
public sealed class RhythmRefusedException(RhythmPart part, int index, RhythmReason reason)
    : Exception(part == RhythmPart.Modulation ? Words(reason) : $"{part} {index}: {Words(reason)}")
{
    public RhythmPart Part { get; } = part;

    public int Index { get; } = index;

    public RhythmReason Reason { get; } = reason;

    /// <summary>What is wrong and what to do, without the place.</summary>
    public string Problem { get; } = Words(reason);

    /// <summary>Cause and remedy of a reason.</summary>
    public static string Words(RhythmReason reason) => reason switch
    {
        RhythmReason.None => "nothing is wrong; play it",
        RhythmReason.NotANumber => "a value is not a number; write one",
        RhythmReason.CountOutOfRange => "there are too few or too many oscillators or map entries; a rhythm has 1 to 64 oscillators and " +
            "at least one entry",
        RhythmReason.TimeConstantOutOfRange =>
            $"a time constant is outside {KimuraParameters.MinTimeConstant * 1000:0}..{KimuraParameters.MaxTimeConstant * 1000:0} ms; " +
                $"choose it within",
        RhythmReason.DriveOutOfRange => $"the drive is outside 0..{KimuraParameters.MaxMagnitude:0}; choose it within",
        RhythmReason.AdaptationOutOfRange => $"the adaptation is outside 0..{KimuraParameters.MaxMagnitude:0}; give its magnitude, " +
            $"without a sign",
        RhythmReason.InhibitionOutOfRange => $"the inhibition is outside 0..{KimuraParameters.MaxMagnitude:0}; give its magnitude, " +
            $"without a sign",
        RhythmReason.WeightOutOfRange => $"the weight is outside -{KimuraParameters.MaxMagnitude:0}..{KimuraParameters.MaxMagnitude:0}; " +
            $"choose it within",
        RhythmReason.QuarterOutOfRange => "the start lead is not 0, 1, 2 or 3 quarter turns; choose one of them",
        RhythmReason.StepTooLong =>
            "the board's tick is too long for so fast an oscillator; raise its time constants, weaken its gains and couplings, lower the " +
                "frequency, or use tick_ms 10",
        RhythmReason.FrequencyOutOfRange =>
            $"the frequency factor is outside " +
                $"{KimuraNetwork.MinFrequency:0.##}..{KimuraNetwork.MaxFrequency:0}; choose it within, 1 is as configured",
        RhythmReason.AmplitudeOutOfRange => $"the amplitude factor is outside 0..{KimuraNetwork.MaxAmplitude:0}; choose it within, 1 is " +
            $"as configured",
        RhythmReason.RateOutOfRange =>
            $"the modulation changes at a rate outside " +
                $"{KimuraNetwork.MinRate:0.##}..{KimuraNetwork.MaxRate:0} per second; choose it within",
        RhythmReason.InputOutOfRange => $"an input is outside -{KimuraParameters.MaxMagnitude:0}..{KimuraParameters.MaxMagnitude:0}; " +
            $"choose it within",
        RhythmReason.OscillatorOutOfRange => "there is no such oscillator; name one of the network's",
        RhythmReason.ChannelOutOfRange => "the board has no such channel; use one that it has",
        RhythmReason.ChannelTwice => "the channel is driven already by an entry above; keep one of the two",
        RhythmReason.OutputOutOfRange => "there is no such output; use signed, flexor or extensor",
        RhythmReason.OffsetOutOfRange => "the offset is outside 0..1 of the travel; choose it within",
        RhythmReason.GainOutOfRange => $"the gain is outside -{ChannelMap.MaxGain:0}..{ChannelMap.MaxGain:0} of the travel per unit of " +
            $"output; choose it within",
        RhythmReason.RampOutOfRange => $"the ramp is outside {RhythmMap.MinRamp * 1000:0}..{RhythmMap.MaxRamp * 1000:0} ms; " +
            $"choose it within",
        RhythmReason.StillRunning => "the rhythm still moves its channels; stop it and wait until it is at rest",
        RhythmReason.PhaseOutOfRange => "a frequency (0.01..10 Hz), delay or start (0..1) or duty (0.05..0.95) is outside its range; " +
            "choose it within",
        RhythmReason.ClockOutOfRange => $"a bias, gain times speed, or leak is beyond {ChessClockParameters.MaxRate:0} 1/s; choose it " +
            "within",
        RhythmReason.ClockStalls => "a clock never comes to its end, because its leak takes all that bias, gain x speed and couplings " +
            "give; raise bias, gain or speed (the frequency factor), or lower the leak",
        RhythmReason.CellOutOfRange => "a constant, current, time or feedback of the cells is beyond what a board takes; KEYS.md has the " +
            "ranges, and steepness_per_rad by the pendulum's volts_per_rad comes to 655 1/V at most",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "no such reason"),
    };
}
