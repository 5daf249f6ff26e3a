using Ganglion.Basics;
using Ganglion.Neurons.Passes;
using Ganglion.Neurons.Training;
namespace Ganglion.Neurons.Tests;

/// <summary>
/// Poses of the trunk paper's 4-geared arm with the authors' distribution of joint states, as a training task for the engine. Lengths in
/// mm, y up, as in the authors' simulation. Targets per joint: own centre minus the neutral distance along y, in neutral distances; then
/// the orientation without the mounting yaw as a quaternion (w, x, y, z) whose sign is continuous along the arm. The last joint's position
/// is the tool tip.
/// </summary>
public sealed class TrunkSource(int joints, ulong seed) : ISampleSource
{
    public const double NeutralDistance = 44.2;
    private const double ToolLength = 92.5, Stretch = 21.46, TiltDegrees = 16.5, MountDegrees = 45;

    public int InputLength => joints * 3;

    public int TargetLength => joints * 7;

    public void Fill(long index, Span<float> inputs, Span<float> targets)
    {
        var random = new SeededRandom(seed, (ulong)index);
        Sample(ref random, inputs);
        Pose(inputs, targets);
    }

    /// <summary>Forward kinematics of one arm: inputs [joints x 3], targets [joints x 7].</summary>
    public static void Pose(ReadOnlySpan<float> inputs, Span<float> targets)
    {
        int joints = inputs.Length / 3;
        Span<double> frame = stackalloc double[9] { 1, 0, 0, 0, 1, 0, 0, 0, 1 };
        Span<double> tilt = stackalloc double[9], turned = stackalloc double[9], mount = stackalloc double[9], back = stackalloc double[9];
        Span<double> p = stackalloc double[3], q = stackalloc double[4], before = stackalloc double[4] { 1, 0, 0, 0 };
        p.Clear();
        TurnY(MountDegrees, mount);
        for (int j = 0; j < joints; j++)
        {
            double yaw = double.DegreesToRadians(MountDegrees * j);
            double ax = inputs[3 * j] * Math.Cos(yaw) - inputs[3 * j + 1] * Math.Sin(yaw);
            double ay = inputs[3 * j] * Math.Sin(yaw) + inputs[3 * j + 1] * Math.Cos(yaw);
            double x = ax / 2 + 0.5, y = ay / 2 + 0.5;
            double h = Math.Min(Math.Min(x, y), Math.Min(1 - x, 1 - y)) * inputs[3 * j + 2];
            double dx = -2.25 * ay, dy = NeutralDistance + Stretch * h - 0.4 * Math.Max(Math.Abs(ax), Math.Abs(ay)), dz = 2.25 * ax;
            for (int r = 0; r < 3; r++)
            {
                p[r] += frame[3 * r] * dx + frame[3 * r + 1] * dy + frame[3 * r + 2] * dz;
            }

            Tilt(TiltDegrees * ay, TiltDegrees * ax, tilt);
            Multiply(frame, tilt, turned);
            Multiply(turned, mount, frame);
            TurnY(-MountDegrees * (j + 1), back);
            Multiply(frame, back, turned);
            Quaternion(turned, q);
            double sign = q[0] * before[0] + q[1] * before[1] + q[2] * before[2] + q[3] * before[3] < 0 ? -1 : 1;
            double tool = j == joints - 1 ? ToolLength : 0;
            for (int r = 0; r < 3; r++)
            {
                double position = p[r] + frame[3 * r + 1] * tool - (r == 1 ? NeutralDistance : 0);
                targets[7 * j + r] = (float)(position / NeutralDistance);
            }

            for (int k = 0; k < 4; k++)
            {
                before[k] = sign * q[k];
                targets[7 * j + 3 + k] = (float)before[k];
            }
        }
    }

