using System.CommandLine;
using Ganglion.Bridge.Doctor;
using Ganglion.Cli.Parsing;
using Ganglion.HostBoard;
using Ganglion.Physics;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli.Verbs.Board;

/// <summary>`ganglion doctor`: what keeps this machine from talking to boards, and what to do about it.</summary>
internal static class DoctorVerb
{
    public static Command Create()
    {
        Option<int?> bus = Numeric.Option<int?>("--i2c", "Also ask which chips answer on an I2C bus of this computer: N of /dev/i2c-N. " +
            "No `ganglion board` may run on it meanwhile.", new Bounds(0, BoardVerb.HighestBus));
        Option<string?> usb = BoardVerb.Usb("Also ask which chips answer behind a USB adapter of FTDI");
        var ports = new Option<string[]>("--port", "-p")
        {
            Description = "Also ask the board at this serial port how its supply, its chips, its time and its link are; may be given " +
                "several times. What it does goes on.",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "PORT",
        };
        var robot = new Option<string?>("--robot", "-r")
        {
            Description = "With --port, one for each board in order: also ask through each idle board for each chip of this description, " +
                "a file or the name of one in hardware/robots. It is told of one at a time, and what it had been told again in the end.",
            HelpName = "FILE|NAME",
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("doctor",
            "Looks for what keeps this machine from talking to boards quickly and reliably, and whether walkers can walk here, and says " +
            "what to do. Changes nothing on this machine, and moves nothing. " +
            "Exit code 1 if boards cannot be used as things are.\n\n" +
            "Example: ganglion doctor --port /dev/ttyUSB0 --robot trunk10-4g")
        {
            ports, robot, bus, usb, json,
        };
        command.SetAction(result => Run(Buses(result.GetValue(bus), result.GetValue(usb)), result.GetValue(ports) ?? [],
            result.GetValue(robot), result.GetValue(json)));
        return command;
    }

    private static BusPlace[] Buses(int? bus, string? adapter) =>
        [.. bus is { } number ? (BusPlace[])[new BusPlace.Kernel(number)] : [],
            .. adapter != null ? (BusPlace[])[BoardVerb.Adapter(adapter)] : []];

    private static int Run(BusPlace[] buses, string[] ports, string? robot, bool json)
    {
        RobotDescription? described = robot == null ? null : Descriptions.Robot(robot);
        if (described != null && described.Boards.Length != ports.Length)
        {
            throw new UsageException($"{described.Name} has {described.Boards.Length} boards and {ports.Length} ports were given: name " +
                "one --port for each, in the order of the description, or leave out --robot.");
        }

        using var interrupt = new Interrupt(steers: true);
        IReadOnlyList<Finding> findings = [.. SerialDoctor.Examine(Machine.Current()), Physics(), .. buses.Select(Chips),
            .. ports.SelectMany((port, i) => BoardCheck.Of(port, described, i, interrupt.Token))];
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

    private static Finding Chips(BusPlace bus)
    {
        string name = bus is BusPlace.Kernel(int number) ? $"I2C bus {number}" : $"{bus}";
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
