using System.Globalization;
using System.Text;
using Ganglion.Shared.Safety;

namespace Ganglion.Lab.Pictures.States;

/// <summary>The states of a board and what leads from one to another, as an SVG.</summary>
public static class StatePicture
{
    private const double BoxWidth = 190, BoxHeight = 62, RowHeight = 20, ListTop = 580;

    // So placed that no straight line from box to box passes a third one.
    private static readonly (byte State, string Name, string Outputs, double X, double Y)[] Boxes =
    [
        (BoardState.Boot, "boot", "outputs off", 130, 110),
        (BoardState.Idle, "idle", "outputs off", 130, 300),
        (BoardState.Armed, "armed", "outputs on, at rest", 440, 120),
        (BoardState.Running, "running", "outputs on, moving", 860, 120),
        (BoardState.Hold, "hold", "outputs on, held", 740, 330),
        (BoardState.Safe, "safe", "release, hold or park; latched", 400, 500),
    ];

    /// <summary>Draws them.</summary>
    public static string Render()
    {
        IGrouping<(byte From, byte To), StateChange>[] arrows = [.. StateChanges.All().GroupBy(change => (change.From, change.To))];
        double height = ListTop + RowHeight * (arrows.Length + 5);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1000 {height}\" " +
            $"font-family=\"sans-serif\" " +
            $"font-size=\"14\">\n<defs><marker id=\"tip\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"8\" " +
            $"markerHeight=\"8\" orient=\"auto\">" +
            $"<path d=\"M0 0L10 5L0 10z\" fill=\"{Palette.Soft}\"/></marker></defs>\n<rect width=\"100%\" height=\"100%\" " +
            $"fill=\"{Palette.Plot}\"/>\n");
        Text(svg, 20, 30, "States of a board, and what leads from one to another", bold: true, anchor: "start");
        Text(svg, 20, 52, "Red ends in safe, which only Disarm leaves. A reset leads from anywhere to boot, with outputs " +
            "off.", Palette.Soft, "start");
        Segment[] segments = [.. arrows.Select(arrow => Between(arrow.Key.From, arrow.Key.To))];
        var labels = new List<(double X, double Y)>();
        for (int i = 0; i < arrows.Length; i++)
        {
            Segment line = segments[i];
            string colour = arrows[i].Key.To == BoardState.Safe ? Palette.Red : Palette.Soft;
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{line.At(0).X:0.#} {line.At(0).Y:0.#}L{line.At(1).X:0.#} " +
                $"{line.At(1).Y:0.#}\" stroke=\"{colour}\" stroke-width=\"1.6\" marker-end=\"url(#tip)\"/>\n");
            labels.Add(Enumerable.Range(0, 25).Select(step => line.At(0.2 + 0.025 * step)).MaxBy(place =>
                labels.Select(label => double.Hypot(label.X - place.X, label.Y - place.Y)).Append(40).Min()
                + 3 * segments.Where(other => other != line).Select(other => other.DistanceTo(place)).Append(16).Min()));
        }

        for (int i = 0; i < arrows.Length; i++)
        {
            Label(svg, labels[i].X, labels[i].Y, i + 1, arrows[i].Key.To);
        }

