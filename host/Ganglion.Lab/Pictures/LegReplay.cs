using System.Globalization;
using System.Text;
using Ganglion.Rhythm.Pendulum;

namespace Ganglion.Lab.Pictures;

/// <summary>The leg of the pendulum paper as its own animation shows it (across -10 to 10, up -20 to 5), as an SVG that a browser plays; a
/// muscle is lit while its cell fires.</summary>
public static class LegReplay
{
    private const double Scale = 17, Left = -10, Right = 10, Low = -20, High = 5, FramesPerSecond = 20, Width = 980, Above = 34;
    private const double Lamps = 660;

    /// <summary>Draws a part of a run.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="run">The run.</param>
    /// <param name="from">Where the film begins, s.</param>
    /// <param name="seconds">Its length, s.</param>
    public static string Render(string title, HalfCenterLegRun run, double from, double seconds)
    {
        int frames = (int)(seconds * FramesPerSecond), first = (int)(from / run.Options.Step);
        int every = (int)Math.Round(1 / (FramesPerSecond * run.Options.Step));
        LegState[] states = [.. Enumerable.Range(0, frames).Select(f => run.Leg.State(Math.Min(run.Leg.Count - 1, first + f * every)))];
        double height = Above + Scale * (High - Low) + 30;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height:0}\" " +
            $"font-family=\"sans-serif\" font-size=\"12\">\n<text x=\"76\" y=\"20\" font-weight=\"bold\" fill=\"{Palette.Ink}\">" +
            $"{HtmlPage.Escape(title)}</text>\n<rect x=\"{X(Left):0.0}\" y=\"{Above}\" width=\"{Scale * (Right - Left):0.0}\" " +
            $"height=\"{Scale * (High - Low):0.0}\" fill=\"{Palette.Plot}\" stroke=\"{Palette.Frame}\"/>\n");
        for (int tick = (int)Left; tick <= Right; tick += 5)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(tick):0.0}\" y=\"{Y(Low) + 16:0.0}\" text-anchor=\"middle\" " +
                $"fill=\"{Palette.Soft}\">{tick}</text>\n");
        }

        for (int tick = (int)Low; tick <= High; tick += 5)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(Left) - 6:0.0}\" y=\"{Y(tick) + 4:0.0}\" text-anchor=\"end\" " +
                $"fill=\"{Palette.Soft}\">{tick}</text>\n");
        }

        LegBody body = run.Options.Body;
        Rod(svg, [.. states.Select(state => $"{Point(0, 0)} {Elbow(body, state)}")], Palette.DarkBlue, seconds);
        Rod(svg, [.. states.Select(state => $"{Elbow(body, state)} {Foot(body, state)}")], Palette.Orange, seconds);
        svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(0):0.0}\" cy=\"{Y(0):0.0}\" r=\"5\" fill=\"{Palette.Ink}\"/>\n");
        Lights(svg, run, from, frames, seconds);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Rod(StringBuilder svg, string[] shapes, string colour, double seconds) =>
        svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{shapes[0]}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"7\" " +
            $"stroke-linecap=\"round\"><animate attributeName=\"points\" dur=\"{seconds:0.00}s\" repeatCount=\"indefinite\" " +
            $"calcMode=\"discrete\" values=\"{string.Join(';', shapes)}\"/></polyline>\n");

    // A lamp a muscle, beside the leg.
    private static void Lights(StringBuilder svg, HalfCenterLegRun run, double from, int frames, double seconds)
    {
        string[] names = ["shoulder, forward", "shoulder, back", "elbow, forward", "elbow, back"];
        for (int cell = 0; cell < names.Length; cell++)
        {
            int[] spikes = new int[frames];
            foreach (double time in run.Spikes(cell))
            {
                int frame = (int)((time - from) * FramesPerSecond);
                if (time >= from && frame < frames)
                {
                    spikes[frame]++;
                }
            }

            // A spike lights its lamp for a fifth of a second.
            string[] light = [.. Enumerable.Range(0, frames).Select(f =>
                Enumerable.Range(Math.Max(0, f - 3), Math.Min(4, f + 1)).Any(g => spikes[g] > 0) ? "1" : "0.12")];
            double y = Above + 60 + 44 * cell + (cell < 2 ? 0 : 30);
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{Lamps}\" cy=\"{y:0}\" r=\"13\" " +
                $"fill=\"{(cell < 2 ? Palette.DarkBlue : Palette.Orange)}\" opacity=\"{light[0]}\"><animate attributeName=\"opacity\" " +
                $"dur=\"{seconds:0.00}s\" repeatCount=\"indefinite\" calcMode=\"discrete\" " +
                $"values=\"{string.Join(';', light)}\"/></circle>" +
                $"<text x=\"{Lamps + 24}\" y=\"{y + 4:0}\" fill=\"{Palette.Ink}\">{names[cell]}</text>\n");
        }
    }

    private static string Elbow(LegBody body, LegState state) =>
        Point(body.Reach * Math.Sin(state.Upper), -body.Reach * Math.Cos(state.Upper));

    private static string Foot(LegBody body, LegState state) => Point(
        body.Reach * Math.Sin(state.Upper) + 2 * body.LowerHalfLength * Math.Sin(state.Lower),
        -body.Reach * Math.Cos(state.Upper) - 2 * body.LowerHalfLength * Math.Cos(state.Lower));

    private static string Point(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"{X(x):0.0},{Y(y):0.0}");

    private static double X(double x) => 150 + Scale * (x - Left);

    private static double Y(double y) => Above + Scale * (High - y);
}
