using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Trunk;

/// <summary>
/// The 3-geared joint as the authors posed it, without any insight into its geometry: eight unknowns (three sliders, three
/// translations, two tilts, no twist) such that each ball meets its gear's tip: nine equations, solved by Gauss-Newton with
/// central differences. It leaves no residual, which also shows that the joint has no twist. Slow, generic, and the oracle for
/// the closed form.
/// </summary>
internal static class GenericJointSolver
{
    private const int Unknowns = 8, Equations = 9;

    /// <summary>Pose of the next module, its sliders (m), and the length of the remaining mismatch (m).</summary>
    public static (JointPose Pose, Vec3 Sliders, double Residual) Solve(in Vec3 strokes)
    {
        double[] x = new double[Unknowns];
        x[4] = 44e-3 + 38.875e-3 + 53.75e-3 / 2;
        for (int iteration = 0; iteration < 60; iteration++)
        {
            double[] residual = Mismatch(x, strokes);
            double[][] jacobian = new double[Unknowns][];
            for (int j = 0; j < Unknowns; j++)
            {
                double[] up = [.. x], down = [.. x];
                up[j] += 1e-6;
                down[j] -= 1e-6;
                double[] a = Mismatch(up, strokes), b = Mismatch(down, strokes);
                jacobian[j] = [.. a.Select((value, i) => (value - b[i]) / 2e-6)];
            }
            double[] step = LeastSquares(jacobian, residual);
            for (int j = 0; j < Unknowns; j++)
            {
                x[j] -= step[j];
            }

            if (step.Max(Math.Abs) < 1e-16)
            {
                break;
            }
        }
        double left = Math.Sqrt(Mismatch(x, strokes).Sum(value => value * value));
        return (Module(x), new Vec3(x[0], x[1], x[2]), left);
    }

    /// <summary>Next module: tilt about a horizontal axis (x[6], x[7] as rotation vector along x and z), then turned by 180
    /// degrees.</summary>
    private static JointPose Module(double[] x)
    {
        double angle = Math.Sqrt(x[6] * x[6] + x[7] * x[7]), azimuth = Math.Atan2(-x[7], x[6]);
        Mat3 tilt = Mat3.AboutY(azimuth) * Mat3.AboutX(angle) * Mat3.AboutY(-azimuth);
        return new JointPose(tilt * Mat3.AboutY(Math.PI), new Vec3(x[3], x[4], x[5]));
    }

    private static double[] Mismatch(double[] x, in Vec3 strokes)
    {
        JointPose module = Module(x);
        double[] mismatch = new double[Equations];
        double[] gears = [strokes.X, strokes.Y, strokes.Z];
        for (int k = 0; k < 3; k++)
        {
            double gearAzimuth = k * 2 * Math.PI / 3, ballAzimuth = gearAzimuth + Math.PI, radius = 40.525e-3 + x[k];
            Vec3 tip = new(40.5e-3 * Math.Cos(gearAzimuth), 44e-3 + 53.75e-3 * gears[k], -40.5e-3 * Math.Sin(gearAzimuth));
            Vec3 ball = module.Translation + module.Rotation * new Vec3(radius * Math.Cos(ballAzimuth), -38.875e-3,
                -radius * Math.Sin(ballAzimuth));
            Vec3 difference = ball - tip;
            (mismatch[3 * k], mismatch[3 * k + 1], mismatch[3 * k + 2]) = (difference.X, difference.Y, difference.Z);
        }
        return mismatch;
    }

    /// <summary>min |J s - r| by modified Gram-Schmidt; columns of J given one by one.</summary>
    private static double[] LeastSquares(double[][] columns, double[] r)
    {
        int n = columns.Length;
        double[] right = [.. r];
        double[,] upper = new double[n, n];
        double[] projected = new double[n];
        for (int j = 0; j < n; j++)
        {
            upper[j, j] = Math.Sqrt(columns[j].Sum(value => value * value));
            columns[j] = [.. columns[j].Select(value => value / upper[j, j])];
            for (int k = j + 1; k < n; k++)
            {
                upper[j, k] = columns[j].Zip(columns[k], (a, b) => a * b).Sum();
                columns[k] = [.. columns[k].Zip(columns[j], (a, b) => a - upper[j, k] * b)];
            }
            projected[j] = columns[j].Zip(right, (a, b) => a * b).Sum();
            right = [.. right.Zip(columns[j], (a, b) => a - projected[j] * b)];
        }
        double[] solution = new double[n];
        for (int j = n - 1; j >= 0; j--)
        {
            double sum = projected[j];
            for (int k = j + 1; k < n; k++)
            {
                sum -= upper[j, k] * solution[k];
            }

            solution[j] = sum / upper[j, j];
        }
        return solution;
    }
}
