using System.Collections.Immutable;
using Ganglion.Bridge.Session;
using Ganglion.Shared.Config;
using Ganglion.Shared.Link;
using Ganglion.Shared.Rhythms;
using Ganglion.Shared.Walking;

namespace Ganglion.Bridge.Messages;

/// <summary>Reads the bytes of a configuration (Link.ConfigLayout) that a board has: the inverse of
/// <see cref="BoardConfigEncoder"/>, but for the names, which are not sent.</summary>
public static class BoardConfigDecoder
{
    /// <param name="bytes">The whole block, as a board in force of it sends it back.</param>
    /// <exception cref="BoardException">Its length does not fit its counts, or its version is another.</exception>
    public static BoardConfiguration Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < ConfigLayout.HeaderSize)
        {
            throw Invalid(ConfigField.Length, bytes.Length);
        }

        if (ConfigFields.Version.Value(bytes) != ConfigLayout.Version)
        {
            throw Invalid(ConfigField.Version, 0);
        }

        int channelsAt = ConfigLayout.HeaderSize + bytes[ConfigLayout.ChipCountAt] * ConfigLayout.ChipSize;
        int oscillatorsAt = channelsAt + bytes[ConfigLayout.ChannelCountAt] * ConfigLayout.ChannelSize;
        int couplingsAt = oscillatorsAt + bytes[ConfigLayout.OscillatorCountAt] * ConfigLayout.OscillatorSize;
        int mapAt = couplingsAt + bytes[ConfigLayout.CouplingCountAt] * ConfigLayout.CouplingSize;
        int walkAt = mapAt + bytes[ConfigLayout.MapCountAt] * ConfigLayout.MapSize;
        int joints = bytes[ConfigLayout.JointCountAt], loads = bytes[ConfigLayout.LoadCountAt];
        if (joints > Walker.AngleCount || loads > WalkDefinition.MaxSensors)
        {
            throw Invalid(ConfigField.Counts, joints);
        }

        int pressuresAt = walkAt + (joints == 0 ? 0 : ConfigLayout.WalkSize) + joints * ConfigLayout.JointSize + loads
            * ConfigLayout.LoadSize;
        if (joints > 0 && bytes.Length >= walkAt + ConfigLayout.WalkSize)
        {
            pressuresAt += bytes[walkAt + ConfigLayout.WalkSpeedCountAt] * ConfigLayout.SpeedSize
                + bytes[walkAt + ConfigLayout.WalkGroundCountAt] * ConfigLayout.GroundSize;
        }

        if (bytes.Length < pressuresAt
            || bytes.Length != pressuresAt + PressureReader.CountLoops(bytes.ToArray(), bytes[ConfigLayout.ChipCountAt],
                bytes[ConfigLayout.ChannelCountAt]) * ConfigLayout.PressureSize)
        {
            throw Invalid(ConfigField.Length, bytes.Length);
        }

        ImmutableArray<ChipConfiguration> chips = Each(bytes[ConfigLayout.HeaderSize..channelsAt], ConfigLayout.ChipSize, Chip);
        var loops = new Queue<PressureLoopConfiguration>(Each(bytes[pressuresAt..], ConfigLayout.PressureSize, Pressure));
        return new BoardConfiguration
        {
            Profile = (int)ConfigFields.Profile.Value(bytes),
            Tick = ConfigFields.TickMs.Value(bytes),
            HoldTimeout = ConfigFields.HoldTimeout.Value(bytes),
            SafeTimeout = ConfigFields.SafeTimeout.Value(bytes),
            RhythmTimeout = ConfigFields.RhythmTimeout.Value(bytes),
            RhythmRamp = ConfigFields.RhythmRamp.Value(bytes),
            TelemetryTicks = (int)ConfigFields.TelemetryTicks.Value(bytes),
            Bus1Speed = ConfigFields.Bus1Speed.Value(bytes),
            Bus2Speed = ConfigFields.Bus2Speed.Value(bytes),
            Chips = chips,
            Channels = Each(bytes[channelsAt..oscillatorsAt], ConfigLayout.ChannelSize, part => Channel(part, chips, loops)),
            Oscillators = OfKind(RhythmKind.Kimura, bytes[oscillatorsAt..couplingsAt], Oscillator),
            Clocks = OfKind(RhythmKind.ChessClock, bytes[oscillatorsAt..couplingsAt], Clock),
            Phases = OfKind(RhythmKind.Phase, bytes[oscillatorsAt..couplingsAt], Phase),
            Pairs = OfKind(RhythmKind.CellPair, bytes[oscillatorsAt..couplingsAt], Pair),
            Couplings = Each(bytes[couplingsAt..mapAt], ConfigLayout.CouplingSize, Coupling),
            RhythmMap = Each(bytes[mapAt..walkAt], ConfigLayout.MapSize, MapEntry),
            Walk = joints == 0 ? null : WalkReader.Read(bytes.ToArray(), walkAt, joints, loads),
        };
    }

    private delegate T Reader<out T>(ReadOnlySpan<byte> part);

    private static ImmutableArray<T> Each<T>(ReadOnlySpan<byte> section, int size, Reader<T> read)
    {
        ImmutableArray<T>.Builder all = ImmutableArray.CreateBuilder<T>(section.Length / size);
        for (int at = 0; at < section.Length; at += size)
        {
            all.Add(read(section.Slice(at, size)));
        }

        return all.MoveToImmutable();
    }

    private static ImmutableArray<T> OfKind<T>(byte kind, ReadOnlySpan<byte> section, Reader<T> read) =>
        section.IsEmpty || section[ConfigLayout.OscillatorKindAt] != kind ? [] : Each(section, ConfigLayout.OscillatorSize, read);

    private static ChipConfiguration Chip(ReadOnlySpan<byte> part)
    {
        var chip = new ChipConfiguration((byte)ConfigFields.ChipType.Value(part), (int)ConfigFields.ChipBus.Value(part),
            (int)ConfigFields.ChipAddress.Value(part), ((int)ConfigFields.ChipFlags.Value(part) & 1) != 0);
        return chip.Type == ChipType.Vl53l0x ? chip with { Stop = ConfigFields.DistanceStop.Value(part) }
            : chip with { Frequency = ConfigFields.ChipFrequency.Value(part), Oscillator = ConfigFields.ChipOscillator.Value(part) };
    }

    private static PressureLoopConfiguration Pressure(ReadOnlySpan<byte> part) => new(
        (int)ConfigFields.PressureInput.Value(part), ConfigFields.PressureZero.Value(part), ConfigFields.PressureFull.Value(part),
        ConfigFields.PressureLag.Value(part), ConfigFields.PressureIntegral.Value(part), ConfigFields.PressureMostError.Value(part));

    private static ChannelConfiguration Channel(ReadOnlySpan<byte> part, ImmutableArray<ChipConfiguration> chips,
        Queue<PressureLoopConfiguration> loops)
    {
        int chip = (int)ConfigFields.ChannelChip.Value(part), flags = (int)ConfigFields.ChannelFlags.Value(part);
        double pulse = chip < chips.Length && chips[chip].Type == ChipType.Mcp4728
            ? BoardConfigEncoder.PulseCounts : ConfigFields.ChannelPulseMin.Unit;
        return new ChannelConfiguration
        {
            Chip = chip,
            Output = (int)ConfigFields.ChannelOutput.Value(part),
            Reversed = (flags & 1) != 0,
            Pressure = (flags & 2) != 0 ? loops.Dequeue() : null,
            OnSafe = (byte)ConfigFields.ChannelSafe.Value(part),
            PulseMin = ConfigFields.ChannelPulseMin.Raw(part) * pulse,
            PulseMax = ConfigFields.ChannelPulseMax.Raw(part) * pulse,
            Offset = ConfigFields.ChannelOffset.Raw(part) * pulse,
            Low = ConfigFields.ChannelLow.Value(part),
            High = ConfigFields.ChannelHigh.Value(part),
            Slew = ConfigFields.ChannelSlew.Value(part),
            Park = ConfigFields.ChannelPark.Value(part),
        };
    }

    private static OscillatorConfiguration Oscillator(ReadOnlySpan<byte> part) => new(
        ConfigFields.OscillatorRise.Value(part), ConfigFields.OscillatorAdaptationTime.Value(part),
        ConfigFields.OscillatorDrive.Value(part), ConfigFields.OscillatorAdaptation.Value(part),
        ConfigFields.OscillatorInhibition.Value(part), (int)ConfigFields.OscillatorQuarter.Value(part));

    private static ClockConfiguration Clock(ReadOnlySpan<byte> part) => new(
        ConfigFields.ClockFlexorBias.Value(part), ConfigFields.ClockExtensorBias.Value(part), ConfigFields.ClockFlexorGain.Value(part),
        ConfigFields.ClockExtensorGain.Value(part), ConfigFields.ClockLeak.Value(part), ConfigFields.ClockStart.Value(part));

    private static PhaseConfiguration Phase(ReadOnlySpan<byte> part) => new(
        ConfigFields.PhaseFrequency.Value(part), ConfigFields.PhaseDelay.Value(part), ConfigFields.PhaseDuty.Value(part),
        ConfigFields.PhaseStart.Value(part));

    private static CellPairConfiguration Pair(ReadOnlySpan<byte> part) => new(
        ConfigFields.PairA.Value(part), ConfigFields.PairB.Value(part), ConfigFields.PairC.Value(part), ConfigFields.PairD.Value(part),
        ConfigFields.PairCurrent.Value(part), ConfigFields.PairTimeScale.Value(part), ConfigFields.PairEnvelope.Value(part),
        ConfigFields.PairStep.Value(part), (int)ConfigFields.PairInput.Value(part), ConfigFields.PairFeedback.Value(part),
        ConfigFields.PairSteepness.Value(part), ConfigFields.PairZero.Value(part), ConfigFields.PairReach.Value(part));

    private static CouplingConfiguration Coupling(ReadOnlySpan<byte> part) => new(
        (int)ConfigFields.CouplingTo.Value(part), (int)ConfigFields.CouplingFrom.Value(part), ConfigFields.CouplingWeight.Value(part));

    private static RhythmMapEntry MapEntry(ReadOnlySpan<byte> part) => new(
        (int)ConfigFields.MapChannel.Value(part), (int)ConfigFields.MapOscillator.Value(part),
        (RhythmOutput)(byte)ConfigFields.MapOutput.Value(part), ConfigFields.MapOffset.Value(part), ConfigFields.MapGain.Value(part));

    private static BoardException Invalid(byte field, int index) => new("configuration", Reason.ConfigInvalid, field, index, null);
}
