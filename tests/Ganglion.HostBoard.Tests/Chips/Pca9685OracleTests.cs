using Driver = Iot.Device.Pwm.Pca9685;
using Pca9685 = Ganglion.VirtualBoard.Chips.Pca9685;

namespace Ganglion.HostBoard.Tests.Chips;

/// <summary>dotnet/iot's own driver of the PCA9685 on our virtual chip: what it sets is what the chip's outputs do, and what it reads
/// back.</summary>
public sealed class Pca9685OracleTests
{
    private const int Outputs = 16;

    private readonly Pca9685 _chip = new("pwm0", 0x40);

    [Theory]
    [InlineData(50)]
    [InlineData(60)]
    [InlineData(200)]
    [InlineData(330)]
    [InlineData(1000)]
    public void The_frequency_that_it_computes_is_the_chips(double hertz)
    {
        using var driver = new Driver(ChipBench.Device(_chip), hertz);
        Assert.Equal(1 / driver.PwmFrequency, _chip.PeriodSeconds, 1e-12);
        driver.PwmFrequency = 50; // while it runs: the driver puts the chip to sleep for it
        Assert.Equal(1 / driver.PwmFrequency, _chip.PeriodSeconds, 1e-12);
        Assert.Equal(0.02, _chip.PeriodSeconds, 1e-4);
    }

    [Fact]
    public void Without_a_frequency_it_reads_the_chips_own()
    {
        using var driver = new Driver(ChipBench.Device(_chip));
        Assert.Equal(25e6 / 4096 / 31, driver.PwmFrequency, 1e-9);
        Assert.Equal(1 / driver.PwmFrequency, _chip.PeriodSeconds, 1e-12);
    }

    [Fact]
    public void Every_duty_cycle_on_every_output_is_the_pulse_and_reads_back()
    {
        using var driver = new Driver(ChipBench.Device(_chip), 50);
        for (int output = 0; output < Outputs; output++)
        {
            for (int count = 1 + output; count < 4096; count += 157)
            {
                driver.SetDutyCycle(output, count / 4096.0);
                Assert.Equal(count / 4096.0 * _chip.PeriodSeconds, _chip.PulseSeconds(output), 1e-12);
                Assert.Equal(count / 4096.0, driver.GetDutyCycle(output));
            }
        }
    }

    [Fact]
    public void Fully_on_and_off_make_no_pulses_and_read_back()
    {
        using var driver = new Driver(ChipBench.Device(_chip), 50, dutyCycleAllChannels: 0.075);
        double pulse = 307 / 4096.0 * _chip.PeriodSeconds;
        Assert.All(Enumerable.Range(0, Outputs), output => Assert.Equal(pulse, _chip.PulseSeconds(output), 1e-12));
        foreach (double duty in (double[])[0, 1])
        {
            driver.SetDutyCycleAllChannels(duty);
            Assert.All(Enumerable.Range(0, Outputs), output =>
            {
                Assert.Equal(0, _chip.PulseSeconds(output));
                Assert.Equal(duty, driver.GetDutyCycle(output));
            });
        }
    }

    [Fact]
    public void A_pwm_channel_of_it_starts_stops_and_follows()
    {
        using var driver = new Driver(ChipBench.Device(_chip), 50);
        using System.Device.Pwm.PwmChannel channel = driver.CreatePwmChannel(5);
        channel.DutyCycle = 0.05;
        channel.Start();
        Assert.Equal(Math.Round(0.05 * 4096) / 4096 * _chip.PeriodSeconds, _chip.PulseSeconds(5), 1e-12);
        channel.Stop();
        Assert.Equal(0, _chip.PulseSeconds(5));
    }
}
