using System.Globalization;
using System.Text;
using Ganglion.Robots.Wiring;

namespace Ganglion.Lab.Pictures.Wiring;

/// <summary>A harness as an SVG: parts with their pins, nets by number and colour, and the list of nets with wire and fuse.</summary>
public static class WiringPicture
{
    private const double RowHeight = 19;

    /// <summary>Draws a harness.</summary>
    /// <param name="harness">What is drawn.</param>
    /// <param name="madeBy">A line at the foot.</param>
    public static string Render(Harness harness, string madeBy)
    {
        var layout = new WiringLayout(harness);
        var budget = PowerBudget.Of(harness);
        Rail[] rails = [.. harness.Nets.Select(net => net.Rail).Distinct().Order()];
        int half = (harness.Nets.Length + 1) / 2;
        double listTop = layout.Bottom + 30, legendTop = listTop + RowHeight * (half + 2),
            height = legendTop + RowHeight * ((rails.Length + 1) / 2 + 3);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {layout.Width:0.#} " +
            $"{height:0.#}\" " +
            $"font-family=\"sans-serif\" font-size=\"13\">\n<rect width=\"100%\" height=\"100%\" fill=\"{Palette.Plot}\"/>\n");
        Text(svg, WiringLayout.Margin, 26, $"{harness.Wiring.About}, for {harness.Robot.Name}", 17, bold: true);
        Text(svg, WiringLayout.Margin, 46, "A dot joins. Wires without a dot cross only. Numbers are nets, listed " +
            "below.", colour: Palette.Soft);
        Lanes(svg, harness, layout);
        foreach ((int part, double x, double y, double boxHeight) in layout.Boxes)
        {
            Box(svg, harness, layout, part, x, y, boxHeight);
        }

        Text(svg, WiringLayout.Margin, listTop, "Nets", 15, bold: true);
        for (int i = 0; i < harness.Nets.Length; i++)
        {
            double column = (layout.Width - 2 * WiringLayout.Margin) / 2, x = WiringLayout.Margin + (i / half) * column;
            double y = listTop + RowHeight * (i % half + 1);
            Circle(svg, x + 10, y - 4, i, harness.Nets[i].Rail);
            Text(svg, x + 26, y, Words(harness.Nets[i], budget[i]));
        }

        Text(svg, WiringLayout.Margin, legendTop, "Colours", 15, bold: true);
        for (int i = 0; i < rails.Length; i++)
        {
            (string colour, string meaning) = RailColours.Of(rails[i]);
            double x = WiringLayout.Margin + i % 2 * (layout.Width / 2 - WiringLayout.Margin), y = legendTop + RowHeight * (i / 2 + 1);
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x:0.#} {y - 4:0.#}h40\" stroke=\"{colour}\" stroke-width=\"4\"/>\n");
            Text(svg, x + 50, y, meaning);
        }

        Text(svg, WiringLayout.Margin, height - 10, madeBy, 11, colour: Palette.Soft);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Lanes(StringBuilder svg, Harness harness, WiringLayout layout)
    {
        for (int net = 0; net < harness.Nets.Length; net++)
        {
            PlacedNet drawn = harness.Nets[net];
            double lane = layout.Lane(net);
            double[] heights = [.. drawn.Pins.Select(layout.Of).Order()];
            string colour = RailColours.Of(drawn.Rail).Colour;
            double width = drawn.Rail.IsPower() || drawn.Rail is Rail.Ground or Rail.Mains ? 2.6 : 1.6;
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{lane:0.#} {heights[0]:0.#}V{heights[^1]:0.#}");
            foreach (PlacedPin pin in drawn.Pins)
            {
                double edge = harness.Parts[pin.Part].Drawn.Right ? layout.Right : layout.Left;
                svg.Append(CultureInfo.InvariantCulture, $"M{edge:0.#} {layout.Of(pin):0.#}H{lane:0.#}");
            }

            svg.Append(CultureInfo.InvariantCulture, $"\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"/>\n");
            foreach (PlacedPin pin in drawn.Pins)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{lane:0.#}\" cy=\"{layout.Of(pin):0.#}\" r=\"3.4\" " +
                    $"fill=\"{colour}\"/>\n");
            }
        }
    }

    private static void Box(StringBuilder svg, Harness harness, WiringLayout layout, int index, double x, double y, double height)
    {
        PlacedPart part = harness.Parts[index];
        bool right = part.Drawn.Right;
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{WiringLayout.BoxWidth}\" " +
            $"height=\"{height:0.#}\" " +
            $"rx=\"5\" fill=\"{Palette.Page}\" stroke=\"{Palette.Frame}\"/>\n");
        Text(svg, x + 10, y + 17, (part.Count > 1 ? $"{part.Count} x " : "") + part.Id + (part.Chip is { } chip ? $"  " +
            $"0x{chip.Address:x2}" : ""),
            bold: true);
        Text(svg, x + 10, y + 33, part.Type.Name, 12, colour: Palette.Soft);
        foreach (string name in part.Type.Pins.Select(pin => pin.Name))
        {
            var pin = new PlacedPin(index, name);
            double middle = layout.Of(pin), edge = right ? x : x + WiringLayout.BoxWidth;
            int? net = harness.NetOf(pin);
            string note = harness.Wiring.Unused.Any(unused => unused.Part == part.Drawn.Id && unused.Pin == name) ? $"{name} (open)" : name;
            Text(svg, edge + (right ? 36 : -36), middle + 4, note, anchor: right ? "start" : "end");
            if (net is { } joined)
            {
                Circle(svg, edge + (right ? 18 : -18), middle, joined, harness.Nets[joined].Rail);
            }
        }
    }

    private static string Words(PlacedNet net, BudgetLine? line)
    {
        string wire = net.Rail switch
        {
            Rail.Usb => "USB cable",
            Rail.Air => "hose 6 mm",
            Rail.Mains => "mains cord",
            Rail.Ground => "beside each supply wire and signal, as thick",
            _ => string.Create(CultureInfo.InvariantCulture, $"{1e6 * (line?.Section ?? WireTable.SignalSection):0.##} " +
                $"mm2{(line?.Branch.Bundle > 1 ? " each" : "")}"),
        };
        string fuse = line?.Fuse is { } rating ? string.Create(CultureInfo.InvariantCulture, $", fuse {rating:0.#} A") : "";
        string load = line == null ? "" : string.Create(CultureInfo.InvariantCulture,
            $"; {line.Branch.Current.Moving:0.0##} A, stalled {line.Branch.Current.Stall:0.0##}{fuse}");
        return $"{net.Name}: {wire}{load}";
    }

    private static void Circle(StringBuilder svg, double x, double y, int net, Rail rail)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x - 11:0.#}\" y=\"{y - 8:0.#}\" width=\"22\" height=\"16\" rx=\"8\" " +
            $"fill=\"{Palette.Plot}\" stroke=\"{RailColours.Of(rail).Colour}\" stroke-width=\"1.6\"/>\n");
        Text(svg, x, y + 4, $"{net + 1}", 11, anchor: "middle");
    }

    private static void Text(StringBuilder svg, double x, double y, string text, double size = 13, bool bold = false,
        string colour = Palette.Ink, string anchor = "start") =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" font-size=\"{size}\" text-anchor=\"{anchor}\" " +
            $"fill=\"{colour}\"" +
            $"{(bold ? " font-weight=\"bold\"" : "")}>{HtmlPage.Escape(text)}</text>\n");
}
