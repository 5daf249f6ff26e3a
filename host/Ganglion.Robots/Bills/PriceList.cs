using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Bills;

/// <summary>What a part costs.</summary>
/// <param name="Part">Its name.</param>
/// <param name="Meaning">What to order; null: the catalogue of wiring has it.</param>
/// <param name="Unit">piece, m or kg.</param>
/// <param name="Pack">So many units are sold together.</param>
/// <param name="Euro">Price of a pack, EUR.</param>
/// <param name="AsOf">When it was so.</param>
/// <param name="Source">Address of the page; null: it is an estimate.</param>
/// <param name="Like">What the page's price is of, where it is not the very part; null: it is, or there is no page.</param>
/// <param name="Estimate">What an estimate goes by; null: there is a source.</param>
public sealed record PartPrice(string Part, string? Meaning, string Unit, double Pack, double Euro, string AsOf, string? Source,
    string? Like, string? Estimate);

/// <summary>Reads the prices of parts (YAML; the shipped ones are hardware/bom/prices.yaml).</summary>
public static class PriceList
{
    /// <summary>Loads prices, by the names of parts.</summary>
    /// <exception cref="RobotFileException">The file cannot be read or is refused; the message gives place, fault and cure.</exception>
    public static IReadOnlyDictionary<string, PartPrice> Load(string path)
    {
        var root = Entry.Checked(YamlSource.Parse(YamlSource.ReadFile(path, "a price list"), path), BillShapes.File, "prices");
        if (root.Text("kind") != "price-list")
        {
            throw root.Error("kind", "it is no price list; write kind: price-list");
        }

        double dollar = root.Number("usd_in_eur");
        var prices = new Dictionary<string, PartPrice>();
        foreach (Entry entry in root.List("parts"))
        {
            if (entry.Has("source") == entry.Has("estimate"))
            {
                throw entry.Error("say where the price comes from, either source or estimate");
            }

            if (entry.Has("like") && !entry.Has("source"))
            {
                throw entry.Error("like", "an estimate is of no page's part; say it in estimate");
            }

            double euro = entry.Number("price") * (entry.Text("currency") == "USD" ? dollar : 1);
            var price = new PartPrice(entry.Text("part"), Maybe(entry, "meaning"), entry.Text("unit"), entry.Number("pack"), euro,
                entry.Text("as_of"), Maybe(entry, "source"), Maybe(entry, "like"), Maybe(entry, "estimate"));
            if (!prices.TryAdd(price.Part, price))
            {
                throw entry.Error("part", $"'{price.Part}' has two prices; take one out");
            }
        }

        return prices;
    }

    private static string? Maybe(Entry entry, string key) => entry.Has(key) ? entry.Text(key) : null;
}
