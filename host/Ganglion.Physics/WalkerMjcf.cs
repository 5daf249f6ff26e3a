using System.Globalization;
using System.Text;
using Ganglion.Robots.Walkers;

namespace Ganglion.Physics;

/// <summary>
/// MuJoCo's model (MJCF) of a walker on a terrain. Axes by REP-103; the origin of the torso's body is the middle between
/// the hips. Feet touch the ground with four spheres each and nothing else collides. Joints are driven by torques.
/// </summary>
internal static class WalkerMjcf
{
    // Radius of the four corners that a foot stands on [m].
    private const double CornerRadius = 0.012;

    /// <summary>Joints in the order of qpos after the seven of the torso, left leg then right.</summary>
    private static readonly (string Name, string Axis)[] LegJoints =
    [
        ("hip_yaw", "0 0 1"), ("hip_roll", "1 0 0"), ("hip_pitch", "0 1 0"), ("knee", "0 1 0"), ("ankle_pitch", "0 1 0"),
        ("ankle_roll", "1 0 0"),
    ];

    // Where the sensors begin in the order of the sensor section below.
    public const int Gyro = 0, Accelerometer = 3, Centre = 6, CentreVelocity = 9, Sole = 12, SoleQuaternion = 18, Corner = 26;

    /// <summary>File of the height field, beside the model.</summary>
    public const string FieldFile = "field.bin";

    /// <summary>Root motors behind those of the joints: forces along the ground's axes, torques about the torso's.</summary>
    public const int RootMotors = 6;

    /// <param name="friction">Coulomb coefficient between soles and ground.</param>
    /// <param name="damping">Of every joint [N m s/rad].</param>
    /// <param name="load">What the torso carries; null: nothing.</param>
    public static string Write(WalkerLayout walker, Terrain terrain, double friction, double damping, WalkerLoad? load)
    {
        var xml = new StringBuilder();
        WalkerBody body = walker.Body;
        TorsoBox torso = body.Torso;
        xml.Append($"""
            <mujoco>
            <compiler angle='radian' autolimits='false'/>
            <option timestep='{Text(MuJoCoWalker.TimeStep)}' integrator='Euler' cone='pyramidal'/>
            <default>
              <geom solref='0.01 1' friction='{Text(friction)} 0.005 0.0001' condim='3' contype='0' conaffinity='0'/>
              <joint type='hinge' damping='{Text(damping)}' armature='{Text(body.Servo.Armature)}'/>
              <default class='ground'><geom type='box' conaffinity='1'/></default>
              <default class='corner'><geom type='sphere' contype='1' mass='0' size='{Text(CornerRadius)}'/></default>
            </default>

            """);
        TerrainMjcf.Field(xml, terrain);
        xml.Append("<worldbody>\n");
        TerrainMjcf.Ground(xml, terrain);
        xml.Append($"""
            <body name='torso' pos='0 0 1'>
            <freejoint name='root'/>
            <geom type='box' mass='{Text(torso.Mass)}' pos='0 0 {Text(0.5 * torso.Height)}'
                  size='{Text(0.5 * torso.Depth, 0.5 * torso.Width, 0.5 * torso.Height)}'/>
            <site name='imu' pos='0 0 {Text(0.5 * torso.Height)}'/>

            """);
        if (load is { } carried)
        {
            xml.Append($"<geom type='box' mass='{Text(carried.Mass)}' pos='{Text(carried.Forward, carried.Left, carried.Up)}' " +
                $"size='{Text(WalkerLoad.HalfSize, WalkerLoad.HalfSize, WalkerLoad.HalfSize)}'/>\n");
        }

        Leg(xml, walker, 0);
        Leg(xml, walker, 1);
        xml.Append("</body>\n</worldbody>\n<actuator>\n");
        for (int side = 0; side < 2; side++)
        {
            for (int i = 0; i < Joints(walker); i++)
            {
                xml.Append($"<motor joint='{LegJoints[i].Name}{side}'/>\n");
            }
        }

        // The linear coordinates of a free joint are along the world's axes, its rotations about the body's.
        for (int i = 0; i < RootMotors; i++)
        {
            xml.Append($"<motor joint='root' gear='{string.Join(' ', Enumerable.Range(0, RootMotors).Select(k => k == i ? 1 : 0))}'/>\n");
        }

        xml.Append("</actuator>\n<sensor>\n<gyro site='imu'/>\n<accelerometer site='imu'/>\n<subtreecom body='torso'/>\n<subtreelinvel " +
            "body='torso'/>\n");
        xml.Append("<framepos objtype='site' objname='sole0'/>\n<framepos objtype='site' objname='sole1'/>\n");
        xml.Append("<framequat objtype='site' objname='sole0'/>\n<framequat objtype='site' objname='sole1'/>\n");
        for (int i = 0; i < 8; i++)
        {
            xml.Append($"<touch site='corner{i}'/>\n");
        }

        return xml.Append("</sensor>\n</mujoco>\n").ToString();
    }

