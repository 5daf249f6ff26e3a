using Ganglion.Robots.Boards;

namespace Ganglion.Robots.Wiring;

/// <summary>What is wrong with a harness: pins, power, chips, the way of the emergency stop, and what <see cref="LoadCheck"/> finds. Each
/// fault is a sentence that says what, where and what to do.</summary>
public static class HarnessCheck
{
    /// <summary>All faults; empty: it may be built.</summary>
    public static IReadOnlyList<string> Faults(Harness harness) =>
    [
        .. Pins(harness), .. Power(harness), .. Chips(harness), .. Stop(harness), .. LoadCheck.Faults(harness),
    ];

    /// <summary>A pin as it is named in messages.</summary>
    internal static string Name(Harness harness, PlacedPin pin) => $"{harness.Parts[pin.Part].Id}.{pin.Pin}";

    private static IEnumerable<string> Pins(Harness harness)
    {
        var used = new Dictionary<PlacedPin, string>();
        foreach (PlacedNet net in harness.Nets)
        {
            foreach (PlacedPin pin in net.Pins)
            {
                if (!used.TryAdd(pin, net.Name))
                {
                    yield return $"{Name(harness, pin)} is in the nets '{used[pin]}' and '{net.Name}': a pin is in one net";
                }
            }
        }

        for (int part = 0; part < harness.Parts.Length; part++)
        {
            PlacedPart placed = harness.Parts[part];
            foreach (PinType type in placed.Type.Pins)
            {
                var pin = new PlacedPin(part, type.Name);
                bool open = harness.Wiring.Unused.Any(unused => unused.Part == placed.Drawn.Id && unused.Pin == type.Name);
                if (open == used.ContainsKey(pin) && !(type.Name == "OUT" && NoServo(harness, placed)))
                {
                    yield return open ? $"{Name(harness, pin)} is in the net '{used[pin]}' and among the unused pins: take it out of one"
                        : $"{Name(harness, pin)} floats: join it to a net, or name it under unused with the reason";
                }
            }
        }
    }

    private static IEnumerable<string> Power(Harness harness)
    {
        var levels = new Dictionary<int, (double Level, PlacedPin Source)>();
        for (int part = 0; part < harness.Parts.Length; part++)
        {
            foreach (PinType type in harness.Parts[part].Type.Pins.Where(pin => pin.Kind == PinKind.Source))
            {
                var source = new PlacedPin(part, type.Name);
                foreach (int net in harness.NetOf(source) is { } first ? harness.Reach(first, _ => true) : new HashSet<int>())
                {
                    if (!levels.TryAdd(net, (type.Level, source)))
                    {
                        yield return $"the net '{harness.Nets[net].Name}' is fed by {Name(harness, levels[net].Source)} and by " +
                            $"{Name(harness, source)}: part them";
                    }
                }
            }
        }

        var grounds = new HashSet<int>();
        foreach ((PlacedPin pin, int net) in harness.Nets.SelectMany((net, index) => net.Pins.Select(pin => (pin, index))))
        {
            PinType type = harness.TypeOf(pin);
            string name = Name(harness, pin);
            if ((type.Kind == PinKind.Ground) != (harness.Nets[net].Rail == Rail.Ground) && type.Kind != PinKind.Signal)
            {
                yield return $"{name} ({type.Kind}) is in the net '{harness.Nets[net].Name}' of the rail " +
                    $"{harness.Nets[net].Rail.Word()}: " +
                    "grounds belong to grounds, and supplies do not";
            }
            else if (type.Kind == PinKind.Ground)
            {
                grounds.Add(net);
            }
            else if (type.Kind == PinKind.Supply && !levels.TryGetValue(net, out _))
            {
                yield return $"no power reaches {name}: nothing feeds the net '{harness.Nets[net].Name}'";
            }
            else if (type.Kind == PinKind.Supply && (levels[net].Level < type.Min || levels[net].Level > type.Max))
            {
                yield return $"{name} takes {type.Min:0.##} to {type.Max:0.##}, and {Name(harness, levels[net].Source)} gives " +
                    $"{levels[net].Level:0.##}";
            }
        }

        if (grounds.Count > 1)
        {
            yield return $"there are {grounds.Count} grounds ({string.Join(", ", grounds.Select(net => harness.Nets[net].Name))}): " +
                $"join them, or " +
                "signals have no return";
        }
    }

    private static IEnumerable<string> Chips(Harness harness)
    {
        BoardDescription board = harness.Robot.Boards[harness.Board];
        if (harness.Parts.Count(part => part.Type.Profile != null) != 1)
        {
            yield return "a harness has one ESP32 board, a part with a profile";
        }

        foreach (ChipDescription chip in board.Chips)
        {
            PlacedPart[] carriers = [.. harness.Parts.Where(part => part.Chip == chip)];
            if (carriers.Length != 1)
            {
                yield return $"chip '{chip.Id}' of {harness.Robot.Name}/{board.Id} is wired {carriers.Length} times: give it a part " +
                    $"with chip: " +
                    $"{chip.Id}, or of each: driver";
                continue;
            }

            PlacedPart part = carriers[0];
            if (part.Type.Chip != chip.GetType().Name.ToLowerInvariant())
            {
                yield return $"{part.Id} is a {part.Type.Name}, and chip '{chip.Id}' is a {chip.GetType().Name.ToLowerInvariant()}";
            }

            int? address = part.Drawn.Address + (part.Driver ?? 0);
            if (address != chip.Address)
            {
                yield return $"{part.Id} has address {(address is { } given ? $"0x{given:x2}" : "none")}, and chip '{chip.Id}' of the " +
                    $"description 0x{chip.Address:x2}";
            }
        }

        foreach (PlacedPart part in harness.Parts.Where(part => part.Drawn.Chip != null && part.Chip == null))
        {
            yield return $"{part.Id} carries chip '{part.Drawn.Chip}', which {harness.Robot.Name}/{board.Id} does not have: its chips " +
                $"are " +
                $"{string.Join(", ", board.Chips.Select(chip => chip.Id))}";
        }
    }

    /// <summary>What moves has to be without power, or air, where everything that the emergency stop opens is open.</summary>
    private static IEnumerable<string> Stop(Harness harness)
    {
        for (int part = 0; part < harness.Parts.Length; part++)
        {
            foreach (PinType type in harness.Parts[part].Type.Pins.Where(pin => pin.Kind == PinKind.Source))
            {
                IEnumerable<int> live = harness.NetOf(new PlacedPin(part, type.Name)) is { } first
                    ? harness.Reach(first, passed => !passed.Stops) : [];
                foreach (PlacedPin pin in live.SelectMany(net => harness.Nets[net].Pins))
                {
                    PartType reached = harness.Parts[pin.Part].Type;
                    if (harness.TypeOf(pin).Kind == PinKind.Supply && (reached.Moves || reached.Stops))
                    {
                        yield return $"{Name(harness, pin)} is fed by {harness.Parts[part].Id}.{type.Name} past the emergency stop: " +
                            $"bring it " +
                            "behind a part that the stop opens";
                    }
                }
            }
        }
    }

    private static bool NoServo(Harness harness, PlacedPart driver) => driver.Driver != null && driver.Type.Chip == "pca9685"
        && !harness.Parts.Any(part => part.Driver == driver.Driver && part.Drawn.Each == Repeat.Servo);
}
