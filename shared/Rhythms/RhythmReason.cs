namespace Ganglion.Shared.Rhythms
{
    /// <summary>Why a rhythm setting was refused. A refused call changes nothing.</summary>
    public enum RhythmReason : byte
    {
        /// <summary>Accepted.</summary>
        None = 0,
        /// <summary>A value is not a number.</summary>
        NotANumber = 1,
        /// <summary>The number of oscillators or map entries is below 1 or above the capacity.</summary>
        CountOutOfRange = 2,
        /// <summary>Tr or Ta is outside <see cref="KimuraParameters.MinTimeConstant"/>..<see cref="KimuraParameters.MaxTimeConstant"/>
        /// seconds.</summary>
        TimeConstantOutOfRange = 3,
        /// <summary>The tonic drive s is outside 0..<see cref="KimuraParameters.MaxMagnitude"/>.</summary>
        DriveOutOfRange = 4,
        /// <summary>The adaptation gain beta is outside 0..<see cref="KimuraParameters.MaxMagnitude"/> (give the magnitude, without a
        /// sign).</summary>
        AdaptationOutOfRange = 5,
        /// <summary>The mutual inhibition a is outside 0..<see cref="KimuraParameters.MaxMagnitude"/> (give the magnitude, without a
        /// sign).</summary>
        InhibitionOutOfRange = 6,
        /// <summary>A coupling weight is outside +-<see cref="KimuraParameters.MaxMagnitude"/>.</summary>
        WeightOutOfRange = 7,
        /// <summary>A start lead is not 0, 1, 2 or 3 quarter turns.</summary>
        QuarterOutOfRange = 8,
        /// <summary>The fixed step is too long for these parameters at this frequency: choose slower time constants, a lower frequency or
        /// RK4.</summary>
        StepTooLong = 9,
        /// <summary>The frequency factor is outside
        /// <see cref="RhythmNetwork.MinFrequency"/>..<see cref="RhythmNetwork.MaxFrequency"/>.</summary>
        FrequencyOutOfRange = 10,
        /// <summary>The amplitude factor is outside 0..<see cref="RhythmNetwork.MaxAmplitude"/>.</summary>
        AmplitudeOutOfRange = 11,
        /// <summary>The rate of change of the modulation is outside
        /// <see cref="RhythmNetwork.MinRate"/>..<see cref="RhythmNetwork.MaxRate"/> per second.</summary>
        RateOutOfRange = 12,
        /// <summary>An external feed or a state is outside +-<see cref="KimuraParameters.MaxMagnitude"/>.</summary>
        InputOutOfRange = 13,
        /// <summary>There is no oscillator with this index.</summary>
        OscillatorOutOfRange = 14,
        /// <summary>There is no channel with this index.</summary>
        ChannelOutOfRange = 15,
        /// <summary>Two entries of the map drive the same channel.</summary>
        ChannelTwice = 16,
        /// <summary>The selected oscillator output is none of <see cref="RhythmOutput"/>.</summary>
        OutputOutOfRange = 17,
        /// <summary>The offset is outside 0..1 of the travel.</summary>
        OffsetOutOfRange = 18,
        /// <summary>The gain is outside +-<see cref="ChannelMap.MaxGain"/> of the travel per unit of oscillator output.</summary>
        GainOutOfRange = 19,
        /// <summary>The ramp is outside <see cref="RhythmMap.MinRamp"/>..<see cref="RhythmMap.MaxRamp"/> seconds.</summary>
        RampOutOfRange = 20,
        /// <summary>The map moves its channels: stop it and wait for its ramp before changing it.</summary>
        StillRunning = 21,
        /// <summary>A limb's frequency, delay, duty or start is outside the range of <see cref="PhaseParameters"/>, or the limbs have
        /// different frequencies.</summary>
        PhaseOutOfRange = 22,
        /// <summary>A clock's bias, gain or leak is outside +-<see cref="ChessClockParameters.MaxRate"/>.</summary>
        ClockOutOfRange = 23,
        /// <summary>A clock can never come to its end at this frequency factor: its leak takes what bias, gain and couplings
        /// give.</summary>
        ClockStalls = 24
    }
}
