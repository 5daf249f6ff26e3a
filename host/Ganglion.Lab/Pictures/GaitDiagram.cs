using System.Text;
using Ganglion.Robots.Rhythms;

namespace Ganglion.Lab.Pictures;

/// <summary>When each limb stands, as Hildebrand draws gaits: a bar a stance, a row a limb, a panel a gait.</summary>
public sealed class GaitDiagram
{
    private const double Width = 980, Left = 76, Right = 20, Row = 16, Gap = 30;

    private readonly StringBuilder _body = new();
    private double _y = 8;

    /// <summary>Adds a panel.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="times">Times of the samples [s], rising.</param>
    /// <param name="stands">By limb and sample, whether it stands.</param>
    public GaitDiagram Add(string title, double[] times, bool[][] stands)
    {
        _body.Append($"<text x=\"{Left}\" y=\"{_y + 12:0.0}\" font-weight=\"bold\" fill=\"{Palette.Ink}\">{HtmlPage.Escape(title)}" +
            "</text>\n");
        _y += 20;
        double first = times[0], span = Math.Max(1e-9, times[^1] - first);
        double X(int k) => Left + (Width - Left - Right) * (times[k] - first) / span;
        for (int limb = 0; limb < stands.Length; limb++, _y += Row)
        {
            _body.Append($"<text x=\"{Left - 8}\" y=\"{_y + 12:0.0}\" text-anchor=\"end\" fill=\"{Palette.Soft}\">" +
                $"{HtmlPage.Escape(limb < LimbGait.Limbs.Length ? LimbGait.Limbs[limb] : $"{limb}")}</text>\n");
            for (int k = 0, from = -1; k < times.Length; k++)
            {
                from = stands[limb][k] && from < 0 ? k : from;
                if (from >= 0 && (!stands[limb][k] || k == times.Length - 1))
                {
                    _body.Append($"<rect x=\"{X(from):0.0}\" y=\"{_y + 2:0.0}\" width=\"{X(k) - X(from):0.0}\" height=\"{Row - 4}\" " +
                        $"fill=\"{Palette.Series[limb % Palette.Series.Length]}\"/>\n");
                    from = -1;
                }
            }
        }

        Axis axis = new(first, times[^1], logarithmic: false);
        foreach (double tick in axis.Ticks())
        {
            _body.Append($"<text x=\"{Left + (Width - Left - Right) * axis.Place(tick):0.0}\" y=\"{_y + 14:0.0}\" text-anchor=\"middle\" " +
                $"fill=\"{Palette.Soft}\">{FormattableString.Invariant($"{tick:0.##}")} s</text>\n");
        }

        _y += Gap;
        return this;
    }

    /// <summary>The SVG.</summary>
    public string Render() => $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {_y:0}\" font-family=\"sans-serif\" " +
        $"font-size=\"12\">\n<rect width=\"{Width}\" height=\"{_y:0}\" fill=\"{Palette.Plot}\"/>\n{_body}</svg>\n";
}
