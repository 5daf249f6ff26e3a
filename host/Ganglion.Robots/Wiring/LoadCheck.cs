namespace Ganglion.Robots.Wiring;

/// <summary>What supplies, contacts, fuses, wires and pull-ups of a harness cannot bear.</summary>
internal static class LoadCheck
{
    /// <summary>All faults; empty: none.</summary>
    public static IEnumerable<string> Faults(Harness harness) =>
        [.. Sources(harness), .. Wires(harness), .. Buses(harness)];

    private static IEnumerable<string> Sources(Harness harness)
    {
        foreach (PowerBranch branch in PowerTree.Of(harness).Where(branch => branch.Feeds == null))
        {
            PinType source = harness.TypeOf(branch.Source);
            string name = HarnessCheck.Name(harness, branch.Source);
            if (source.Rated < branch.Current.Stall)
            {
                yield return $"{name} gives {source.Rated:0.##} A, and {branch.Current.Stall:0.##} A flow where every motor starts at " +
                    $"once: " +
                    "take a larger supply, or more boards with a supply each";
            }
        }
    }

    private static IEnumerable<string> Wires(Harness harness)
    {
        var budget = PowerBudget.Of(harness);
        foreach (BudgetLine line in budget.Lines)
        {
            PlacedNet net = harness.Nets[line.Branch.Net];
            if (line.Branch.Through is { } part && harness.Parts[part].Type is var type)
            {
                if (type.IsFuse && line.Fuse == null)
                {
                    yield return $"no standard fuse bears the {line.Branch.Current.Moving:0.#} A of '{net.Name}': divide what is behind it";
                }

                if (type.Rated > 0 && type.Rated < Math.Max(line.Fuse ?? 0, PowerBudget.Margin * line.Branch.Current.Moving))
                {
                    yield return $"{harness.Parts[part].Id} bears {type.Rated:0.#} A, and the fuse before it lets {line.Fuse:0.#} A " +
                        $"through: take a " +
                        "larger one, or divide what is behind it";
                }
            }

            bool bears = line.Branch.Bundle > 1 ? WireTable.Ampacity(line.Section) >= line.Branch.Current.Stall / line.Branch.Bundle
                : WireTable.Ampacity(line.Section) >= (line.Fuse ?? PowerBudget.Margin * line.Branch.Current.Moving);
            if (!bears)
            {
                yield return $"no wire of the table bears what flows in '{net.Name}': divide what is behind it";
            }

            if (line.Drop > PowerBudget.MostDrop * line.Level)
            {
                yield return $"'{net.Name}' loses {line.Drop:0.00} V of {line.Level:0.#} in {1e6 * line.Section:0.##} mm2: no wire of " +
                    $"the table is thick " +
                    "enough, so shorten it or feed it from both ends";
            }

            bool beforeFuse = line.Fuse == null && budget.Lines.Any(other => other.Fuse != null
                && other.Branch.Source == line.Branch.Source);
            if (beforeFuse && line.Length > PowerBudget.LongestUnfused)
            {
                yield return $"'{net.Name}' is {line.Length:0.##} m long ahead of the first fuse; keep it below " +
                    $"{PowerBudget.LongestUnfused} m";
            }
        }
    }

    private static IEnumerable<string> Buses(Harness harness)
    {
        foreach (BusLine line in SignalFigures.BusLines(harness))
        {
            string name = harness.Nets[line.Net].Name;
            if (line.PullUp < SignalFigures.LeastPullUp)
            {
                yield return $"the pull-ups of '{name}' make {line.PullUp:0} ohm together, and a chip pulls against " +
                    $"{SignalFigures.LeastPullUp:0} at least: " +
                    "leave some out";
            }

            if (line.RiseTime > line.Longest)
            {
                yield return $"'{name}' rises in {1e9 * line.RiseTime:0} ns ({1e12 * line.Capacitance:0} pF against {line.PullUp:0} " +
                    $"ohm), and may take " +
                    $"{1e9 * line.Longest:0}: shorten it, divide it by a bus extender, or lower its clock";
            }
        }

        if (SignalFigures.FloatingOutputEnable(harness) is { } level && level < SignalFigures.HighLevel * SignalFigures.Logic)
        {
            yield return $"/OE floats to {level:0.00} V while the board resets, and a PCA9685 switches off from " +
                $"{SignalFigures.HighLevel * SignalFigures.Logic:0.00} V on: a smaller pull-up, since the driver boards pull it down";
        }
    }
}
