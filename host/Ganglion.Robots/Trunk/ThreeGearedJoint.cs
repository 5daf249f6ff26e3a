using Ganglion.Basics.Space;

namespace Ganglion.Robots.Trunk;

/// <summary>
/// The 3-geared joint in closed form (trunk arm paper, section II; README.md beside this). Three vertical gears, 120 degrees apart, end
/// in balls that ride on radial sliders under the next module. The plate lies in the plane of the three gear tips, its centre is
/// the tips' Fermat-Torricelli point (each pair of sliders spans 120 degrees), and it tilts without twist. For gears on an
/// equilateral triangle that point is rational in the plane's slope, up to one square root: see <see cref="Centre"/>. Inputs
/// are the three gear strokes in [0, 1]. Papers' axes: y along the trunk; metres.
/// </summary>
public sealed class ThreeGearedJoint
{
    /// <summary>Travel of a linear gear, m: this and the following are the drawings', <see cref="Standard"/> is built by them.</summary>
    public const double Travel = 53.75e-3;

    /// <summary>Distance of the gears' axes from the trunk's axis, m.</summary>
    public const double GearRadius = 40.5e-3;

    /// <summary>Height of a gear's tip at stroke 0, m.</summary>
    public const double TipHeight = 44e-3;

    /// <summary>The slider plane is this far below the next module's origin, m.</summary>
    public const double PlateDepth = 38.875e-3;

    /// <summary>Distance of a ball from the plate's centre where its slider reads 0, m.</summary>
    public const double SliderZero = 40.525e-3;

    /// <summary>The papers' normaliser (93.75 + 72 mm); it is not the mean distance of the modules.</summary>
    public const double NormalisingDistance = 165.75e-3;

    /// <summary>From the last module's origin to the tool tip, along the trunk, m.</summary>
    public const double ToolLength = 216.85e-3;

    private static readonly double Root3 = Math.Sqrt(3);

    private readonly double _tipHeight, _travel, _radius, _plateDepth;
    private readonly Vec3 _offsets;

    /// <param name="dimensions">In the order of <see cref="TrunkDimension.ThreeGeared"/>, m.</param>
    /// <param name="offsets">Where each of the three gears stands when its stroke is 0, parts of the travel.</param>
    public ThreeGearedJoint(ReadOnlySpan<double> dimensions, ReadOnlySpan<double> offsets)
    {
        (_tipHeight, _travel, _radius, _plateDepth) = (dimensions[0], dimensions[1], dimensions[2], dimensions[3]);
        _offsets = new(offsets[0], offsets[1], offsets[2]);
    }

    /// <summary>A joint as drawn.</summary>
    public static ThreeGearedJoint Standard { get; } = new([TipHeight, Travel, GearRadius, PlateDepth], new double[3]);

    /// <summary>Height and slope of the plane through the tips: y = Mean + X x - Z z. (Azimuth counts from x towards -z.)</summary>
    private readonly record struct Plane(double Mean, double X, double Z)
    {
        /// <summary>1 / cos(tilt).</summary>
        public double Secant => Math.Sqrt(1 + X * X + Z * Z);

        public Vec3 Normal
        {
            get
            {
                double cosine = 1 / Secant;
                return new(-X * cosine, cosine, Z * cosine);
            }
        }
    }

    /// <summary>Pose of the next module.</summary>
    /// <param name="strokes">The three gear strokes, each in [0, 1].</param>
    public JointPose Pose(in Vec3 strokes) => PoseOf(PlaneOf(strokes));

    /// <summary>Strokes from a pose: the height of the plate's plane at each gear's axis.</summary>
    public Vec3 Inputs(in JointPose pose)
    {
        Vec3 normal = new(pose.Rotation.M01, pose.Rotation.M11, pose.Rotation.M21);
        Vec3 centre = pose.Translation - _plateDepth * normal;
        double slopeX = -normal.X / normal.Y, slopeZ = normal.Z / normal.Y;
        double mean = centre.Y - slopeX * centre.X + slopeZ * centre.Z;
        return StrokesOf(new Plane(mean, slopeX, slopeZ));
    }

    /// <summary>How far each ball has slid outwards from its zero, m; the mechanism allows -7..26 mm.</summary>
    public Vec3 Sliders(in Vec3 strokes)
    {
        Vec3 centre = Centre(PlaneOf(strokes));
        return new(
            (Tip(0, strokes.X) - centre).Length - SliderZero,
            (Tip(1, strokes.Y) - centre).Length - SliderZero,
            (Tip(2, strokes.Z) - centre).Length - SliderZero);
    }

    /// <summary>Tip of a gear: gear 0 at azimuth 0, then 120 and 240 degrees.</summary>
    public Vec3 Tip(int gear, double stroke)
    {
        (double sine, double cosine) = Math.SinCos(gear * 2 * Math.PI / 3);
        return new(_radius * cosine, _tipHeight + _travel * stroke, -_radius * sine);
    }

