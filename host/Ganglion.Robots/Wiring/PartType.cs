using System.Collections.Immutable;

namespace Ganglion.Robots.Wiring;

/// <summary>What a pin does for the power that a rail carries.</summary>
public enum PinKind
{
    /// <summary>Gives it.</summary>
    Source,

    /// <summary>Takes it.</summary>
    Supply,

    /// <summary>Is the return of both.</summary>
    Ground,

    /// <summary>Carries a signal, or hands on what is behind it.</summary>
    Signal,
}

/// <summary>A pin, terminal, plug or port of a kind of part. Electrical levels in V, of air in kPa.</summary>
/// <param name="Name">As it is printed on the part.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Level">What a source gives.</param>
/// <param name="Min">Least that a supply takes.</param>
/// <param name="Max">Most that it bears.</param>
/// <param name="Rated">Most current that a source gives, A.</param>
/// <param name="Idle">Current of a supply at rest, A.</param>
/// <param name="Moving">Current while it works, A.</param>
/// <param name="Stall">Current while it is kept from turning, and at the moment in which it starts, A.</param>
/// <param name="PullUp">Resistor to the part's own supply, ohm; null: none.</param>
/// <param name="PullDown">Resistor to ground, ohm; null: none.</param>
/// <param name="Capacitance">What it adds to a bus, F.</param>
public sealed record PinType(string Name, PinKind Kind, double Level, double Min, double Max, double Rated, double Idle, double Moving,
    double Stall, double? PullUp, double? PullDown, double Capacitance);

/// <summary>A kind of part, described generically: several makers have one that fits.</summary>
/// <param name="Name">What netlists and bills call it.</param>
/// <param name="Meaning">What to order.</param>
/// <param name="AtHand">A thing that a lab has: it is in no bill.</param>
/// <param name="Chip">Type of the chip on it, as descriptions have it; null: none.</param>
/// <param name="Profile">The pin set of the firmware that it is a board for; null: it is no board.</param>
/// <param name="Joins">Pins that are joined inside for power: contacts, fuses, what is handed on to plugs.</param>
/// <param name="Rated">Most current that these joints bear, A; 0: not stated, what is behind a fuse of its own.</param>
/// <param name="IsFuse">Its rating is chosen by what it feeds.</param>
/// <param name="Stops">The emergency stop opens it.</param>
/// <param name="Moves">It can hurt: nothing may feed it past the emergency stop.</param>
/// <param name="Resistance">Between its two pins, of a resistor, ohm; of a capacitor in series with it; 0 otherwise.</param>
/// <param name="Capacitance">Between its two pins, of a capacitor, F.</param>
/// <param name="Source">Where its figures come from.</param>
/// <param name="Pins">All pins that are wired here.</param>
public sealed record PartType(string Name, string Meaning, bool AtHand, string? Chip, string? Profile,
    ImmutableArray<(string From, string To)> Joins, double Rated, bool IsFuse, bool Stops, bool Moves, double Resistance,
    double Capacitance, string Source, ImmutableArray<PinType> Pins)
{
    /// <summary>A pin by its name; null if there is none.</summary>
    public PinType? this[string pin] => Pins.FirstOrDefault(candidate => candidate.Name == pin);
}
