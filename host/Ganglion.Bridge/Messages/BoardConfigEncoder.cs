using System.Buffers.Binary;
using Ganglion.Bridge.Session;
using Ganglion.Shared.Config;
using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;
using Ganglion.Shared.Sensing;
using Ganglion.Shared.Walking;

namespace Ganglion.Bridge.Messages;

/// <summary>
/// Makes the bytes of a configuration (Link.ConfigLayout) and judges them with the same code as the board, so that what is
/// wrong is said before anything is sent.
/// </summary>
public static class BoardConfigEncoder
{
    /// <summary>Unit of pulses on the wire: s, or counts of a DAC.</summary>
    internal const double PulseSeconds = 0.125e-6, PulseCounts = 0.125;

    /// <summary>Unit of an analog input, V.</summary>
    internal const double InputVolts = AnalogScale.VoltsPerCount;

    /// <param name="configuration">What to encode.</param>
    /// <returns>The whole block, at most 4096 bytes.</returns>
    /// <exception cref="BoardException">A value does not fit the format or the board would refuse it; the message says which
    /// and what is allowed.</exception>
    public static byte[] Encode(BoardConfiguration configuration)
    {
        if (configuration.Chips.Length > FrameFormat.MaxChips || configuration.Channels.Length > FrameFormat.MaxChannels
            || configuration.Walk is { } asked && (asked.JointCount is < 1 or > Walker.AngleCount || asked.SensorCount is < 0
                or > WalkDefinition.MaxSensors)
            || configuration.Oscillators.Length > 255 || configuration.Couplings.Length > 255 || configuration.RhythmMap.Length > 255)
        {
            throw Invalid(configuration, ConfigField.Counts, 0);
        }

        byte[] bytes = new byte[ConfigLayout.HeaderSize
            + configuration.Chips.Length * ConfigLayout.ChipSize
            + configuration.Channels.Length * ConfigLayout.ChannelSize
            + configuration.Oscillators.Length * ConfigLayout.OscillatorSize
            + configuration.Couplings.Length * ConfigLayout.CouplingSize
            + configuration.RhythmMap.Length * ConfigLayout.MapSize
            + WalkEncoding.Length(configuration.Walk)
            + configuration.Channels.Count(channel => channel.Pressure != null) * ConfigLayout.PressureSize];
        if (bytes.Length > ConfigLayout.MaxSize)
        {
            throw new BoardException("configuration", Reason.ConfigTooLong, 0, bytes.Length, configuration);
        }

        new Encoding(configuration, bytes).Run();

        var check = new BoardConfig();
        if (!check.Load(bytes, bytes.Length, configuration.Profile))
        {
            throw Invalid(configuration, check.FaultField, check.FaultIndex);
        }

        return bytes;
    }

    private static BoardException Invalid(BoardConfiguration configuration, byte field, int index) =>
        new("configuration", Reason.ConfigInvalid, field, index, configuration);

    private sealed class Encoding(BoardConfiguration configuration, byte[] bytes)
    {
        private int _at;
        private byte _field;
        private int _index;

        public void Run()
        {
            Header();
            _at = ConfigLayout.HeaderSize;
            for (int i = 0; i < configuration.Chips.Length; i++, _at += ConfigLayout.ChipSize)
            {
                Chip(configuration.Chips[i], i);
            }

            for (int i = 0; i < configuration.Channels.Length; i++, _at += ConfigLayout.ChannelSize)
            {
                Channel(configuration.Channels[i], i);
            }

            for (int i = 0; i < configuration.Oscillators.Length; i++, _at += ConfigLayout.OscillatorSize)
            {
                Oscillator(configuration.Oscillators[i], i);
            }

            for (int i = 0; i < configuration.Couplings.Length; i++, _at += ConfigLayout.CouplingSize)
            {
                Coupling(configuration.Couplings[i], i);
            }

            for (int i = 0; i < configuration.RhythmMap.Length; i++, _at += ConfigLayout.MapSize)
            {
                MapEntry(configuration.RhythmMap[i], i);
            }

            if (configuration.Walk is { } walk)
            {
                new WalkEncoding(walk, bytes, _at, (field, index) => Invalid(configuration, field, index)).Run();
            }

            _at += WalkEncoding.Length(configuration.Walk);
            for (int i = 0; i < configuration.Channels.Length; i++)
            {
                Pressure(configuration.Channels[i].Pressure, i);
            }
        }