    /// <summary>Joints of a leg.</summary>
    public static int Joints(WalkerLayout walker) => walker.HasAnkleRoll ? 6 : 5;

    private static void Leg(StringBuilder xml, WalkerLayout walker, int side)
    {
        WalkerBody body = walker.Body;
        Sole sole = body.Sole;
        string y = Text(side == 0 ? walker.HipHalfWidth : -walker.HipHalfWidth);
        xml.Append($"<body pos='0 {y} 0'>\n");
        for (int i = 0; i < 3; i++)
        {
            Joint(xml, i, side);
        }

        Link(xml, body.ThighMass, walker.Thigh);
        xml.Append($"<body pos='0 0 {Text(-walker.Thigh)}'>\n");
        Joint(xml, 3, side);
        Link(xml, body.ShankMass, walker.Shank);
        xml.Append($"<body pos='0 0 {Text(-walker.Shank)}'>\n");
        for (int i = 4; i < Joints(walker); i++)
        {
            Joint(xml, i, side);
        }

        // In the middle under the ankle.
        xml.Append($"<geom type='box' mass='{Text(sole.Mass)}' pos='0 0 {Text(-walker.Ankle + 0.5 * walker.SoleThickness)}' " +
            $"size='{Text(0.5 * sole.Length, 0.5 * sole.Width, 0.5 * walker.SoleThickness)}'/>\n");
        xml.Append($"<site name='sole{side}' pos='0 0 {Text(-walker.Ankle)}'/>\n");
        for (int i = 0; i < 4; i++)
        {
            // Front left, front right, back left, back right; the spheres' lowest points are in the sole's plane.
            double x = (i < 2 ? 0.5 : -0.5) * sole.Length, lateral = (i % 2 == 0 ? 0.5 : -0.5) * sole.Width;
            string place = Text(x, lateral, -walker.Ankle + CornerRadius);
            xml.Append($"<geom class='corner' pos='{place}'/>\n");
            xml.Append($"<site name='corner{4 * side + i}' type='sphere' size='{Text(2.0 * CornerRadius)}' pos='{place}'/>\n");
        }
        xml.Append("</body>\n</body>\n</body>\n");
    }

    private static void Joint(StringBuilder xml, int joint, int side) =>
        xml.Append($"<joint name='{LegJoints[joint].Name}{side}' axis='{LegJoints[joint].Axis}'/>\n");

    private static void Link(StringBuilder xml, double mass, double length) =>
        xml.Append($"<geom type='box' mass='{Text(mass)}' pos='0 0 {Text(-0.5 * length)}' " +
            $"size='{Text(WalkerBody.LinkHalfWidth, WalkerBody.LinkHalfWidth, 0.5 * length)}'/>\n");

    public static string Text(params ReadOnlySpan<double> values)
    {
        string text = values[0].ToString("R", CultureInfo.InvariantCulture);
        for (int i = 1; i < values.Length; i++)
        {
            text += " " + values[i].ToString("R", CultureInfo.InvariantCulture);
        }

        return text;
    }
}
