using System.CommandLine;
using Ganglion.Bridge.Doctor;
using Ganglion.Physics;

namespace Ganglion.Cli.Verbs.Board;

/// <summary>`ganglion doctor`: what keeps this machine from talking to boards, and what to do about it.</summary>
internal static class DoctorVerb
{
    public static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        var command = new Command("doctor",
            "Looks for what keeps this machine from talking to boards quickly and reliably, and whether walkers can walk here, and says " +
            "what to do. Changes nothing. " +
            "Exit code 1 if boards cannot be used as things are.\n\n" +
            "Example: ganglion doctor")
        {
            json,
        };
        command.SetAction(result => Run(result.GetValue(json)));
        return command;
    }

    private static int Run(bool json)
    {
        IReadOnlyList<Finding> findings = [.. SerialDoctor.Examine(Machine.Current()), Physics()];
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

    private static string Mark(FindingLevel level) => level switch
    {
        FindingLevel.Good => "ok",
        FindingLevel.Advice => "advice",
        _ => "TROUBLE",
    };
}
