using System.Globalization;
using System.Text;

namespace Ganglion.Lab.Pictures;

/// <summary>One panel with two axes in the units of the data: lines, bands, dots and outlines, drawn as an SVG.</summary>
/// <param name="title">What it shows.</param>
/// <param name="across">Name of the horizontal axis, with its unit.</param>
/// <param name="up">Name of the vertical axis, with its unit.</param>
public sealed class PlaneChart(string title, string across, string up)
{
    private const double Width = 980, PlotHeight = 260, Left = 76, Right = 20, Bottom = 46, Line1 = 20, Line2 = 38;

    private readonly List<Shape> _shapes = [];
    private readonly List<(string Name, string Colour)> _legend = [];

    /// <summary>Where names of lines do not fit beside the title they have a line of their own.</summary>
    private bool IsCrowded => 7.2 * title.Length + _legend.Sum(entry => NameWidth(entry.Name)) > Width - Left - Right;

    private double Top => IsCrowded ? 52 : 34;

    /// <summary>Horizontal axis by the logarithm; what is not above 0 is left out.</summary>
    public bool LogAcross { get; init; }

    /// <summary>Vertical axis by the logarithm; what is not above 0 is left out.</summary>
    public bool LogUp { get; init; }

    /// <summary>Lowest value shown; lines below it run along the lower edge.</summary>
    public double Floor { get; init; } = double.NegativeInfinity;

    /// <summary>Both axes with one scale, as for places in a plane.</summary>
    public bool EqualScales { get; init; }

    /// <summary>A line; NaN leaves a gap. A name puts it into the legend.</summary>
    public PlaneChart Line(IEnumerable<double> x, IEnumerable<double> y, string colour, string? name = null, double thickness = 1.3,
        double opacity = 1)
    {
        _shapes.Add(new Shape([.. x], [.. y], colour, thickness, opacity, Closed: false, Filled: false));
        if (name != null)
        {
            _legend.Add((name, colour));
        }

        return this;
    }

    /// <summary>A filled area between two lines over the same places.</summary>
    public PlaneChart Band(IReadOnlyList<double> x, IReadOnlyList<double> low, IReadOnlyList<double> high, string colour)
    {
        _shapes.Add(new Shape([.. x, .. x.Reverse()], [.. low, .. high.Reverse()], colour, 0, 0.18, Closed: true, Filled: true));
        return this;
    }

    /// <summary>A closed outline.</summary>
    public PlaneChart Outline(IEnumerable<(double X, double Y)> corners, string colour)
    {
        (double X, double Y)[] all = [.. corners];
        _shapes.Add(new Shape([.. all.Select(corner => corner.X)], [.. all.Select(corner => corner.Y)], colour, 0.8, 1, Closed: true,
            Filled: false));
        return this;
    }

