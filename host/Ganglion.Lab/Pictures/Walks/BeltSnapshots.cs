using System.Globalization;
using System.Text;
using Ganglion.Basics.Space;
using Ganglion.Physics;
using Ganglion.Robots.Walkers;

namespace Ganglion.Lab.Pictures.Walks;

/// <summary>A walker on a belt at some moments, from its left side, the belt as steep as it was: as the biped paper's Figure 23.</summary>
public static class BeltSnapshots
{
    private const double Width = 980, Height = 300, Above = 44, Scale = 200;

    /// <summary>Draws the moments that the walk lived to see.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="walker">Its links.</param>
    /// <param name="terrain">The belt.</param>
    /// <param name="poses">By time.</param>
    /// <param name="times">Moments [s].</param>
    public static string Render(string title, WalkerLayout walker, Terrain terrain, IReadOnlyList<WalkerPose> poses,
        IReadOnlyList<double> times)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" " +
            $"font-family=\"sans-serif\" font-size=\"12\">\n<text x=\"12\" y=\"20\" font-weight=\"bold\" fill=\"{Palette.Ink}\">" +
            $"{HtmlPage.Escape(title)}</text>\n");
        double slot = Width / times.Count;
        for (int i = 0; i < times.Count; i++)
        {
            double time = times[i], slope = terrain.BeltAt(time), centre = (i + 0.5) * slot;
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{centre:0}\" y=\"{Above}\" text-anchor=\"middle\" " +
                $"fill=\"{Palette.Soft}\">" +
                $"{time:0.0} s, {slope * 180 / Math.PI:0.0} degrees</text>\n");
            Line(svg, slope, centre, [new(-0.28, 0, 0), new(0.28, 0, 0)], Palette.Brown, 2);
            if (poses.FirstOrDefault(pose => pose.Time >= time) is not { } now)
            {
                continue;
            }

            Vec3 under = new(now.Hips.X, 0, 0);
            for (int leg = 1; leg >= 0; leg--)
            {
                Vec3[] points = now.Leg(walker, leg);
                Line(svg, slope, centre, [.. new[] { now.Hips, points[1], points[2], points[5], points[4], points[2] }
                    .Select(point => point - under)], leg == 0 ? Palette.Orange : Palette.LightBlue, 2.5);
            }

            Line(svg, slope, centre, [now.Hips - under, now.Shoulders(walker) - under], Palette.Ink, 4);
        }

        return svg.Append("</svg>\n").ToString();
    }

    // In the ground's frame, turned by the belt's slope about the foot of the hips.
    private static void Line(StringBuilder svg, double slope, double centre, IEnumerable<Vec3> points, string colour, double thickness)
    {
        (double sin, double cos) = Math.SinCos(slope);
        IEnumerable<string> places = points.Select(point => FormattableString.Invariant(
            $"{centre + Scale * (point.X * cos - point.Z * sin):0.0},{Height - 30 - Scale * (point.X * sin + point.Z * cos):0.0}"));
        svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{string.Join(' ', places)}\" fill=\"none\" stroke=\"{colour}\" " +
            $"stroke-width=\"{thickness}\" stroke-linejoin=\"round\" stroke-linecap=\"round\"/>\n");
    }
}
