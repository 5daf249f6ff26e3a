using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Tests.Protocol;
using Ganglion.Bridge.Words;
using Ganglion.Shared.Config;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Tests.Messages;

/// <summary>Pressure loops in a configuration: where they stand, what comes back, and what is refused.</summary>
public class PressureConfigTests
{
    private static readonly PressureLoopConfiguration Loop = new(5, 0.25, 1.75, 0.04, 1.5, 0.2);

    /// <summary>A servo, two valves of which the second has a loop, and two converters of which the second measures.</summary>
    private static BoardConfiguration Valves() => new()
    {
        Chips =
        [
            new(ChipType.Pca9685, 1, 0x40, Frequency: 50, Oscillator: 25e6),
            new(ChipType.Mcp4728, 1, 0x60),
            new(ChipType.Ads1115, 1, 0x48),
            new(ChipType.Ads1115, 1, 0x49, Required: true),
        ],
        Channels =
        [
            new() { Chip = 0, Output = 0, PulseMin = 1e-3, PulseMax = 2e-3, Slew = 1 },
            new() { Chip = 1, Output = 0, PulseMin = 0, PulseMax = 4095, Slew = 5, Park = 0 },
            new() { Chip = 1, Output = 1, PulseMin = 0, PulseMax = 4095, Slew = 5, Park = 0, High = 0.9, Name = "biceps", Pressure = Loop },
        ],
    };

    private static BoardConfiguration With(BoardConfiguration configuration, int channel, PressureLoopConfiguration? loop) =>
        configuration with
        {
            Channels = configuration.Channels.SetItem(channel, configuration.Channels[channel] with { Pressure = loop }),
        };

    [Fact]
    public void A_loop_stands_at_the_end_and_comes_back()
    {
        byte[] bytes = BoardConfigEncoder.Encode(Valves());
        (int size, List<(int Offset, Field Field)> fields) = ProtocolText.Instance.Part("pressure");
        int channels = 24 + 4 * 8;
        Assert.Equal(channels + 3 * 18 + size, bytes.Length);
        Assert.Equal([0, 0, 2], Enumerable.Range(0, 3).Select(i => (int)bytes[channels + 18 * i + 2]));
        var values = fields.ToDictionary(f => f.Field.Name, f => f.Field.Size == 1
            ? (int)bytes[bytes.Length - size + f.Offset]
            : BitConverter.ToUInt16(bytes, bytes.Length - size + f.Offset));
        Assert.Equal(
            new Dictionary<string, int>
            {
                ["Input"] = 5,
                ["Zero"] = 4000,
                ["Full"] = 28000,
                ["Lag"] = 40,
                ["Integral"] = 1536,
                ["MostError"] = 3277
            }, values);

        BoardConfiguration read = BoardConfigDecoder.Decode(bytes);
        Assert.Equal([null, null, Loop with { MostError = 3277 / 16384.0 }], read.Channels.Select(channel => channel.Pressure));
        var board = new BoardConfig();
        Assert.True(board.Load(bytes, bytes.Length, 0));
        Assert.Equal([2], board.Pressures.Channels);
        Assert.Equal([5], board.Pressures.Inputs);

        bytes = BoardConfigEncoder.Encode(With(Valves(), 2, null));
        board = new BoardConfig();
        Assert.True(board.Load(bytes, bytes.Length, 0));
        Assert.Null(board.Pressures);
    }

    public static TheoryData<string, int, PressureLoopConfiguration?> Wrong => new()
    {
        { "a servo's channel", 0, Loop with { Input = 4 } },
        { "an input of a converter that is not required", 1, Loop with { Input = 1 } },
        { "an input that is not there", 1, Loop with { Input = 8 } },
        { "an input that is taken", 2, Loop },
        { "a span too small", 1, Loop with { Input = 4, FullVolts = 0.3 } },
        { "a lag too short", 1, Loop with { Input = 4, Lag = 0.004 } },
        { "a gain too high", 1, Loop with { Input = 4, Integral = 5.1 } },
        { "no bound", 1, Loop with { Input = 4, MostError = 0 } },
        { "not a number", 1, Loop with { Input = 4, Lag = double.NaN } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_loop_that_cannot_be_is_refused_before_the_board_is_asked(string what, int channel, PressureLoopConfiguration? loop)
    {
        // The second loop of an input is the one that is wrong.
        BoardConfiguration wrong = what == "an input that is taken" ? With(Valves(), 1, loop) : With(Valves(), channel, loop);
        BoardException error = Assert.Throws<BoardException>(() => BoardConfigEncoder.Encode(wrong));
        Assert.Equal((Reason.ConfigInvalid, ConfigField.Pressure, channel), (error.Reason, error.Aspect, error.Detail));
        Assert.Contains("Each loop needs a valve's channel", error.Message);
    }

    [Fact]
    public void Limits_beyond_no_and_full_pressure_are_none_for_a_loop()
    {
        BoardConfiguration wrong = Valves();
        wrong = wrong with { Channels = wrong.Channels.SetItem(2, wrong.Channels[2] with { High = 1.5, PulseMax = 2000 }) };
        BoardException error = Assert.Throws<BoardException>(() => BoardConfigEncoder.Encode(wrong));
        Assert.Equal((ConfigField.Pressure, 2), (error.Aspect, error.Detail));
        Assert.Contains("'biceps'", error.Message);
    }

    [Fact]
    public void A_cut_configuration_is_refused_with_the_length_that_it_should_have()
    {
        byte[] bytes = BoardConfigEncoder.Encode(Valves());
        var board = new BoardConfig();
        for (int length = 24; length < bytes.Length; length++)
        {
            Assert.False(board.Load(bytes[..length], length, 0));
            Assert.Equal(ConfigField.Length, board.FaultField);
        }
    }

    [Theory]
    [InlineData(Reason.PressureOutOfRange, "gave a voltage that no pressure gives", "plugged in")]
    [InlineData(Reason.PressureStandsStill, "did not move while its valve was told to", "no air")]
    [InlineData(Reason.PressureOff, "stayed too far from what its valve was to make", "leaks")]
    public void Each_fault_has_words_with_the_channels_name(byte reason, string cause, string remedy)
    {
        ReasonText words = ReasonWords.Of(reason, 0, 2, Valves());
        Assert.Contains("channel 2 'biceps'", words.Cause);
        Assert.Contains(cause, words.Cause);
        Assert.Contains(remedy, words.Remedy);
    }
}
