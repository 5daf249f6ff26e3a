using Ganglion.Shared.Motion;

namespace Ganglion.Shared.Tests.Motion;

public class OutputStageTests
{
    /// <summary>Whatever the targets: no command leaves its limits, none moves more than its slew bound, and the bytes are
    /// the count of the command.</summary>
    [Fact]
    public void No_target_gets_past_limits_and_slew()
    {
        var random = new Random(3);
        ChannelTable channels = Random(random, 40);
        int[] target = new int[40];
        byte[] image = new byte[200];
        int[] before = new int[40];
        for (int tick = 0; tick < 20000; tick++)
        {
            for (int i = 0; i < 40; i++)
            {
                target[i] = random.Next(4) switch
                {
                    0 => short.MinValue,
                    1 => short.MaxValue,
                    _ =>
                    random.Next(short.MinValue, short.MaxValue)
                };
            }

            channels.Command.CopyTo(before, 0);
            OutputStage.Step(channels, target, target, 0, image);
            for (int i = 0; i < 40; i++)
            {
                Assert.InRange(channels.Command[i], channels.Low[i], channels.High[i]);
                Assert.InRange(Math.Abs(channels.Command[i] - before[i]), 0, channels.Slew[i]);
                int count = image[channels.LowByteAt[i]] | image[channels.HighByteAt[i]] << 8;
                Assert.Equal(PulseScale.ToCount(channels.Command[i], channels.Gain[i], channels.Bias[i]), count);
            }
        }
    }

    [Fact]
    public void A_steady_target_is_reached_exactly_in_the_expected_ticks()
    {
        ChannelTable channels = Random(new Random(1), 1);
        channels.Low[0] = 0;
        channels.High[0] = 16384;
        channels.Bound(0, 1000);
        channels.Command[0] = 0;
        byte[] image = new byte[8];
        for (int tick = 1; tick <= 16; tick++)
        {
            OutputStage.Step(channels, [16000], [16000], 0, image);
            Assert.Equal(Math.Min(1000 * tick, 16000), channels.Command[0]);
        }
    }

    /// <summary>PCA9685 datasheet example: 200 Hz with 25 MHz gives prescale 30 (1Eh).</summary>
    [Fact]
    public void Prescale_is_the_data_sheets()
    {
        Assert.Equal(30, PulseScale.Prescale(25000, 2000));
        Assert.Equal(121, PulseScale.Prescale(25000, 500));
        Assert.Equal(3, PulseScale.Prescale(25000, 15260));
        Assert.Equal(253, PulseScale.Prescale(25000, 240));
        Assert.Equal(-1, PulseScale.Prescale(25000, 100));
        Assert.Equal(-1, PulseScale.Prescale(25000, 0));
    }

    /// <summary>Fixed point against the formula in doubles: never off by more than one count, and exactly half a count of
    /// rounding where the oscillator is off.</summary>
    [Fact]
    public void Counts_are_the_pulse_in_oscillator_periods()
    {
        var random = new Random(11);
        for (int trial = 0; trial < 20000; trial++)
        {
            int oscillator = random.Next(23000, 27001);
            int prescale = PulseScale.Prescale(oscillator, random.Next(400, 3400));
            double perUnit = PulseScale.CountsPerPulseUnit(oscillator, prescale);
            int min = random.Next(400 * 8, 1000 * 8), max = random.Next(1500 * 8, 2600 * 8), offset = random.Next(-800, 800);
            bool reversed = random.Next(2) == 0;
            if ((max + Math.Abs(offset)) * perUnit > 4095)
            {
                continue;
            }

            int gain = PulseScale.Gain(min, max, reversed, perUnit), bias = PulseScale.Bias(min, max, offset, reversed, perUnit);
            int value = random.Next(0, 16385);
            double travel = reversed ? 1 - value / 16384.0 : value / 16384.0;
            double pulseUs = (min + travel * (max - min) + offset) / 8.0;
            double exact = pulseUs * (oscillator / 1000.0) / (prescale + 1);
            Assert.InRange(PulseScale.ToCount(value, gain, bias), exact - 0.5 - 0.0626, exact + 0.5 + 0.0626);
        }
    }

    private static ChannelTable Random(Random random, int count)
    {
        var channels = new ChannelTable(count);
        for (int i = 0; i < count; i++)
        {
            channels.Low[i] = random.Next(0, 4000);
            channels.High[i] = random.Next(12000, 16385);
            channels.Park[i] = 8192;
            channels.Command[i] = 8192;
            channels.Bound(i, random.Next(1, 3000));
            bool reversed = random.Next(2) == 0;
            double perUnit = PulseScale.CountsPerPulseUnit(25000, 121);
            channels.Gain[i] = PulseScale.Gain(4488, 19512, reversed, perUnit);
            channels.Bias[i] = PulseScale.Bias(4488, 19512, 0, reversed, perUnit);
            channels.LowByteAt[i] = 4 * i;
            channels.HighByteAt[i] = 4 * i + 1;
        }

        return channels;
    }
}
