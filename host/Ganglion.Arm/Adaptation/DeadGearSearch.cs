using Ganglion.Basics.Space;

namespace Ganglion.Arm.Adaptation;

/// <summary>A measured pose as recursive learning keeps it.</summary>
/// <param name="Strokes">What the gears were told.</param>
/// <param name="Sides">From which side each came (<see cref="GearPlay"/>).</param>
/// <param name="Tip">m.</param>
internal readonly record struct SidedPose(double[] Strokes, double[] Sides, Vec3 Tip);

/// <summary>A gear that stands still.</summary>
/// <param name="Gear">Joint-major, from 0.</param>
/// <param name="At">Where, in parts of the travel as it would be told.</param>
/// <param name="Left">Share of the squared errors that this does not explain.</param>
/// <param name="Poses">Poses that it is known by, the last ones that were taken: it has stood still since the first of them.</param>
public readonly record struct DeadGear(int Gear, double At, double Left, int Poses);

/// <summary>
/// Which single gear, standing still since some poses, explains what is measured since then: one hypothesis a gear with one unknown, where
/// it stands, each fitted by Gauss and Newton (a generalized likelihood ratio test, as for faults of systems in M. Basseville and I.
/// Nikiforov, Detection of Abrupt Changes, 1993, chapter 2).
/// </summary>
internal static class DeadGearSearch
{
    /// <summary>Poses by which all gears are compared, and steps for each; the best one is fitted by all poses that there are.</summary>
    private const int Compared = 6, Coarse = 2, Fine = 5;

    private const double Difference = 1e-3;

    /// <summary>The best hypothesis.</summary>
    /// <param name="arm">What is known of the arm.</param>
    /// <param name="poses">Since it does something else, at least one.</param>
    /// <param name="before">What the gears were told at the last pose before them: a gear stands near where it was.</param>
    public static DeadGear Find(AdaptedArm arm, IReadOnlyList<SidedPose> poses, double[] before)
    {
        SidedPose[] some = [.. poses.TakeLast(Compared)];
        double alive = Errors(arm, some, new Vec3[some.Length]);
        DeadGear best = new(-1, 0, double.PositiveInfinity, 0);
        for (int gear = 0; gear < before.Length; gear++)
        {
            DeadGear one = Fit(arm, some, gear, before[gear], Coarse, alive);
            best = one.Left < best.Left ? one : best;
        }

        return Fit(arm, poses, best.Gear, best.At, Fine, Errors(arm, poses, new Vec3[poses.Count]));
    }

    private static DeadGear Fit(AdaptedArm arm, IReadOnlyList<SidedPose> poses, int gear, double at, int steps, double alive)
    {
        double best = double.PositiveInfinity, bestAt = at;
        Vec3[] here = new Vec3[poses.Count], beside = new Vec3[poses.Count];
        for (int step = 0; step <= steps; step++)
        {
            double square = Errors(arm.WithDead(gear, at), poses, here);
            if (square < best)
            {
                (best, bestAt) = (square, at);
            }

            Errors(arm.WithDead(gear, at + Difference), poses, beside);
            double along = 0, slopes = 0;
            for (int i = 0; i < here.Length; i++)
            {
                Vec3 slope = 1 / Difference * (beside[i] - here[i]);
                along += Vec3.Dot(slope, here[i]);
                slopes += slope.LengthSquared;
            }

            at = slopes > 0 ? Math.Clamp(at - along / slopes, 0, 1) : at;
        }

        return new DeadGear(gear, bestAt, best / alive, poses.Count);
    }

    /// <summary>Sum of the squared errors, m2, and each.</summary>
    private static double Errors(AdaptedArm arm, IReadOnlyList<SidedPose> poses, Vec3[] errors)
    {
        double sum = 0;
        for (int i = 0; i < errors.Length; i++)
        {
            errors[i] = poses[i].Tip - arm.Predict(poses[i].Strokes, poses[i].Sides, []).Position;
            sum += errors[i].LengthSquared;
        }

        return sum;
    }
}
