using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Wiring;

/// <summary>The shapes of netlists and of the catalogue of their parts.</summary>
internal static class WiringShapes
{
    private const string IdPattern = "^[a-z0-9][a-z0-9-]{0,31}$", IdHint = "use lower-case letters, digits and dashes";

    private static readonly TextShape Pin = new("Name of the pin, as printed on the part", Pattern: "^[A-Za-z0-9+/-]{1,16}$",
        Hint: "use letters, digits, plus, dash and slash");

    private static readonly TextShape Reference = new("A pin: id of the part, a point, name of the pin",
        Pattern: @"^[a-z0-9][a-z0-9-]{0,31}\.[A-Za-z0-9+/-]{1,16}$", Hint: "write part.pin, such as board.GND");

    private static readonly TextShape PartName = new("Kind of part, from " +
        "hardware/wiring/catalogue.yaml", Pattern: "^[a-z0-9][a-z0-9.-]{0,47}$",
        Hint: IdHint);

    private static readonly TextShape Each = new("once, for each PWM driver of the board, or for each servo", Default: "once",
        Allowed: ["once", "driver", "servo"]);

    private static readonly MapShape PinShape = new("A pin",
        new("pin", Pin),
        new("kind", new TextShape("Gives power, takes it, is its return, or carries a signal", Default: "signal",
            Allowed: ["source", "supply", "ground", "signal"])),
        new("level", new NumberShape("What a source gives, V; of air kPa", 0, 2000, Default: 0)),
        new("min", new NumberShape("Least that a supply takes, V; of air kPa", 0, 2000, Default: 0)),
        new("max", new NumberShape("Most that it bears, V; of air kPa", 0, 2000, Default: 0)),
        new("rated_a", new NumberShape("Most current that a source gives, A", 0, 1000, Default: 0)),
        new("idle_ma", new NumberShape("Current at rest, mA", 0, 100_000, Default: 0)),
        new("moving_ma", new NumberShape("Current while it works, mA", 0, 100_000, Default: 0)),
        new("stall_ma", new NumberShape("Current of a motor that is kept from turning, or starts, mA", 0, 100_000, Default: 0)),
        new("pull_up_ohm", new NumberShape("Resistor on the part to its supply, ohm", 1, 10_000_000), Optional: true),
        new("pull_down_ohm", new NumberShape("Resistor on the part to ground, ohm", 1, 10_000_000), Optional: true),
        new("bus_pf", new NumberShape("What it adds to a bus, pF", 0, 1000, Default: 0)));

    private static readonly MapShape PartShape = new("A kind of part",
        new("part", PartName),
        new("meaning", new TextShape("What to order, without a maker")),
        new("source", new TextShape("Where its figures come from")),
        new("at_hand", new FlagShape("Whether a lab has it: it is in no bill", Default: false)),
        new("chip", new TextShape("Type of the chip on it", Allowed: ["pca9685", "mcp4728", "ads1115", "mpu6050"]), Optional: true),
        new("profile", new TextShape("Pin set of the firmware that it is a board for", Allowed: ["esp32-wroom", "esp32-wrover",
            "esp32-s3"]), Optional: true),
        new("joins", new ListShape("Pins that are joined inside, for power", new MapShape("Two pins", new("from", Pin), new("to", Pin)), 1,
            16), Optional: true),
        new("rated_a", new NumberShape("Most current through what is joined, A; 0: not stated", 0, 1000, Default: 0)),
        new("fuse", new FlagShape("Whether it is a fuse, whose rating is chosen", Default: false)),
        new("stops", new FlagShape("Whether the emergency stop opens it", Default: false)),
        new("moves", new FlagShape("Whether it can hurt, and has to be behind the emergency stop", Default: false)),
        new("ohm", new NumberShape("Between its two pins, or in series with its capacitance, ohm", 0, 10_000_000, Default: 0)),
        new("microfarad", new NumberShape("Between its two pins, uF", 0, 1_000_000, Default: 0)),
        new("pins", new ListShape("Its pins", PinShape, 1, 40)));

    private static readonly MapShape Catalogue = new("What netlists know of their parts",
        new("kind", new TextShape("Kind of file", Allowed: ["part-catalogue"])),
        new("parts", new ListShape("Kinds of part", PartShape, 1, 200)));

    private static readonly MapShape Netlist = new("What one board of a robot is wired to",
        new("kind", new TextShape("Kind of file", Allowed: ["wiring"])),
        new("name", new TextShape("Name of the harness", Pattern: IdPattern, Hint: IdHint)),
        new("about", new TextShape("What it is for, in a sentence")),
        new("robot", new TextShape("The robot that it is drawn for where nobody names another", Pattern: IdPattern, Hint: IdHint)),
        new("parts", new ListShape("Its parts, in the order in which they are drawn", new MapShape("A part",
            new("id", new TextShape("What nets call it", Pattern: IdPattern, Hint: IdHint)),
            new("part", PartName, Optional: true),
            new("choices", new ListShape("In the place of part: the first that bears the current is " +
                "taken", PartName, 2, 8), Optional: true),
            new("each", Each),
            new("chip", new TextShape("The chip of the description that it carries; of parts for each driver none", Pattern:
                "^[A-Za-z0-9_-]{1,32}$", Hint: "use the chip's id"), Optional: true),
            new("address", new NumberShape("7-bit address, of the first where there are several", 8, 119, Whole: true), Optional: true),
            new("side", new TextShape("Where it is drawn", Allowed: ["left", "right"], Default: "left"))), 1, 64)),
        new("nets", new ListShape("Its connections", new MapShape("Pins that are joined",
            new("net", new TextShape("Name of the net", Pattern: "^[a-z0-9][a-z0-9 ./-]{0,31}$", Hint: "use lower-case letters, " +
                "digits, points, " +
                "spaces, dashes and slashes")),
            new("rail", new TextShape("What it carries", Allowed: Rails.Words)),
            new("pins", new ListShape("The pins", Reference, 2, 64)),
            new("each", new TextShape("once, or for each PWM driver of the board", Default: "once", Allowed: ["once", "driver"])),
            new("length_mm", new NumberShape("Of a run of it from part to part, mm", 1, 20_000))), 1, 128)),
        new("unused", new ListShape("Pins that are left open", new MapShape("A pin that is left open",
            new("pin", Reference),
            new("why", new TextShape("Why"))), 1, 64), Optional: true));

    /// <summary>A whole file of hardware/wiring.</summary>
    public static readonly VariantShape File = new("A harness, or the parts of harnesses", "kind",
        ("wiring", Netlist),
        ("part-catalogue", Catalogue));
}