    /// <summary>Pose of the next module and its derivatives with respect to the three strokes.</summary>
    public void Motion(in Vec3 strokes, out JointMotion motion)
    {
        Plane plane = PlaneOf(strokes);
        motion.Pose = PoseOf(plane);
        Vec3 normal = plane.Normal;
        Differential(plane, normal, 1, 0, out Vec3 vX, out Vec3 wX);
        Differential(plane, normal, 0, 1, out Vec3 vZ, out Vec3 wZ);

        // PlaneOf is linear, so its coefficients chain the derivatives back to the strokes.
        double perRadius = _travel / (3 * _radius);
        double side = Root3 * perRadius;
        Vec3 rise = new(0, _travel / 3, 0);
        motion.V0 = rise + 2 * perRadius * vX;
        motion.V1 = rise - perRadius * vX + side * vZ;
        motion.V2 = rise - perRadius * vX - side * vZ;
        motion.W0 = 2 * perRadius * wX;
        motion.W1 = -perRadius * wX + side * wZ;
        motion.W2 = -perRadius * wX - side * wZ;
    }

    private Plane PlaneOf(in Vec3 strokes)
    {
        Vec3 g = strokes + _offsets;
        return new(
            _tipHeight + _travel * (g.X + g.Y + g.Z) / 3,
            _travel * (2 * g.X - g.Y - g.Z) / (3 * _radius),
            _travel * (g.Y - g.Z) / (Root3 * _radius));
    }

    private Vec3 StrokesOf(in Plane plane)
    {
        double mean = (plane.Mean - _tipHeight) / _travel, x = _radius * plane.X / _travel, z = _radius * plane.Z * Root3 / _travel;
        return new Vec3(mean + x, mean + (z - x) / 2, mean - (z + x) / 2) - _offsets;
    }

    private JointPose PoseOf(in Plane plane)
    {
        Vec3 n = plane.Normal;
        // The shortest turn from y to n, then the 180 degrees by which every module is mounted.
        double k = 1 / (1 + n.Y);
        Mat3 rotation = new(
            k * n.X * n.X - 1, n.X, k * n.X * n.Z,
            n.X, n.Y, n.Z,
            k * n.X * n.Z, n.Z, k * n.Z * n.Z - 1);
        return new(rotation, Centre(plane) + _plateDepth * n);
    }

    /// <summary>
    /// The plate's centre. Let g be the plane's slope as a vector (azimuths as complex numbers), c = sqrt(1 + |g|^2), and u_k the
    /// gears' directions. The centre's horizontal part F must see tip k along the tilted slider: F - r u_k parallel to M u_k with
    /// M = 1 - g g'/(c(c+1)), the tilt as seen from above. With F = M v this reads cross(u_k, v) = r cross(u_k, g g'u_k)/(c+1)
    /// for three k, and since 2*120 = -120 modulo 360 degrees one v solves all three: v = -r conj(g)^2 / (2(c+1)).
    /// </summary>
    private Vec3 Centre(in Plane plane)
    {
        double x = plane.X, z = plane.Z, c = plane.Secant;
        double scale = -_radius / (2 * (c + 1));
        double vX = scale * (x * x - z * z), vZ = scale * -2 * x * z;
        double along = (vX * x + vZ * z) / (c * (c + 1));
        double fX = vX - along * x, fZ = vZ - along * z;
        return new(fX, plane.Mean + x * fX + z * fZ, -fZ);
    }

    /// <summary>Velocity (v) and angular velocity (w) of the next module while the slope changes at the rate (dx, dz).</summary>
    private void Differential(in Plane plane, in Vec3 n, double dx, double dz, out Vec3 v, out Vec3 w)
    {
        double x = plane.X, z = plane.Z, c = plane.Secant, dc = (x * dx + z * dz) / c;

        double scale = -_radius / (2 * (c + 1)), dScale = -scale * dc / (c + 1);
        double qX = x * x - z * z, qZ = -2 * x * z, dqX = 2 * (x * dx - z * dz), dqZ = -2 * (x * dz + z * dx);
        double vX = scale * qX, vZ = scale * qZ, dvX = dScale * qX + scale * dqX, dvZ = dScale * qZ + scale * dqZ;
        double denominator = c * (c + 1);
        double along = (vX * x + vZ * z) / denominator;
        double dAlong = (dvX * x + vX * dx + dvZ * z + vZ * dz - along * dc * (2 * c + 1)) / denominator;
        double fX = vX - along * x, fZ = vZ - along * z;
        double dfX = dvX - dAlong * x - along * dx, dfZ = dvZ - dAlong * z - along * dz;

        double dCosine = -dc / (c * c);
        Vec3 dn = new(-dx / c - x * dCosine, dCosine, dz / c + z * dCosine);
        v = new Vec3(dfX, dx * fX + x * dfX + dz * fZ + z * dfZ, -dfZ) + _plateDepth * dn;

        // Of the quaternion (1 + n.Y, n.Z, 0, -n.X), which turns y to n by the shortest way: 2 dq/dt q*.
        double k = 1 / (1 + n.Y);
        w = new(dn.Z - k * dn.Y * n.Z, k * (dn.X * n.Z - dn.Z * n.X), -dn.X + k * dn.Y * n.X);
    }
}
