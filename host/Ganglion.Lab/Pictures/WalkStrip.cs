using System.Text;
using Ganglion.Basics.Space;
using Ganglion.Physics;
using Ganglion.Robots.Walkers;

namespace Ganglion.Lab.Pictures;

/// <summary>
/// A walk as a film strip, one SVG: the walker from its left side, every so often and each time where it was, the way in rows. It stands
/// still on purpose: what moves is the page's matter (`ganglion view`).
/// </summary>
public static class WalkStrip
{
    private const double Width = 980, Edge = 15, Heading = 44, RowGap = 14;

    /// <summary>Between two figures, s, and the longest way that a row holds, m: figures are told apart and still show a knee.</summary>
    private const double Period = 0.8, RowLength = 7;

    /// <summary>More than the walker is tall, m.</summary>
    private const double Tall = 1.3;

    private static readonly (string Colour, double Thickness)[] Lines = [(Palette.LightBlue, 1.5), (Palette.Ink, 2), (Palette.Orange, 1.5)];

    /// <summary>Draws a walk.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="walker">Links of the walker.</param>
    /// <param name="terrain">What it walked on; a belt is drawn level.</param>
    /// <param name="poses">By time, at least two.</param>
    public static string Render(string title, WalkerLayout walker, Terrain terrain, IReadOnlyList<WalkerPose> poses)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(poses.Count, 2);
        List<WalkerPose> figures = Thin(poses);
        double first = poses.Min(pose => pose.Hips.X) - 0.6, last = poses.Max(pose => pose.Hips.X) + 0.6;
        int rows = (int)Math.Ceiling((last - first) / RowLength);
        double length = (last - first) / rows, scale = Math.Min((Width - 2 * Edge) / length, 220);
        var drawn = new StringBuilder();
        double bottom = Heading;
        for (int row = 0; row < rows; row++)
        {
            bottom = Row(drawn, walker, terrain, figures, first + row * length, length, scale, bottom);
        }

        string size = FormattableString.Invariant($"{Width} {bottom + RowGap:0}");
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size}\" font-family=\"sans-serif\" font-size=\"13\">\n" +
            $"<rect width=\"100%\" height=\"100%\" fill=\"{Palette.Page}\"/>\n<text x=\"12\" y=\"20\" font-weight=\"bold\" " +
            $"fill=\"{Palette.Ink}\">{HtmlPage.Escape(title)}</text>\n<text x=\"12\" y=\"38\" fill=\"{Palette.Soft}\">left leg orange, " +
            FormattableString.Invariant($"right leg blue, every {Period} s of {poses[^1].Time - poses[0].Time:0.0} s</text>\n") +
            $"{drawn}</svg>\n";
    }

    // A part of the way; returns where it ends on the page.
    private static double Row(StringBuilder svg, WalkerLayout walker, Terrain terrain, List<WalkerPose> figures, double from, double length,
        double scale, double top)
    {
        Vec3[] ground = [.. Enumerable.Range(0, 401).Select(i => from + i * length / 400)
            .Select(x => new Vec3(x, 0, terrain.HeightAt(x)))];
        double low = ground.Min(point => point.Z), high = ground.Max(point => point.Z) + Tall;
        double bottom = top + scale * (high - low);
        Vec3 origin = new(from, 0, low);
        svg.Append("<g>\n");
        Line(svg, ground, Palette.Brown, 1.5);
        foreach (WalkerPose pose in figures.Where(pose => pose.Hips.X >= from && pose.Hips.X < from + length))
        {
            Vec3[][] limbs = [Leg(walker, pose, 1), [pose.Hips, pose.Shoulders(walker)], Leg(walker, pose, 0)];
            for (int i = 0; i < limbs.Length; i++)
            {
                Line(svg, limbs[i], Lines[i].Colour, Lines[i].Thickness);
            }
        }

        svg.Append("</g>\n");
        return bottom + RowGap;

        void Line(StringBuilder svg, Vec3[] points, string colour, double thickness)
        {
            IEnumerable<string> places = points.Select(point => point - origin).Select(point =>
                FormattableString.Invariant($"{Edge + scale * point.X:0.0},{bottom - scale * point.Z:0.0}"));
            svg.Append(FormattableString.Invariant($"<polyline points=\"{string.Join(' ', places)}\" fill=\"none\" stroke=\"{colour}\" "))
                .Append(FormattableString.Invariant($"stroke-width=\"{thickness}\" stroke-linejoin=\"round\"/>\n"));
        }
    }

    private static Vec3[] Leg(WalkerLayout walker, WalkerPose pose, int leg)
    {
        Vec3[] points = pose.Leg(walker, leg);
        return [pose.Hips, points[1], points[2], points[5], points[4], points[2]];
    }

    private static List<WalkerPose> Thin(IReadOnlyList<WalkerPose> poses)
    {
        var some = new List<WalkerPose> { poses[0] };
        foreach (WalkerPose pose in poses)
        {
            if (pose.Time >= some[^1].Time + Period - 1e-9)
            {
                some.Add(pose);
            }
        }

        return some;
    }
}
