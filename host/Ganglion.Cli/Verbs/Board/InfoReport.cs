using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Words;
using Ganglion.Cli.Verbs.Bench;
using Ganglion.Shared.Config;
using Ganglion.Shared.Safety;

namespace Ganglion.Cli.Verbs.Board;

/// <summary>What a board said about itself, for people and for programs.</summary>
internal sealed class InfoReport
{
    private readonly string _name;
    private readonly string _port;
    private readonly BoardReport _board;
    private readonly BoardConfiguration? _configuration;
    private readonly bool? _matches;
    private readonly string? _meant;

    /// <param name="name">What to call the board.</param>
    /// <param name="port">Where it was asked.</param>
    /// <param name="board">Its answers.</param>
    /// <param name="described">What the robot description would tell it: gives names; null if there is no description.</param>
    public InfoReport(string name, string port, BoardReport board, BoardConfiguration? described)
    {
        _name = name;
        _port = port;
        _board = board;
        _configuration = board.Configuration == null || described == null ? board.Configuration : WithNames(board.Configuration, described);
        if (described != null)
        {
            _meant = described.Board;
            _matches = board.Configuration is { } read && Hash(Bare(read, described)) == Hash(described);
        }
    }

    private static uint Hash(BoardConfiguration configuration) => Crc32.Compute(BoardConfigEncoder.Encode(configuration));

    /// <summary>A configuration without the rhythm or the walk that a verb gave the board besides.</summary>
    private static BoardConfiguration Bare(BoardConfiguration read, BoardConfiguration described) => read with
    {
        Oscillators = [],
        Clocks = [],
        Phases = [],
        Couplings = [],
        RhythmMap = [],
        Walk = null,
        RhythmTimeout = described.RhythmTimeout,
        RhythmRamp = described.RhythmRamp,
    };

    private BoardIdentity Identity => _board.Identity;

    private byte Mode => _board.Telemetry?.Mode ?? DriveMode.None;

    private bool Stopped => Identity.State is BoardState.Hold or BoardState.Safe;

    private ReasonText? Reason => Identity.Reason == Ganglion.Shared.Link.Reason.None
        ? null
        : ReasonWords.Of(Identity.Reason, 0, Identity.Detail, _configuration);

    public object ToJson() => new
    {
        Board = _name,
        Port = _port,
        Identity = Identity.Name.Length == 0 ? null : new
        {
            Identity.Name,
            From = Identity.IsFlashed ? "firmware" : "configuration",
            MatchesRobot = _meant == null ? (bool?)null : Identity.Name == _meant,
        },
        Firmware = Identity.Firmware.ToString(),
        Identity.Protocol,
        Definition = $"{Identity.DefinitionHash:X8}",
        Profile = StateWords.Profile(Identity.Profile),
        Identity.TickMs,
        ClockSeconds = Output.Round(Identity.BoardTime * 1e-6, 6),
        State = StateWords.Name(Identity.State),
        Mode = Mode switch { DriveMode.Stream => "stream", DriveMode.Rhythm => "rhythm", DriveMode.Walk => "walk", _ => "none" },
        ReasonCode = (int)Identity.Reason,
        Reason = Reason?.Cause,
        Remedy = Stopped ? Reason?.Remedy : null,
        _board.Session,
        Configuration = _configuration == null ? null : ConfigurationJson(_configuration),
        Chips = _configuration?.Chips.Select((chip, i) => new
        {
            Name = ChipName(_configuration, i),
            Type = StateWords.Chip(chip.Type),
            chip.Bus,
            Address = $"0x{chip.Address:X2}",
            FrequencyHz = chip.Frequency > 0 ? chip.Frequency : (double?)null,
            chip.Required,
            Errors = ErrorsOf(i),
        }),
        Channels = _configuration?.Channels.Select((channel, i) => new
        {
            Channel = i,
            channel.Name,
            channel.Chip,
            ChipName = ChipName(_configuration, channel.Chip),
            channel.Output,
            channel.Low,
            channel.High,
            Park = Output.Round(channel.Park),
            Now = Output.Round(_board.Positions[i]),
            SlewPerS = Output.Round(channel.Slew, 3),
            PulseMin = Pulse(_configuration, channel, channel.PulseMin),
            PulseMax = Pulse(_configuration, channel, channel.PulseMax),
            Offset = Pulse(_configuration, channel, channel.Offset),
            PulseUnit = IsDac(_configuration, channel) ? "counts" : "us",
            channel.Reversed,
            OnSafe = StateWords.Safe(channel.OnSafe),
            Pressure = channel.Pressure is not { } loop ? null : new
            {
                loop.Input,
                ZeroV = Output.Round(loop.ZeroVolts),
                FullScaleV = Output.Round(loop.FullVolts),
                LagMs = Output.Round(1000 * loop.Lag),
                IntegralPerS = Output.Round(loop.Integral, 3),
                MaxError = Output.Round(loop.MostError),
                Measured = Measured(loop) is { } share ? Output.Round(share) : (double?)null,
            },
        }),
        Statistics = new
        {
            _board.Statistics.Ticks,
            _board.Statistics.Overruns,
            _board.Statistics.Frames,
            _board.Statistics.GarbageBytes,
            JitterBinUs = BoardStatistics.JitterBin,
            _board.Statistics.Jitter,
        },
        Telemetry = _board.Telemetry is not { } telemetry ? null : new
        {
            telemetry.MaxWorkUs,
            telemetry.Buffered,
            telemetry.MissedFrames,
            telemetry.LateFrames,
            telemetry.RefusedFrames,
            telemetry.StarvedTicks,
            telemetry.ChecksumErrors,
            telemetry.I2cErrors,
            AnalogV = telemetry.Analog.Select(volts => Output.Round(volts)),
            Distances = InfoDistances.ToJson(_configuration, telemetry),
        },
    };

