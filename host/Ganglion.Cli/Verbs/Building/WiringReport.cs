using Ganglion.Robots.Boards;
using Ganglion.Robots.Wiring;

namespace Ganglion.Cli.Verbs.Building;

/// <summary>A harness in words and figures.</summary>
internal static class WiringReport
{
    public static void Print(Harness harness, bool json)
    {
        var budget = PowerBudget.Of(harness);
        BusLine[] buses = [.. SignalFigures.BusLines(harness)];
        if (json)
        {
            Output.Json(Figures(harness, budget, buses));
            return;
        }

        string board = harness.Robot.Boards[harness.Board].Id;
        Output.Line($"{harness.Wiring.Name}: {harness.Wiring.About}; for board {board} of {harness.Robot.Name}");
        Output.Line("");
        Output.Table(["part", "is", "address"], harness.Parts.Select(part => new[] { part.Id, (part.Count > 1 ? $"{part.Count} x " : "") +
            part.Type.Name, part.Chip is { } chip ? $"0x{chip.Address:x2}{Straps(part, chip)}" : "" }));
        Output.Line("");
        Output.Table(["net", "rail", " mm2", " m", "pins"], harness.Nets.Select((net, index) => new[] { net.Name, net.Rail.Word(),
            Wire(net, budget[index]), $"{net.Length * net.Runs:0.##}", string.Join(" ", net.Pins.Select(pin => Name(harness, pin))) }));
        Output.Line("");
        Output.Table(["power", " V", " idle A", " moving A", " stalled A", " fuse A", " mm2", " drop V", " stalled V"],
            budget.Lines.Select(line => new[] { harness.Nets[line.Branch.Net].Name, $"{line.Level:0.#}", $"{line.Branch.Current.Idle:0.00}",
                $"{line.Branch.Current.Moving:0.00}", $"{line.Branch.Current.Stall:0.00}", line.Fuse is { } fuse ? $"{fuse:0.#}" : "-",
                $"{1e6 * line.Section:0.##}", $"{line.Drop:0.000}", $"{line.StallDrop:0.000}" }));
        Output.Line("Stalled is also what flows for a moment where every motor starts at once. Fuse: at least " +
            $"{PowerBudget.Margin:0.##} times (moving + one motor stalled). Drop: 2 rho l I / A, rho = 1/58 ohm mm2/m, at most " +
            $"{100 * PowerBudget.MostDrop:0} % while everything moves.");
        foreach (string line in Words(harness, budget, buses))
        {
            Output.Line(line);
        }
    }

    private static IEnumerable<string> Words(Harness harness, PowerBudget budget, BusLine[] buses)
    {
        if (harness.Robot.TrunkArm is { } arm && harness.Parts.FirstOrDefault(part => part.Drawn.Each == Repeat.Servo) is { } servo)
        {
            Draw joint = arm.GearsPerJoint * Draw.Of(servo.Type.Pins[0]), all = arm.Joints * joint;
            yield return $"A joint of {arm.GearsPerJoint} gears takes {joint.Idle:0.00} A at rest, {joint.Moving:0.00} moving, " +
                $"{joint.Stall:0.00} " +
                $"stalled; the arm's {arm.Joints} joints {all.Idle:0.0}, {all.Moving:0.0} and {all.Stall:0.0}.";
        }

        foreach (BudgetLine line in budget.Lines.Where(line => line.Branch.Feeds == null))
        {
            (double peak, double squares) = budget.Inrush(line.Branch.Source);
            if (peak > 0)
            {
                double least = budget.Lines.Min(other => other.Branch.Source == line.Branch.Source && other.Fuse > 1
                    ? other.Fuse.Value : 1000);
                yield return $"Capacitors behind {Name(harness, line.Branch.Source)} take {peak:0} A at first where the contact " +
                    $"closes, {squares:0.00} " +
                    $"A2 s in all; a fuse of {least:0.#} A bears {PowerBudget.Withstands(least):0.0} (ISO 8820-3: 20 ms at six times " +
                    $"its rating).";
            }
        }

        foreach (BusLine bus in buses)
        {
            yield return $"{harness.Nets[bus.Net].Name}: {bus.PullUp:0} ohm up, {1e12 * bus.Capacitance:0} pF, rises in " +
                $"{1e9 * bus.RiseTime:0} of " +
                $"{1e9 * bus.Longest:0} ns.";
        }

        if (SignalFigures.FloatingOutputEnable(harness) is { } level)
        {
            yield return $"/OE floats to {level:0.00} V while the board resets; {SignalFigures.HighLevel * SignalFigures.Logic:0.00} V " +
                $"switch the " +
                "outputs off.";
        }

        if (Profile(harness) is var (has, wants) && has != wants)
        {
            yield return $"The description says profile: {has}; for this wiring write {wants} into a copy of it, and flash that firmware.";
        }
    }

