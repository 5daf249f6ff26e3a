using System.Text;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Lab.Pictures;

/// <summary>Postures of a trunk arm side by side in one scale, each with its caption: how it comes to a target.</summary>
public static class TrunkStrip
{
    private const double Width = 980, Height = 350, Top = 54, Caption = 40;

    /// <summary>The SVG.</summary>
    /// <param name="arm">Design of the arm.</param>
    /// <param name="title">Above all.</param>
    /// <param name="postures">At least one, and what stands below each.</param>
    /// <param name="target">Where it is sent, drawn as a ring with its x and z axes; null: nowhere.</param>
    public static string Render(TrunkArm arm, string title, IReadOnlyList<(TrunkPosture Posture, string Caption)> postures, Pose? target)
    {
        double width = Width / postures.Count;
        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" " +
            $"font-size=\"12\">\n<text x=\"8\" y=\"18\" font-weight=\"bold\" fill=\"{Palette.Ink}\">{HtmlPage.Escape(title)}</text>\n");
        Vec3[] all = [.. postures.SelectMany(one => TrunkDrawing.Points(one.Posture))];
        for (int i = 0; i < postures.Count; i++)
        {
            var drawing = new TrunkDrawing(arm, target is { } goal ? all.Append(goal.Position) : all, i * width + 8, Top, width - 16,
                Height - Top - Caption);
            drawing.Ground(svg, rings: 1);
            drawing.Trunk(svg, postures[i].Posture);
            if (target is { } wanted)
            {
                drawing.Frame(svg, wanted, Palette.Red);
            }

            svg.Append($"<text x=\"{(i + 0.5) * width:0.0}\" y=\"{Height - 14}\" text-anchor=\"middle\" fill=\"{Palette.Ink}\">" +
                $"{HtmlPage.Escape(postures[i].Caption)}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }
}
