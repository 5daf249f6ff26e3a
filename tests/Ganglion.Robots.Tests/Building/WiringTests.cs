using System.Text.RegularExpressions;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Wiring;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Tests.Building;

/// <summary>The shipped netlists against the descriptions of robots and against the pins that are compiled into the firmware; and that each
/// kind of fault is found.</summary>
public sealed partial class WiringTests
{
    public static TheoryData<string> Shown => [.. Netlists.Names];

    [Fact]
    public void The_five_harnesses_are_there() => Assert.Equal(["pneumatic-joint", "trunk-extended", "trunk-s3", "trunk-wroom", "walker"],
        Netlists.Names);

    [Theory]
    [MemberData(nameof(Shown))]
    public void A_shipped_harness_has_no_fault(string name)
    {
        Harness harness = Netlists.Harness(name);
        Assert.Equal(name, harness.Wiring.Name);
        Assert.Empty(HarnessCheck.Faults(harness));
    }

    /// <summary>Every arm of which a board is shipped may be wired so; the long one needs extenders.</summary>
    [Theory]
    [InlineData("trunk-wroom", "trunk6-3g")]
    [InlineData("trunk-wroom", "trunk6-3g-gripper")]
    [InlineData("trunk-wroom", "trunk25-4g")]
    [InlineData("trunk-s3", "trunk10-4g")]
    public void A_harness_serves_every_board_of_other_arms(string name, string robot)
    {
        for (int board = 0; board < Shipped.Description(robot).Boards.Length; board++)
        {
            Harness harness = Netlists.Harness(name, robot, board);
            Assert.Empty(HarnessCheck.Faults(harness));
            Assert.Equal(harness.Robot.ChannelsOf(board).Count(), harness.Parts.Where(part => part.Drawn.Each == Repeat.Servo)
                .Sum(part => part.Count));
        }
    }

    /// <summary>firmware/BoardPins.cs, read as text: each of its pins is wired to what it is for, or left open on purpose, and the board
    /// has no other pin.</summary>
    [Theory]
    [MemberData(nameof(Shown))]
    public void The_pins_of_the_firmware_are_those_of_the_netlist(string name)
    {
        Harness harness = Netlists.Harness(name);
        PlacedPart board = harness.Controller!;
        int index = harness.Parts.IndexOf(board);
        Dictionary<string, int> pins = Firmware(board.Type.Profile!);
        Assert.Equal(pins.Values.Select(pin => $"IO{pin}").Order(), board.Type.Pins.Select(pin => pin.Name)
            .Where(pin => pin.StartsWith("IO", StringComparison.Ordinal)).Order());
        foreach ((string use, int pin) in pins)
        {
            int? net = harness.NetOf(new PlacedPin(index, $"IO{pin}"));
            UnusedPin? unused = harness.Wiring.Unused.FirstOrDefault(open => open.Part == board.Id && open.Pin == $"IO{pin}");
            Assert.True((net == null) == (unused != null), $"{use}, IO{pin}");
            Rail wanted = use switch
            {
                "LinkTx" or "LinkRx" => Rail.Link,
                "OutputEnable" => Rail.OutputEnable,
                "Bus1Data" or "Bus2Data" => Rail.Data,
                _ => Rail.Clock,
            };
            Assert.True(net == null || harness.Nets[net.Value].Rail == wanted, $"{use}, IO{pin}");
            if (use is "LinkTx" or "LinkRx" && net != null)
            {
                // What one end sends the other receives.
                Assert.Contains(harness.Nets[net.Value].Pins, other => other.Pin == (use == "LinkTx" ? "RXD" : "TXD"));
            }
        }

        foreach (PlacedPart part in harness.Parts.Where(part => part.Chip != null))
        {
            int place = harness.Parts.IndexOf(part);
            foreach ((string pin, string use) in new[] { ("SDA", "Data"), ("SCL", "Clock") })
            {
                int boardPin = pins[$"Bus{part.Chip!.Bus}{use}"];
                int from = harness.NetOf(new PlacedPin(index, $"IO{boardPin}"))!.Value;
                Assert.Contains(harness.NetOf(new PlacedPin(place, pin))!.Value, harness.Reach(from, _ => true));
            }

            if (part.Chip is Pca9685)
            {
                Assert.Equal(harness.NetOf(new PlacedPin(index, $"IO{pins["OutputEnable"]}")), harness.NetOf(new PlacedPin(place, "OE")));
            }
        }
    }

