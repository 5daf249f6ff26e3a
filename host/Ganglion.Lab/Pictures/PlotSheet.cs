using System.Globalization;
using System.Text;

namespace Ganglion.Lab.Pictures;

/// <summary>Small panels in rows on one sheet, each with its own axes in the units of its data, drawn as one SVG: traces and phase
/// portraits that are to be seen side by side.</summary>
/// <param name="title">Above all.</param>
/// <param name="columns">Panels in a row.</param>
/// <param name="panelHeight">Height of a panel with its title and numbers, pixels.</param>
public sealed class PlotSheet(string title, int columns, double panelHeight = 190)
{
    private const double Width = 980, Top = 34, Left = 46, Right = 12, Above = 22, Below = 34;

    // Points of a portrait nearer to each other than this cannot be told apart [pixels].
    private const double Nearest = 0.4;

    private readonly List<PlotPanel> _panels = [];

    /// <summary>Begins the next panel.</summary>
    /// <param name="name">Above it.</param>
    /// <param name="across">Name of its horizontal axis, with the unit.</param>
    /// <param name="up">Name of its vertical axis, with the unit; stands beside the panel's name.</param>
    public PlotSheet Panel(string name, string across, string up)
    {
        _panels.Add(new PlotPanel(name, across, up));
        return this;
    }

    /// <summary>A line in the last panel; what is not finite leaves a gap.</summary>
    /// <param name="x">Places across.</param>
    /// <param name="y">As many values.</param>
    /// <param name="colour">CSS colour.</param>
    /// <param name="thickness">Pixels.</param>
    public PlotSheet Line(IReadOnlyList<double> x, IReadOnlyList<double> y, string colour, double thickness = 1)
    {
        _panels[^1].Lines.Add((x, y, colour, thickness));
        return this;
    }

    /// <summary>A line over evenly spaced times.</summary>
    /// <param name="start">Of the first value.</param>
    /// <param name="step">Between two values.</param>
    /// <param name="y">Values.</param>
    /// <param name="colour">CSS colour.</param>
    public PlotSheet Trace(double start, double step, IReadOnlyList<double> y, string colour) =>
        Line([.. Enumerable.Range(0, y.Count).Select(k => start + k * step)], y, colour);

    /// <summary>The SVG.</summary>
    /// <exception cref="InvalidOperationException">There is nothing in a panel.</exception>
    public string Render()
    {
        int rows = (_panels.Count + columns - 1) / columns;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} " +
            $"{Top + rows * panelHeight:0}\" font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"100%\" height=\"100%\" " +
            $"fill=\"{Palette.Page}\"/>\n<text x=\"{Left}\" y=\"20\" font-weight=\"bold\" font-size=\"13\" fill=\"{Palette.Ink}\">" +
            $"{HtmlPage.Escape(title)}</text>\n");
        for (int i = 0; i < _panels.Count; i++)
        {
            Draw(svg, _panels[i], Width / columns * (i % columns), Top + i / columns * panelHeight);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private void Draw(StringBuilder svg, PlotPanel panel, double x, double y)
    {
        double[] xs = [.. panel.Lines.SelectMany(line => line.X).Where(double.IsFinite)];
        double[] ys = [.. panel.Lines.SelectMany(line => line.Y).Where(double.IsFinite)];
        if (xs.Length == 0 || ys.Length == 0)
        {
            throw new InvalidOperationException($"the panel '{panel.Name}' has nothing to show");
        }

        double low = ys.Min(), high = ys.Max(), pad = Math.Max(1e-9, 0.05 * (high - low));
        double left = x + Left, top = y + Above, width = Width / columns - Left - Right, height = panelHeight - Above - Below;
        Axis across = new(xs.Min(), xs.Max(), logarithmic: false), up = new(low - pad, high + pad, logarithmic: false);
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left:0.0}\" y=\"{y + 15:0.0}\" fill=\"{Palette.Ink}\">" +
            $"{HtmlPage.Escape(panel.Name)}<tspan fill=\"{Palette.Soft}\">  {HtmlPage.Escape(panel.Up)}" +
            $"</tspan></text>\n<rect x=\"{left:0.0}\" y=\"{top:0.0}\" width=\"{width:0.0}\" height=\"{height:0.0}\" " +
            $"fill=\"{Palette.Plot}\" stroke=\"{Palette.Frame}\"/>\n");
        foreach (double tick in Sparse(across.Ticks(), width, 46))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left + width * across.Place(tick):0.0}\" y=\"{top + height + 13:0.0}\" " +
                $"text-anchor=\"middle\" fill=\"{Palette.Soft}\">{tick:0.####}</text>\n");
        }

        foreach (double tick in Sparse(up.Ticks(), height, 24))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left - 4:0.0}\" y=\"{top + height * (1 - up.Place(tick)) + 4:0.0}\" " +
                $"text-anchor=\"end\" fill=\"{Palette.Soft}\">{(Math.Abs(tick) < 1e-12 ? 0 : tick):0.####}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left + width:0.0}\" y=\"{top + height + 27:0.0}\" text-anchor=\"end\" " +
            $"fill=\"{Palette.Soft}\">{HtmlPage.Escape(panel.Across)}</text>\n");
        foreach ((IReadOnlyList<double> lineX, IReadOnlyList<double> lineY, string colour, double thickness) in panel.Lines)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{Path(lineX, lineY, v => left + width * across.Place(v),
                v => top + height * (1 - up.Place(v)))}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{thickness}\" " +
                $"stroke-linejoin=\"round\"/>\n");
        }
    }

    // As many as have room, from the first on.
    private static IEnumerable<double> Sparse(IEnumerable<double> ticks, double length, double room)
    {
        double[] all = [.. ticks];
        int every = Math.Max(1, (int)Math.Ceiling(all.Length * room / length));
        return all.Where((_, i) => i % every == 0);
    }

    private static string Path(IReadOnlyList<double> xs, IReadOnlyList<double> ys, Func<double, double> across, Func<double, double> up)
    {
        var path = new StringBuilder();
        bool down = false;
        double lastX = 0, lastY = 0;
        for (int i = 0; i < Math.Min(xs.Count, ys.Count); i++)
        {
            if (!double.IsFinite(xs[i]) || !double.IsFinite(ys[i]))
            {
                down = false;
                continue;
            }

            double x = across(xs[i]), y = up(ys[i]);
            if (down && Math.Abs(x - lastX) < Nearest && Math.Abs(y - lastY) < Nearest && i + 1 < xs.Count)
            {
                continue;
            }

            path.Append(CultureInfo.InvariantCulture, $"{(down ? 'L' : 'M')}{x:0.0} {y:0.0}");
            (down, lastX, lastY) = (true, x, y);
        }

        return path.ToString();
    }

    private sealed record PlotPanel(string Name, string Across, string Up)
    {
        public List<(IReadOnlyList<double> X, IReadOnlyList<double> Y, string Colour, double Thickness)> Lines { get; } = [];
    }
}
