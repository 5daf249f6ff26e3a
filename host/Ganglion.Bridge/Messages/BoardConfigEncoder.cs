using System.Collections.Immutable;
using Ganglion.Bridge.Session;
using Ganglion.Shared.Config;
using Ganglion.Shared.Link;
using Ganglion.Shared.Rhythms;
using Ganglion.Shared.Walking;

namespace Ganglion.Bridge.Messages;

/// <summary>
/// Makes the bytes of a configuration (Link.ConfigLayout) and judges them with the same code as the board, so that what is
/// wrong is said before anything is sent.
/// </summary>
public static class BoardConfigEncoder
{
    /// <summary>Unit of pulses on the wire where a DAC makes them: counts.</summary>
    internal const double PulseCounts = 0.125;

    /// <param name="configuration">What to encode.</param>
    /// <returns>The whole block, at most 4096 bytes.</returns>
    /// <exception cref="BoardException">A value does not fit the format or the board would refuse it; the message says which
    /// and what is allowed.</exception>
    public static byte[] Encode(BoardConfiguration configuration)
    {
        if (configuration.Chips.Length > FrameFormat.MaxChips || configuration.Channels.Length > FrameFormat.MaxChannels
            || configuration.Walk is { } asked && (asked.JointCount is < 1 or > Walker.AngleCount || asked.SensorCount is < 0
                or > WalkDefinition.MaxSensors)
            || configuration.OscillatorCount > 255 || Kinds(configuration) > 1
            || configuration.Couplings.Length > 255 || configuration.RhythmMap.Length > 255)
        {
            throw Invalid(configuration, ConfigField.Counts, 0);
        }

        byte[] bytes = new byte[ConfigLayout.HeaderSize
            + configuration.Chips.Length * ConfigLayout.ChipSize
            + configuration.Channels.Length * ConfigLayout.ChannelSize
            + configuration.OscillatorCount * ConfigLayout.OscillatorSize
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

    /// <summary>Kinds of oscillators that there are; a rhythm has one.</summary>
    private static int Kinds(BoardConfiguration configuration) =>
        Math.Sign(configuration.Oscillators.Length) + Math.Sign(configuration.Clocks.Length) + Math.Sign(configuration.Phases.Length)
            + Math.Sign(configuration.Pairs.Length);

    private sealed class Encoding(BoardConfiguration configuration, byte[] bytes)
    {
        private int _at;
        private int _index;

        public void Run()
        {
            Header();
            _at = ConfigLayout.HeaderSize;
            Each(configuration.Chips, ConfigLayout.ChipSize, Chip);
            Each(configuration.Channels, ConfigLayout.ChannelSize, Channel);
            Each(configuration.Oscillators, ConfigLayout.OscillatorSize, Oscillator);
            Each(configuration.Clocks, ConfigLayout.ClockSize, Clock);
            Each(configuration.Phases, ConfigLayout.PhaseSize, Phase);
            Each(configuration.Pairs, ConfigLayout.PairSize, Pair);
            Each(configuration.Couplings, ConfigLayout.CouplingSize, Coupling);
            Each(configuration.RhythmMap, ConfigLayout.MapSize, MapEntry);
            if (configuration.Walk is { } walk)
            {
                new WalkEncoding(walk, bytes, _at, (field, index) => Invalid(configuration, field, index)).Run();
            }

            _at += WalkEncoding.Length(configuration.Walk);
            Each(configuration.Channels, 0, channel => Pressure(channel.Pressure));
        }

        private void Each<T>(ImmutableArray<T> all, int size, Action<T> write)
        {
            for (_index = 0; _index < all.Length; _index++, _at += size)
            {
                write(all[_index]);
            }
        }

        private void Header()
        {
            Put(ConfigFields.Version, ConfigLayout.Version);
            Put(ConfigFields.Profile, configuration.Profile);
            Put(ConfigFields.TickMs, configuration.Tick);
            Put(ConfigFields.TelemetryTicks, configuration.TelemetryTicks);
            Put(ConfigFields.HoldTimeout, configuration.HoldTimeout);
            Put(ConfigFields.SafeTimeout, configuration.SafeTimeout);
            Put(ConfigFields.RhythmTimeout, configuration.RhythmTimeout);
            Put(ConfigFields.RhythmRamp, configuration.RhythmRamp);
            Put(ConfigFields.ChipCount, configuration.Chips.Length);
            Put(ConfigFields.ChannelCount, configuration.Channels.Length);
            Put(ConfigFields.OscillatorCount, configuration.OscillatorCount);
            Put(ConfigFields.CouplingCount, configuration.Couplings.Length);
            Put(ConfigFields.MapCount, configuration.RhythmMap.Length);
            Put(ConfigFields.JointCount, configuration.Walk?.JointCount ?? 0);
            Put(ConfigFields.LoadCount, configuration.Walk?.SensorCount ?? 0);
            _index = 1;
            Put(ConfigFields.Bus1Speed, configuration.Bus1Speed);
            _index = 2;
            Put(ConfigFields.Bus2Speed, configuration.Bus2Speed);
        }

        private void Chip(ChipConfiguration chip)
        {
            Put(ConfigFields.ChipType, chip.Type);
            Put(ConfigFields.ChipBus, chip.Bus);
            Put(ConfigFields.ChipAddress, chip.Address);
            Put(ConfigFields.ChipFlags, chip.Required ? 1 : 0);
            if (chip.Type == ChipType.Vl53l0x)
            {
                Put(ConfigFields.DistanceStop, chip.Stop);
                return;
            }

            Put(ConfigFields.ChipFrequency, chip.Frequency);
            Put(ConfigFields.ChipOscillator, chip.Oscillator);
        }

        private void Channel(ChannelConfiguration channel)
        {
            Put(ConfigFields.ChannelChip, channel.Chip);
            Put(ConfigFields.ChannelOutput, channel.Output);
            Put(ConfigFields.ChannelFlags, (channel.Reversed ? 1 : 0) | (channel.Pressure != null ? 2 : 0));
            Put(ConfigFields.ChannelSafe, channel.OnSafe);
            bool dac = channel.Chip >= 0 && channel.Chip < configuration.Chips.Length
                && configuration.Chips[channel.Chip].Type == ChipType.Mcp4728;
            double pulse = dac ? PulseCounts : ConfigFields.ChannelPulseMin.Unit;
            Put(ConfigFields.ChannelPulseMin, channel.PulseMin, pulse);
            Put(ConfigFields.ChannelPulseMax, channel.PulseMax, pulse);
            Put(ConfigFields.ChannelOffset, channel.Offset, pulse);
            Put(ConfigFields.ChannelLow, channel.Low);
            Put(ConfigFields.ChannelHigh, channel.High);
            Put(ConfigFields.ChannelPark, channel.Park);
            Put(ConfigFields.ChannelSlew, channel.Slew);
        }

        private void Oscillator(OscillatorConfiguration oscillator)
        {
            Put(ConfigFields.OscillatorRise, oscillator.RiseTime);
            Put(ConfigFields.OscillatorAdaptationTime, oscillator.AdaptationTime);
            Put(ConfigFields.OscillatorDrive, oscillator.Drive);
            Put(ConfigFields.OscillatorAdaptation, oscillator.Adaptation);
            Put(ConfigFields.OscillatorInhibition, oscillator.Inhibition);
            Put(ConfigFields.OscillatorQuarter, oscillator.Quarter);
            Put(ConfigFields.OscillatorKind, RhythmKind.Kimura);
        }

        private void Clock(ClockConfiguration clock)
        {
            Put(ConfigFields.ClockFlexorBias, clock.FlexorBias);
            Put(ConfigFields.ClockExtensorBias, clock.ExtensorBias);
            Put(ConfigFields.ClockFlexorGain, clock.FlexorGain);
            Put(ConfigFields.ClockExtensorGain, clock.ExtensorGain);
            Put(ConfigFields.ClockLeak, clock.Leak);
            Put(ConfigFields.ClockStart, clock.Start);
            Put(ConfigFields.ClockKind, RhythmKind.ChessClock);
        }

        private void Phase(PhaseConfiguration phase)
        {
            Put(ConfigFields.PhaseFrequency, phase.Frequency);
            Put(ConfigFields.PhaseDelay, phase.Delay);
            Put(ConfigFields.PhaseDuty, phase.Duty);
            Put(ConfigFields.PhaseStart, phase.Start);
            Put(ConfigFields.PhaseKind, RhythmKind.Phase);
        }

        private void Pair(CellPairConfiguration pair)
        {
            Put(ConfigFields.PairA, pair.A);
            Put(ConfigFields.PairB, pair.B);
            Put(ConfigFields.PairC, pair.C);
            Put(ConfigFields.PairD, pair.D);
            Put(ConfigFields.PairCurrent, pair.Current);
            Put(ConfigFields.PairTimeScale, pair.TimeScale);
            Put(ConfigFields.PairFeedback, pair.Feedback);
            Put(ConfigFields.PairSteepness, pair.Steepness);
            Put(ConfigFields.PairZero, pair.Zero);
            Put(ConfigFields.PairEnvelope, pair.Envelope);
            Put(ConfigFields.PairInput, pair.Input);
            Put(ConfigFields.PairKind, RhythmKind.CellPair);
            Put(ConfigFields.PairStep, pair.Step);
            Put(ConfigFields.PairReach, pair.Reach);
        }

        private void Coupling(CouplingConfiguration coupling)
        {
            Put(ConfigFields.CouplingTo, coupling.To);
            Put(ConfigFields.CouplingFrom, coupling.From);
            Put(ConfigFields.CouplingWeight, coupling.Weight);
        }

        private void MapEntry(RhythmMapEntry entry)
        {
            Put(ConfigFields.MapChannel, entry.Channel);
            Put(ConfigFields.MapOscillator, entry.Oscillator);
            Put(ConfigFields.MapOutput, (int)entry.Output);
            Put(ConfigFields.MapOffset, entry.Offset);
            Put(ConfigFields.MapGain, entry.Gain);
        }

        private void Pressure(PressureLoopConfiguration? loop)
        {
            if (loop == null)
            {
                return;
            }

            Put(ConfigFields.PressureInput, loop.Input);
            Put(ConfigFields.PressureZero, loop.ZeroVolts);
            Put(ConfigFields.PressureFull, loop.FullVolts);
            Put(ConfigFields.PressureLag, loop.Lag);
            Put(ConfigFields.PressureIntegral, loop.Integral);
            Put(ConfigFields.PressureMostError, loop.MostError);
            _at += ConfigLayout.PressureSize;
        }

        private void Put(ConfigNumber number, double value) => Put(number, value, number.Unit);

        private void Put(ConfigNumber number, double value, double unit)
        {
            if (!number.TryPut(bytes.AsSpan(_at), value, unit))
            {
                throw Invalid(configuration, number.Aspect, _index);
            }
        }
    }
}
