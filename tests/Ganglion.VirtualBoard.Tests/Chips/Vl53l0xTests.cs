using Ganglion.VirtualBoard.Chips;

namespace Ganglion.VirtualBoard.Tests.Chips;

/// <summary>Oracle: ST DS11555 (reference registers, ranging accuracy, timing) and the order of ST's API (UM2039), which dotnet/iot's
/// driver keeps too (tests/Ganglion.HostBoard.Tests/Chips).</summary>
public class Vl53l0xTests
{
    private const long Ms = 1_000_000;

    private double _metres = 0.5;

    [Fact]
    public void TheReferenceRegistersTellTheModel()
    {
        Assert.Equal([0xEE, 0xAA, 0x10], Read(NewChip(), 0xC0, 3, 0));
    }

    [Fact]
    public void WithoutItsStopValueOrItsCalibrationsItMeasuresNothing()
    {
        Vl53l0x chip = NewChip();
        Write(chip, 0, 0x0A, 4, 0x01, 0xE8, 0x00, 2);
        Assert.Equal(0, Read(chip, 0x13, 1, 100 * Ms)[0]);
        Begin(chip, 100 * Ms);
        byte[] result = Read(chip, 0x13, 13, 140 * Ms);
        Assert.Equal(4, result[0]);
        Assert.Equal(3, result[1] >> 3 & 15); // no voltage is known
    }

    [Fact]
    public void AResultComesEach33MsAndStaysNewUntilItIsCleared()
    {
        Vl53l0x chip = Ready();
        Assert.Equal(0, Read(chip, 0x13, 1, 132 * Ms)[0]);
        byte[] result = Read(chip, 0x13, 13, 134 * Ms);
        Assert.Equal((4, 11, 500), (result[0], result[1] >> 3 & 15, result[11] << 8 | result[12]));
        Write(chip, 135 * Ms, 0x0B, 1);
        Assert.Equal(0, Read(chip, 0x13, 1, 165 * Ms)[0]);
        Assert.Equal(4, Read(chip, 0x13, 1, 167 * Ms)[0]);
        Assert.Equal(4, Read(chip, 0x13, 1, 900 * Ms)[0]);
    }

    [Fact]
    public void BeyondItsRangeItSaysThatThereIsNoTarget()
    {
        _metres = 1.21;
        byte[] result = Read(Ready(), 0x13, 13, 140 * Ms);
        Assert.Equal((4, 8190), (result[1] >> 3 & 15, result[11] << 8 | result[12]));
    }

    /// <summary>Data sheet, table "Ranging accuracy": 4 % at 1.2 m on white, indoors.</summary>
    [Fact]
    public void ItsNoiseIsThatOfTheDataSheet()
    {
        _metres = 1.1;
        Vl53l0x chip = Ready(imperfection: 1);
        double[] values = [.. Enumerable.Range(1, 2000).Select(i => Read(chip, 0x1E, 2, (101 + 33 * i) * Ms)).Select(two => two[0] << 8
            | two[1])];
        double mean = values.Average(), deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        Assert.Equal(1100, mean, 4.0);
        Assert.Equal(44, deviation, 3.0);
    }

    private Vl53l0x NewChip(double imperfection = 0) => new("eye", new Wall(this), 3, imperfection);

    private Vl53l0x Ready(double imperfection = 0)
    {
        Vl53l0x chip = NewChip(imperfection);
        Write(chip, 0, 0x0A, 4, 0x01, 0x01, 0x00, 0x41);
        Write(chip, 20 * Ms, 0x0B, 1, 0x00, 0, 0x01, 0x02, 0x00, 0x01);
        Write(chip, 40 * Ms, 0x0B, 1, 0x00, 0);
        Begin(chip, 100 * Ms);
        return chip;
    }

    private static void Begin(Vl53l0x chip, long ns)
    {
        Write(chip, ns, 0x80, 1, 0xFF, 1, 0x00, 0);
        byte stop = Read(chip, 0x91, 1, ns)[0];
        Write(chip, ns, 0x91, stop, 0x00, 1, 0xFF, 0, 0x80, 0, 0x01, 0xE8, 0x00, 2);
    }

    private static void Write(Vl53l0x chip, long ns, params byte[] pairs)
    {
        for (int i = 0; i < pairs.Length; i += 2)
        {
            chip.Write(0x29, pairs.AsSpan(i, 2), ns);
        }
    }

    private static byte[] Read(Vl53l0x chip, byte register, int count, long ns)
    {
        byte[] bytes = new byte[count];
        chip.Write(0x29, [register], ns);
        chip.Read(bytes, ns);
        return bytes;
    }

    private sealed class Wall(Vl53l0xTests test) : IDistanceSource
    {
        public double MetresAt(long ns) => test._metres;
    }
}