        foreach ((byte state, string name, string outputs, double x, double y) in Boxes)
        {
            string colour = state == BoardState.Safe ? Palette.Red : StateChanges.IsPowered(state) ? Palette.Green : Palette.Soft;
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x - BoxWidth / 2}\" y=\"{y - BoxHeight / 2}\" width=\"{BoxWidth}\" " +
                $"height=\"{BoxHeight}\" " +
                $"rx=\"8\" fill=\"{Palette.Page}\" stroke=\"{colour}\" stroke-width=\"2.4\"/>\n");
            Text(svg, x, y - 4, name, bold: true);
            Text(svg, x, y + 17, outputs, Palette.Soft, size: 12);
        }

        for (int i = 0; i < arrows.Length; i++)
        {
            double y = ListTop + RowHeight * (i + 1);
            Label(svg, 34, y - 5, i + 1, arrows[i].Key.To);
            Text(svg, 58, y, $"{Name(arrows[i].Key.From)} to {Name(arrows[i].Key.To)}: " +
                string.Join("; ", arrows[i].Select(change => change.Event)), anchor: "start");
        }

        double foot = ListTop + RowHeight * (arrows.Length + 2);
        Text(svg, 20, foot, "A walk's host that is silent is not safe at once: the feet come together first. What a fault of a walk " +
            "announces waits for that too.",
            Palette.Soft, "start", size: 12);
        Text(svg, 20, foot + RowHeight, "While a board moves by itself, its own timeout stands in the place of " +
            "safe_timeout_ms.", Palette.Soft, "start",
            size: 12);
        Text(svg, 20, foot + 2 * RowHeight, "Found by letting everything happen to the firmware's safety machine: ganglion export " +
            "states -o states.svg",
            Palette.Soft, "start", size: 12);
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>A line from box to box, a little to the right of the line between their centres, so that there and back are two.</summary>
    private static Segment Between(byte from, byte to)
    {
        (double fromX, double fromY) = Place(from);
        (double toX, double toY) = Place(to);
        double length = double.Hypot(toX - fromX, toY - fromY), x = (toX - fromX) / length, y = (toY - fromY) / length;
        (fromX, fromY, toX, toY) = (fromX - 9 * y, fromY + 9 * x, toX - 9 * y, toY + 9 * x);
        double start = Border(fromX, fromY, x, y, from) + 2, end = length - Border(toX, toY, -x, -y, to) - 3;
        return new Segment(fromX + start * x, fromY + start * y, (end - start) * x, (end - start) * y);
    }

    /// <summary>How far it is from a point in a box, in a direction, to where that leaves the box.</summary>
    private static double Border(double x, double y, double alongX, double alongY, byte state)
    {
        (double middleX, double middleY) = Place(state);
        return Math.Min(Way(x - middleX, alongX, BoxWidth / 2), Way(y - middleY, alongY, BoxHeight / 2));

        static double Way(double from, double along, double half) =>
            Math.Abs(along) < 1e-9 ? double.MaxValue : (Math.Sign(along) * half - from) / along;
    }

    private static (double X, double Y) Place(byte state) => Array.Find(Boxes, box => box.State == state) is var box ? (box.X,
        box.Y) : default;

    private static string Name(byte state) => Array.Find(Boxes, box => box.State == state).Name;

    private static void Label(StringBuilder svg, double x, double y, int number, byte to)
    {
        string colour = to == BoardState.Safe ? Palette.Red : Palette.Soft;
        svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"10\" fill=\"{Palette.Plot}\" " +
            $"stroke=\"{colour}\"/>\n");
        Text(svg, x, y + 4, $"{number}", size: 12);
    }

    private static void Text(StringBuilder svg, double x, double y, string text, string colour = Palette.Ink, string anchor = "middle",
        bool bold = false, double size = 14) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" font-size=\"{size}\" text-anchor=\"{anchor}\" " +
            $"fill=\"{colour}\"" +
            $"{(bold ? " font-weight=\"bold\"" : "")}>{HtmlPage.Escape(text)}</text>\n");

    /// <summary>A straight line, from a point along a vector.</summary>
    private sealed record Segment(double X, double Y, double AlongX, double AlongY)
    {
        public (double X, double Y) At(double part) => (X + part * AlongX, Y + part * AlongY);

        public double DistanceTo((double X, double Y) place)
        {
            double part = ((place.X - X) * AlongX + (place.Y - Y) * AlongY) / (AlongX * AlongX + AlongY * AlongY);
            (double x, double y) = At(Math.Clamp(part, 0, 1));
            return double.Hypot(place.X - x, place.Y - y);
        }
    }
}
