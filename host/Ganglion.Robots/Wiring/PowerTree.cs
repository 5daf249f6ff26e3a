namespace Ganglion.Robots.Wiring;

/// <summary>What a load draws, A.</summary>
/// <param name="Idle">At rest, outputs on.</param>
/// <param name="Moving">While everything moves.</param>
/// <param name="Stall">While every motor is kept from turning; also for a moment where all start at once, since a motor at rest is a
/// stalled one.</param>
public readonly record struct Draw(double Idle, double Moving, double Stall)
{
    public static Draw operator +(Draw a, Draw b) => new(a.Idle + b.Idle, a.Moving + b.Moving, a.Stall + b.Stall);

    public static Draw operator *(double factor, Draw draw) => new(factor * draw.Idle, factor * draw.Moving, factor * draw.Stall);

    /// <summary>What a pin draws: a part that is not at work, or has no motor, says less than three figures.</summary>
    public static Draw Of(PinType pin) => new(pin.Idle, Math.Max(pin.Idle, pin.Moving), Math.Max(Math.Max(pin.Idle, pin.Moving),
        pin.Stall));
}

/// <summary>A net that carries power, and what flows through it.</summary>
/// <param name="Net">Index of the net.</param>
/// <param name="Source">Whose power it is.</param>
/// <param name="Feeds">The branch that feeds it, index into the tree; null: it hangs on the source itself.</param>
/// <param name="Through">The part between both; null: none.</param>
/// <param name="Current">What flows through it to everything behind it.</param>
/// <param name="Bundle">Equal loads at its end, each with a wire of its own.</param>
public sealed record PowerBranch(int Net, PlacedPin Source, int? Feeds, int? Through, Draw Current, int Bundle);

/// <summary>Follows power from its sources through contacts, fuses and parts that hand it on, and adds up what hangs on each net.</summary>
public static class PowerTree
{
    /// <summary>All nets that electrical power reaches, each behind the one that feeds it.</summary>
    public static IReadOnlyList<PowerBranch> Of(Harness harness)
    {
        var branches = new List<PowerBranch>();
        var seen = new HashSet<int>();
        for (int part = 0; part < harness.Parts.Length; part++)
        {
            foreach (PinType pin in harness.Parts[part].Type.Pins.Where(pin => pin.Kind == PinKind.Source))
            {
                var source = new PlacedPin(part, pin.Name);
                if (harness.NetOf(source) is { } net && harness.Nets[net].Rail != Rail.Air && seen.Add(net))
                {
                    Follow(net, source, null, null);
                }
            }
        }

        return branches;

        Draw Follow(int net, PlacedPin source, int? feeds, int? through)
        {
            int index = branches.Count;
            PlacedPin[] loads = [.. harness.Nets[net].Pins.Where(pin => harness.TypeOf(pin).Kind == PinKind.Supply)];
            Draw drawn = loads.Aggregate(default(Draw), (sum, pin) => sum + harness.Parts[pin.Part].Count * Draw.Of(harness.TypeOf(pin)));
            branches.Add(new PowerBranch(net, source, feeds, through, drawn, loads.Length == 1 ? harness.Parts[loads[0].Part].Count : 1));
            foreach ((int part, int other) in harness.Beyond(net))
            {
                if (seen.Add(other))
                {
                    drawn += Follow(other, source, index, part);
                }
            }

            branches[index] = branches[index] with { Current = drawn };
            return drawn;
        }
    }
}
