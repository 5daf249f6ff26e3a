using System.Globalization;
using System.Text;
using Ganglion.Lab.Pictures;
using Ganglion.Lab.Validation;

namespace Ganglion.Lab.Reports.Cpg;

/// <summary>Figure 3: a digit, the share of each class at each step, and spikes.</summary>
internal static class DigitDrawing
{
    public static string Render(DigitPrediction digit)
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
}
