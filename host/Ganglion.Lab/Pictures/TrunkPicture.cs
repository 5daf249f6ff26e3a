using System.Text;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Lab.Pictures;

/// <summary>One posture of a trunk arm as it was measured: the frame of every module, base first, and the tip last.</summary>
/// <param name="Modules">Poses of the modules, REP-103, m.</param>
/// <param name="Tip">Pose of the tool tip.</param>
public sealed record TrunkPosture(Pose[] Modules, Pose Tip);

/// <summary>A target that the arm was sent to, and how well it got there.</summary>
/// <param name="Position">Wanted tip position, m.</param>
/// <param name="TipError">Measured distance of the tip at rest, m.</param>
public sealed record PictureTarget(Vec3 Position, double TipError);

/// <summary>Draws a trunk arm reaching for targets as a stand-alone SVG: postures at rest, the way of the tip, targets with
/// their errors.</summary>
public static class TrunkPicture
{
    private const double Width = 960, Height = 600, Margin = 40, TableWidth = 250;
    private const double Azimuth = 0.7, Elevation = 0.35;
    private const int RimPoints = 28;

    /// <summary>Most targets that the list beside the picture holds.</summary>
    public const int MostTargets = 22;

    /// <summary>Renders the picture.</summary>
    /// <param name="arm">Design of the arm: sets the size of its plates.</param>
    /// <param name="title">Heading, such as the robot's name.</param>
    /// <param name="postures">At least one; the last is drawn in full, earlier ones as shades.</param>
    /// <param name="path">Measured tip positions on the way, m.</param>
    /// <param name="targets">Targets in the order in which they were reached, at most <see cref="MostTargets"/>.</param>
    public static string Render(
        TrunkArm arm, string title, IReadOnlyList<TrunkPosture> postures, IReadOnlyList<Vec3> path, IReadOnlyList<PictureTarget> targets)
    {
        ArgumentOutOfRangeException.ThrowIfZero(postures.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(targets.Count, MostTargets);
        double radius = arm.Design == JointDesign.FourGeared ? 0.025 : 0.045;
        var view = new View(postures.SelectMany(p => p.Modules.Append(p.Tip)).Select(p => p.Position).Concat(path)
            .Concat(targets.Select(t => t.Position)).Append(default), radius);
        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" " +
            $"font-size=\"13\">\n");
        svg.Append($"<rect width=\"100%\" height=\"100%\" fill=\"{Palette.Page}\"/>\n");
        svg.Append($"<text x=\"{Margin}\" y=\"34\" font-size=\"19\" fill=\"{Palette.Ink}\">{HtmlPage.Escape(title)}</text>\n");
        Ground(svg, view);
        for (int i = 0; i < postures.Count; i++)
        {
            bool last = i == postures.Count - 1;
            svg.Append($"<g opacity=\"{(last ? 1 : 0.12 + 0.1 * i / postures.Count):0.00}\">\n");
            Trunk(svg, view, arm, postures[i], radius);
            svg.Append("</g>\n");
        }

        if (path.Count > 1)
        {
            svg.Append($"<polyline fill=\"none\" stroke=\"{Palette.Orange}\" stroke-width=\"1.4\" points=\"{view.Points(path)}\"/>\n");
        }

        for (int i = 0; i < targets.Count; i++)
        {
            (double x, double y) = view.Project(targets[i].Position);
            svg.Append($"<circle cx=\"{x:0.0}\" cy=\"{y:0.0}\" r=\"6\" fill=\"none\" stroke=\"{Palette.Green}\" stroke-width=\"2\"/>");
            svg.Append($"<text x=\"{x + 9:0.0}\" y=\"{y + 4:0.0}\" fill=\"{Palette.Green}\">{i + 1}</text>\n");
        }

        Table(svg, targets);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Ground(StringBuilder svg, View view)
    {
        for (int ring = 1; ring <= 3; ring++)
        {
            Vec3[] rim = Circle(new Pose(default, Quat.Identity), 0.12 * ring * view.Extent);
            svg.Append($"<polygon fill=\"none\" stroke=\"{Palette.Rule}\" points=\"{view.Points(rim)}\"/>\n");
        }
    }

    private static void Trunk(StringBuilder svg, View view, TrunkArm arm, TrunkPosture posture, double radius)
    {
        double mounting = arm.Design == JointDesign.FourGeared ? FourGearedJoint.MountingYaw : Math.PI;
        var frames = new List<Pose> { new(default, Quat.Identity) };
        frames.AddRange(posture.Modules);

        // Far plates first, so that near ones cover them.
        foreach (int i in Enumerable.Range(0, frames.Count).OrderBy(i => view.Depth(frames[i].Position)))
        {
            if (i + 1 < frames.Count)
            {
                for (int k = 0; k < arm.GearsPerJoint; k++)
                {
                    // A module is mounted turned against the one below; its gears are not.
                    double angle = 2 * Math.PI * (k + 0.5) / arm.GearsPerJoint;
                    Vec3 from = OnRim(frames[i], radius * 0.8, angle), to = OnRim(frames[i + 1], radius * 0.8, angle - mounting);
                    svg.Append($"<polyline fill=\"none\" stroke=\"{Palette.Grey}\" stroke-width=\"2.4\" " +
                        $"points=\"{view.Points([from, to])}\"/>\n");
                }
            }

            string fill = i % 2 == 0 ? Palette.Blue : Palette.LightBlue;
            svg.Append($"<polygon fill=\"{fill}\" fill-opacity=\"0.85\" stroke=\"{Palette.DarkBlue}\" stroke-width=\"1\" " +
                $"points=\"{view.Points(Circle(frames[i], radius))}\"/>\n");
        }

        svg.Append($"<polyline fill=\"none\" stroke=\"{Palette.DarkBlue}\" stroke-width=\"3\" " +
            $"points=\"{view.Points([frames[^1].Position, posture.Tip.Position])}\"/>\n");
    }

    private static void Table(StringBuilder svg, IReadOnlyList<PictureTarget> targets)
    {
        double x = Width - TableWidth, y = 60;
        svg.Append($"<text x=\"{x}\" y=\"{y}\" fill=\"{Palette.Ink}\" font-weight=\"bold\">target</text><text x=\"{x + 80}\" y=\"{y}\" " +
            $"fill=\"{Palette.Ink}\" font-weight=\"bold\">tip error, measured</text>\n");
        for (int i = 0; i < targets.Count; i++)
        {
            y += 22;
            double mm = 1000 * targets[i].TipError;
            svg.Append($"<text x=\"{x}\" y=\"{y}\" fill=\"{Palette.Green}\">{i + 1}</text><text x=\"{x + 80}\" y=\"{y}\" " +
                $"fill=\"{Palette.Ink}\">{mm:0.00} mm</text>\n");
        }
    }

    private static Vec3[] Circle(Pose frame, double radius) =>
        [.. Enumerable.Range(0, RimPoints).Select(k => OnRim(frame, radius, 2 * Math.PI * k / RimPoints))];

    // Plates lie across the module's own z axis.
    private static Vec3 OnRim(Pose frame, double radius, double angle) =>
        frame.Position + frame.Orientation.ToMatrix() * new Vec3(radius * Math.Cos(angle), radius * Math.Sin(angle), 0);

    /// <summary>Parallel projection that fits all points into the drawing area.</summary>
    private sealed class View
    {
        private readonly double _scale, _x, _y;

        public View(IEnumerable<Vec3> points, double radius)
        {
            (double X, double Y)[] flat = points.Select(Flat).ToArray();
            double left = flat.Min(p => p.X) - radius, right = flat.Max(p => p.X) + radius;
            double low = flat.Min(p => p.Y) - radius, high = flat.Max(p => p.Y) + radius;
            Extent = Math.Max(right - left, high - low);
            _scale = Math.Min((Width - TableWidth - 2 * Margin) / (right - left), (Height - 2 * Margin - 20) / (high - low));
            _x = Margin + (Width - TableWidth - 2 * Margin) / 2 - _scale * (left + right) / 2;
            _y = Margin + 20 + (Height - 2 * Margin - 20) / 2 + _scale * (low + high) / 2;
        }

        /// <summary>Larger side of what is drawn, m.</summary>
        public double Extent { get; }

        public (double X, double Y) Project(Vec3 p)
        {
            (double x, double y) = Flat(p);
            return (_x + _scale * x, _y - _scale * y);
        }

        public double Depth(Vec3 p) => Math.Cos(Elevation) * (Math.Cos(Azimuth) * p.X + Math.Sin(Azimuth) * p.Y)
            + Math.Sin(Elevation) * p.Z;

        public string Points(IEnumerable<Vec3> points) =>
            string.Join(' ', points.Select(p => Project(p)).Select(p => $"{p.X:0.0},{p.Y:0.0}"));

        private static (double X, double Y) Flat(Vec3 p)
        {
            double along = Math.Cos(Azimuth) * p.X + Math.Sin(Azimuth) * p.Y;
            return (-Math.Sin(Azimuth) * p.X + Math.Cos(Azimuth) * p.Y, Math.Cos(Elevation) * p.Z - Math.Sin(Elevation) * along);
        }
    }
}
