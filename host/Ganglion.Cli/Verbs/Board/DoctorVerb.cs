using System.CommandLine;
using Ganglion.Bridge.Doctor;
using Ganglion.Cli.Parsing;
using Ganglion.HostBoard;
using Ganglion.Physics;

namespace Ganglion.Cli.Verbs.Board;

/// <summary>`ganglion doctor`: what keeps this machine from talking to boards, and what to do about it.</summary>
internal static class DoctorVerb
{
    public static Command Create()
    {
        Option<int?> bus = Numeric.Option<int?>("--i2c", "Also ask which chips answer on an I2C bus of this computer: N of /dev/i2c-N. " +
            "No `ganglion board` may run on it meanwhile.", new Bounds(0, BoardVerb.HighestBus));
        Option<bool> json = CommonOptions.Json();
        var command = new Command("doctor",
            "Looks for what keeps this machine from talking to boards quickly and reliably, and whether walkers can walk here, and says " +
            "what to do. Changes nothing. " +
            "Exit code 1 if boards cannot be used as things are.\n\n" +
            "Example: ganglion doctor")
        {
            bus, json,
        };
        command.SetAction(result => Run(result.GetValue(bus), result.GetValue(json)));
        return command;
    }

    private static int Run(int? bus, bool json)
    {
        IReadOnlyList<Finding> findings = [.. SerialDoctor.Examine(Machine.Current()), Physics(), .. bus is { } number
            ? (Finding[])[Chips(number)] : []];
        bool usable = !findings.Any(finding => finding.Level == FindingLevel.Trouble);
        if (json)
        {
            Output.Json(new
            {
                Usable = usable,
                Checks = findings.Select(finding => new
                {
                    finding.Name,
                    Level = finding.Level.ToString().ToLowerInvariant(),
                    finding.What,
                    finding.Remedy,
                }),
            });
        }
        else
        {
            foreach (Finding finding in findings)
            {
                Output.Line($"{Mark(finding.Level),-7} {finding.Name}: {finding.What}");
                if (finding.Remedy.Length > 0)
                {
                    Output.Line($"        -> {finding.Remedy}");
                }
            }
        }

        return usable ? Errors.Ok : Errors.Failed;
    }

    private static Finding Physics()
    {
        const string name = "MuJoCo";
        try
        {
            return new Finding(name, FindingLevel.Good, $"version {PhysicsLibrary.Version} is there: walkers can walk.", "");
        }
        catch (PhysicsException missing)
        {
            return new Finding(name, FindingLevel.Advice, $"{missing.Message.TrimEnd('.')}; walk, tune walk and reproduce slope need it, " +
                "boards do not.", PhysicsLibrary.Remedy);
        }
    }

    private static Finding Chips(int bus)
    {
        string name = $"I2C bus {bus}";
        try
        {
            IReadOnlyList<FoundChip> chips = BusScan.Of(bus);
            return chips.Count == 0
                ? new Finding(name, FindingLevel.Trouble, "no chip answers.", "Check the chips' supply, common ground, SDA and SCL (not " +
                    "exchanged), their pull-ups and the address jumpers.")
                : new Finding(name, FindingLevel.Good, string.Join("; ", chips.Select(chip => $"0x{chip.Address:X2} " +
                    (chip.Kind.Length > 0 ? $"{chip.Kind} ({chip.Detail})" : chip.Detail))) + ".", "");
        }
        catch (IOException unusable)
        {
            return new Finding(name, FindingLevel.Trouble, unusable.Message, "");
        }
    }

    private static string Mark(FindingLevel level) => level switch
    {
        FindingLevel.Good => "ok",
        FindingLevel.Advice => "advice",
        _ => "TROUBLE",
    };
}
