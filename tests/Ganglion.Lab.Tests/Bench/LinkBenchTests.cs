using Ganglion.Lab.Bench;

namespace Ganglion.Lab.Tests.Bench;

public sealed class LinkBenchTests
{
    /// <summary>Limits: the table of frames of 8 bytes and 2 a channel, 8N1, in whole frames a second.</summary>
    [Theory]
    [InlineData(6, 3, 115_200, 262)]
    [InlineData(6, 3, 921_600, 2095)]
    [InlineData(6, 3, 2_000_000, 4545)]
    [InlineData(10, 4, 921_600, 1047)]
    [InlineData(20, 3, 921_600, 720)]
    [InlineData(25, 4, 115_200, 55)]
    [InlineData(25, 4, 2_000_000, 962)]
    public void Setpoint_frames_use_nine_tenths_of_the_line(int joints, int channels, int baud, int limit)
    {
        SerialRate rate = SerialBench.Measure(joints, channels, baud);
        Assert.Equal(limit, Math.Round(rate.Limit));
        Assert.InRange(rate.Ratio, 0.9, 1);

        // 12 bytes around the values; the line never rests, and the end of the last frame is seen a little late.
        Assert.Equal(12 + 2 * joints * channels, rate.FrameBytes);
        Assert.InRange(rate.FramesPerSecond, 0.99 * baud / 10 / rate.FrameBytes, baud / 10.0 / rate.FrameBytes);
    }

    /// <summary>Limits: the table of PCA9685s with auto-increment bursts, 16 channels a chip, nine bits a byte.</summary>
    [Theory]
    [InlineData(6, 3, 100_000, 145)]
    [InlineData(6, 3, 1_000_000, 1453)]
    [InlineData(10, 4, 400_000, 267)]
    [InlineData(20, 3, 400_000, 179)]
    [InlineData(25, 4, 100_000, 27)]
    [InlineData(25, 4, 1_000_000, 267)]
    public void Outputs_use_nine_tenths_of_the_bus(int joints, int channels, int speed, int limit)
    {
        I2cLoad load = I2cBench.Measure(joints, channels, speed);
        Assert.Equal(limit, Math.Round(load.LimitPerSecond));
        Assert.InRange(load.Ratio, 0.9, 1 + 1e-9);

        // A call to the driver costs less than half a millisecond; of few chips one is sometimes read back besides.
        Assert.InRange(load.CallTime / load.Chips, 0.3e-3, 0.5e-3 * (1 + 1.0 / load.Chips));
    }

    [Fact]
    public void Speed_is_told_for_the_time_that_was_asked_for()
    {
        SimulationSpeed speed = SpeedBench.Measure(Shipped.Robot("trunk10-4g"), 0.5);
        Assert.Equal(0.5, speed.VirtualSeconds, 0.021);
        Assert.True(speed.ProcessorSeconds >= 0 && speed.WallSeconds > 0);
    }
}