    /// <summary>The SVG.</summary>
    public string Render()
    {
        double[] xs = [.. _shapes.SelectMany(shape => shape.X).Where(x => double.IsFinite(x) && (!LogAcross || x > 0))];
        double[] ys = [.. _shapes.SelectMany(shape => shape.Y).Where(y => double.IsFinite(y) && (!LogUp || y > 0))
            .Select(y => Math.Max(y, Floor))];
        if (xs.Length == 0 || ys.Length == 0)
        {
            throw new InvalidOperationException($"the picture '{title}' has nothing to show");
        }

        double bottom = ys.Min(), top = ys.Max(), pad = Math.Max(1e-9, 0.04 * (top - bottom));
        (bottom, top) = LogUp ? (bottom / 1.15, top * 1.15) : (bottom - pad, top + pad);
        double plot = PlotHeight, height = plot + Top + Bottom;
        (double left, double right) = (xs.Min(), xs.Max());
        if (EqualScales)
        {
            plot = Math.Clamp((Width - Left - Right) * (top - bottom) / Math.Max(1e-9, xs.Max() - xs.Min()), 150, 420);
            height = plot + Top + Bottom;
            double metres = (xs.Max() - xs.Min()) * plot / (Width - Left - Right);
            if (metres > top - bottom)
            {
                (bottom, top) = ((bottom + top - metres) / 2, (bottom + top + metres) / 2);
            }
            else
            {
                double wide = (top - bottom) * (Width - Left - Right) / plot;
                (left, right) = ((left + right - wide) / 2, (left + right + wide) / 2);
            }
        }

        Axis horizontal = new(left, right, LogAcross), vertical = new(bottom, top, LogUp);
        double X(double x) => Left + horizontal.Place(x) * (Width - Left - Right);
        double Y(double y) => Top + plot * (1 - vertical.Place(Math.Max(y, Floor)));

        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height:0}\" font-family=\"sans-serif\" " +
            $"font-size=\"12\">\n");
        svg.Append($"<text x=\"{Left}\" y=\"{Line1}\" font-weight=\"bold\" fill=\"{Palette.Ink}\">{HtmlPage.Escape(title)}</text>\n");
        svg.Append($"<rect x=\"{Left}\" y=\"{Top}\" width=\"{Width - Left - Right}\" height=\"{plot:0.0}\" fill=\"{Palette.Plot}\" " +
            $"stroke=\"{Palette.Frame}\"/>\n");
        foreach (double x in horizontal.Ticks())
        {
            svg.Append($"<path d=\"M{X(x):0.0} {Top}v{plot:0.0}\" stroke=\"{Palette.Grid}\"/><text x=\"{X(x):0.0}\" " +
                $"y=\"{Top + plot + 16:0.0}\" text-anchor=\"middle\" fill=\"{Palette.Soft}\">{Number(x)}</text>\n");
        }

        foreach (double y in vertical.Ticks())
        {
            svg.Append($"<path d=\"M{Left} {Y(y):0.0}h{Width - Left - Right}\" stroke=\"{Palette.Grid}\"/><text x=\"{Left - 6}\" " +
                $"y=\"{Y(y) + 4:0.0}\" text-anchor=\"end\" fill=\"{Palette.Soft}\">{Number(y)}</text>\n");
        }

        svg.Append($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Top + plot + 36:0.0}\" text-anchor=\"middle\" " +
            $"fill=\"{Palette.Ink}\">{HtmlPage.Escape(across)}</text>");
        svg.Append($"<text transform=\"translate(16 {Top + plot / 2:0.0}) rotate(-90)\" text-anchor=\"middle\" " +
            $"fill=\"{Palette.Ink}\">{HtmlPage.Escape(up)}</text>\n");
        foreach (Shape shape in _shapes)
        {
            svg.Append(Path(shape, X, Y));
        }

        double at = Width - Right, line = IsCrowded ? Line2 : Line1;
        foreach ((string name, string colour) in Enumerable.Reverse(_legend))
        {
            svg.Append($"<text x=\"{at:0}\" y=\"{line}\" text-anchor=\"end\" fill=\"{colour}\">{HtmlPage.Escape(name)}</text>\n");
            at -= NameWidth(name);
        }
        return svg.Append("</svg>\n").ToString();
    }

    private static double NameWidth(string name) => 16 + 6.6 * name.Length;

    private string Path(Shape shape, Func<double, double> across, Func<double, double> up)
    {
        var path = new StringBuilder();
        bool down = false;
        for (int i = 0; i < Math.Min(shape.X.Length, shape.Y.Length); i++)
        {
            double x = shape.X[i], y = Math.Max(shape.Y[i], Floor);
            bool shown = double.IsFinite(x) && double.IsFinite(y) && (!LogAcross || x > 0) && (!LogUp || y > 0);
            if (shown)
            {
                path.Append($"{(down ? 'L' : 'M')}{across(x):0.0} {up(y):0.0}");
            }

            down = shown;
        }
        string paint = shape.Filled ? $"fill=\"{shape.Colour}\" fill-opacity=\"{shape.Opacity:0.00}\""
            : $"fill=\"none\" stroke=\"{shape.Colour}\" stroke-width=\"{shape.Thickness:0.0}\" " +
                $"stroke-opacity=\"{shape.Opacity:0.00}\"";
        return $"<path d=\"{path}{(shape.Closed && path.Length > 0 ? "Z" : "")}\" {paint}/>\n";
    }

    private static string Number(double value) => Math.Abs(value) < 1e-12 ? "0" : value.ToString(Math.Abs(value) is >= 1e-3 and < 1e6
        ? "0.####" : "0e0", CultureInfo.InvariantCulture);

    private sealed record Shape(double[] X, double[] Y, string Colour, double Thickness, double Opacity, bool Closed, bool Filled);
}
