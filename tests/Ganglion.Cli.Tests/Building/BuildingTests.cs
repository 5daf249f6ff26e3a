using System.Text.Json;

namespace Ganglion.Cli.Tests.Building;

/// <summary>`ganglion wiring`, `bom` and `export states` as a user types them; what is right in them is for Robots.Tests.</summary>
public sealed class BuildingTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    /// <summary>A picture that was not drawn anew would show another wiring than the netlist.</summary>
    [Theory]
    [InlineData("pneumatic-joint")]
    [InlineData("trunk-extended")]
    [InlineData("trunk-s3")]
    [InlineData("trunk-wroom")]
    [InlineData("walker")]
    public void The_shipped_pictures_are_those_of_the_netlists(string name)
    {
        string file = _scratch.At("wiring.svg");
        Outcome drawn = InProcess.Run("wiring", name, "--picture", file);
        Assert.Equal((0, ""), (drawn.ExitCode, drawn.Errors));
        Same(file, $"wiring/pictures/{name}.svg");
    }

    [Fact]
    public void The_shipped_picture_of_the_states_is_that_of_the_safety_machine()
    {
        string file = _scratch.At("states.svg");
        Assert.Equal(0, InProcess.Run("export", "states", "-o", file).ExitCode);
        Same(file, "guide/states.svg");
        Outcome printed = InProcess.Run("export", "states");
        Assert.Equal(File.ReadAllText(file), printed.Output);
        Assert.Contains("safe to idle: Disarm", printed.Output);
    }

    [Fact]
    public void An_arm_of_ones_own_is_wired_board_by_board()
    {
        string arm = _scratch.At("mine.yaml");
        Assert.Equal(0, InProcess.Run("new", "arm", "--joints", "12", "--gears", "4", "--out", arm).ExitCode);
        JsonElement wiring = InProcess.Run("wiring", "trunk-wroom", "--robot", arm, "--json").Json;
        Assert.Equal("mine", wiring.GetProperty("robot").GetString());
        JsonElement bill = InProcess.Run("bom", "trunk10-4g", "--robot", arm, "--json").Json;
        JsonElement servos = bill.GetProperty("lines").EnumerateArray().Single(line =>
            line.GetProperty("part").GetString() == "micro-servo");
        Assert.Equal(48, servos.GetProperty("quantity").GetDouble());
        Assert.Contains("has no board 'tail'", InProcess.Run("wiring", "trunk-wroom", "--robot", arm, "--board", "tail").Refused(1));
    }

    [Fact]
    public void A_netlist_with_a_fault_is_refused_and_nothing_is_drawn()
    {
        foreach (string file in new[] { "catalogue", "trunk-wroom" })
        {
            _scratch.Put($"{file}.yaml", File.ReadAllText(Hardware($"wiring/{file}.yaml")).Replace("board.GND, bulk", "bulk"));
        }

        string picture = _scratch.At("wiring.svg");
        string refused = InProcess.Run("wiring", _scratch.At("trunk-wroom.yaml"), "--picture", picture).Refused(1);
        Assert.Contains("trunk-wroom for trunk10-4g: board.GND floats", refused);
        Assert.False(File.Exists(picture));
    }

    [Fact]
    public void A_bill_that_costs_more_than_it_may_ends_with_3()
    {
        Outcome kept = InProcess.Run("bom", "trunk10-4g");
        Assert.Equal((0, ""), (kept.ExitCode, kept.Errors));
        Assert.Contains("of 500 allowed", kept.Output);
        foreach (string file in new[] { "trunk10-4g", "prices", "print-volumes" })
        {
            string name = file + (file == "print-volumes" ? ".csv" : ".yaml");
            _scratch.Put(file == "trunk10-4g" ? "dear.yaml" : name, File.ReadAllText(Hardware($"bom/{name}")).Replace("limit_eur: 500",
                "limit_eur: 50"));
        }

        Assert.Equal(3, InProcess.Run("bom", _scratch.At("dear.yaml")).ExitCode);
    }

    /// <summary>The sum is what was read and what was guessed, line by line; and each is told.</summary>
    [Fact]
    public void A_bill_tells_how_much_of_it_was_read_and_how_much_was_guessed()
    {
        JsonElement bill = InProcess.Run("bom", "trunk10-4g", "--json").Json;
        (double read, double guessed) = (0, 0);
        foreach (JsonElement line in bill.GetProperty("lines").EnumerateArray())
        {
            double cost = line.GetProperty("cost").GetDouble();
            bool page = line.GetProperty("source").ValueKind == JsonValueKind.String;
            Assert.NotEqual(page, line.GetProperty("estimate").ValueKind == JsonValueKind.String);
            (read, guessed) = page ? (read + cost, guessed) : (read, guessed + cost);
        }

        Assert.Equal(read, bill.GetProperty("ofPages").GetDouble(), 0.1);
        Assert.Equal(guessed, bill.GetProperty("ofEstimates").GetDouble(), 0.1);
        string told = InProcess.Run("bom", "trunk10-4g").Output;
        Assert.Contains($"{100 * read / (read + guessed):0} %) were read on pages", told);
        Assert.Contains("read, 2024-12-20, of cables of 500 mm", told);
    }

    /// <summary>The catalogue of parts is no netlist, and the price list no bill: nobody is sent to them.</summary>
    [Theory]
    [InlineData("wiring", "trunk-wroom", "catalogue")]
    [InlineData("bom", "trunk10-4g", "prices")]
    public void What_lies_beside_netlists_and_bills_is_not_offered_as_one(string verb, string name, string beside)
    {
        string refused = InProcess.Run(verb, "nothing-of-that-name").Refused(1);
        Assert.Contains(name, refused);
        Assert.DoesNotContain(beside, refused);
        Assert.DoesNotContain("did you mean", InProcess.Run(verb, beside + "s").Refused(1), StringComparison.OrdinalIgnoreCase);
    }

    private static void Same(string file, string shipped) => Assert.True(File.ReadAllText(file) == File.ReadAllText(Hardware(shipped)),
        $"hardware/{shipped} is out of date; draw it anew");

    private static string Hardware(string name) => Path.Combine(Repository.Robots, "..", name);
}
