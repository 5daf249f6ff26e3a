using Ganglion.Basics.Space;

namespace Ganglion.Robots.Trunk;

/// <summary>
/// The 4-geared joint in closed form (trunk arm paper, section II; README.md beside this). Inputs are joint-local: (ax, ay, h), where ax
/// and ay are tilts as fractions of 16.5 degrees about x and z, and h is the stretch as a fraction of what the tilt leaves free.
/// With M = max(|ax|, |ay|) the stretch is s = h (1 - M)/2 of the gears' travel, and all four strokes lie in [0, 1] exactly when
/// ax, ay and h lie in [-1, 1]: the box of the inputs is the box of the gears. Papers' axes: y along the trunk; metres.
/// </summary>
public sealed class FourGearedJoint
{
    /// <summary>Travel of a linear gear, m: this and the following are the drawings', <see cref="Standard"/> is built by them.</summary>
    public const double Travel = 21.46e-3;

    /// <summary>Distance to the next module with all gears in the middle, m: the papers' normaliser.</summary>
    public const double NeutralDistance = 44.2e-3;

    /// <summary>From the last module's origin to the tool tip, along the trunk, m.</summary>
    public const double ToolLength = 92.5e-3;

    /// <summary>Tilt about each axis at input 1, rad (16.5 degrees).</summary>
    public const double MaxTilt = 16.5 * Math.PI / 180;

    /// <summary>Each module is mounted turned by this about the trunk's axis, rad (45 degrees).</summary>
    public const double MountingYaw = Math.PI / 4;

    /// <summary>So far the plate's centre moves sideways at a tilt of 1, m.</summary>
    public const double SideShift = 2.25e-3;

    /// <summary>So far it sinks at a leading tilt of 1, m.</summary>
    public const double Sink = 0.4e-3;

    private static readonly Mat3 Mounting = Mat3.AboutY(MountingYaw), MountingBack = Mat3.AboutY(-MountingYaw);

    private readonly double _neutral, _travel, _tilt, _shift, _sink, _offsetX, _offsetY, _offsetStretch;

    /// <param name="dimensions">In the order of <see cref="TrunkDimension.FourGeared"/>, SI.</param>
    /// <param name="offsets">Where each of the four gears stands when its stroke is 0, parts of the travel.</param>
    public FourGearedJoint(ReadOnlySpan<double> dimensions, ReadOnlySpan<double> offsets)
    {
        (_neutral, _travel, _tilt, _shift, _sink) = (dimensions[0], dimensions[1], dimensions[2], dimensions[3], dimensions[4]);
        (_offsetX, _offsetY) = (offsets[2] - offsets[0], offsets[1] - offsets[3]);
        _offsetStretch = (offsets[0] + offsets[1] + offsets[2] + offsets[3]) / 4;
    }

    /// <summary>A joint as drawn.</summary>
    public static FourGearedJoint Standard { get; } =
        new([NeutralDistance, Travel, MaxTilt, SideShift, Sink], new double[4]);

    /// <summary>What the gears' offsets add to (ax, ay) and to the stretch in parts of the travel.</summary>
    public Vec3 Offset => new(_offsetX, _offsetY, _offsetStretch);

    /// <summary>Pose of the next module.</summary>
    /// <param name="input">(ax, ay, h), each in [-1, 1].</param>
    public JointPose Pose(in Vec3 input) => PoseOf(input.X, input.Y, Stretch(input));

    /// <summary>Pose of the next module and its derivatives; at the creases |ax| = |ay| and 0 the derivative is one-sided.</summary>
    /// <param name="input">(ax, ay, h).</param>
    /// <param name="byDisplacements">True: derivatives by (ax, ay, e) of <see cref="Displacements"/>.</param>
    /// <param name="motion">Receives them.</param>
    public void Motion(in Vec3 input, bool byDisplacements, out JointMotion motion)
    {
        double ax = input.X, ay = input.Y;
        (double sa, double ca) = Math.SinCos(_tilt * (ay + _offsetY));
        motion.Pose = PoseOf(ax, ay, Stretch(input));
        double free = byDisplacements ? 0 : -input.Z * _travel / 2;
        (double freeX, double freeY) = Slopes(ax, ay);
        (double sinkX, double sinkY) = Slopes(ax + _offsetX, ay + _offsetY);
        motion.V0 = new(0, free * freeX - _sink * sinkX, _shift);
        motion.V1 = new(-_shift, free * freeY - _sink * sinkY, 0);
        motion.V2 = new(0, byDisplacements ? _travel / 2 : _travel * FreeStretch(ax, ay), 0);
        motion.W0 = new(_tilt * ca, _tilt * sa, 0);
        motion.W1 = new(0, 0, _tilt);
        motion.W2 = default;
    }

