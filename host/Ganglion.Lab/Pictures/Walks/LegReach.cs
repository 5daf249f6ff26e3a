using Ganglion.Basics.Space;
using Ganglion.Robots.Walkers;
using Ganglion.Shared.Legs;

namespace Ganglion.Lab.Pictures.Walks;

/// <summary>What a walker's leg reaches in the sagittal plane within the ranges of its joints.</summary>
public static class LegReach
{
    private const int Arcs = 13, Points = 40;

    /// <summary>Knee, ankle and toe from the hip [m], as the biped paper's Figure 14b: arcs of turning hips, one for each of some knees;
    /// of the toe with the ankle in the middle of its range and at both ends.</summary>
    /// <param name="walker">Its links and joints.</param>
    public static string Render(WalkerLayout walker)
    {
        var chart = new PlaneChart("reach of the left leg from its hip", "forward, m", "up, m") { EqualScales = true };
        WalkerJoint foot = Joint(walker, LegGeometry.AnklePitch);
        foreach ((int index, double ankle) in new[] { foot.Min, 0.5 * (foot.Min + foot.Max), foot.Max }.Index())
        {
            Arc(chart, walker, points => points[4], ankle, Palette.LightBlue, index == 0 ? "toe" : null);
        }

        Arc(chart, walker, points => points[2], 0, Palette.Orange, "ankle");
        Arc(chart, walker, points => points[1], 0, Palette.Green, "knee");
        return chart.Render();
    }

    /// <summary>The longest step on level ground [m]: both soles level, one as far ahead of the hips as the other is behind, every joint
    /// within its range.</summary>
    /// <param name="walker">Its links and joints.</param>
    /// <param name="height">Of the hips over the soles [m].</param>
    /// <returns>0 where the legs do not reach the ground, or have to bend further than they can.</returns>
    public static double LongestStep(WalkerLayout walker, double height)
    {
        double low = 0, high = walker.Thigh + walker.Shank;
        for (int i = 0; i < 40; i++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = Reaches(walker, middle, height) && Reaches(walker, -middle, height) ? (middle, high) : (low, middle);
        }

        return 2 * low;
    }

    private static bool Reaches(WalkerLayout walker, double forward, double height)
    {
        float[] angles = new float[LegGeometry.Slots];
        return LegKinematics.Solve(walker.Legs, (float)forward, 0, (float)-height, 0, angles, 0)
            && walker.Joints.Where(joint => joint.Index < LegGeometry.Slots)
                .All(joint => angles[joint.Index] >= joint.Min && angles[joint.Index] <= joint.Max);
    }

    private static void Arc(PlaneChart chart, WalkerLayout walker, Func<Vec3[], Vec3> of, double ankle, string colour, string? name)
    {
        (WalkerJoint hip, WalkerJoint knee) = (Joint(walker, LegGeometry.HipPitch), Joint(walker, LegGeometry.Knee));
        var x = new List<double>();
        var z = new List<double>();
        double[] angles = new double[2 * LegGeometry.Slots];
        angles[LegGeometry.AnklePitch] = ankle;
        for (int arc = 0; arc < Arcs; arc++)
        {
            angles[LegGeometry.Knee] = knee.Min + (knee.Max - knee.Min) * arc / (Arcs - 1);
            for (int point = 0; point <= Points; point++)
            {
                angles[LegGeometry.HipPitch] = hip.Min + (hip.Max - hip.Min) * point / Points;
                Vec3 place = of(new Physics.WalkerPose(0, default, Quat.Identity, angles).Leg(walker, 0));
                x.Add(place.X);
                z.Add(place.Z);
            }

            x.Add(double.NaN);
            z.Add(double.NaN);
        }

        chart.Line(x, z, colour, name, 0.8);
    }

    private static WalkerJoint Joint(WalkerLayout walker, int index) => walker.Joints.Single(joint => joint.Index == index);
}
