using Ganglion.Gait.Stability;

namespace Ganglion.Gait.Tests;

/// <summary>ZMP, support and cost of transport against closed forms.</summary>
public class StabilityTests
{
    [Theory]
    [InlineData(.97, .776)]
    [InlineData(1.5, .70)]
    public void ZmpOfASinusoidIsLargerByTheClosedForm(double period, double height)
    {
        // Specification cpg.md B2: A_zmp = A_com (1 + h w^2 / g).
        double w = 2 * Math.PI / period, dt = .001;
        GaitTrace trace = new(4000, dt);
        for (int k = 0; k < trace.Samples; k++)
        {
            trace.BodyY[k] = height;
            trace.BodyZ[k] = .02 * Math.Sin(w * trace.Time(k));
            trace.BodyX[k] = .4 * trace.Time(k);
        }
        (double[] x, double[] z) = ZeroMomentPoint.Of(trace);
        Assert.Equal(.02 * (1 + height * w * w / 9.81), z[1..^1].Max(), 1e-5);
        Assert.Equal(.4 * trace.Time(2000), x[2000], 1e-6);
    }

    [Fact]
    public void OnOneFootTheMarginIsThatOfTheRectangle()
    {
        SupportPolygon support = new([(1, -.1)], .1, .06);
        Assert.Equal((1, -.1), (Math.Round(support.Centre.X, 12), Math.Round(support.Centre.Z, 12)));
        Assert.Equal(.06, support.Margin(1, -.1), 1e-12);
        Assert.Equal(.02, support.Margin(1.08, -.1), 1e-12);
        Assert.Equal(-.04, support.Margin(1, 0), 1e-12);
        Assert.Equal(-.05, support.Margin(1.13, 0), 1e-12);
        Assert.Equal(double.NegativeInfinity, new SupportPolygon([], .1, .06).Margin(0, 0));
    }

    [Fact]
    public void OnTwoFeetItIsTheHull()
    {
        SupportPolygon support = new([(0, -.1), (.3, .1)], .1, .06);
        Assert.Equal(6, support.Corners.Count);
        // Area of the hull: the rectangle swept along the way between the feet.
        double area = 0;
        for (int i = 0; i < 6; i++)
        {
            (double ax, double az) = support.Corners[i];
            (double bx, double bz) = support.Corners[(i + 1) % 6];
            area += (ax * bz - bx * az) / 2;
        }
        Assert.Equal(.2 * .12 + .3 * .12 + .2 * .2, area, 1e-12);
        // At the centre the slanted edges are nearest: hl |nx| + hw |nz|.
        double length = Math.Sqrt(.3 * .3 + .2 * .2);
        Assert.Equal((.1 * .2 + .06 * .3) / length, support.Margin(.15, 0), 1e-12);
    }

    [Fact]
    public void CostOfTransportOfConstantPower() =>
        Assert.Equal(100 / (30 * 9.81 * .5), CostOfTransport.Of([100, 100, 100, 100, 100], .25, 30, .5), 1e-12);
}
