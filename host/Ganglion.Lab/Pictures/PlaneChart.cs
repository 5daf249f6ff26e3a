using System.Globalization;
using System.Text;

namespace Ganglion.Lab.Pictures;

/// <summary>One panel with two axes in the units of the data: lines, dots and outlines, drawn as an SVG.</summary>
/// <param name="title">What it shows.</param>
/// <param name="across">Name of the horizontal axis, with its unit.</param>
/// <param name="up">Name of the vertical axis, with its unit.</param>
public sealed class PlaneChart(string title, string across, string up)
{
    private const double Width = 980, Height = 330, Left = 70, Right = 20, Top = 30, Bottom = 44;

    private readonly List<(double[] X, double[] Y, string Colour, double Thickness, bool Closed)> _lines = [];
    private readonly List<(string Name, string Colour)> _legend = [];

    /// <summary>A line; NaN leaves a gap. A name puts it into the legend.</summary>
    public PlaneChart Line(IEnumerable<double> x, IEnumerable<double> y, string colour, string? name = null, double thickness = 1.3)
    {
        _lines.Add(([.. x], [.. y], colour, thickness, false));
        if (name != null) _legend.Add((name, colour));
        return this;
    }

    /// <summary>A closed outline.</summary>
    public PlaneChart Outline(IEnumerable<(double X, double Y)> corners, string colour)
    {
        (double X, double Y)[] all = [.. corners];
        _lines.Add(([.. all.Select(corner => corner.X)], [.. all.Select(corner => corner.Y)], colour, .8, true));
        return this;
    }

    /// <summary>The SVG.</summary>
    public string Render()
    {
        double[] xs = [.. _lines.SelectMany(line => line.X).Where(double.IsFinite)], ys = [.. _lines.SelectMany(line => line.Y).Where(double.IsFinite)];
        if (xs.Length == 0 || ys.Length == 0) throw new InvalidOperationException($"the picture '{title}' has nothing to show");
        double x0 = xs.Min(), x1 = xs.Max(), y0 = ys.Min(), y1 = ys.Max(), pad = Math.Max(1e-9, .04 * (y1 - y0));
        (y0, y1) = (y0 - pad, y1 + pad);
        if (x1 <= x0) x1 = x0 + 1;
        double X(double x) => Left + (x - x0) / (x1 - x0) * (Width - Left - Right);
        double Y(double y) => Height - Bottom - (y - y0) / (y1 - y0) * (Height - Top - Bottom);

        var svg = new StringBuilder();
        svg.Append(Inv($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">\n"));
        svg.Append(Inv($"<text x=\"{Left}\" y=\"18\" font-weight=\"bold\" fill=\"#222\">{Escape(title)}</text>\n"));
        svg.Append(Inv($"<rect x=\"{Left}\" y=\"{Top}\" width=\"{Width - Left - Right}\" height=\"{Height - Top - Bottom}\" fill=\"#fff\" stroke=\"#999\"/>\n"));
        for (int i = 0; i <= 4; i++)
        {
            double x = x0 + i * (x1 - x0) / 4, y = y0 + i * (y1 - y0) / 4;
            svg.Append(Inv($"<text x=\"{X(x):0.0}\" y=\"{Height - Bottom + 15}\" text-anchor=\"middle\" fill=\"#555\">{x:0.###}</text><text x=\"{Left - 6}\" y=\"{Y(y) + 4:0.0}\" text-anchor=\"end\" fill=\"#555\">{y:0.###}</text>\n"));
        }
        svg.Append(Inv($"<text x=\"{Width - Right}\" y=\"{Height - 8}\" text-anchor=\"end\" fill=\"#222\">{Escape(across)}</text><text x=\"{Left}\" y=\"{Height - 8}\" fill=\"#222\">up: {Escape(up)}</text>\n"));
        foreach ((double[] x, double[] y, string colour, double thickness, bool closed) in _lines)
        {
            var path = new StringBuilder();
            bool down = false;
            for (int i = 0; i < Math.Min(x.Length, y.Length); i++)
            {
                bool finite = double.IsFinite(x[i]) && double.IsFinite(y[i]);
                if (finite) path.Append(Inv($"{(down ? 'L' : 'M')}{X(x[i]):0.0} {Y(y[i]):0.0}"));
                down = finite;
            }
            svg.Append(Inv($"<path d=\"{path}{(closed ? "Z" : "")}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{thickness:0.0}\"/>\n"));
        }
        double at = Width - Right - 8;
        foreach ((string name, string colour) in Enumerable.Reverse(_legend))
        {
            svg.Append(Inv($"<text x=\"{at:0}\" y=\"18\" text-anchor=\"end\" fill=\"{colour}\">{Escape(name)}</text>\n"));
            at -= 14 + 7 * name.Length;
        }
        return svg.Append("</svg>\n").ToString();
    }

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