    /// <summary>Strokes of the four gears, fractions of the travel.</summary>
    /// <param name="input">(ax, ay, h).</param>
    /// <param name="strokes">Receives 4 values.</param>
    public static void Strokes(in Vec3 input, Span<double> strokes)
    {
        double x = (input.X + 1) / 2, y = (input.Y + 1) / 2, s = Stretch(input);
        strokes[0] = 1 - x + s;
        strokes[1] = y + s;
        strokes[2] = x + s;
        strokes[3] = 1 - y + s;
    }

    /// <summary>
    /// The inputs that come nearest to the four strokes. Where the tilt leaves no stretch free, h is 0.
    /// </summary>
    public static Vec3 Inputs(ReadOnlySpan<double> strokes)
    {
        (double ax, double ay, double stretch) = Fit(strokes);
        return new(ax, ay, RelativeStretch(ax, ay, stretch));
    }

    /// <summary>
    /// Tilts and stretch (ax, ay, e), linear in the four strokes and all that the pose depends on: e = h (1 - M), twice the stretch in
    /// parts of the travel.
    /// </summary>
    public static Vec3 Displacements(ReadOnlySpan<double> strokes)
    {
        (double ax, double ay, double stretch) = Fit(strokes);
        return new(ax, ay, 2 * stretch);
    }

    /// <summary>1 - M, 0..1: how much of the stretch the tilt leaves free.</summary>
    public static double Freedom(double ax, double ay) => 1 - Lead(ax, ay);

    /// <summary>
    /// Pose for four measured strokes. Three degrees of freedom cannot follow four arbitrary strokes (the material gives), so
    /// tilt and stretch are those with the least sum of squared stroke errors; consistent strokes are met exactly.
    /// </summary>
    public JointPose PoseFromStrokes(ReadOnlySpan<double> strokes)
    {
        (double ax, double ay, double stretch) = Fit(strokes);
        return PoseOf(ax, ay, stretch);
    }

    /// <summary>The inputs for a pose, from its rotation and its height; the sideways shift follows from the tilt.</summary>
    public Vec3 InputsFromPose(in JointPose pose)
    {
        // R Ry(-45 deg) = Rz(a) Rx(b): a from the first column, b from the last row.
        Mat3 tilt = pose.Rotation * MountingBack;
        double ay = Math.Atan2(tilt.M10, tilt.M00) / _tilt, ax = Math.Atan2(tilt.M21, tilt.M22) / _tilt;
        double stretch = (pose.Translation.Y - _neutral + _sink * Lead(ax, ay)) / _travel - _offsetStretch;
        (ax, ay) = (ax - _offsetX, ay - _offsetY);
        return new(ax, ay, RelativeStretch(ax, ay, stretch));
    }

    private JointPose PoseOf(double ax, double ay, double stretch)
    {
        (ax, ay, stretch) = (ax + _offsetX, ay + _offsetY, stretch + _offsetStretch);
        Mat3 rotation = Mat3.AboutZ(_tilt * ay) * Mat3.AboutX(_tilt * ax) * Mounting;
        Vec3 translation = new(-_shift * ay, _neutral + _travel * stretch - _sink * Lead(ax, ay), _shift * ax);
        return new(rotation, translation);
    }

    /// <summary>Derivatives of max(|ax|, |ay|), one-sided at its creases.</summary>
    private static (double X, double Y) Slopes(double ax, double ay) =>
        Math.Abs(ax) >= Math.Abs(ay) ? (Math.Sign(ax), 0) : (0, Math.Sign(ay));

    private static double Lead(double ax, double ay) => Math.Max(Math.Abs(ax), Math.Abs(ay));

    /// <summary>The papers' min(x, y, 1 - x, 1 - y): half of what the leading tilt leaves of its range.</summary>
    private static double FreeStretch(double ax, double ay) => (1 - Lead(ax, ay)) / 2;

    private static double Stretch(in Vec3 input) => input.Z * FreeStretch(input.X, input.Y);

    private static double RelativeStretch(double ax, double ay, double stretch)
    {
        double free = FreeStretch(ax, ay);
        return Math.Abs(free) < 1e-12 ? 0 : stretch / free;
    }

    /// <summary>
    /// Least squares of g0 = 1 - x + s, g1 = y + s, g2 = x + s, g3 = 1 - y + s. The columns are orthogonal, so each unknown has its own
    /// line.
    /// </summary>
    private static (double Ax, double Ay, double Stretch) Fit(ReadOnlySpan<double> g) =>
        (g[2] - g[0], g[1] - g[3], (g[0] + g[1] + g[2] + g[3] - 2) / 4);
}