    public void Print()
    {
        Output.Line($"{_name} on {_port}: firmware {Identity.Firmware}, protocol {Identity.Protocol} (definition " +
            $"{Identity.DefinitionHash:X8}), {StateWords.Profile(Identity.Profile)}, tick {Identity.TickMs} ms, clock " +
                $"{Identity.BoardTime * 1e-6:0.0} s");
        Output.Line($"  {Who()}");
        Output.Line($"  {StateWords.Describe(_name, Identity.State, Mode, Identity.Reason, Identity.Detail, _configuration)}");
        if (!Stopped && Reason is { } last)
        {
            Output.Line($"  When it last stopped: {last.Cause}.");
        }

        Output.Line(_board.Session == 0
            ? $"  No host has opened a session since it was reset."
            : $"  Its last session with a host has the number {_board.Session}.");
        if (_configuration == null)
        {
            Output.Line($"  It has no configuration yet: a host gives it one when it connects.");
        }
        else
        {
            PrintConfiguration(_configuration);
        }

        PrintStatistics();
        Output.Line($"");
    }

    private string Who() => Identity.Name.Length == 0
        ? "It has no name: it is whatever it is taken for (firmware/README.md says how to give it one)."
        : $"It is '{Identity.Name}' by its {(Identity.IsFlashed ? "firmware" : "configuration")}" +
            (_meant == null || _meant == Identity.Name ? "." : $", NOT '{_meant}' as the description has it on this port.");

    private void PrintConfiguration(BoardConfiguration configuration)
    {
        string fits = _matches switch { true => ", the one of the description", false => ", NOT the one of the description", null => "" };
        string rhythm = configuration.OscillatorCount > 0 ? $", a rhythm of {configuration.OscillatorCount} oscillators" : "";
        string walking = configuration.Walk is { } walk ? $", a walk of {walk.JointCount} joints" : "";
        Output.Line($"  Configuration {Identity.ConfigHash:X8}{fits}: {configuration.Channels.Length} channels, " +
            $"{configuration.Chips.Length} chips, hold after {1000 * configuration.HoldTimeout:0} ms, safe after " +
            $"{1000 * configuration.SafeTimeout:0} ms, telemetry every {1000 * configuration.TelemetryTicks * configuration.Tick:0} ms" +
            $"{rhythm}{walking}");
        Output.Table([" ", "chip", "type", " bus", " address", " Hz", " errors"], configuration.Chips.Select((chip, i) => new[]
        {
            $"{i}", ChipName(configuration, i), StateWords.Chip(chip.Type), $"{chip.Bus}", $"0x{chip.Address:X2}", chip.Frequency > 0
                ? $"{chip.Frequency:0.0}" : "-", $"{ErrorsOf(i)}",
        }));
        Output.Table([" channel", "name", "output", " low", " high", " park", " now", " slew 1/s", " pulse", "direction", "when safe"],
            configuration.Channels.Select((channel, i) => new[]
        {
            $"{i}", channel.Name, $"{ChipName(configuration, channel.Chip)}/{channel.Output}", $"{channel.Low:0.000}",
                $"{channel.High:0.000}", $"{channel.Park:0.000}",
            $"{_board.Positions[i]:0.000}", $"{channel.Slew:0.00}",
            $"{Pulse(configuration, channel, channel.PulseMin):0}..{Pulse(configuration, channel, channel.PulseMax):0}" +
                $"{(IsDac(configuration, channel) ? "" : " us")}",
            channel.Reversed ? "reversed" : "forward", StateWords.Safe(channel.OnSafe),
        }));
        PrintPressures(configuration);
        InfoDistances.Print(configuration, _board.Telemetry);
    }

