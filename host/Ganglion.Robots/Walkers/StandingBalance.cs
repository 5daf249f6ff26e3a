using Ganglion.Shared.Legs;
using Ganglion.Shared.Walking;

namespace Ganglion.Robots.Walkers;

/// <summary>Where a walker's weight is on its soles while it stands on level ground in the pose of a gait, from its masses.</summary>
public static class StandingBalance
{
    /// <summary>Load of the toes less that of the heels, in shares of both, -1..1: how far the centre of mass is before the
    /// ankles, in half soles.</summary>
    /// <param name="layout">The walker.</param>
    /// <param name="gait">Its gait.</param>
    public static double Of(WalkerLayout layout, WalkParameters gait)
    {
        WalkerBody body = layout.Body;
        double foot = gait.FootX - gait.BodyX;
        float[] angles = new float[LegGeometry.Slots];
        if (!LegKinematics.Solve(layout.Legs, (float)foot, 0, -gait.Height, 0, angles, 0))
        {
            return 0;
        }

        // Forward of the hips: torso, knee and ankle.
        double hip = angles[LegGeometry.HipPitch], bend = hip + angles[LegGeometry.Knee];
        double torso = 0.5 * body.Torso.Height * Math.Sin(gait.Lean), knee = -layout.Thigh * Math.Sin(hip), ankle =
            knee - layout.Shank * Math.Sin(bend);
        double centre = (body.Torso.Mass * torso + body.ThighMass * knee + body.ShankMass * (knee + ankle) + 2 * body.Sole.Mass * ankle)
            / body.Mass;
        return Math.Clamp((centre - ankle) / (0.5 * body.Sole.Length), -1, 1);
    }
}
