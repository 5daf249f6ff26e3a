using Ganglion.VirtualBoard.Chips;

namespace Ganglion.VirtualBoard.Tests.Chips;

/// <summary>Oracle: Microchip DS22187E, sections 4.8, 5.6 and the examples of figures 7-4 and 7-5.</summary>
public class Mcp4728Tests
{
    private const double Supply = 5.0;

    private readonly Mcp4728 _chip = new("dac0", 0x60, Supply);

    [Fact]
    public void SequentialWriteExampleOfFigure74()
    {
        _chip.Write(0x60, [0x50, 0x08, 0x00, 0x0F, 0xFF, 0x98, 0x00, 0x9F, 0xFF], 0);
        Assert.Equal(Supply / 2, _chip.Volts(0), 1e-9);
        Assert.Equal(Supply * 4095 / 4096, _chip.Volts(1), 1e-9);
        Assert.Equal(2.048, _chip.Volts(2), 1e-9);
        Assert.Equal(4.096 * 4095 / 4096, _chip.Volts(3), 1e-9);
    }

    [Fact]
    public void FastWriteExampleOfFigure75()
    {
        _chip.Write(0x60, [0x80], 0); // reference V_DD on all channels
        _chip.Write(0x60, [0x0F, 0xFF, 0x07, 0xFF, 0x03, 0xFF, 0x01, 0xFF], 0);
        double lsb = Supply / 4096;
        Assert.Equal(Supply - lsb, _chip.Volts(0), 1e-9);
        Assert.Equal(Supply / 2 - lsb, _chip.Volts(1), 1e-9);
        Assert.Equal(Supply / 4 - lsb, _chip.Volts(2), 1e-9);
        Assert.Equal(Supply / 8 - lsb, _chip.Volts(3), 1e-9);
    }

    [Fact]
    public void MultiWriteSetsChosenChannelsWithReferenceAndGain()
    {
        _chip.Write(0x60, [0x44, 0x98, 0x00, 0x40, 0x84, 0x00], 0); // C: internal, gain 2, 2048; A: internal, gain 1, 1024
        Assert.Equal(2.048, _chip.Volts(2), 1e-9);
        Assert.Equal(0.512, _chip.Volts(0), 1e-9);
        Assert.Equal(0, _chip.Volts(1));
        _chip.Write(0x60, [0xC8], 0); // gain 2 on A only
        Assert.Equal(1.024, _chip.Volts(0), 1e-9);
        Assert.Equal(1.024, _chip.Volts(2), 1e-9);
    }

    [Fact]
    public void PowerDownBitsSwitchChannelsOffUntilTheWakeUpCall()
    {
        _chip.Write(0x60, [0x08, 0x00, 0x08, 0x00, 0x08, 0x00, 0x08, 0x00], 0);
        _chip.Write(0x60, [0xA4, 0x40], 0); // 101x 01 00 | 01 00: A and C down
        Assert.Equal([0, 1.024, 0, 1.024], Enumerable.Range(0, 4).Select(_chip.Volts));
        Assert.Equal(1, _chip.Write(0x00, [0x09], 0));
        Assert.All(Enumerable.Range(0, 4), channel => Assert.Equal(1.024, _chip.Volts(channel)));
    }

    [Fact]
    public void EepromSurvivesPowerLossAndItsWriteTakesTime()
    {
        _chip.Write(0x60, [0x58, 0x88, 0x00], 0); // single write, channel A, EEPROM
        byte[] status = new byte[24];
        _chip.Read(status, 1_000_000);
        Assert.Equal(0, status[0] & 0x80);
        _chip.Write(0x60, [0x00, 0x00], 1_000_000); // ignored: busy
        Assert.Equal(1.024, _chip.Volts(0));
        _chip.Write(0x60, [0x00, 0x00], 50_000_000);
        Assert.Equal(0, _chip.Volts(0));
        _chip.PowerOn(60_000_000);
        Assert.Equal(1.024, _chip.Volts(0));
        _chip.Read(status, 60_000_000);
        Assert.Equal([0xC0, 0x88, 0x00, 0xC0, 0x88, 0x00, 0xD0, 0x80, 0x00], status[..9]);
    }

    [Fact]
    public void TheOutputCannotExceedTheSupply()
    {
        var chip = new Mcp4728("dac1", 0x61, 3.3);
        chip.Write(0x61, [0x40, 0x9F, 0xFF], 0);
        Assert.Equal(3.3, chip.Volts(0));
    }
}
