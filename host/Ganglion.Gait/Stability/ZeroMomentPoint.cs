using Ganglion.Basics;
using Ganglion.Gait.Planned;
namespace Ganglion.Gait.Stability;

/// <summary>The zero-moment point of a body taken for one mass on a cart-table (the paper's equation 11, ground at 0).</summary>
public static class ZeroMomentPoint
{
    /// <summary>p = c - c_y c'' / (c_y'' + g), for x or z [m].</summary>
    /// <param name="place">c_x or c_z [m].</param>
    /// <param name="acceleration">Its second derivative [m/s2].</param>
    /// <param name="height">c_y over the ground [m].</param>
    /// <param name="lift">Second derivative of the height [m/s2].</param>
    public static double Of(double place, double acceleration, double height, double lift) =>
        place - height * acceleration / (lift + Gravity.OfBodies);

    /// <summary>The ZMP along a trace, from second differences; the first and the last sample have none (NaN).</summary>
    public static (double[] X, double[] Z) Of(GaitTrace trace)
    {
        int n = trace.Samples;
        double[] x = new double[n], z = new double[n];
        x[0] = z[0] = x[n - 1] = z[n - 1] = double.NaN;
        for (int k = 1; k < n - 1; k++)
        {
            double lift = Second(trace.BodyY, k, trace.Step);
            x[k] = Of(trace.BodyX[k], Second(trace.BodyX, k, trace.Step), trace.BodyY[k], lift);
            z[k] = Of(trace.BodyZ[k], Second(trace.BodyZ, k, trace.Step), trace.BodyY[k], lift);
        }
        return (x, z);
    }

    private static double Second(double[] values, int k, double dt) => (values[k + 1] - 2 * values[k] + values[k - 1]) / (dt * dt);
}
