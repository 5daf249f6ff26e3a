using System.Globalization;
using System.Text;
using Ganglion.Lab.Pictures;
using Ganglion.Lab.Validation;

namespace Ganglion.Lab.Reports.Pendulum;

/// <summary>Drawings of the page that are no charts.</summary>
internal static class PendulumDrawings
{
    /// <summary>Figure 1: the leg and its letters.</summary>
    public static string Leg() => $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 980 300" font-family="sans-serif" font-size="13">
        <text x="76" y="20" font-weight="bold" fill="{Palette.Ink}">Figure 1: double pendulum, 2-DOF</text>
        <path d="M120 60H300" stroke="{Palette.Frame}" stroke-width="3"/>
        <path d="M210 60V270M270 180V270" stroke="{Palette.Rule}" stroke-dasharray="5 4"/>
        <path d="M210 60L270 180" stroke="{Palette.DarkBlue}" stroke-width="8" stroke-linecap="round"/>
        <path d="M270 180L345 255" stroke="{Palette.Orange}" stroke-width="8" stroke-linecap="round"/>
        <circle cx="210" cy="60" r="6" fill="{Palette.Ink}"/><circle cx="270" cy="180" r="6" fill="{Palette.Ink}"/>
        <path d="M210 120A60 60 0 0 0 237 114" fill="none" stroke="{Palette.Ink}"/>
        <path d="M270 235A55 55 0 0 0 309 219" fill="none" stroke="{Palette.Ink}"/>
        <text x="222" y="137" fill="{Palette.Ink}">θ1</text><text x="287" y="251" fill="{Palette.Ink}">θ2</text>
        <g fill="{Palette.Soft}"><text x="390" y="80">upper rod: 30 kg, half length 4 m; shoulder damped by 10 N m s</text>
        <text x="390" y="104">lower rod: 15 kg, half length 3 m; elbow damped by 10 N m s</text>
        <text x="390" y="128">both angles from straight down, against the room; gravity 9.8 m/s²</text>
        <text x="390" y="152">a pair of muscles at shoulder and elbow: moment = gain (max(v+, 0) - max(v-, 0))</text></g>
        </svg>

