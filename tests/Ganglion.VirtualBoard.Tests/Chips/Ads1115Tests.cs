using Ganglion.VirtualBoard.Chips;

namespace Ganglion.VirtualBoard.Tests.Chips;

/// <summary>Oracle: Texas Instruments SBAS444, section 8.6 (registers) and table 3 (output codes).</summary>
public class Ads1115Tests
{
    private const long Ms = 1_000_000;

    private readonly Ads1115 _chip = new("adc0", 0x48);

    private ushort Read(byte register, long ns)
    {
        byte[] bytes = new byte[2];
        _chip.Write(0x48, [register], ns);
        _chip.Read(bytes, ns);
        return (ushort)(bytes[0] << 8 | bytes[1]);
    }

    private void Configure(ushort config, long ns) => _chip.Write(0x48, [1, (byte)(config >> 8), (byte)config], ns);

    [Fact]
    public void RegistersStartAtTheirDefaults()
    {
        Assert.Equal(0x8583, Read(1, 0));
        Assert.Equal(0, Read(0, 0));
        Assert.Equal(0x8000, Read(2, 0));
        Assert.Equal(0x7FFF, Read(3, 0));
    }

    [Theory]
    [InlineData(0.0, 0x0000)]
    [InlineData(2.048, 0x7FFF)] // positive full scale and beyond clip
    [InlineData(3.0, 0x7FFF)]
    [InlineData(0.0000625, 0x0001)] // one LSB at +-2.048 V
    [InlineData(1.024, 0x4000)]
    public void SingleShotConvertsWithTheDefaultRange(double volts, int code)
    {
        _chip.Attach(0, new Source(_ => volts));
        Configure(0xC583, 0); // AIN0 to ground, 128 samples a second
        Assert.Equal(0x4583, Read(1, 1 * Ms)); // OS = 0: converting
        Assert.Equal(0, Read(0, 1 * Ms));
        Assert.Equal(0xC583, Read(1, 8 * Ms));
        Assert.Equal(code, Read(0, 8 * Ms));
    }

    [Fact]
    public void DifferentialInputsGoNegative()
    {
        _chip.Attach(0, new Source(_ => 0.5));
        _chip.Attach(1, new Source(_ => 1.5));
        Configure(0x8583, 0);
        Assert.Equal(unchecked((ushort)(short)-16000), Read(0, 8 * Ms)); // -1 V / 62.5 uV
    }

    [Theory]
    [InlineData(0, 6.144)]
    [InlineData(1, 4.096)]
    [InlineData(2, 2.048)]
    [InlineData(3, 1.024)]
    [InlineData(4, 0.512)]
    [InlineData(5, 0.256)]
    public void RangeSetsTheWeightOfALsb(int pga, double fullScale)
    {
        _chip.Attach(2, new Source(_ => 0.2));
        Configure((ushort)(0xE183 | pga << 9), 0);
        Assert.Equal(Math.Round(0.2 / fullScale * 32768), Read(0, 8 * Ms));
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(4, 128)]
    [InlineData(7, 860)]
    public void AConversionTakesOneSamplePeriodAndTheWakeUp(int rate, int samplesPerSecond)
    {
        _chip.Attach(0, new Source(_ => 1));
        Configure((ushort)(0xC503 | rate << 5), 0);
        long done = 25_000 + 1_000_000_000 / samplesPerSecond;
        Assert.Equal(0, Read(1, done - 1000) & 0x8000);
        Assert.Equal(0x8000, Read(1, done + 1000) & 0x8000);
    }

    [Fact]
    public void ASlowClockConvertsLater()
    {
        var slow = new Ads1115("slow", 0x49, 0.9);
        byte[] bytes = new byte[2];
        slow.Write(0x49, [1, 0xC5, 0x83], 0);
        slow.Read(bytes, 8 * Ms); // 128 samples a second nominal: 8.68 ms here
        Assert.Equal(0, bytes[0] & 0x80);
        slow.Read(bytes, 9 * Ms);
        Assert.Equal(0x80, bytes[0] & 0x80);
    }

    [Fact]
    public void ContinuousModeHoldsTheLatestFinishedConversion()
    {
        _chip.Attach(0, new Source(ns => ns * 1e-9)); // one volt a second
        Configure(0x4483, 0); // AIN0, continuous, 128 samples a second
        Assert.Equal(0, Read(0, 7 * Ms));
        double period = 1.0 / 128;
        Assert.Equal(Math.Round(period / 62.5e-6), Read(0, 8 * Ms));
        Assert.Equal(Math.Round(12 * period / 62.5e-6), Read(0, 100 * Ms));
    }

    private sealed class Source(Func<long, double> volts) : IVoltageSource
    {
        public double VoltsAt(long ns) => volts(ns);
    }
}
