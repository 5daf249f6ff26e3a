using Ganglion.VirtualBoard.Chips;

namespace Ganglion.VirtualBoard.Tests.Chips;

/// <summary>Oracle: NXP PCA9685 product data sheet, rev. 4.</summary>
public class Pca9685Tests
{
    private const long Ms = 1_000_000;

    private readonly Pca9685 _chip = new("pwm0", 0x40);

    private void Write(params byte[] bytes) => WriteAt(0, 0x40, bytes);

    private void WriteAt(long ns, int address, params byte[] bytes)
    {
        Assert.True(_chip.Answers(address, read: false));
        Assert.Equal(bytes.Length, _chip.Write(address, bytes, ns));
        _chip.Stop(ns);
    }

    private byte Read(byte register)
    {
        byte[] value = new byte[1];
        _chip.Write(0x40, [register], 0);
        _chip.Read(value, 0);
        return value[0];
    }

    [Fact]
    public void RegistersStartAtTheirDefaults()
    {
        Assert.Equal(0x11, Read(0x00)); // MODE1: SLEEP, ALLCALL
        Assert.Equal(0x04, Read(0x01)); // MODE2: OUTDRV
        Assert.Equal([0xE2, 0xE4, 0xE8, 0xE0], new[] { Read(2), Read(3), Read(4), Read(5) });
        Assert.Equal([0x00, 0x00, 0x00, 0x10], new[] { Read(6), Read(7), Read(8), Read(9) }); // full off
        Assert.Equal(0x1E, Read(0xFE)); // 200 Hz
        Assert.Equal(1 / 200.0, _chip.PeriodSeconds, 1e-4); // 31 steps: 197 Hz, the nearest to 200
    }

    [Fact]
    public void DutyCycleExampleOfSection733()
    {
        // Delay 10 %, on time 20 %: ON = 199h, OFF = 4CCh, 819 of 4096 counts.
        Write(0x00, 0x21);
        Write(0x06, 0x99, 0x01, 0xCC, 0x04);
        Assert.Equal(819 / 4096.0, _chip.PulseSeconds(0) / _chip.PeriodSeconds, 1e-12);

        // Delay 90 %, on time 90 %: ON = E65h, OFF = CCCh: the pulse crosses the end of the period.
        Write(0x0A, 0x65, 0x0E, 0xCC, 0x0C);
        Assert.Equal(3687 / 4096.0, _chip.PulseSeconds(1) / _chip.PeriodSeconds, 1e-12);
    }

    [Fact]
    public void PrescaleIsWrittenInSleepOnlyAndAtLeastThree()
    {
        Write(0xFE, 0x79); // 50 Hz, asleep after power-on
        Assert.Equal(0x79, Read(0xFE));
        Assert.Equal(0.02, _chip.PeriodSeconds, 1e-4);
        Write(0xFE, 0x01);
        Assert.Equal(0x03, Read(0xFE));
        Write(0x00, 0x01);
        Write(0xFE, 0x79);
        Assert.Equal(0x03, Read(0xFE));
    }

    [Fact]
    public void TheOscillatorScalesEveryPulse()
    {
        var slow = new Pca9685("slow", 0x41, 23e6);
        slow.Write(0x41, [0x00, 0x21], 0);
        slow.Write(0x41, [0x06, 0, 0, 0x00, 0x01], 0);
        slow.Stop(0);
        Assert.Equal(256 * 31 / 23e6, slow.PulseSeconds(0), 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Pca9685("bad", 0x41, 28e6));
    }

    [Fact]
    public void AutoIncrementFillsAllChannelsInOneBurst()
    {
        Write(0x00, 0x21);
        byte[] burst = new byte[1 + 64];
        burst[0] = 0x06;
        for (int channel = 0; channel < 16; channel++)
        {
            burst[1 + 4 * channel + 2] = (byte)(channel + 1);
        }

        Write(burst);
        for (int channel = 0; channel < 16; channel++)
        {
            Assert.Equal((channel + 1) * 31 / 25e6, _chip.PulseSeconds(channel), 1e-12);
        }

        // After register 69 the pointer is at MODE1; after 254 as well.
        byte[] next = new byte[1];
        _chip.Read(next, 0);
        Assert.Equal(0x21, next[0]);
        _chip.Write(0x40, [0xFE], 0);
        byte[] two = new byte[2];
        _chip.Read(two, 0);
        Assert.Equal([0x1E, 0x21], two);
    }

