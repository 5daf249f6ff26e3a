using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Tests.Protocol;
using Ganglion.Bridge.Tests.Session;
using Ganglion.Shared.Config;
using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Bridge.Tests.Messages;

public class BoardConfigEncoderTests
{
    private static BoardConfiguration Everything() => new()
    {
        Profile = 3,
        Tick = 0.01,
        HoldTimeout = 0.123,
        SafeTimeout = 0.456,
        RhythmTimeout = 7,
        RhythmRamp = 1.25,
        TelemetryTicks = 10,
        Bus1Speed = 400e3,
        Bus2Speed = 1e6,
        Chips =
        [
            new(ChipType.Pca9685, 2, 0x41, false, 333.3, 25.123e6, "pwm"),
            new(ChipType.Mcp4728, 1, 0x60, Name: "valves"),
            new(ChipType.Mpu6050, 1, 0x68, true),
        ],
        Channels =
        [
            new() { Chip = 0, Output = 7, Reversed = true, OnSafe = OnSafe.Park, PulseMin = 561.25e-6, PulseMax = 2439.125e-6, Offset =
                -12.5e-6, Low = 0.125, High = 0.75, Slew = 2.5, Park = 0.25 },
            new() { Chip = 1, Output = 3, OnSafe = OnSafe.Hold, PulseMin = 100, PulseMax = 4000, Offset = 2.125, Slew = 10 },
        ],
        Oscillators = [new(0.139, 0.246, 0.375, 3.414, 1.79, 2), new(0.2, 0.4, 1, 2.5, 2.5)],
        Couplings = [new(1, 0, -0.07), new(0, 1, 0.5)],
        RhythmMap = [new(0, 1, RhythmOutput.Extensor, 0.5, -0.25)],
    };

    private static long Value(byte[] bytes, string part, int index, string field)
    {
        (int Size, List<(int Offset, Field Field)> Fields) layout = ProtocolText.Instance.Part(part);
        string[] parts = ["header", "chip", "channel", "oscillator", "coupling", "map"];
        string[] counts = ["", "ChipCount", "ChannelCount", "OscillatorCount", "CouplingCount", "MapCount"];
        int at = 0;
        for (int i = 0; parts[i] != part; i++)
        {
            at += ProtocolText.Instance.Part(parts[i]).Size * (i == 0 ? 1 : (int)Value(bytes, "header", 0, counts[i]));
        }

        at += index * layout.Size;
        (int offset, Field entry) = layout.Fields.Single(f => f.Field.Name == field);
        return entry.Type switch
        {
            "u8" => bytes[at + offset],
            "u16" => BitConverter.ToUInt16(bytes, at + offset),
            "i16" => BitConverter.ToInt16(bytes, at + offset),
            _ => BitConverter.ToUInt32(bytes, at + offset),
        };
    }

    private static long Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    [Fact]
    public void Every_field_stands_where_the_protocol_says()
    {
        byte[] bytes = BoardConfigEncoder.Encode(Everything());
        Assert.Equal(24 + 3 * 8 + 2 * 18 + 2 * 24 + 2 * 6 + 12, bytes.Length);
        (string Part, int Index, string Field, long Value)[] expected =
        [
            ("header", 0, "Version", 1), ("header", 0, "Profile", 3), ("header", 0, "TickMs", 10), ("header", 0, "HoldTimeout", 123),
            ("header", 0, "SafeTimeout", 456), ("header", 0, "RhythmTimeout", 7), ("header", 0, "RhythmRamp", 1250),
            ("header", 0, "TelemetryTicks", 10),
            ("header", 0, "ChipCount", 3), ("header", 0, "ChannelCount", 2), ("header", 0, "OscillatorCount", 2),
            ("header", 0, "CouplingCount", 2),
            ("header", 0, "MapCount", 1), ("header", 0, "Bus1Speed", 400), ("header", 0, "Bus2Speed", 1000),
            ("chip", 0, "Type", 1), ("chip", 0, "Bus", 2), ("chip", 0, "Address", 0x41), ("chip", 0, "Flags", 0),
            ("chip", 0, "Frequency", 3333), ("chip", 0, "Oscillator", 25123),
            ("chip", 2, "Type", 4), ("chip", 2, "Flags", 1),
            ("channel", 0, "Chip", 0), ("channel", 0, "Output", 7), ("channel", 0, "Flags", 1), ("channel", 0, "Safe", 2),
            ("channel", 0, "PulseMin", 4490),
            ("channel", 0, "PulseMax", 19513), ("channel", 0, "Offset", -100), ("channel", 0, "Low", 2048), ("channel", 0, "High", 12288),
            ("channel", 0, "Slew", 2560), ("channel", 0, "Park", 4096),
            ("channel", 1, "Chip", 1), ("channel", 1, "Safe", 1), ("channel", 1, "PulseMin", 800), ("channel", 1, "PulseMax", 32000),
            ("channel", 1, "Offset", 17), ("channel", 1, "High", 16384),
            ("oscillator", 0, "Rise", Bits(0.139f)), ("oscillator", 0, "AdaptationTime", Bits(0.246f)),
            ("oscillator", 0, "Drive", Bits(0.375f)),
            ("oscillator", 0, "Adaptation", Bits(3.414f)), ("oscillator", 0, "Inhibition", Bits(1.79f)), ("oscillator", 0, "Quarter", 2),
            ("oscillator", 1, "Rise", Bits(0.2f)),
            ("coupling", 0, "To", 1), ("coupling", 0, "From", 0), ("coupling", 0, "Weight", Bits(-0.07f)), ("coupling", 1, "To", 0),
            ("map", 0, "Channel", 0), ("map", 0, "Oscillator", 1), ("map", 0, "Output", 2), ("map", 0, "Offset", Bits(0.5f)),
            ("map", 0, "Gain", Bits(-0.25f)),
        ];
        foreach ((string part, int index, string field, long value) in expected)
        {
            Assert.True(value == Value(bytes, part, index, field), $"{part} {index} {field}: {Value(bytes, part, index, field)} instead " +
                $"of {value}");
        }
    }

