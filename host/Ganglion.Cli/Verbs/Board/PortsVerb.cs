using System.CommandLine;
using Ganglion.Bridge.Serial;

namespace Ganglion.Cli.Verbs.Board;

/// <summary>`ganglion ports`: the serial ports on which a board may be.</summary>
internal static class PortsVerb
{
    public static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        var command = new Command("ports",
            "Lists serial ports with the names that last and what is known of their adapters. Opens none, so no board notices.\n\n" +
            "Example: ganglion ports --json")
        {
            json,
        };
        command.SetAction(result => Run(result.GetValue(json)));
        return command;
    }

    private static int Run(bool json)
    {
        IReadOnlyList<PortInfo> ports = PortFinder.Find();
        if (json)
        {
            Output.Json(new
            {
                Ports = ports.Select(port => new
                {
                    Name = port.StableName,
                    Device = port.Path,
                    port.Chip,
                    port.UsbId,
                    port.Serial,
                    port.LatencyTimerMs,
                    port.MayOpen,
                }),
            });
        }
        else if (ports.Count == 0)
        {
            Output.Line($"No serial port is plugged in. A board that is plugged in and not listed may hang on a cable for charging only; " +
                $"`ganglion sim` makes virtual boards.");
        }
        else
        {
            Output.Table(["name (use this one)", "device", "chip", "VID:PID", " latency ms", "may open"], ports.Select(port => new[]
            {
                port.StableName, port.Path, port.Chip, port.UsbId, port.LatencyTimerMs?.ToString() ?? "-", port.MayOpen ? "yes"
                    : "no: ganglion doctor",
            }));
        }

        return Errors.Ok;
    }
}