    [Fact]
    public void WithoutAutoIncrementEveryByteGoesToOneRegister()
    {
        Write(0x00, 0x01);
        Write(0x06, 1, 2, 3);
        Assert.Equal((3, 0), (Read(0x06), Read(0x07)));
    }

    [Fact]
    public void OutputsChangeOnStopAndFullOffWins()
    {
        Write(0x00, 0x21);
        _chip.Write(0x40, [0x06, 0, 0, 100, 0], 0);
        Assert.Equal(0, _chip.PulseSeconds(0));
        _chip.Stop(0);
        Assert.NotEqual(0, _chip.PulseSeconds(0));
        Write(0x06, 0, 0x10, 100, 0); // full on: no pulses
        Assert.Equal(0, _chip.PulseSeconds(0));
        Write(0x06, 0, 0, 100, 0x10); // full off
        Assert.Equal(0, _chip.PulseSeconds(0));
    }

    [Fact]
    public void AllLedAllCallSubAddressAndSoftwareReset()
    {
        WriteAt(0, 0x70, 0x00, 0x29); // All-Call reaches MODE1; also switch SUB1 on
        Write(0xFA, 0, 0, 50, 0);
        Assert.All(Enumerable.Range(0, 16), channel => Assert.Equal(50 * 31 / 25e6, _chip.PulseSeconds(channel), 1e-12));
        Assert.False(_chip.Answers(0x70, read: true));
        Assert.True(_chip.Answers(0x71, read: false));
        Assert.False(_chip.Answers(0x72, read: false));

        Assert.Equal(0, _chip.Write(0x00, [0x05], 0)); // not the reset byte: not acknowledged
        WriteAt(0, 0x00, 0x06);
        Assert.Equal(0x11, Read(0x00));
        Assert.All(Enumerable.Range(0, 16), channel => Assert.Equal(0, _chip.PulseSeconds(channel)));
    }

    [Fact]
    public void PulsesStartHalfAMillisecondAfterWaking()
    {
        var load = new Recorder();
        _chip.Attach(3, load);
        WriteAt(1 * Ms, 0x40, 0x00, 0x21);
        WriteAt(1 * Ms + 100_000, 0x40, 0x12, 0, 0, 205, 0);
        WriteAt(2 * Ms, 0x40, 0x12, 0, 0, 206, 0);
        Assert.Equal([(205 * 31 / 25e6, 1 * Ms + 500_000), (206 * 31 / 25e6, 2 * Ms)], load.Changes);
    }

    [Fact]
    public void SleepStopsTheChannelsAndRestartBringsThemBack()
    {
        Write(0x00, 0x21);
        Write(0x06, 0, 0, 205, 0);
        double pulse = _chip.PulseSeconds(0);
        WriteAt(Ms, 0x40, 0x00, 0x31);
        Assert.Equal(0, _chip.PulseSeconds(0));
        Assert.Equal(0xB1, Read(0x00)); // RESTART is set: channels were running
        WriteAt(2 * Ms, 0x40, 0x00, 0x21);
        Assert.Equal(0, _chip.PulseSeconds(0)); // awake, waiting for the restart
        WriteAt(3 * Ms, 0x40, 0x00, 0xA1);
        Assert.Equal(pulse, _chip.PulseSeconds(0));
        Assert.Equal(0x21, Read(0x00));

        // Writing a PWM register does it too.
        WriteAt(4 * Ms, 0x40, 0x00, 0x31);
        WriteAt(5 * Ms, 0x40, 0x00, 0x21);
        WriteAt(6 * Ms, 0x40, 0x08, 205);
        Assert.Equal(pulse, _chip.PulseSeconds(0));
    }

    [Fact]
    public void OutputEnableHighSwitchesEveryOutputOff()
    {
        var load = new Recorder();
        _chip.Attach(0, load);
        Write(0x00, 0x21);
        WriteAt(Ms, 0x40, 0x06, 0, 0, 205, 0);
        _chip.SetOutputEnablePin(high: true, 2 * Ms);
        WriteAt(3 * Ms, 0x40, 0x06, 0, 0, 206, 0);
        _chip.SetOutputEnablePin(high: false, 4 * Ms);
        Assert.Equal([(205 * 31 / 25e6, Ms), (0, 2 * Ms), (206 * 31 / 25e6, 4 * Ms)], load.Changes);
    }

    private sealed class Recorder : IPulseInput
    {
        public List<(double Seconds, long FromNs)> Changes { get; } = [];

        public void PulseChanged(double seconds, long fromNs) => Changes.Add((seconds, fromNs));
    }
}
