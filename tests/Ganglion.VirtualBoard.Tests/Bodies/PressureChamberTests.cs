using Ganglion.VirtualBoard.Bodies;
using Ganglion.VirtualBoard.Faults;

namespace Ganglion.VirtualBoard.Tests.Bodies;

public class PressureChamberTests
{
    private const long Ms = 1_000_000;

    private static readonly PressureModel Model = new(
        FullScaleKpa: 200, FullScaleVolts: 3.3, LagSeconds: 0.1, SensorZeroVolts: 0.2, SensorVoltsPerKpa: 0.008);

    [Fact]
    public void ItFollowsTheValveAsAFirstOrderLag()
    {
        var chamber = new PressureChamber(Model);
        chamber.VoltageChanged(1.65, 0);
        Assert.Equal(0, chamber.KpaAt(0), 12);
        Assert.Equal(100 * (1 - Math.Exp(-1)), chamber.KpaAt(100 * Ms), 9);
        Assert.Equal(100, chamber.KpaAt(3000 * Ms), 6);
        chamber.VoltageChanged(0, 3000 * Ms);
        Assert.Equal(100 * Math.Exp(-2), chamber.KpaAt(3200 * Ms), 6);
        chamber.VoltageChanged(5, 3200 * Ms); // beyond full scale: full scale
        Assert.Equal(200, chamber.KpaAt(9000 * Ms), 6);
    }

    [Fact]
    public void TheSensorShowsItAndSticksWhereTheFaultBegan()
    {
        var chamber = new PressureChamber(Model);
        chamber.VoltageChanged(3.3, 0);
        Assert.Equal(0.2 + 0.008 * 200 * (1 - Math.Exp(-1)), chamber.VoltsAt(100 * Ms), 9);
        double held = chamber.VoltsAt(200 * Ms);
        chamber.StuckWindow = new FaultWindow(200 * Ms, 900 * Ms);
        chamber.VoltageChanged(0, 300 * Ms);
        Assert.Equal(held, chamber.VoltsAt(800 * Ms), 12);
        Assert.NotEqual(held, chamber.VoltsAt(900 * Ms), 0.1);
    }
}
