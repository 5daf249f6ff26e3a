using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Bills;

/// <summary>The shapes of bills of material and of their price list.</summary>
internal static class BillShapes
{
    private const string NamePattern = "^[a-z0-9][a-z0-9.-]{0,47}$", NameHint = "use lower-case letters, digits, points and dashes";

    private static readonly Field Part = new("part", new TextShape("Name of the part, as in " +
        "prices.yaml", Pattern: NamePattern, Hint: NameHint));

    private static readonly MapShape Price = new("What a part costs",
        Part,
        new("meaning", new TextShape("What to order, without a maker; of parts of hardware/wiring/catalogue.yaml that has " +
            "it"), Optional: true),
        new("unit", new TextShape("What quantities count", Allowed: ["piece", "m", "kg"], Default: "piece")),
        new("pack", new NumberShape("So many are sold together", 0.001, 100_000, Default: 1)),
        new("price", new NumberShape("Price of a pack, with tax, without postage", 0, 100_000)),
        new("currency", new TextShape("Of the price", Allowed: ["EUR", "USD"], Default: "EUR")),
        new("as_of", new TextShape("When it was so: year, or year-month, or year-month-day", Pattern: "^20[0-9]{2}(-[0-9]{2}){0,2}$",
            Hint: "write '2026' in quotes, 2026-11 or 2026-11-30")),
        new("source", new TextShape("Address of a page that says so"), Optional: true),
        new("like", new TextShape("What the page's price is of, where it is not the very part but one like it"), Optional: true),
        new("estimate", new TextShape("In the place of a source: what the estimate goes by"), Optional: true));

    private static readonly MapShape Item = new("A part that no netlist has",
        Part,
        new("per", new TextShape("What there are so many for", Allowed: ["robot", "board", "driver", "servo", "joint", "gear"])),
        new("count", new NumberShape("So many, or so much, for each", 0.001, 10_000)),
        new("use", new TextShape("What for")));

    /// <summary>A whole file of hardware/bom.</summary>
    public static readonly VariantShape File = new("A bill of material, or the prices of parts", "kind",
        ("bill", new MapShape("What has to be bought for a robot",
            new("kind", new TextShape("Kind of file", Allowed: ["bill"])),
            new("name", new TextShape("Name of the bill", Pattern: NamePattern, Hint: NameHint)),
            new("about", new TextShape("What it is for, in a sentence")),
            new("robot", new TextShape("The robot that it is for where nobody names another", Pattern: NamePattern, Hint: NameHint)),
            new("wiring", new TextShape("The netlist, of each of its boards", Pattern: NamePattern, Hint: NameHint)),
            new("limit_eur", new NumberShape("What it may cost, EUR", 1, 1_000_000), Optional: true),
            new("items", new ListShape("What is bought besides the wiring", Item, 1, 100), Optional: true))),
        ("price-list", new MapShape("What parts cost",
            new("kind", new TextShape("Kind of file", Allowed: ["price-list"])),
            new("usd_in_eur", new NumberShape("What a US dollar of a price is, EUR, with the tax that it is without", 0.1, 10)),
            new("parts", new ListShape("Parts by name", Price, 1, 500)))));
}
