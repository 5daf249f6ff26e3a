using System.Buffers.Binary;
using System.Collections.Immutable;
using Ganglion.Bridge.Session;
using Ganglion.Shared.Config;
using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;
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

        if (U16(bytes, ConfigLayout.VersionAt) != ConfigLayout.Version)
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
            Profile = bytes[ConfigLayout.ProfileAt],
            Tick = bytes[ConfigLayout.TickMsAt] / 1e3,
            HoldTimeout = U16(bytes, ConfigLayout.HoldTimeoutAt) / 1e3,
            SafeTimeout = U16(bytes, ConfigLayout.SafeTimeoutAt) / 1e3,
            RhythmTimeout = U16(bytes, ConfigLayout.RhythmTimeoutAt),
            RhythmRamp = U16(bytes, ConfigLayout.RhythmRampAt) / 1e3,
            TelemetryTicks = bytes[ConfigLayout.TelemetryTicksAt],
            Bus1Speed = U16(bytes, ConfigLayout.Bus1SpeedAt) * 1e3,
            Bus2Speed = U16(bytes, ConfigLayout.Bus2SpeedAt) * 1e3,
            Chips = chips,
            Channels = Each(bytes[channelsAt..oscillatorsAt], ConfigLayout.ChannelSize, part => Channel(part, chips, loops)),
            Oscillators = Each(bytes[oscillatorsAt..couplingsAt], ConfigLayout.OscillatorSize, Oscillator),
            Couplings = Each(bytes[couplingsAt..mapAt], ConfigLayout.CouplingSize, part => new CouplingConfiguration(
                part[ConfigLayout.CouplingToAt], part[ConfigLayout.CouplingFromAt], F32(part, ConfigLayout.CouplingWeightAt))),
            RhythmMap = Each(bytes[mapAt..walkAt], ConfigLayout.MapSize, part => new RhythmMapEntry(
                part[ConfigLayout.MapChannelAt], part[ConfigLayout.MapOscillatorAt], (RhythmOutput)part[ConfigLayout.MapOutputAt],
                F32(part, ConfigLayout.MapOffsetAt), F32(part, ConfigLayout.MapGainAt))),
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

    private static ChipConfiguration Chip(ReadOnlySpan<byte> part) => new(
        part[ConfigLayout.ChipTypeAt], part[ConfigLayout.ChipBusAt], part[ConfigLayout.ChipAddressAt],
        (part[ConfigLayout.ChipFlagsAt] & 1) != 0, U16(part, ConfigLayout.ChipFrequencyAt) / 10.0,
        U16(part, ConfigLayout.ChipOscillatorAt) * 1e3);

    private static PressureLoopConfiguration Pressure(ReadOnlySpan<byte> part) => new(
        part[ConfigLayout.PressureInputAt],
        I16(part, ConfigLayout.PressureZeroAt) * BoardConfigEncoder.InputVolts, I16(part, ConfigLayout.PressureFullAt)
        * BoardConfigEncoder.InputVolts,
        U16(part, ConfigLayout.PressureLagAt) / 1e3, U16(part, ConfigLayout.PressureIntegralAt) / (double)PressureSettings.IntegralOne,
        U16(part, ConfigLayout.PressureMostErrorAt) / (double)FixedPoint.One);

    private static ChannelConfiguration Channel(ReadOnlySpan<byte> part, ImmutableArray<ChipConfiguration> chips,
        Queue<PressureLoopConfiguration> loops)
    {
        int chip = part[ConfigLayout.ChannelChipAt];
        double pulse = chip < chips.Length && chips[chip].Type == ChipType.Mcp4728
            ? BoardConfigEncoder.PulseCounts : BoardConfigEncoder.PulseSeconds;
        return new ChannelConfiguration
        {
            Chip = chip,
            Output = part[ConfigLayout.ChannelOutputAt],
            Reversed = (part[ConfigLayout.ChannelFlagsAt] & 1) != 0,
            Pressure = (part[ConfigLayout.ChannelFlagsAt] & 2) != 0 ? loops.Dequeue() : null,
            OnSafe = part[ConfigLayout.ChannelSafeAt],
            PulseMin = U16(part, ConfigLayout.ChannelPulseMinAt) * pulse,
            PulseMax = U16(part, ConfigLayout.ChannelPulseMaxAt) * pulse,
            Offset = I16(part, ConfigLayout.ChannelOffsetAt) * pulse,
            Low = I16(part, ConfigLayout.ChannelLowAt) / (double)FixedPoint.One,
            High = I16(part, ConfigLayout.ChannelHighAt) / (double)FixedPoint.One,
            Slew = U16(part, ConfigLayout.ChannelSlewAt) / (double)FixedPoint.SlewOne,
            Park = I16(part, ConfigLayout.ChannelParkAt) / (double)FixedPoint.One,
        };
    }

    private static OscillatorConfiguration Oscillator(ReadOnlySpan<byte> part) => new(
        F32(part, ConfigLayout.OscillatorRiseAt), F32(part, ConfigLayout.OscillatorAdaptationTimeAt),
        F32(part, ConfigLayout.OscillatorDriveAt),
        F32(part, ConfigLayout.OscillatorAdaptationAt), F32(part, ConfigLayout.OscillatorInhibitionAt),
        part[ConfigLayout.OscillatorQuarterAt]);

    private static int U16(ReadOnlySpan<byte> part, int at) => BinaryPrimitives.ReadUInt16LittleEndian(part[at..]);

    private static int I16(ReadOnlySpan<byte> part, int at) => BinaryPrimitives.ReadInt16LittleEndian(part[at..]);

    private static double F32(ReadOnlySpan<byte> part, int at) => BinaryPrimitives.ReadSingleLittleEndian(part[at..]);

    private static BoardException Invalid(byte field, int index) => new("configuration", Reason.ConfigInvalid, field, index, null);
}
