using System.Globalization;

namespace Ganglion.Robots.Wiring;

/// <summary>What has to be bought for a harness.</summary>
public static class Material
{
    /// <summary>Parts, cables, and wire and hose in m, by the names of the price list.</summary>
    public static IEnumerable<(string Part, double Quantity)> Of(Harness harness) => Pieces(harness).GroupBy(piece => piece.Part)
        .Select(group => (group.Key, group.Sum(piece => piece.Quantity)));

    /// <summary>What a wire of a section is called.</summary>
    /// <param name="section">m2.</param>
    public static string Wire(double section) => string.Create(CultureInfo.InvariantCulture, $"wire-{1e6 * section:0.##}mm2");

    private static IEnumerable<(string Part, double Quantity)> Pieces(Harness harness)
    {
        var budget = PowerBudget.Of(harness);
        foreach (PlacedPart part in harness.Parts.Where(part => !part.Type.AtHand))
        {
            yield return (part.Type.Name, part.Count);
        }

        for (int i = 0; i < harness.Nets.Length; i++)
        {
            PlacedNet net = harness.Nets[i];
            double length = net.Length * net.Runs;
            switch (net.Rail)
            {
                case Rail.Usb:
                    yield return ("usb-cable", 1);
                    break;
                case Rail.Air:
                    yield return ("air-hose", length);
                    break;
                case Rail.Mains or Rail.Ground:
                    break;
                case var rail when rail.IsPower():
                    // Servos are plugged in: what lengthens their leads is in the bill. All others have their return beside them.
                    if (!net.Pins.Any(pin => harness.Parts[pin.Part].Drawn.Each == Repeat.Servo))
                    {
                        yield return (Wire(budget[i]?.Section ?? WireTable.SignalSection), 2 * length);
                    }

                    break;
                default:
                    yield return (Wire(WireTable.SignalSection), length);
                    break;
            }
        }

        if (harness.Nets.Any(net => net.Rail == Rail.Mains))
        {
            yield return ("mains-cord", 1);
        }
    }
}
