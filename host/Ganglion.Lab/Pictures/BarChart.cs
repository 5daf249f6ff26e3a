using System.Text;

namespace Ganglion.Lab.Pictures;

/// <summary>Groups of upright bars on a logarithmic scale, with whiskers, drawn as an SVG.</summary>
/// <param name="title">What it shows.</param>
/// <param name="up">Name of the vertical axis, with its unit.</param>
public sealed class BarChart(string title, string up)
{
    private const double Width = 980, Height = 340, Left = 76, Right = 20, Top = 34, Bottom = 46;

    private readonly List<(string Name, List<(double Low, double Value, double High, string Colour)> Bars)> _groups = [];
    private readonly List<(string Name, string Colour)> _legend = [];

    /// <summary>Begins the next group, named below it.</summary>
    public BarChart Group(string name)
    {
        _groups.Add((name, []));
        return this;
    }

    /// <summary>A bar in the group; its number stands above it.</summary>
    /// <param name="low">Lower end of the whisker, above 0.</param>
    /// <param name="value">Height, above 0.</param>
    /// <param name="high">Upper end of the whisker.</param>
    /// <param name="colour">CSS colour.</param>
    public BarChart Bar(double low, double value, double high, string colour)
    {
        if (!(low > 0 && value > 0 && high >= low))
        {
            throw new ArgumentOutOfRangeException(nameof(low), low, $"'{title}': a bar on a logarithmic scale is above 0");
        }

        _groups[^1].Bars.Add((low, value, high, colour));
        return this;
    }

    /// <summary>A name at the upper right.</summary>
    public BarChart Legend(string name, string colour)
    {
        _legend.Add((name, colour));
        return this;
    }

    /// <summary>The SVG.</summary>
    public string Render()
    {
        (double Low, double Value, double High, string Colour)[] all = _groups.SelectMany(group => group.Bars).ToArray();
        if (all.Length == 0)
        {
            throw new InvalidOperationException($"the picture '{title}' has nothing to show");
        }

        Axis axis = new(all.Min(bar => bar.Low) / 2, all.Max(bar => bar.High) * 1.6, logarithmic: true);
        double plot = Height - Top - Bottom, slot = (Width - Left - Right) / _groups.Count;
        double Y(double value) => Top + plot * (1 - axis.Place(value));

        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" " +
            $"font-size=\"12\">\n");
        svg.Append($"<text x=\"{Left}\" y=\"20\" font-weight=\"bold\" fill=\"{Palette.Ink}\">{HtmlPage.Escape(title)}</text>\n");
        svg.Append($"<rect x=\"{Left}\" y=\"{Top}\" width=\"{Width - Left - Right}\" height=\"{plot}\" fill=\"{Palette.Plot}\" " +
            $"stroke=\"{Palette.Frame}\"/>\n");
        foreach (double y in axis.Ticks())
        {
            svg.Append($"<path d=\"M{Left} {Y(y):0.0}h{Width - Left - Right}\" stroke=\"{Palette.Grid}\"/><text x=\"{Left - 6}\" " +
                $"y=\"{Y(y) + 4:0.0}\" text-anchor=\"end\" fill=\"{Palette.Soft}\">{y:0.#####}</text>\n");
        }

        svg.Append($"<text transform=\"translate(16 {Top + plot / 2}) rotate(-90)\" text-anchor=\"middle\" " +
            $"fill=\"{Palette.Ink}\">{HtmlPage.Escape(up)}</text>\n");
        for (int g = 0; g < _groups.Count; g++)
        {
            (string name, List<(double Low, double Value, double High, string Colour)>? bars) = _groups[g];
            double middle = Left + (g + 0.5) * slot, width = Math.Min(46, 0.8 * slot / Math.Max(1, bars.Count));
            svg.Append($"<text x=\"{middle:0.0}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\" " +
                $"fill=\"{Palette.Ink}\">{HtmlPage.Escape(name)}</text>\n");
            for (int b = 0; b < bars.Count; b++)
            {
                (double low, double value, double high, string colour) = bars[b];
                double x = middle + (b - bars.Count / 2.0) * width, centre = x + width / 2;
                svg.Append($"<rect x=\"{x + 2:0.0}\" y=\"{Y(value):0.0}\" width=\"{width - 4:0.0}\" " +
                    $"height=\"{Height - Bottom - Y(value):0.0}\" fill=\"{colour}\" fill-opacity=\"0.8\"/>");
                svg.Append($"<path d=\"M{centre:0.0} {Y(low):0.0}V{Y(high):0.0}m-5 0h10M{centre - 5:0.0} {Y(low):0.0}h10\" " +
                    $"stroke=\"{Palette.Ink}\" fill=\"none\"/>");
                svg.Append($"<text x=\"{centre:0.0}\" y=\"{Y(high) - 5:0.0}\" text-anchor=\"middle\" font-size=\"11\" " +
                    $"fill=\"{Palette.Ink}\">{(value < 10 ? $"{value:0.0}" : $"{value:0}")}</text>\n");
            }
        }

        double at = Width - Right;
        foreach ((string name, string colour) in Enumerable.Reverse(_legend))
        {
            svg.Append($"<text x=\"{at:0}\" y=\"20\" text-anchor=\"end\" fill=\"{colour}\">{HtmlPage.Escape(name)}</text>\n");
            at -= 16 + 6.6 * name.Length;
        }
        return svg.Append("</svg>\n").ToString();
    }
}
