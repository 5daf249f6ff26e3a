using System.Globalization;
using System.Text;

namespace Ganglion.Lab.Pictures;

/// <summary>
/// Panels over one common time axis, drawn as one SVG from top to bottom: lines, dots, and marks where a new window begins. Coordinates
/// are those of the data; every panel has its own vertical range.
/// </summary>
public sealed class TimeChart
{
    private const double Width = 980, Left = 70, Right = 20, Gap = 34, Top = 26;

    private readonly StringBuilder _body = new();
    private readonly double _last;
    private readonly int _window;
    private double _y = Top, _height, _low, _high;

    /// <param name="steps">Number of steps on the time axis, at least 2.</param>
    /// <param name="window">Steps per window, for the marks.</param>
    public TimeChart(int steps, int window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        (_last, _window) = (steps - 1, window);
    }

    /// <summary>Begins the next panel.</summary>
    /// <param name="title">What it shows, with the unit.</param>
    /// <param name="height">Its height, pixels.</param>
    /// <param name="low">Value at its lower edge.</param>
    /// <param name="high">Value at its upper edge; may be the smaller one.</param>
    public void Panel(string title, double height, double low, double high)
    {
        if (low == high)
        {
            throw new ArgumentException($"a panel from {low} to {high} has no height");
        }

        if (_height > 0)
        {
            _y += _height + Gap;
        }

        (_height, _low, _high) = (height, low, high);
        _body.Append($"<text x=\"{Left}\" y=\"{_y - 7:0.0}\" font-weight=\"bold\" fill=\"{Palette.Ink}\">" +
            $"{HtmlPage.Escape(title)}</text>\n");
        var marks = new StringBuilder();
        for (int step = 0; step <= _last; step += _window)
        {
            marks.Append($"M{X(step):0.0} {_y:0.0}v{height:0.0}");
        }

        _body.Append($"<path d=\"{marks}\" stroke=\"{Palette.Grid}\" fill=\"none\"/>\n<rect x=\"{Left}\" y=\"{_y:0.0}\" " +
            $"width=\"{Width - Left - Right}\" height=\"{height}\" fill=\"none\" stroke=\"{Palette.Frame}\"/>\n");
        string precision = Math.Abs(high - low) switch { >= 100 => "0", >= 10 => "0.#", _ => "0.##" };
        foreach (double value in (double[])[low, (low + high) / 2, high])
        {
            _body.Append($"<text x=\"{Left - 6}\" y=\"{Y(value) + 4:0.0}\" text-anchor=\"end\" " +
                $"fill=\"{Palette.Soft}\">{value.ToString(precision, CultureInfo.InvariantCulture)}</text>\n");
        }
    }

    /// <summary>Steps of every window set off by colour, over the whole height of the panel.</summary>
    /// <param name="from">First step within the window.</param>
    /// <param name="to">The step after the last.</param>
    /// <param name="colour">CSS colour.</param>
    public void Shade(int from, int to, string colour)
    {
        for (int start = 0; start <= _last; start += _window)
        {
            double left = X(start + from - 0.5), right = Math.Min(X(start + to - 0.5), Width - Right);
            _body.Append($"<rect x=\"{left:0.0}\" y=\"{_y:0.0}\" width=\"{right - left:0.0}\" height=\"{_height}\" " +
                $"fill=\"{colour}\" fill-opacity=\"0.12\"/>\n");
        }
    }

    /// <summary>An upright line at the first step of every window.</summary>
    public void Rule(string colour)
    {
        var path = new StringBuilder();
        for (int start = 0; start <= _last; start += _window)
        {
            path.Append($"M{X(start):0.0} {_y:0.0}v{_height:0.0}");
        }

        _body.Append($"<path d=\"{path}\" stroke=\"{colour}\" stroke-opacity=\"0.6\" fill=\"none\"/>\n");
    }

    /// <summary>A line through one value a step; NaN leaves a gap.</summary>
    /// <param name="values">At most one value a step, from step 0.</param>
    /// <param name="colour">CSS colour.</param>
    /// <param name="thickness">Pixels.</param>
    /// <param name="opacity">0..1.</param>
    public void Line(IReadOnlyList<double> values, string colour, double thickness = 1.2, double opacity = 1)
    {
        var path = new StringBuilder();
        bool down = false;
        for (int step = 0; step < values.Count; step++)
        {
            if (double.IsNaN(values[step]))
            {
                down = false;
                continue;
            }

            path.Append($"{(down ? 'L' : 'M')}{X(step):0.0} {Y(values[step]):0.0}");
            down = true;
        }

        _body.Append($"<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{thickness}\" " +
            $"stroke-opacity=\"{opacity}\" stroke-linejoin=\"round\"/>\n");
    }

    /// <summary>Short upright strokes, one an event.</summary>
    public void Ticks(IEnumerable<(int Step, double Value)> events, string colour, double length)
    {
        var path = new StringBuilder();
        foreach ((int step, double value) in events)
        {
            path.Append($"M{X(step):0.0} {Y(value) - length / 2:0.0}v{length:0.0}");
        }

        _body.Append($"<path d=\"{path}\" stroke=\"{colour}\" stroke-width=\"1.6\" fill=\"none\"/>\n");
    }

    /// <summary>Names of lines in the panel's upper right corner.</summary>
    public void Legend(params (string Name, string Colour)[] entries)
    {
        double x = Width - Right;
        foreach ((string name, string colour) in entries.Reverse())
        {
            _body.Append($"<text x=\"{x:0.0}\" y=\"{_y - 7:0.0}\" text-anchor=\"end\" " +
                $"fill=\"{colour}\">{HtmlPage.Escape(name)}</text>\n");
            x -= 7.2 * name.Length + 14;
        }
    }

    /// <summary>The finished picture.</summary>
    /// <param name="axis">Name of the time axis.</param>
    public string Render(string axis)
    {
        double bottom = _y + _height;
        var numbers = new StringBuilder();
        int every = Math.Max(1, (int)Math.Ceiling(_last / _window / 25));
        for (int window = 0; window * _window <= _last; window += every)
        {
            numbers.Append($"<text x=\"{X(window * _window):0.0}\" y=\"{bottom + 15:0.0}\" fill=\"{Palette.Soft}\">{window + 1}</text>\n");
        }

        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {bottom + 40:0}\" font-family=\"sans-serif\" " +
            $"font-size=\"12\">\n{_body}{numbers}<text x=\"{Left}\" y=\"{bottom + 32:0.0}\" fill=\"{Palette.Soft}\">" +
            $"{HtmlPage.Escape(axis)}</text>\n</svg>\n";
    }

    private double X(double step) => Left + (Width - Left - Right) * step / _last;

    private double Y(double value) => _y + _height * (1 - Math.Clamp((value - _low) / (_high - _low), 0, 1));
}
