using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Tests.Session;
using Ganglion.Bridge.Words;
using Ganglion.Shared.Config;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Tests.Messages;

/// <summary>Distance sensors on the wire and in words.</summary>
public class DistanceConfigTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.020)]
    [InlineData(0.150)]
    [InlineData(1.0)]
    public void The_stop_of_a_distance_sensor_comes_back(double stop)
    {
        BoardConfiguration eyes = WithEyes(stop, 0x29);
        byte[] bytes = BoardConfigEncoder.Encode(eyes);
        Assert.Equal([0, stop, stop], BoardConfigDecoder.Decode(bytes).Chips.Select(chip => chip.Stop));
        var read = new BoardConfig();
        Assert.True(read.Load(bytes, bytes.Length, 1));
        Assert.Equal([0, (int)(1000 * stop), (int)(1000 * stop)], read.ChipStop);
    }

    [Theory]
    [InlineData(0.019, 0x29, ConfigField.DistanceStop, "'eye1' (address 0x29, bus 1) has a stop distance that is not possible")]
    [InlineData(1.001, 0x29, ConfigField.DistanceStop, "20..1000 mm")]
    [InlineData(0.15, 0x2A, ConfigField.ChipAddress, "a VL53L0X has 0x29 alone")]
    public void A_distance_sensor_that_a_board_cannot_use_is_refused(double stop, int address, byte field, string words)
    {
        BoardException error = Assert.Throws<BoardException>(() => BoardConfigEncoder.Encode(WithEyes(stop, address)));
        Assert.Equal((Reason.ConfigInvalid, field, 1), (error.Reason, error.Aspect, error.Detail));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Its stop stands where others have their frequency; what stands behind it is nothing.</summary>
    [Fact]
    public void A_board_refuses_bytes_that_mean_nothing_behind_a_stop()
    {
        byte[] bytes = BoardConfigEncoder.Encode(WithEyes(0.15, 0x29));
        int at = ConfigLayout.HeaderSize + ConfigLayout.ChipSize;
        Assert.Equal(150, bytes[at + ConfigLayout.DistanceStopAt]);
        bytes[at + ConfigLayout.ChipOscillatorAt] = 1;
        var read = new BoardConfig();
        Assert.False(read.Load(bytes, bytes.Length, 1));
        Assert.Equal((ConfigField.ChipFrequency, 1), (read.FaultField, read.FaultIndex));
    }

    [Theory]
    [InlineData(138, "something is 138 mm from the distance sensor chip 1 'eye1' (address 0x29, bus 1), which stops it at 150 mm")]
    [InlineData(138 | 0x8000, "something is 138 mm from the distance sensor chip 2 'eye2' (address 0x29, bus 2), which stops it at 150 mm")]
    public void What_came_too_near_is_told_with_its_distance_and_the_sensor(int detail, string words) =>
        Assert.StartsWith(words, ReasonWords.Of(Reason.TooNear, 0, detail, WithEyes(0.15, 0x29)).Cause, StringComparison.Ordinal);

    [Fact]
    public void Without_a_configuration_the_sensor_has_its_number() => Assert.StartsWith(
        "something is 138 mm from distance sensor 2, nearer", ReasonWords.Of(Reason.TooNear, 0, 138 | 0x8000, null).Cause,
        StringComparison.Ordinal);

    private static BoardConfiguration WithEyes(double stop, int address)
    {
        BoardConfiguration servos = Bench.Servos(2) with { Bus2Speed = 100e3 };
        return servos with
        {
            Chips = [.. servos.Chips, .. Enumerable.Range(1, 2).Select(bus => new ChipConfiguration(ChipType.Vl53l0x, bus, address, true,
                Name: $"eye{bus}") { Stop = stop })],
        };
    }
}