        private void Header()
        {
            U16(ConfigLayout.VersionAt, ConfigLayout.Version, 1);
            About(ConfigField.Profile, 0);
            U8(ConfigLayout.ProfileAt, configuration.Profile, 1);
            About(ConfigField.Tick, 0);
            U8(ConfigLayout.TickMsAt, configuration.Tick, 1e-3);
            U8(ConfigLayout.TelemetryTicksAt, configuration.TelemetryTicks, 1);
            About(ConfigField.Timeouts, 0);
            U16(ConfigLayout.HoldTimeoutAt, configuration.HoldTimeout, 1e-3);
            U16(ConfigLayout.SafeTimeoutAt, configuration.SafeTimeout, 1e-3);
            U16(ConfigLayout.RhythmTimeoutAt, configuration.RhythmTimeout, 1);
            About(ConfigField.RhythmMap, 0);
            U16(ConfigLayout.RhythmRampAt, configuration.RhythmRamp, 1e-3);
            bytes[ConfigLayout.ChipCountAt] = (byte)configuration.Chips.Length;
            bytes[ConfigLayout.ChannelCountAt] = (byte)configuration.Channels.Length;
            bytes[ConfigLayout.OscillatorCountAt] = (byte)configuration.Oscillators.Length;
            bytes[ConfigLayout.CouplingCountAt] = (byte)configuration.Couplings.Length;
            bytes[ConfigLayout.MapCountAt] = (byte)configuration.RhythmMap.Length;
            bytes[ConfigLayout.JointCountAt] = (byte)(configuration.Walk?.JointCount ?? 0);
            bytes[ConfigLayout.LoadCountAt] = (byte)(configuration.Walk?.SensorCount ?? 0);
            About(ConfigField.BusSpeed, 1);
            U16(ConfigLayout.Bus1SpeedAt, configuration.Bus1Speed, 1e3);
            About(ConfigField.BusSpeed, 2);
            U16(ConfigLayout.Bus2SpeedAt, configuration.Bus2Speed, 1e3);
        }

        private void Chip(ChipConfiguration chip, int index)
        {
            bytes[_at + ConfigLayout.ChipTypeAt] = chip.Type;
            About(ConfigField.BusSpeed, index);
            U8(ConfigLayout.ChipBusAt, chip.Bus, 1);
            About(ConfigField.ChipAddress, index);
            U8(ConfigLayout.ChipAddressAt, chip.Address, 1);
            bytes[_at + ConfigLayout.ChipFlagsAt] = (byte)(chip.Required ? 1 : 0);
            About(ConfigField.ChipFrequency, index);
            U16(ConfigLayout.ChipFrequencyAt, chip.Frequency, 0.1);
            U16(ConfigLayout.ChipOscillatorAt, chip.Oscillator, 1e3);
        }

        private void Channel(ChannelConfiguration channel, int index)
        {
            About(ConfigField.ChannelOutput, index);
            U8(ConfigLayout.ChannelChipAt, channel.Chip, 1);
            U8(ConfigLayout.ChannelOutputAt, channel.Output, 1);
            bytes[_at + ConfigLayout.ChannelFlagsAt] = (byte)((channel.Reversed ? 1 : 0) | (channel.Pressure != null ? 2 : 0));
            bytes[_at + ConfigLayout.ChannelSafeAt] = channel.OnSafe;
            bool dac = channel.Chip >= 0 && channel.Chip < configuration.Chips.Length
                && configuration.Chips[channel.Chip].Type == ChipType.Mcp4728;
            double pulse = dac ? PulseCounts : PulseSeconds;
            About(ConfigField.ChannelPulse, index);
            U16(ConfigLayout.ChannelPulseMinAt, channel.PulseMin, pulse);
            U16(ConfigLayout.ChannelPulseMaxAt, channel.PulseMax, pulse);
            I16(ConfigLayout.ChannelOffsetAt, channel.Offset, pulse);
            About(ConfigField.ChannelLimits, index);
            I16(ConfigLayout.ChannelLowAt, channel.Low, 1.0 / FixedPoint.One);
            I16(ConfigLayout.ChannelHighAt, channel.High, 1.0 / FixedPoint.One);
            I16(ConfigLayout.ChannelParkAt, channel.Park, 1.0 / FixedPoint.One);
            About(ConfigField.ChannelSlew, index);
            U16(ConfigLayout.ChannelSlewAt, channel.Slew, 1.0 / FixedPoint.SlewOne);
        }