    private static object Figures(Harness harness, PowerBudget budget, BusLine[] buses) => new
    {
        wiring = harness.Wiring.Name,
        robot = harness.Robot.Name,
        board = harness.Robot.Boards[harness.Board].Id,
        parts = harness.Parts.Select(part => new { part.Id, part = part.Type.Name, part.Count, part.Chip?.Address }),
        nets = harness.Nets.Select(net => new
        {
            net.Name,
            rail = net.Rail.Word(),
            pins = net.Pins.Select(pin => Name(harness, pin)),
            metres = Output.Round(net.Length * net.Runs)
        }),
        power = budget.Lines.Select(line => new
        {
            net = harness.Nets[line.Branch.Net].Name,
            volts = line.Level,
            idleA = Output.Round(line.Branch.Current.Idle),
            movingA = Output.Round(line.Branch.Current.Moving),
            stalledA = Output.Round(line.Branch.Current.Stall),
            fuseA = line.Fuse,
            wireMm2 = Output.Round(1e6 * line.Section),
            dropV = Output.Round(line.Drop),
            stalledDropV = Output.Round(line.StallDrop),
        }),
        buses = buses.Select(bus => new
        {
            net = harness.Nets[bus.Net].Name,
            pullUpOhm = Output.Round(bus.PullUp, 1),
            picofarad = Output.Round(1e12 * bus.Capacitance, 1),
            riseNs = Output.Round(1e9 * bus.RiseTime, 1),
            longestNs = Output.Round(1e9 * bus.Longest, 1),
        }),
        outputEnableFloatsToV = SignalFigures.FloatingOutputEnable(harness) is { } level ? Output.Round(level) : (double?)null,
    };

    private static string Wire(PlacedNet net, BudgetLine? line) => net.Rail is Rail.Usb or Rail.Air or Rail.Mains or Rail.Ground ? "-"
        : $"{1e6 * (line?.Section ?? WireTable.SignalSection):0.##}";

    /// <summary>Which solder bridges of a driver board are closed: bit n of the address is bridge An.</summary>
    private static string Straps(PlacedPart part, ChipDescription chip)
    {
        if (chip is not Pca9685)
        {
            return "";
        }

        string[] closed = [.. Enumerable.Range(0, 6).Where(bit => (chip.Address >> bit & 1) != 0).Select(bit => $"A{bit}")];
        return closed.Length == 0 ? ", no bridge" : $", bridge {string.Join(" ", closed)}";
    }

    private static string Name(Harness harness, PlacedPin pin) => $"{harness.Parts[pin.Part].Id}.{pin.Pin}";

    private static (string Has, string Wants) Profile(Harness harness) => (harness.Robot.Boards[harness.Board].Profile switch
    {
        BoardProfile.Esp32Wroom => "esp32-wroom",
        BoardProfile.Esp32Wrover => "esp32-wrover",
        _ => "esp32-s3",
    }, harness.Controller!.Type.Profile!);
}