    /// <summary>Mean errors of a pass over <paramref name="count"/> samples: tool tip and all joints in mm, all orientations in
    /// degrees.</summary>
    public (double Tip, double Joint, double Degrees) Test(LsnnPass pass, long first, int count)
    {
        float[] inputs = new float[InputLength], targets = new float[TargetLength];
        double tip = 0, joint = 0, degrees = 0;
        for (int s = 0; s < count; s++)
        {
            Fill(first + s, inputs, targets);
            pass.Forward(inputs);
            for (int j = 0; j < joints; j++)
            {
                ReadOnlySpan<float> y = pass.Means.Slice(7 * j, 7), u = targets.AsSpan(7 * j, 7);
                double distance = 0, dot = 0, norm = 0;
                for (int k = 0; k < 7; k++)
                {
                    distance += k < 3 ? (y[k] - u[k]) * (y[k] - u[k]) : 0;
                    dot += k < 3 ? 0 : y[k] * u[k];
                    norm += k < 3 ? 0 : y[k] * y[k];
                }

                distance = Math.Sqrt(distance) * NeutralDistance;
                joint += distance;
                tip += j == joints - 1 ? distance : 0;
                degrees += 360 / Math.PI * Math.Acos(Math.Min(1, Math.Abs(dot) / Math.Sqrt(norm)));
            }
        }

        return (tip / count, joint / count / joints, degrees / count / joints);
    }

    private void Sample(ref SeededRandom random, Span<float> inputs)
    {
        if (random.NextUnit() < 0.025)
        {
            ReadOnlySpan<float> corner = [Sign(ref random), Sign(ref random), Sign(ref random)];
            for (int i = 0; i < inputs.Length; i++)
            {
                inputs[i] = corner[i % 3];
            }

            return;
        }

        // Free joints, then from an edge joint on a run of joints tilted fully in one common direction, then free joints again.
        double startChance = 1 - Math.Pow(1 - 0.25, 1.0 / joints), stayChance = 1 - TiltDegrees / 360;
        int state = 0;
        double angle = 0, stretch = 0;
        for (int j = 0; j < joints; j++)
        {
            if (state == 0 && random.NextUnit() < startChance)
            {
                (state, angle, stretch) = (1, random.NextUniform(0, 2 * Math.PI), random.NextUniform(-1, 1));
            }
            else if (state == 1 && random.NextUnit() >= stayChance)
            {
                state = 2;
            }

            bool run = state == 1;
            inputs[3 * j] = (float)(run ? Math.Sin(angle) : random.NextUniform(-1, 1));
            inputs[3 * j + 1] = (float)(run ? Math.Cos(angle) : random.NextUniform(-1, 1));
            inputs[3 * j + 2] = (float)(run ? stretch : random.NextUniform(-1, 1));
        }
    }

    private static float Sign(ref SeededRandom random) => random.NextUnit() < 0.5 ? -1 : 1;

    private static void TurnY(double degrees, Span<double> m)
    {
        (double s, double c) = Math.SinCos(double.DegreesToRadians(degrees));
        (m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8]) = (c, 0, s, 0, 1, 0, -s, 0, c);
    }

    /// <summary>Rz(z) Rx(x).</summary>
    private static void Tilt(double z, double x, Span<double> m)
    {
        (double sz, double cz) = Math.SinCos(double.DegreesToRadians(z));
        (double sx, double cx) = Math.SinCos(double.DegreesToRadians(x));
        (m[0], m[1], m[2]) = (cz, -sz * cx, sz * sx);
        (m[3], m[4], m[5]) = (sz, cz * cx, -cz * sx);
        (m[6], m[7], m[8]) = (0, sx, cx);
    }

    private static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> result)
    {
        for (int r = 0; r < 3; r++)
        {
            for (int c = 0; c < 3; c++)
            {
                result[3 * r + c] = a[3 * r] * b[c] + a[3 * r + 1] * b[3 + c] + a[3 * r + 2] * b[6 + c];
            }
        }
    }

    private static void Quaternion(ReadOnlySpan<double> m, Span<double> q)
    {
        // The largest component is found first, so that the division is always safe.
        q[0] = 1 + m[0] + m[4] + m[8];
        q[1] = 1 + m[0] - m[4] - m[8];
        q[2] = 1 - m[0] + m[4] - m[8];
        q[3] = 1 - m[0] - m[4] + m[8];
        int best = 0;
        for (int k = 1; k < 4; k++)
        {
            best = q[k] > q[best] ? k : best;
        }

        double r = 2 * Math.Sqrt(q[best]), w = m[7] - m[5], x = m[2] - m[6], y = m[3] - m[1];
        double xy = m[1] + m[3], xz = m[2] + m[6], yz = m[5] + m[7];
        (q[0], q[1], q[2], q[3]) = best switch
        {
            0 => (r / 4, w / r, x / r, y / r),
            1 => (w / r, r / 4, xy / r, xz / r),
            2 => (x / r, xy / r, r / 4, yz / r),
            _ => (y / r, xz / r, yz / r, r / 4),
        };
    }
}
