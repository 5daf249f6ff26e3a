using System.Globalization;
using System.Text;
using Ganglion.Lab.Pictures;

namespace Ganglion.Lab.Reports.Cpg;

/// <summary>Drawings of the page that are no charts.</summary>
internal static class CpgDrawings
{
    /// <summary>Figure 1: who commands whom, as the paper's third section tells it.</summary>
    public static string Command() => new Diagram("Figure 1: who commands whom", 190)
        .Box(76, 60, 180, "higher centers", "a speed, a type of gait").Box(370, 60, 210, "pattern generator", "stable until the next " +
            "command")
        .Box(700, 60, 200, "muscles of the limbs", "flexor and extensor").Arrow("M256 90H366").Arrow("M580 90H696")
        .Box(370, 136, 210, "signals from the ground").Arrow("M800 120V156H584").Arrow("M475 136V124").Render();

    /// <summary>Figure 4: the chess clock's four neurons, as they are fitted and simulated here.</summary>
    public static string ChessClock()
    {
        var drawing = new Diagram("Figure 4: four leaky integrators, of which one a side runs", 330);
        foreach ((string side, int x) in new[] { ("left", 290), ("right", 690) })
        {
            drawing.Cell(x, 110, 34, "F", Palette.Orange).Cell(x, 250, 34, "E", Palette.Blue)
                .Text(x, 60, $"{side} flexor: swing", Palette.Ink, "middle").Text(x, 306, $"{side} extensor: stance", Palette.Ink, "middle")
                .Inhibits($"M{x - 12} 144V208").Inhibits($"M{x + 12} 216V152");
        }

        return drawing.Text(490, 322, "a clock that comes to 1 stops, and the other of its side starts", anchor: "middle")
            .Arrow("M326 100H650").Arrow("M654 120H330").Arrow("M326 240H650").Arrow("M654 260H330")
            .Arrow("M316 132L662 226").Arrow("M664 132L318 226")
            .Text(490, 92, "B_FF x (1 - x)", anchor: "middle").Text(490, 280, "B_EE x (1 - x)", anchor: "middle")
            .Text(490, 160, "B_FE, B_EF", anchor: "middle").Text(110, 100, "speed u").Arrow("M160 96L252 106").Arrow("M160 102L258 238")
            .Render();
    }

    /// <summary>How far apart two moments of the cycle are, for every two of them: dark is far.</summary>
    /// <param name="tables">Name and distances, [places][places].</param>
    public static string Distances(params (string Name, double[][] Distances)[] tables)
    {
        const double Top = 44, Size = 300, First = 120, Apart = 430;
        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 980 {Top + Size + 40}\" font-family=\"sans-serif\" " +
            "font-size=\"12\">\n");
        for (int t = 0; t < tables.Length; t++)
        {
            (string name, double[][] rows) = tables[t];
            double left = First + Apart * t, cell = Size / rows.Length, most = Math.Max(1e-12, rows.Max(row => row.Max()));
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left}\" y=\"24\" font-weight=\"bold\" fill=\"{Palette.Ink}\">" +
                $"{HtmlPage.Escape(name)}</text>\n<rect x=\"{left}\" y=\"{Top}\" width=\"{Size}\" height=\"{Size}\" " +
                $"fill=\"{Palette.Plot}\" stroke=\"{Palette.Frame}\"/>\n");
            for (int i = 0; i < rows.Length; i++)
            {
                for (int j = 0; j < rows.Length; j++)
                {
                    svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{left + cell * j:0.0}\" y=\"{Top + cell * i:0.0}\" " +
                        $"width=\"{cell:0.0}\" height=\"{cell:0.0}\" fill=\"{Palette.DarkBlue}\" " +
                        $"fill-opacity=\"{rows[i][j] / most:0.00}\"/>");
                }
            }

            svg.Append(CultureInfo.InvariantCulture, $"\n<text x=\"{left}\" y=\"{Top + Size + 16}\" fill=\"{Palette.Soft}\">place in the " +
                $"cycle, from the left swing's beginning on</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }
}
