using Iot.Device.Ads1115;
using Ads1115 = Ganglion.VirtualBoard.Chips.Ads1115;
using Driver = Iot.Device.Ads1115.Ads1115;

namespace Ganglion.HostBoard.Tests.Chips;

/// <summary>dotnet/iot's own driver of the ADS1115 on our virtual chip: the volts that it reads are those at the input.</summary>
public sealed class Ads1115OracleTests
{
    private static readonly (MeasuringRange Range, double Volts)[] Ranges =
    [
        (MeasuringRange.FS6144, 6.144), (MeasuringRange.FS4096, 4.096), (MeasuringRange.FS2048, 2.048), (MeasuringRange.FS1024, 1.024),
        (MeasuringRange.FS0512, 0.512), (MeasuringRange.FS0256, 0.256),
    ];

    private readonly Ads1115 _chip = new("adc0", 0x48);
    private readonly Source[] _sources = [.. Enumerable.Range(0, 4).Select(input => new Source(0.1 + 0.2 * input))];

    public Ads1115OracleTests()
    {
        for (int input = 0; input < _sources.Length; input++)
        {
            _chip.Attach(input, _sources[input]);
        }
    }

    /// <summary>As the firmware converts: single shots at 860 samples/s, +-2.048 V, each input against ground.</summary>
    [Fact]
    public void Single_shots_read_every_input()
    {
        using var driver = new Driver(ChipBench.Device(_chip), InputMultiplexer.AIN0, MeasuringRange.FS2048, DataRate.SPS860,
            DeviceMode.PowerDown);
        InputMultiplexer[] inputs = [InputMultiplexer.AIN0, InputMultiplexer.AIN1, InputMultiplexer.AIN2, InputMultiplexer.AIN3];
        for (int input = 0; input < inputs.Length; input++)
        {
            Assert.Equal(Math.Round(_sources[input].Volts / 2.048 * 32768), driver.ReadRaw(inputs[input]));
            Assert.Equal(_sources[input].Volts, driver.ReadVoltage(inputs[input]).Volts, 2.048 / 32768);
        }
    }

    [Fact]
    public void Differences_between_inputs_have_their_sign()
    {
        using var driver = new Driver(ChipBench.Device(_chip), InputMultiplexer.AIN0, MeasuringRange.FS2048, DataRate.SPS860,
            DeviceMode.PowerDown);
        foreach ((InputMultiplexer difference, int plus, int minus) in ((InputMultiplexer, int, int)[])[(InputMultiplexer.AIN0_AIN1, 0, 1),
            (InputMultiplexer.AIN0_AIN3, 0, 3), (InputMultiplexer.AIN1_AIN3, 1, 3), (InputMultiplexer.AIN2_AIN3, 2, 3)])
        {
            Assert.Equal(_sources[plus].Volts - _sources[minus].Volts, driver.ReadVoltage(difference).Volts, 2.048 / 32768);
        }
    }

    [Fact]
    public void Every_range_scales_and_clips_as_the_driver_says()
    {
        using var driver = new Driver(ChipBench.Device(_chip), InputMultiplexer.AIN0, MeasuringRange.FS2048, DataRate.SPS860,
            DeviceMode.PowerDown);
        foreach ((MeasuringRange range, double volts) in Ranges)
        {
            driver.MeasuringRange = range;
            foreach (double share in (double[])[-0.4, 0, 0.25, 0.9])
            {
                _sources[0].Volts = share * volts;
                Assert.Equal(share * volts, driver.ReadVoltage().Volts, volts / 32768);
            }

            _sources[0].Volts = 2 * volts;
            Assert.Equal(short.MaxValue, driver.ReadRaw());
        }
    }

    [Fact]
    public void Continuous_conversions_follow_the_input_at_every_rate()
    {
        using var driver = new Driver(ChipBench.Device(_chip), InputMultiplexer.AIN2, MeasuringRange.FS4096, DataRate.SPS860,
            DeviceMode.Continuous);
        foreach (DataRate rate in (DataRate[])[DataRate.SPS128, DataRate.SPS250, DataRate.SPS475, DataRate.SPS860])
        {
            _sources[2].Volts = 1 + 0.1 * (int)rate;
            driver.DataRate = rate;
            Thread.Sleep(20); // two conversions at 128 samples a second
            Assert.Equal(_sources[2].Volts, driver.ReadVoltage().Volts, 4.096 / 32768);
        }
    }
}