    /// <summary>One change each, and a part of what is said to it.</summary>
    [Theory]
    [InlineData("trunk-wroom", "board.GND, bulk", "bulk", "board.GND floats")]
    [InlineData("trunk-wroom", "clock-up.b, pwm.SCL", "clock-up.b, pwm.SCL, pwm.SDA", "a pin is in one net")]
    [InlineData("trunk-wroom", "  - { pin: board.IO25, why: data of the second I2C bus }\n", "", "board.IO25 floats")]
    [InlineData("trunk-wroom", "main-fuse.out, relay.COM", "main-fuse.out, fuse.in, relay.COM", "past the emergency stop")]
    [InlineData("trunk-wroom", "main-fuse.out, relay.COM, stop-fuse.in", "main-fuse.out, stop-fuse.in", "no power reaches servos0.PLUG")]
    [InlineData("trunk-wroom", "address: 0x40", "address: 0x41", "and chip 'pwm0' of the description 0x40")]
    [InlineData("trunk-wroom", "part: resistor-680", "part: resistor-2k2", "/OE floats to")]
    [InlineData("trunk-wroom", "data-up.b, pwm.SDA], length_mm: 300", "data-up.b, pwm.SDA], length_mm: 2000", "divide it by a bus " +
        "extender")]
    [InlineData("trunk-wroom", "supply.V+, main-fuse.in], length_mm: 150", "supply.V+, main-fuse.in], length_mm: 900", "keep it below " +
        "0.3 m")]
    [InlineData("trunk-wroom", "choices: [supply-5v-18a, supply-5v-40a, supply-5v-60a]", "part: supply-5v-18a", "every motor starts at " +
        "once")]
    [InlineData("trunk-wroom", "relay.NO, fuse.in], length_mm: 200", "relay.NO, fuse.in], length_mm: 20000", "no wire of the table is " +
        "thick")]
    [InlineData("pneumatic-joint", "chip: sensors, ", "", "chip 'sensors' of muscle-pair/base is wired 0 times")]
    [InlineData("pneumatic-joint", "part: ads1115-board, chip: sensors", "part: ads1115-board, chip: valves", "is wired 2 times")]
    [InlineData("pneumatic-joint", "regulator.A, dump.P", "regulator.A, dump.P, valve-flexor.P", "muscle-flexor.air is fed by " +
        "compressor.air past")]
    [InlineData("walker", "pins: [fuse.out, bulk.plus, servos.plus]", "pins: [fuse.out, bulk.plus, servos.plus, imu.VCC]", "imu.VCC")]
    public void A_fault_is_found(string name, string from, string to, string told)
    {
        WiringDescription wiring = Netlists.Load(name, from, to);
        IReadOnlyList<string> faults = HarnessCheck.Faults(Harness.Of(wiring, Shipped.Description(wiring.Robot), 0));
        Assert.Contains(faults, fault => fault.Contains(told, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("board.IO18, data-up", "bord.IO18, data-up", "there is no part 'bord'; did you mean 'board'?")]
    [InlineData("board.IO18, data-up", "board.IO81, data-up", "'board' (esp32-devkit) has no pin 'IO81'; did you mean 'IO18'?")]
    [InlineData("part: flyback-diode", "part: flyback-diod", "the catalogue has no part 'flyback-diod'; did you mean 'flyback-diode'?")]
    [InlineData("choices: [supply-5v-18a, ", "choices: [flyback-diode, ", "flyback-diode and supply-5v-40a have other pins")]
    [InlineData("id: pwm, part: pca9685-board, each", "id: pwm, part: pca9685-board, chip: pwm0, each", "leave chip out")]
    [InlineData("id: diode, part: flyback-diode", "id: diode", "say what it is, either by part or by choices")]
    [InlineData("kind: wiring", "kind: wirings", "use one of wiring, part-catalogue")]
    [InlineData("id: stop-fuse", "id: main-fuse", "there are two parts 'main-fuse'")]
    public void What_the_catalogue_does_not_have_is_refused_with_its_place(string from, string to, string told)
    {
        RobotFileException refused = Assert.Throws<RobotFileException>(() => Netlists.Load("trunk-wroom", from, to));
        Assert.Matches(@"^trunk-wroom\.yaml:\d+:\d+: ", refused.Message);
        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, int> Firmware(string profile)
    {
        string source = File.ReadAllText(RepositoryFile("firmware/BoardPins.cs"));
        string[] names = ["LinkTx", "LinkRx", "Bus1Data", "Bus1Clock", "Bus2Data", "Bus2Clock", "OutputEnable"];
        Assert.Contains("int linkTx, int linkRx,\n            int bus1Data, int bus1Clock, int bus2Data, int bus2Clock, int outputEnable",
            source, StringComparison.Ordinal);
        Match sets = Pins().Matches(source).Single(set => set.Groups[1].Value == profile switch
        {
            "esp32-wroom" => "Wroom",
            "esp32-wrover" => "Wrover",
            _ => "S3",
        });
        string[] numbers = sets.Groups[2].Value.Split(", ");
        return names.Zip(numbers).ToDictionary(pair => pair.First, pair => int.Parse(pair.Second));
    }

    private static string RepositoryFile(string path)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder != null && !File.Exists(Path.Combine(folder, path)))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.Combine(folder!, path);
    }

    [GeneratedRegex(@"BoardPins (\w+)\(\)\s+\{\s+return new BoardPins\(\d, ""COM\d"", ([\d, ]+)\);")]
    private static partial Regex Pins();
}
