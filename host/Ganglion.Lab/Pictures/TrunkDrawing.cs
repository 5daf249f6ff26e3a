using System.Text;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Lab.Pictures;

/// <summary>A trunk arm in a rectangle of an SVG: parallel projection that fits all that is to be seen into it.</summary>
internal sealed class TrunkDrawing
{
    private const double Azimuth = 0.7, Elevation = 0.35;
    private const int RimPoints = 28;

    private readonly TrunkArm _arm;
    private readonly double _radius, _extent, _scale, _x, _y;

    /// <param name="arm">Design of the arm: sets the size of its plates.</param>
    /// <param name="points">What is to fit in, m.</param>
    /// <param name="left">Left edge of the rectangle, pixels.</param>
    /// <param name="top">Upper edge.</param>
    /// <param name="width">Width.</param>
    /// <param name="height">Height.</param>
    public TrunkDrawing(TrunkArm arm, IEnumerable<Vec3> points, double left, double top, double width, double height)
    {
        (_arm, _radius) = (arm, arm.Design == JointDesign.FourGeared ? 0.025 : 0.045);
        (double X, double Y)[] flat = [.. points.Append(default).Select(Flat)];
        double west = flat.Min(p => p.X) - _radius, east = flat.Max(p => p.X) + _radius;
        double low = flat.Min(p => p.Y) - _radius, high = flat.Max(p => p.Y) + _radius;
        _extent = Math.Max(east - west, high - low);
        _scale = Math.Min(width / (east - west), height / (high - low));
        _x = left + width / 2 - _scale * (west + east) / 2;
        _y = top + height / 2 + _scale * (low + high) / 2;
    }

    /// <summary>What a posture needs room for.</summary>
    public static IEnumerable<Vec3> Points(TrunkPosture posture) => posture.Modules.Append(posture.Tip).Select(pose => pose.Position);

    public (double X, double Y) Project(Vec3 p)
    {
        (double x, double y) = Flat(p);
        return (_x + _scale * x, _y - _scale * y);
    }

    public string Points(IEnumerable<Vec3> points) =>
        string.Join(' ', points.Select(Project).Select(p => $"{p.X:0.0},{p.Y:0.0}"));

    /// <summary>Rings about the base, on the ground.</summary>
    public void Ground(StringBuilder svg, int rings)
    {
        for (int ring = 1; ring <= rings; ring++)
        {
            Vec3[] rim = Circle(new Pose(default, Quat.Identity), 0.12 * ring * _extent);
            svg.Append($"<polygon fill=\"none\" stroke=\"{Palette.Rule}\" points=\"{Points(rim)}\"/>\n");
        }
    }

    public void Trunk(StringBuilder svg, TrunkPosture posture)
    {
        double mounting = _arm.Design == JointDesign.FourGeared ? FourGearedJoint.MountingYaw : Math.PI;
        var frames = new List<Pose> { new(default, Quat.Identity) };
        frames.AddRange(posture.Modules);

        // Far plates first, so that near ones cover them.
        foreach (int i in Enumerable.Range(0, frames.Count).OrderBy(i => Depth(frames[i].Position)))
        {
            if (i + 1 < frames.Count)
            {
                for (int k = 0; k < _arm.GearsPerJoint; k++)
                {
                    // A module is mounted turned against the one below; its gears are not.
                    double angle = 2 * Math.PI * (k + 0.5) / _arm.GearsPerJoint;
                    Vec3 from = OnRim(frames[i], _radius * 0.8, angle), to = OnRim(frames[i + 1], _radius * 0.8, angle - mounting);
                    svg.Append($"<polyline fill=\"none\" stroke=\"{Palette.Grey}\" stroke-width=\"{Math.Min(2.4, 8e-3 * _scale):0.0}\" " +
                        $"points=\"{Points([from, to])}\"/>\n");
                }
            }

            string fill = i % 2 == 0 ? Palette.Blue : Palette.LightBlue;
            svg.Append($"<polygon fill=\"{fill}\" fill-opacity=\"0.85\" stroke=\"{Palette.DarkBlue}\" stroke-width=\"1\" " +
                $"points=\"{Points(Circle(frames[i], _radius))}\"/>\n");
        }

        svg.Append($"<polyline fill=\"none\" stroke=\"{Palette.DarkBlue}\" stroke-width=\"3\" " +
            $"points=\"{Points([frames[^1].Position, posture.Tip.Position])}\"/>\n");
    }

    /// <summary>A pose as a ring with arrows along its x and z axes.</summary>
    public void Frame(StringBuilder svg, in Pose pose, string colour)
    {
        (double x, double y) = Project(pose.Position);
        svg.Append($"<circle cx=\"{x:0.0}\" cy=\"{y:0.0}\" r=\"4\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\n");
        Mat3 turned = pose.Orientation.ToMatrix();
        foreach (Vec3 axis in (Vec3[])[new(1, 0, 0), new(0, 0, 1)])
        {
            Vec3 tip = pose.Position + 0.12 * _extent * (turned * axis);
            svg.Append($"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.8\" points=\"{Points([pose.Position, tip])}\"/>\n");
        }
    }

    // Plates lie across the module's own z axis.
    private static Vec3 OnRim(Pose frame, double radius, double angle) =>
        frame.Position + frame.Orientation.ToMatrix() * new Vec3(radius * Math.Cos(angle), radius * Math.Sin(angle), 0);

    private static Vec3[] Circle(Pose frame, double radius) =>
        [.. Enumerable.Range(0, RimPoints).Select(k => OnRim(frame, radius, 2 * Math.PI * k / RimPoints))];

    private static double Depth(Vec3 p) => Math.Cos(Elevation) * (Math.Cos(Azimuth) * p.X + Math.Sin(Azimuth) * p.Y)
        + Math.Sin(Elevation) * p.Z;

    private static (double X, double Y) Flat(Vec3 p)
    {
        double along = Math.Cos(Azimuth) * p.X + Math.Sin(Azimuth) * p.Y;
        return (-Math.Sin(Azimuth) * p.X + Math.Cos(Azimuth) * p.Y, Math.Cos(Elevation) * p.Z - Math.Sin(Elevation) * along);
    }
}
