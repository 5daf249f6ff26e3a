using System.Globalization;
using Ganglion.Robots.Bills;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Tests.Building;

/// <summary>The shipped bills against the descriptions, the netlists and the price list.</summary>
public sealed class BillTests
{
    private static readonly IReadOnlyDictionary<string, PartPrice> Prices = PriceList.Load(Shipped.At("bom/prices.yaml"));

    private static IEnumerable<string> Names => Directory.GetFiles(Shipped.At("bom"), "*.yaml")
        .Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => name != "prices").Order(StringComparer.Ordinal);

    public static TheoryData<string> Shown => [.. Names];

    [Theory]
    [InlineData("trunk6-3g", 18, 2, "supply-5v-18a")]
    [InlineData("trunk10-4g", 40, 3, "supply-5v-40a")]
    public void The_arms_of_six_and_ten_joints_cost_less_than_500_euro(string name, int servos, int drivers, string supply)
    {
        IReadOnlyList<BillLine> lines = Lines(name);
        Assert.Equal(500, BillFile.Load(Shipped.At($"bom/{name}.yaml")).Limit);
        Assert.InRange(lines.Sum(line => line.Cost), 100, 500);
        Assert.Equal(servos, Quantity(lines, "micro-servo"));
        Assert.Equal(servos, Quantity(lines, "servo-extension"));
        Assert.Equal(drivers, Quantity(lines, "pca9685-board"));
        Assert.Equal(drivers + 2, Quantity(lines, "blade-fuse"));
        Assert.Equal(1, Quantity(lines, supply));
    }

    /// <summary>Two screws a servo, six a joint, four a driver and twenty of the arm are 172: two packs of a hundred are paid.</summary>
    [Fact]
    public void Whole_packs_are_paid()
    {
        BillLine screws = Lines("trunk10-4g").Single(line => line.Price.Part == "screw-m2x8");
        Assert.Equal((172, 2, 2 * Prices["screw-m2x8"].Euro), (screws.Quantity, screws.Packs, screws.Cost));
    }

    [Theory]
    [MemberData(nameof(Shown))]
    public void Every_part_of_a_bill_says_what_to_order(string name) => Assert.All(Lines(name), line => Assert.NotEmpty(line.Meaning));

    /// <summary>A price is of a page with an address, or an estimate that says so; and it was so at a date that has been.</summary>
    [Fact]
    public void Each_price_has_a_date_that_has_been_and_a_page_or_the_word_that_it_is_an_estimate() => Assert.All(Prices.Values, price =>
    {
        Assert.True(price.Source != null ? Uri.IsWellFormedUriString(price.Source, UriKind.Absolute) && price.Estimate == null
            : price.Estimate is { Length: > 5 } && price.Like == null, price.Part);
        string[] form = ["yyyy", "yyyy-MM", "yyyy-MM-dd"];
        var day = DateOnly.ParseExact(price.AsOf, form, CultureInfo.InvariantCulture);
        Assert.True(day > new DateOnly(2018, 1, 1) && day <= new DateOnly(2026, 11, 30), $"{price.Part}: {price.AsOf}");
        Assert.True(price.Euro > 0, price.Part);
    });

    /// <summary>What the arms cost is for the most part what somebody asks for it, and not what we think that it costs.</summary>
    [Theory]
    [InlineData("trunk6-3g", 0.85)]
    [InlineData("trunk6-3g-s3", 0.85)]
    [InlineData("trunk10-4g", 0.85)]
    public void Most_of_an_arm_has_prices_that_were_read(string name, double share)
    {
        IReadOnlyList<BillLine> lines = Lines(name);
        Assert.InRange(lines.Where(line => line.Price.Source != null).Sum(line => line.Cost) / lines.Sum(line => line.Cost), share, 1);
    }

    /// <summary>Nothing of a netlist is missing in the bills, and nothing that has a price is in none.</summary>
    [Fact]
    public void Netlists_and_prices_are_covered_by_the_bills_and_the_reverse()
    {
        HashSet<string> bought = [.. Names.SelectMany(Lines).Select(line => line.Price.Part)];
        IEnumerable<string> wired = Netlists.Names.Select(name => Netlists.Harness(name))
            .SelectMany(harness => harness.Parts.Where(part => !part.Type.AtHand).Select(part => part.Type.Name));
        Assert.Empty(wired.Except(bought));
        Assert.Empty(Netlists.Names.Except(Names.Select(name => BillFile.Load(Shipped.At($"bom/{name}.yaml")).Wiring)));
        Assert.Empty(Netlists.Catalogue.Values.Where(part => !part.AtHand).Select(part => part.Name).Except(bought));

        // Wires are there in every thickness, since an arm of one's own may take another.
        Assert.Empty(Prices.Keys.Where(part => !part.StartsWith("wire-", StringComparison.Ordinal)).Except(bought));

        // What a part is, is said once.
        Assert.Empty(Prices.Values.Where(price => price.Meaning != null && Netlists.Catalogue.ContainsKey(price.Part)).Select(price =>
            price.Part));
    }

    [Theory]
    [InlineData("bom/prices.yaml", "  - { part: glue, meaning: \"Instant glue, 20 g\", price: 4, as_of: 2026-11-30, estimate: small " +
        "bottles }",
        "  - { part: glue, meaning: Glue, price: 4, as_of: 2026-11-30 }", "either source or estimate")]
    [InlineData("bom/prices.yaml", "as_of: 2026-11-30, estimate: small bottles", "as_of: yesterday, estimate: small bottles", "2026-11 " +
        "or 2026-11-30")]
    [InlineData("bom/prices.yaml", "as_of: 2026-11-30, estimate: small bottles", "as_of: 2026-11-30, like: a pot, estimate: small bottles",
        "an estimate is of no page's part")]
    [InlineData("bom/prices.yaml", "part: felt-tape", "part: glue", "'glue' has two prices")]
    [InlineData("bom/trunk10-4g.yaml", "part: felt-tape, per: joint", "part: felt-tap, per: joint", "did you mean 'felt-tape'?")]
    [InlineData("bom/trunk10-4g.yaml", "part: felt-tape, per: joint", "part: felt-tape, per: gears", "did you mean 'gear'?")]
    public void A_damaged_file_is_refused_in_words(string name, string from, string to, string told)
    {
        string file = Path.Combine(Path.GetTempPath(), $"ganglion-{Guid.NewGuid():N}.yaml"), text = File.ReadAllText(Shipped.At(name));
        Assert.Contains(from, text, StringComparison.Ordinal);
        try
        {
            File.WriteAllText(file, text.Replace(from, to));
            RobotFileException refused = Assert.Throws<RobotFileException>(() =>
            {
                IReadOnlyDictionary<string, PartPrice> prices = name == "bom/prices.yaml" ? PriceList.Load(file) : Prices;
                return Bill.Of(BillFile.Load(file), Shipped.Description("trunk10-4g"), Netlists.Load("trunk-wroom"), prices, file);
            });
            Assert.Contains(told, refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>A cube of 10 mm on a joint of ten, solid: 10 cm3, 12.4 g, 30.9 minutes at 5.4 mm3/s.</summary>
    [Fact]
    public void Print_mass_and_time_are_those_of_the_volume()
    {
        string file = Path.Combine(Path.GetTempPath(), $"ganglion-{Guid.NewGuid():N}.csv");
        try
        {
            File.WriteAllText(file, "# volumes\ndesign,part,per,count,volume_mm3\n4-geared,cube,joint,1,1000\n3-geared,ball,joint,1,500\n");
            PrintEstimate print = PrintEstimate.Of(file, Shipped.Description("trunk10-4g"))!;
            Assert.Equal(10, print.Pieces);
            Assert.Equal(0.0124, print.Mass, 9);
            Assert.Equal(10_000 / 5.4, print.Time, 6);
            Assert.Null(PrintEstimate.Of(file, Shipped.Description("walker12")));

            File.AppendAllText(file, "4-geared,gear,gear,1,none\n");
            RobotFileException refused = Assert.Throws<RobotFileException>(() => PrintEstimate.Of(file, Shipped.Description("trunk10-4g")));
            Assert.Contains($"{file}:5:1: ", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void The_shipped_table_of_volumes_can_be_read_and_fits_the_filament_that_is_bought()
    {
        foreach (string name in new[] { "trunk6-3g", "trunk10-4g" })
        {
            var print = PrintEstimate.Of(Shipped.At("bom/print-volumes.csv"), Shipped.Description(name));
            Assert.True(print == null || print.Mass <= Quantity(Lines(name), "pla-filament"), name);
        }
    }

    private static double Quantity(IEnumerable<BillLine> lines, string part) => lines.Where(line => line.Price.Part == part)
        .Sum(line => line.Quantity);

    private static IReadOnlyList<BillLine> Lines(string name)
    {
        string file = Shipped.At($"bom/{name}.yaml");
        BillDescription bill = BillFile.Load(file);
        RobotDescription robot = Shipped.Description(bill.Robot);
        return Bill.Of(bill, robot, Netlists.Load(bill.Wiring), Prices, file);
    }
}
