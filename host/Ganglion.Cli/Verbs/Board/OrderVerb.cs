using System.CommandLine;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Timing;
using Ganglion.Bridge.Words;
using Ganglion.Cli.Parsing;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Cli.Verbs.Board;

/// <summary>`ganglion disarm` and `ganglion stop`: whatever a board does and whoever has it.</summary>
internal static class OrderVerb
{
    /// <summary>`ganglion disarm`.</summary>
    public static Command Disarm() => Create("disarm", BoardOrderKind.Disarm,
        "Switches the outputs of boards off, and acknowledges why they went safe: an arm goes limp, valves vent. Needs no description of " +
            "the robot, and works while another program streams, whose session ends.\n\n" +
        "Example: ganglion disarm --port /dev/ttyUSB0");

    /// <summary>`ganglion stop`.</summary>
    public static Command Stop() => Create("stop", BoardOrderKind.Stop,
        "Makes boards go safe at once: each channel does what on_safe of its description says. Needs no description of the robot, and " +
            "works while another program streams, whose session ends. `ganglion disarm` switches the outputs off afterwards. No " +
                "emergency stop: that is a switch in the supply.\n\n" +
        "Example: ganglion stop --port /dev/ttyUSB0 --port /dev/ttyUSB1");

    private static Command Create(string name, BoardOrderKind kind, string description)
    {
        var ports = new Option<string[]>("--port", "-p")
        {
            Description = "Serial port of a board; may be given several times.",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "PORT",
        };
        Option<int> baud = Numeric.Option("--baud", "Speed of the ports, bit/s.", new Bounds(1200, 10_000_000), SerialPorts.DefaultBaud);
        Option<bool> json = CommonOptions.Json();
        var command = new Command(name, description) { ports, baud, json };
        command.SetAction(result => Run(kind, name, result.GetValue(ports) ?? [], result.GetValue(baud), result.GetValue(json)));
        return command;
    }

    private static int Run(BoardOrderKind kind, string verb, string[] ports, int baud, bool json)
    {
        if (ports.Length == 0)
        {
            throw new UsageException($"say which board to {verb} with --port; `ganglion ports` lists them.");
        }

        // All at once: none waits for one that does not answer.
        Task<BoardIdentity>[] orders = [.. ports.Select(port => Task.Run(() =>
            BoardOrder.Give(kind, port, SerialPorts.OpenShared(port, baud), new MonotonicClock())))];
        Task.WhenAll(orders).ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        if (json)
        {
            Output.Json(new
            {
                Boards = ports.Zip(orders).Select(pair => new
                {
                    Port = pair.First,
                    State = pair.Second.IsCompletedSuccessfully ? StateWords.Name(pair.Second.Result.State) : null,
                    Reason = pair.Second.IsCompletedSuccessfully ? pair.Second.Result.Reason : (byte?)null,
                    Error = pair.Second.Exception?.InnerException?.Message,
                }),
            });
        }

        foreach ((string port, Task<BoardIdentity> order) in ports.Zip(orders))
        {
            if (order.Exception?.InnerException is { } failure)
            {
                Errors.Told(failure);
            }
            else if (!json)
            {
                Output.Line($"{port}: {Words(order.Result)}");
            }
        }

        return orders.All(order => order.IsCompletedSuccessfully) ? Errors.Ok : Errors.Failed;
    }

    private static string Words(BoardIdentity board)
    {
        string why = board.Reason is Reason.None or Reason.SessionReplaced or Reason.StoppedByHost ? ""
            : $" (it last held or was safe because {ReasonWords.Of(board.Reason, 0, board.Detail, null).Cause})";
        return board.State == BoardState.Safe ? $"stopped, safe; `ganglion disarm` switches its outputs off{why}"
            : $"idle, outputs off{why}";
    }
}
