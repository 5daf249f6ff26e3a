using System.Globalization;
using System.Text;

namespace Ganglion.Lab.Pictures;

/// <summary>A drawing of boxes, cells and what leads from one to another, as an SVG.</summary>
internal sealed class Diagram
{
    private readonly StringBuilder _svg = new();

    /// <param name="title">Above all.</param>
    /// <param name="height">Pixels, of a width of 980.</param>
    public Diagram(string title, int height) => _svg.Append(
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 980 {height}\" font-family=\"sans-serif\" font-size=\"13\">\n" +
        "<defs><marker id=\"tip\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">" +
        $"<path d=\"M0 0L10 5L0 10z\" fill=\"{Palette.Ink}\"/></marker><marker id=\"knob\" viewBox=\"0 0 10 10\" refX=\"5\" refY=\"5\" " +
        $"markerWidth=\"7\" markerHeight=\"7\"><circle cx=\"5\" cy=\"5\" r=\"4\" fill=\"{Palette.Ink}\"/></marker></defs>" +
        $"<text x=\"76\" y=\"20\" font-weight=\"bold\" fill=\"{Palette.Ink}\">{HtmlPage.Escape(title)}</text>\n");

    /// <summary>A box with lines of text.</summary>
    public Diagram Box(double x, double y, double width, params string[] lines)
    {
        double height = 24 + 18 * lines.Length;
        _svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"6\" " +
            $"fill=\"{Palette.Plot}\" stroke=\"{Palette.Frame}\"/>\n");
        for (int i = 0; i < lines.Length; i++)
        {
            Text(x + width / 2, y + 25 + 18 * i, lines[i], i == 0 ? Palette.Ink : Palette.Soft, "middle");
        }

        return this;
    }

    /// <summary>A cell: a ring with its name in it.</summary>
    public Diagram Cell(double x, double y, double radius, string name, string colour)
    {
        _svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"none\" stroke=\"{colour}\" " +
            $"stroke-width=\"2\"/>");
        return Text(x, y + 4, name, Palette.Ink, "middle");
    }

    /// <summary>What leads on.</summary>
    /// <param name="path">As SVG has it.</param>
    public Diagram Arrow(string path) => Line(path, "tip");

    /// <summary>What inhibits: a line that ends in a knob.</summary>
    /// <param name="path">As SVG has it.</param>
    public Diagram Inhibits(string path) => Line(path, "knob");

    /// <summary>A line of text.</summary>
    public Diagram Text(double x, double y, string text, string colour = Palette.Soft, string anchor = "start")
    {
        _svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" fill=\"{colour}\">" +
            $"{HtmlPage.Escape(text)}</text>\n");
        return this;
    }

    /// <summary>The SVG.</summary>
    public string Render() => $"{_svg}</svg>\n";

    private Diagram Line(string path, string end)
    {
        _svg.Append($"<path d=\"{path}\" fill=\"none\" stroke=\"{Palette.Ink}\" marker-end=\"url(#{end})\"/>\n");
        return this;
    }
}
