using Ganglion.Robots.Wiring;

namespace Ganglion.Lab.Pictures.Wiring;

/// <summary>Where parts, pins and nets of a harness are drawn: boxes in two columns, pins on their inner sides, and between them a vertical
/// line a net. No wire passes a box, and no pin is as high as one of the other side.</summary>
internal sealed class WiringLayout
{
    public const double BoxWidth = 250, Pitch = 18, Head = 40, Gap = 16, Top = 60, LeastLane = 13, LeastWidth = 1040, Margin = 20,
        Stub = 34;

    private readonly Dictionary<PlacedPin, double> _pins = [];
    private readonly Harness _harness;
    private readonly double _lane;

    public WiringLayout(Harness harness)
    {
        _harness = harness;
        Left = Margin + BoxWidth;
        _lane = Math.Max(LeastLane, (LeastWidth - 2 * (Left + Stub)) / Math.Max(1, harness.Nets.Length - 1));
        Right = Left + 2 * Stub + _lane * (harness.Nets.Length - 1);
        Width = Right + BoxWidth + Margin;
        Boxes = [.. Column(false), .. Column(true)];
        Bottom = Boxes.Max(box => box.Y + box.Height) + 24;
    }

    /// <summary>Right side of the left boxes, and left side of the right ones.</summary>
    public double Left { get; }

    public double Right { get; }

    public double Width { get; }

    /// <summary>Below all boxes.</summary>
    public double Bottom { get; }

    /// <summary>Part and the upper left corner and height of its box.</summary>
    public IReadOnlyList<(int Part, double X, double Y, double Height)> Boxes { get; }

    /// <summary>Height of a pin.</summary>
    public double Of(PlacedPin pin) => _pins[pin];

    /// <summary>Place of a net's line.</summary>
    public double Lane(int net) => Left + Stub + _lane * net;

    private IEnumerable<(int Part, double X, double Y, double Height)> Column(bool right)
    {
        double y = right ? Top + Pitch / 2 : Top;
        foreach (int part in Enumerable.Range(0, _harness.Parts.Length).Where(part => _harness.Parts[part].Drawn.Right == right)
            .OrderBy(part => _harness.Parts[part].Driver))
        {
            PlacedPart placed = _harness.Parts[part];
            int count = placed.Type.Pins.Length;
            for (int i = 0; i < count; i++)
            {
                _pins[new PlacedPin(part, placed.Type.Pins[i].Name)] = y + Head + Pitch * i + Pitch / 2;
            }

            // Whole pitches, so that pins of one side stay between those of the other.
            double height = Head + Pitch * count + 5;
            yield return (part, right ? Right : Margin, y, height);
            y += Pitch * Math.Ceiling((height + Gap) / Pitch);
        }
    }
}
