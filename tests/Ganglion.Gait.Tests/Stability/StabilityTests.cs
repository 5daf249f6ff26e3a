using Ganglion.Gait.Planned;
using Ganglion.Gait.Stability;

namespace Ganglion.Gait.Tests.Stability;

/// <summary>ZMP, support and cost of transport against closed forms.</summary>
public class StabilityTests
{
    [Theory]
    [InlineData(0.97, 0.776)]
    [InlineData(1.5, 0.70)]
    public void ZmpOfASinusoidIsLargerByTheClosedForm(double period, double height)
    {
        // shared/README.md B2: A_zmp = A_com (1 + h w^2 / g).
        double w = 2 * Math.PI / period, dt = 0.001;
        GaitTrace trace = new(4000, dt);
        for (int k = 0; k < trace.Samples; k++)
        {
            trace.BodyY[k] = height;
            trace.BodyZ[k] = 0.02 * Math.Sin(w * trace.Time(k));
            trace.BodyX[k] = 0.4 * trace.Time(k);
        }
        (double[] x, double[] z) = ZeroMomentPoint.Of(trace);
        Assert.Equal(0.02 * (1 + height * w * w / 9.81), z[1..^1].Max(), 1e-5);
        Assert.Equal(0.4 * trace.Time(2000), x[2000], 1e-6);
    }

    [Fact]
    public void OnOneFootTheMarginIsThatOfTheRectangle()
    {
        SupportPolygon support = new([(1, -0.1)], 0.1, 0.06);
        Assert.Equal((1, -0.1), (Math.Round(support.Centre.X, 12), Math.Round(support.Centre.Z, 12)));
        Assert.Equal(0.06, support.Margin(1, -0.1), 1e-12);
        Assert.Equal(0.02, support.Margin(1.08, -0.1), 1e-12);
        Assert.Equal(-0.04, support.Margin(1, 0), 1e-12);
        Assert.Equal(-0.05, support.Margin(1.13, 0), 1e-12);
        Assert.Equal(double.NegativeInfinity, new SupportPolygon([], 0.1, 0.06).Margin(0, 0));
    }

    [Fact]
    public void OnTwoFeetItIsTheHull()
    {
        SupportPolygon support = new([(0, -0.1), (0.3, 0.1)], 0.1, 0.06);
        Assert.Equal(6, support.Corners.Count);
        // Area of the hull: the rectangle swept along the way between the feet.
        double area = 0;
        for (int i = 0; i < 6; i++)
        {
            (double ax, double az) = support.Corners[i];
            (double bx, double bz) = support.Corners[(i + 1) % 6];
            area += (ax * bz - bx * az) / 2;
        }
        Assert.Equal(0.2 * 0.12 + 0.3 * 0.12 + 0.2 * 0.2, area, 1e-12);
        // At the centre the slanted edges are nearest: hl |nx| + hw |nz|.
        double length = Math.Sqrt(0.3 * 0.3 + 0.2 * 0.2);
        Assert.Equal((0.1 * 0.2 + 0.06 * 0.3) / length, support.Margin(0.15, 0), 1e-12);
    }

    [Fact]
    public void CostOfTransportOfConstantPower() =>
        Assert.Equal(100 / (30 * 9.81 * 0.5), CostOfTransport.Of([100, 100, 100, 100, 100], 0.25, 30, 0.5), 1e-12);
}