    private void PrintPressures(BoardConfiguration configuration)
    {
        (ChannelConfiguration channel, int number)[] loops = configuration.Channels.Select((channel, number) => (channel, number))
            .Where(pair => pair.channel.Pressure != null).ToArray();
        if (loops.Length == 0)
        {
            return;
        }

        Output.Line($"  Pressure loops; pressures as shares of the valve's full pressure:");
        Output.Table([" channel", "name", " input", " measured", " sensor V", " lag ms", " integral 1/s", " error borne"],
            loops.Select(pair =>
        {
            PressureLoopConfiguration loop = pair.channel.Pressure!;
            return BenchVerb.Cells($"{pair.number}", $"{pair.channel.Name}", $"{loop.Input}",
                $"{(Measured(loop) is { } share ? $"{share:0.000}" : "-")}",
                $"{loop.ZeroVolts:0.00}..{loop.FullVolts:0.00}", $"{1000 * loop.Lag:0}", $"{loop.Integral:0.00}",
                $"{loop.MostError:0.000}");
        }));
    }

    /// <summary>What a loop's sensor said last; null without telemetry.</summary>
    private double? Measured(PressureLoopConfiguration loop) =>
        _board.Telemetry is { } telemetry ? (telemetry.Analog[loop.Input] - loop.ZeroVolts) / (loop.FullVolts - loop.ZeroVolts) : null;

    private void PrintStatistics()
    {
        BoardStatistics statistics = _board.Statistics;
        Output.Line($"  {statistics.Ticks} ticks since boot, {statistics.Overruns} of them more than a period late; " +
            $"{statistics.GarbageBytes} bytes received that were no frames");
        for (int i = 0; i < statistics.Jitter.Length; i++)
        {
            if (statistics.Jitter[i] > 0)
            {
                string to = i + 1 < statistics.Jitter.Length ? $"..{(i + 1) * BoardStatistics.JitterBin}" : " or more";
                Output.Line($"    late by {i * BoardStatistics.JitterBin,4}{to} us: {statistics.Jitter[i]}");
            }
        }

        if (_board.Telemetry is { } telemetry)
        {
            Output.Line($"  In its session: {statistics.Frames} frames, {telemetry.MissedFrames} missed, {telemetry.LateFrames} late, " +
                $"{telemetry.RefusedFrames} refused, {telemetry.StarvedTicks} ticks without a setpoint ahead, {telemetry.ChecksumErrors} " +
                    $"wrong checksums, {telemetry.I2cErrors} I2C errors; longest tick {telemetry.MaxWorkUs} us");
        }
    }

    private object ConfigurationJson(BoardConfiguration configuration) => new
    {
        Hash = $"{Identity.ConfigHash:X8}",
        Bytes = Identity.ConfigLength,
        MatchesRobot = _matches,
        HoldTimeoutMs = Output.Round(1000 * configuration.HoldTimeout),
        SafeTimeoutMs = Output.Round(1000 * configuration.SafeTimeout),
        RhythmTimeoutS = configuration.RhythmTimeout,
        TelemetryMs = Output.Round(1000 * configuration.TelemetryTicks * configuration.Tick),
        BusKhz = new[] { configuration.Bus1Speed / 1000, configuration.Bus2Speed / 1000 },
        Oscillators = configuration.OscillatorCount,
        WalkJoints = configuration.Walk?.JointCount ?? 0,
    };

    private int ErrorsOf(int chip) => chip < _board.Statistics.ChipErrors.Length ? _board.Statistics.ChipErrors[chip] : 0;

    // Without a description, the place of a chip is its name.
    private static string ChipName(BoardConfiguration configuration, int index)
    {
        ChipConfiguration chip = configuration.Chips[index];
        return chip.Name.Length > 0 ? chip.Name : $"bus{chip.Bus}-0x{chip.Address:X2}";
    }

    private static bool IsDac(BoardConfiguration configuration, ChannelConfiguration channel) =>
        configuration.Chips[channel.Chip].Type == ChipType.Mcp4728;

    private static double Pulse(BoardConfiguration configuration, ChannelConfiguration channel, double pulse) =>
        Output.Round(IsDac(configuration, channel) ? pulse : 1e6 * pulse, 3);

    // Names are not sent to a board; chips and channels are recognised by their place.
    private static BoardConfiguration WithNames(BoardConfiguration read, BoardConfiguration described) => read with
    {
        Channels = [.. read.Channels.Select(channel =>
            described.Channels.FirstOrDefault(own => (own.Chip, own.Output) == (channel.Chip, channel.Output)) is { } known
            ? channel with { Name = known.Name } : channel)],
        Chips = [.. read.Chips.Select(chip =>
            described.Chips.FirstOrDefault(own => (own.Type, own.Bus, own.Address) == (chip.Type, chip.Bus, chip.Address)) is { } known
            ? chip with { Name = known.Name } : chip)],
    };
}
