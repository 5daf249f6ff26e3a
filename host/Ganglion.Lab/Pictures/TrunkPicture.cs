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
        var drawing = new TrunkDrawing(arm, postures.SelectMany(TrunkDrawing.Points).Concat(path).Concat(targets.Select(t => t.Position)),
            Margin, Margin + 20, Width - TableWidth - 2 * Margin, Height - 2 * Margin - 20);
        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" " +
            $"font-size=\"13\">\n");
        svg.Append($"<rect width=\"100%\" height=\"100%\" fill=\"{Palette.Page}\"/>\n");
        svg.Append($"<text x=\"{Margin}\" y=\"34\" font-size=\"19\" fill=\"{Palette.Ink}\">{HtmlPage.Escape(title)}</text>\n");
        drawing.Ground(svg, rings: 3);
        for (int i = 0; i < postures.Count; i++)
        {
            bool last = i == postures.Count - 1;
            svg.Append($"<g opacity=\"{(last ? 1 : 0.12 + 0.1 * i / postures.Count):0.00}\">\n");
            drawing.Trunk(svg, postures[i]);
            svg.Append("</g>\n");
        }

        if (path.Count > 1)
        {
            svg.Append($"<polyline fill=\"none\" stroke=\"{Palette.Orange}\" stroke-width=\"1.4\" points=\"{drawing.Points(path)}\"/>\n");
        }

        for (int i = 0; i < targets.Count; i++)
        {
            (double x, double y) = drawing.Project(targets[i].Position);
            svg.Append($"<circle cx=\"{x:0.0}\" cy=\"{y:0.0}\" r=\"6\" fill=\"none\" stroke=\"{Palette.Green}\" stroke-width=\"2\"/>");
            svg.Append($"<text x=\"{x + 9:0.0}\" y=\"{y + 4:0.0}\" fill=\"{Palette.Green}\">{i + 1}</text>\n");
        }

        Table(svg, targets);
        return svg.Append("</svg>\n").ToString();
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
}