        """;

    /// <summary>Figure 3: who is connected to whom.</summary>
    public static string Flow()
    {
        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 980 330\" font-family=\"sans-serif\" font-size=\"13\">\n" +
            $"<defs><marker id=\"tip\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">" +
            $"<path d=\"M0 0L10 5L0 10z\" fill=\"{Palette.Ink}\"/></marker></defs><text x=\"76\" y=\"20\" font-weight=\"bold\" " +
            $"fill=\"{Palette.Ink}\">Figure 3: flow diagram: two half-centers and a double pendulum</text>\n");
        foreach ((string joint, double y, string colour, int cell) in new[] { ("shoulder", 90.0, Palette.DarkBlue, 1), ("elbow", 230.0,
            Palette.Orange, 3) })
        {
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"170\" cy=\"{y - 30}\" r=\"24\" fill=\"none\" stroke=\"{colour}\" " +
                $"stroke-width=\"2\"/><text x=\"170\" y=\"{y - 26}\" text-anchor=\"middle\" fill=\"{Palette.Ink}\">{cell}</text>" +
                $"<circle cx=\"170\" cy=\"{y + 40}\" r=\"24\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/><text x=\"170\" " +
                $"y=\"{y + 44}\" text-anchor=\"middle\" fill=\"{Palette.Ink}\">{cell + 1}</text>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M160 {y - 6}V{y + 12}M180 {y + 16}V{y - 2}\" stroke=\"{Palette.Ink}\"/>" +
                $"<circle cx=\"160\" cy=\"{y + 14}\" r=\"4\" fill=\"{Palette.Ink}\"/><circle cx=\"180\" cy=\"{y - 4}\" r=\"4\" " +
                $"fill=\"{Palette.Ink}\"/><text x=\"86\" y=\"{y + 9}\" text-anchor=\"middle\" fill=\"{Palette.Soft}\">inhibit</text>\n");
            Box(svg, 300, y - 20, 170, $"{joint}: rectify, amplify");
            Box(svg, 580, y - 20, 170, joint == "shoulder" ? "upper rod" : "lower rod");
            Arrow(svg, $"M194 {y - 30}L296 {y - 4}");
            Arrow(svg, $"M194 {y + 40}L296 {y + 14}");
            Arrow(svg, $"M470 {y + 4}H576");
            Arrow(svg, $"M750 {y + 4}H850V{y + 78}H170V{y + 68}");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"510\" y=\"{y + 72}\" text-anchor=\"middle\" fill=\"{Palette.Soft}\">" +
                $"± q tanh(lam θ)</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>Figure 3 of the other paper: a digit, the share of each class at each step, and spikes.</summary>
    public static string Digit(DigitPrediction digit)
    {
        const double Left = 330, Top = 40, Width = 610, Height = 190, Pixel = 8;
        int steps = digit.Shares.Length;
        string[] colours = [Palette.Grey, Palette.LightBlue, Palette.Violet, Palette.Brown, Palette.Blue, Palette.Green, Palette.DarkBlue,
            Palette.Frame, Palette.Soft, Palette.Orange];
        double X(int step) => Left + Width * step / (steps - 1);
        double Y(double share) => Top + Height * (1 - share);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 980 340\" " +
            $"font-family=\"sans-serif\" font-size=\"12\">\n<text x=\"46\" y=\"24\" font-weight=\"bold\" fill=\"{Palette.Ink}\">" +
            $"a {digit.Label}</text><text x=\"{Left}\" y=\"24\" font-weight=\"bold\" fill=\"{Palette.Ink}\">share of each class, step " +
            $"by step</text>\n<rect x=\"46\" y=\"{Top}\" width=\"{Pixel * digit.Side}\" height=\"{Pixel * digit.Side}\" fill=\"#000\"/>\n");
        for (int i = 0; i < digit.Pixels.Length; i++)
        {
            if (digit.Pixels[i] > 0.02)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{46 + Pixel * (i % digit.Side)}\" " +
                    $"y=\"{Top + Pixel * (i / digit.Side)}\" " +
                    $"width=\"{Pixel}\" height=\"{Pixel}\" fill=\"#fff\" fill-opacity=\"{digit.Pixels[i]:0.00}\"/>");
            }
        }

        svg.Append(CultureInfo.InvariantCulture, $"\n<rect x=\"{Left}\" y=\"{Top}\" width=\"{Width}\" height=\"{Height}\" " +
            $"fill=\"{Palette.Plot}\" stroke=\"{Palette.Frame}\"/>\n");
        for (int k = 0; k < colours.Length; k++)
        {
            string points = string.Join(' ', digit.Shares.Select((shares, t) => string.Create(CultureInfo.InvariantCulture,
                $"{X(t):0.0},{Y(shares[k]):0.0}")));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{colours[k]}\" " +
                $"stroke-width=\"{(k == digit.Label ? 3 : 1.3)}\"/><text x=\"{Left + Width + 8}\" y=\"{Top + 12 + 18 * k}\" " +
                $"fill=\"{colours[k]}\">{k}</text>\n");
        }

        double most = Math.Max(1, digit.Spikes.Max());
        svg.Append($"<text x=\"{Left}\" y=\"256\" fill=\"{Palette.Soft}\">spikes of all neurons</text>\n");
        for (int t = 0; t < steps; t++)
        {
            double height = 46 * digit.Spikes[t] / most;
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{X(t) - 8:0.0}\" y=\"{310 - height:0.0}\" width=\"16\" " +
                $"height=\"{height:0.0}\" fill=\"{Palette.DarkBlue}\"/><text x=\"{X(t):0.0}\" y=\"326\" text-anchor=\"middle\" " +
                $"fill=\"{Palette.Soft}\">{t + 1}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Box(StringBuilder svg, double x, double y, double width, string text) =>
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"48\" rx=\"6\" " +
            $"fill=\"{Palette.Plot}\" stroke=\"{Palette.Frame}\"/><text x=\"{x + width / 2}\" y=\"{y + 29}\" text-anchor=\"middle\" " +
            $"fill=\"{Palette.Ink}\">{text}</text>\n");

    private static void Arrow(StringBuilder svg, string path) =>
        svg.Append($"<path d=\"{path}\" fill=\"none\" stroke=\"{Palette.Ink}\" marker-end=\"url(#tip)\"/>\n");
}