        private void Oscillator(OscillatorConfiguration oscillator, int index)
        {
            About(ConfigField.Oscillator, index);
            F32(ConfigLayout.OscillatorRiseAt, oscillator.RiseTime);
            F32(ConfigLayout.OscillatorAdaptationTimeAt, oscillator.AdaptationTime);
            F32(ConfigLayout.OscillatorDriveAt, oscillator.Drive);
            F32(ConfigLayout.OscillatorAdaptationAt, oscillator.Adaptation);
            F32(ConfigLayout.OscillatorInhibitionAt, oscillator.Inhibition);
            U8(ConfigLayout.OscillatorQuarterAt, oscillator.Quarter, 1);
        }

        private void Coupling(CouplingConfiguration coupling, int index)
        {
            About(ConfigField.Coupling, index);
            U8(ConfigLayout.CouplingToAt, coupling.To, 1);
            U8(ConfigLayout.CouplingFromAt, coupling.From, 1);
            F32(ConfigLayout.CouplingWeightAt, coupling.Weight);
        }

        private void MapEntry(RhythmMapEntry entry, int index)
        {
            About(ConfigField.RhythmMap, index);
            U8(ConfigLayout.MapChannelAt, entry.Channel, 1);
            U8(ConfigLayout.MapOscillatorAt, entry.Oscillator, 1);
            bytes[_at + ConfigLayout.MapOutputAt] = (byte)entry.Output;
            F32(ConfigLayout.MapOffsetAt, entry.Offset);
            F32(ConfigLayout.MapGainAt, entry.Gain);
        }

        private void Pressure(PressureLoopConfiguration? loop, int channel)
        {
            if (loop == null)
            {
                return;
            }

            About(ConfigField.Pressure, channel);
            U8(ConfigLayout.PressureInputAt, loop.Input, 1);
            I16(ConfigLayout.PressureZeroAt, loop.ZeroVolts, InputVolts);
            I16(ConfigLayout.PressureFullAt, loop.FullVolts, InputVolts);
            U16(ConfigLayout.PressureLagAt, loop.Lag, 1e-3);
            U16(ConfigLayout.PressureIntegralAt, loop.Integral, 1.0 / PressureSettings.IntegralOne);
            U16(ConfigLayout.PressureMostErrorAt, loop.MostError, 1.0 / FixedPoint.One);
            _at += ConfigLayout.PressureSize;
        }

        private void About(byte field, int index)
        {
            _field = field;
            _index = index;
        }

        private void U8(int offset, double value, double unit) => bytes[_at + offset] = (byte)Units(value, unit, 0, byte.MaxValue);

        private void U16(int offset, double value, double unit) =>
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(_at + offset), (ushort)Units(value, unit, 0, ushort.MaxValue));

        private void I16(int offset, double value, double unit) =>
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(_at + offset), (short)Units(value, unit, short.MinValue, short.MaxValue));

        private void F32(int offset, double value)
        {
            if (!float.IsFinite((float)value))
            {
                throw Invalid(configuration, _field, _index);
            }

            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(_at + offset), (float)value);
        }

        private int Units(double value, double unit, int low, int high)
        {
            double units = Math.Round(value / unit);
            if (!(units >= low && units <= high))
            {
                throw Invalid(configuration, _field, _index);
            }

            return (int)units;
        }
    }
}