    [Fact]
    public void The_board_reads_it_back()
    {
        byte[] bytes = BoardConfigEncoder.Encode(Everything());
        var board = new BoardConfig();
        Assert.True(board.Load(bytes, bytes.Length, 3));
        Assert.Equal((10, 123, 456, 7000, 10), (board.TickMs, board.HoldTimeout, board.SafeTimeout, board.RhythmTimeout,
            board.TelemetryTicks));
        Assert.Equal([2048, 0], board.Channels.Low);
        Assert.Equal([12288, 16384], board.Channels.High);
        Assert.NotNull(board.Rhythm);

        // A DAC channel's pulses are counts: 100 at 0 and 4000 at 1 of the travel, offset 2.125.
        Assert.Equal(102, PulseScale.ToCount(0, board.Channels.Gain[1], board.Channels.Bias[1]));
        Assert.Equal(4002, PulseScale.ToCount(16384, board.Channels.Gain[1], board.Channels.Bias[1]));
    }

    /// <summary>A weight is the coupling's, whatever network takes it.</summary>
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(50.5)]
    [InlineData(double.NegativeInfinity)]
    public void A_weight_that_is_refused_is_told_of_its_coupling(double weight)
    {
        BoardConfiguration wrong = Everything();
        wrong = wrong with { Couplings = wrong.Couplings.SetItem(0, wrong.Couplings[0] with { Weight = weight }) };
        BoardException error = Assert.Throws<BoardException>(() => BoardConfigEncoder.Encode(wrong));
        Assert.Equal((Reason.ConfigInvalid, ConfigField.Coupling, 0), (error.Reason, error.Aspect, error.Detail));
    }

    public static TheoryData<byte, int, string> Wrong() => new()
    {
        { ConfigField.Tick, 0, "10 or 20 ms" },
        { ConfigField.Timeouts, 0, "20..2000 ms" },
        { ConfigField.BusSpeed, 1, "100, 400 or 1000 kHz" },
        { ConfigField.ChipAddress, 1, "'valves'" },
        { ConfigField.ChipFrequency, 0, "'pwm'" },
        { ConfigField.ChannelOutput, 1, "does not have, or that another channel uses" },
        { ConfigField.ChannelPulse, 0, "channel 0" },
        { ConfigField.ChannelLimits, 1, "Low <= park <= high" },
        { ConfigField.ChannelSlew, 0, "slew" },
        { ConfigField.ChannelSafe, 1, "releases, holds or parks" },
        { ConfigField.Oscillator, 1, "oscillator 1" },
        { ConfigField.Coupling, 0, "coupling 0" },
        { ConfigField.RhythmMap, 0, "entry 0" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_the_board_would_refuse_is_said_before_it_is_asked(byte field, int index, string words)
    {
        BoardConfiguration wrong = Everything();
        wrong = field switch
        {
            ConfigField.Tick => wrong with { Tick = 0.015 },
            ConfigField.Timeouts => wrong with { HoldTimeout = 0.5 },
            ConfigField.BusSpeed => wrong with { Bus1Speed = 300e3 },
            ConfigField.ChipAddress => wrong with { Chips = wrong.Chips.SetItem(1, wrong.Chips[1] with { Address = 0x81 }) },
            ConfigField.ChipFrequency => wrong with { Chips = wrong.Chips.SetItem(0, wrong.Chips[0] with { Frequency = 10 }) },
            ConfigField.ChannelOutput => wrong with { Channels = wrong.Channels.SetItem(1, wrong.Channels[1] with { Output = 4 }) },
            ConfigField.ChannelPulse => wrong with { Channels = wrong.Channels.SetItem(0, wrong.Channels[0] with { PulseMax = 9e-3 }) },
            ConfigField.ChannelLimits => wrong with { Channels = wrong.Channels.SetItem(1, wrong.Channels[1] with { Park = 1.2 }) },
            ConfigField.ChannelSlew => wrong with { Channels = wrong.Channels.SetItem(0, wrong.Channels[0] with { Slew = double.NaN }) },
            ConfigField.ChannelSafe => wrong with { Channels = wrong.Channels.SetItem(1, wrong.Channels[1] with { OnSafe = 3 }) },
            ConfigField.Oscillator =>
            wrong with { Oscillators = wrong.Oscillators.SetItem(1, wrong.Oscillators[1] with { RiseTime = 0.0001 }) },
            ConfigField.Coupling => wrong with { Couplings = wrong.Couplings.SetItem(0, wrong.Couplings[0] with { To = 9 }) },
            _ => wrong with { RhythmMap = wrong.RhythmMap.SetItem(0, wrong.RhythmMap[0] with { Offset = 1.5 }) },
        };
        BoardException error = Assert.Throws<BoardException>(() => BoardConfigEncoder.Encode(wrong));
        Assert.Equal((Reason.ConfigInvalid, field, index), (error.Reason, error.Aspect, error.Detail));
        Assert.StartsWith("configuration: ", error.Message);
        Assert.Contains(words, error.Message);
    }

    [Fact]
    public void Too_much_for_one_board_is_refused()
    {
        BoardConfiguration many = Bench.Servos(120) with
        {
            Oscillators = [.. Enumerable.Repeat(new OscillatorConfiguration(0.2, 0.4, 1, 2.5, 2.5), 64)],
            Couplings = [.. Enumerable.Range(0, 255).Select(i => new CouplingConfiguration(i % 64, i / 64, 0.1))],
            RhythmMap = [.. Enumerable.Range(0, 120).Select(i => new RhythmMapEntry(i, i % 64, RhythmOutput.Signed, 0.5, 0.1))],
        };
        Assert.Equal(Reason.ConfigTooLong, Assert.Throws<BoardException>(() => BoardConfigEncoder.Encode(many)).Reason);
        Assert.Equal(ConfigField.Counts, Assert.Throws<BoardException>(() => BoardConfigEncoder.Encode(Bench.Servos(121))).Aspect);
    }

    /// <summary>A board has places for eight analog inputs and one IMU; a chip more would overwrite what another measures.</summary>
    [Theory]
    [InlineData(ChipType.Ads1115, 0x48, 2)]
    [InlineData(ChipType.Mpu6050, 0x68, 1)]
    public void More_sensors_than_a_board_reads_are_refused(byte type, int address, int most)
    {
        for (int count = 0; count < 4; count++)
        {
            BoardConfiguration servos = Bench.Servos(2) with { Bus2Speed = 400e3 };
            BoardConfiguration sensors = servos with
            {
                Chips = [.. servos.Chips, .. Enumerable.Range(0, count).Select(i => new ChipConfiguration(type, 1 + i / 2, address + i % 2,
                    Name: $"sensor{i}"))],
            };
            if (count <= most)
            {
                BoardConfigEncoder.Encode(sensors);
                continue;
            }

            BoardException error = Assert.Throws<BoardException>(() => BoardConfigEncoder.Encode(sensors));
            Assert.Equal((Reason.ConfigInvalid, ConfigField.ChipType, 1 + most), (error.Reason, error.Aspect, error.Detail));
            Assert.Contains($"'sensor{most}'", error.Message, StringComparison.Ordinal);
            Assert.Contains("one more of its type than a board takes", error.Message, StringComparison.Ordinal);
        }
    }
}
