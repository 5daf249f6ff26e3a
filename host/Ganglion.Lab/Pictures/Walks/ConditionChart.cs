using System.Globalization;
using System.Text;
using Ganglion.Basics;

namespace Ganglion.Lab.Pictures.Walks;

/// <summary>Conditions of a trial below each other, a column for each figure: every run a dot, their mean and where the mean of all such
/// runs lies a bar with ends, drawn as an SVG.</summary>
/// <param name="title">What it shows.</param>
/// <param name="names">Of the conditions, from above.</param>
public sealed class ConditionChart(string title, IReadOnlyList<string> names)
{
    private const double Width = 980, Names = 200, Gap = 22, Top = 58, RowHeight = 30, Bottom = 30;

    private readonly List<Column> _columns = [];

    private sealed record Column(string Name, string Format, IReadOnlyList<Row> Rows);

    private sealed record Row(IReadOnlyList<double> Runs, double Mean, double Low, double High);

    /// <summary>A figure with a value of each run.</summary>
    /// <param name="name">Its name, with its unit.</param>
    /// <param name="format">Of the numbers at its axis.</param>
    /// <param name="runs">By condition; what is no number is left out.</param>
    public ConditionChart Figure(string name, string format, IEnumerable<IEnumerable<double>> runs)
    {
        _columns.Add(new Column(name, format, [.. runs.Select(values =>
        {
            double[] known = [.. values.Where(double.IsFinite)];
            var spread = MeanInterval.Of(known);
            double half = double.IsNaN(spread.HalfWidth) ? 0 : spread.HalfWidth;
            return new Row(known, spread.Mean, spread.Mean - half, spread.Mean + half);
        })]));
        return this;
    }

    /// <summary>The share of the runs that went well, in percent.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="counts">By condition.</param>
    public ConditionChart Share(string name, IEnumerable<(int Well, int All)> counts)
    {
        _columns.Add(new Column(name, "0", [.. counts.Select(count =>
        {
            var interval = ShareInterval.Of(count.Well, count.All);
            return new Row([], 100.0 * count.Well / count.All, 100 * interval.Low, 100 * interval.High);
        })]));
        return this;
    }

    /// <summary>The SVG.</summary>
    public string Render()
    {
        Column[] columns = [.. _columns.Where(column => column.Rows.Any(row => double.IsFinite(row.Mean)))];
        double plot = RowHeight * names.Count, height = Top + plot + Bottom;
        double width = (Width - Names - 10 - Gap * (columns.Length - 1)) / Math.Max(1, columns.Length);
        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height:0}\" font-family=\"sans-serif\" " +
            $"font-size=\"12\">\n<text x=\"0\" y=\"20\" font-weight=\"bold\" fill=\"{Palette.Ink}\">{HtmlPage.Escape(title)}</text>\n");
        for (int i = 0; i < names.Count; i++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Names - 10}\" y=\"{Middle(i) + 4:0.0}\" text-anchor=\"end\" " +
                $"fill=\"{Palette.Ink}\">{HtmlPage.Escape(names[i])}</text>\n");
        }

        for (int i = 0; i < columns.Length; i++)
        {
            Draw(svg, columns[i], Names + i * (width + Gap), width, plot);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Draw(StringBuilder svg, Column column, double left, double width, double plot)
    {
        // Runs set the scale, or a share's ends: the interval of a few runs that fell can be a hundred times as wide, and is cut.
        double[] all = [.. column.Rows.SelectMany(row => row.Runs.Count > 0 ? row.Runs : [row.Low, row.High]).Where(double.IsFinite)];
        (double low, double high) = (all.Min(), all.Max());
        double room = Math.Max(0.06 * (high - low), 1e-3 * Math.Max(1e-6, Math.Abs(high)));
        (low, high) = (low - room, high + room);
        double X(double value) => left + Math.Clamp((value - low) / (high - low), 0, 1) * width;
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left + width / 2:0.0}\" y=\"46\" text-anchor=\"middle\" " +
            $"fill=\"{Palette.Ink}\">{HtmlPage.Escape(column.Name)}</text>\n<rect x=\"{left:0.0}\" y=\"{Top}\" width=\"{width:0.0}\" " +
            $"height=\"{plot:0.0}\" fill=\"{Palette.Plot}\" stroke=\"{Palette.Frame}\"/>\n");
        foreach (double end in (double[])[all.Min(), all.Max()])
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(end):0.0}\" y=\"{Top + plot + 16:0.0}\" " +
                $"text-anchor=\"{(end == all.Min() ? "start" : "end")}\" fill=\"{Palette.Soft}\">" +
                $"{end.ToString(column.Format, CultureInfo.InvariantCulture)}</text>\n");
            if (all.Min() == all.Max())
            {
                break;
            }
        }

        for (int i = 0; i < column.Rows.Count; i++)
        {
            Row row = column.Rows[i];
            for (int run = 0; run < row.Runs.Count; run++)
            {
                // Runs of one value lie beside each other and not on each other.
                double y = Middle(i) + 4 + 7 * ((run * 0.618 % 1) - 0.5);
                svg.Append(CultureInfo.InvariantCulture,
                    $"<circle cx=\"{X(row.Runs[run]):0.0}\" cy=\"{y:0.0}\" r=\"2\" fill=\"{Palette.Blue}\" fill-opacity=\"0.4\"/>");
            }

            if (double.IsFinite(row.Mean))
            {
                svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{X(row.Low):0.0} {Middle(i) - 10:0.0}v8m0 -4H{X(row.High):0.0}m0 " +
                    $"-4v8\" stroke=\"{Palette.Ink}\" fill=\"none\"/><circle class=\"mean\" cx=\"{X(row.Mean):0.0}\" " +
                    $"cy=\"{Middle(i) - 6:0.0}\" r=\"3.5\" fill=\"{Palette.Orange}\"/>\n");
            }
        }
    }

    private static double Middle(int row) => Top + (row + 0.5) * RowHeight;
}
