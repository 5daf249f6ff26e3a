using Ganglion.VirtualBoard.Chips;
using Iot.Device.Vl53L0X;
using Driver = Iot.Device.Vl53L0X.Vl53L0X;

namespace Ganglion.HostBoard.Tests.Chips;

/// <summary>dotnet/iot's own driver of the VL53L0X, which sends ST's whole initialization, on our virtual chip without noise.</summary>
public sealed class Vl53l0xOracleTests
{
    [Theory]
    [InlineData(0.05, 50)]
    [InlineData(0.731, 731)]
    [InlineData(1.3, (int)OperationRange.OutOfRange)]
    public void It_initializes_the_chip_and_reads_the_distance(double metres, int millimetres)
    {
        using var driver = new Driver(ChipBench.Device(new Vl53l0x("eye", new Wall(metres), imperfection: 0)));
        driver.MeasurementMode = MeasurementMode.Continuous;
        Assert.Equal(millimetres, driver.Distance);
        driver.MeasurementMode = MeasurementMode.Single;
        Assert.Equal(millimetres, driver.Distance);
    }

    private sealed class Wall(double metres) : IDistanceSource
    {
        public double MetresAt(long ns) => metres;
    }
}
