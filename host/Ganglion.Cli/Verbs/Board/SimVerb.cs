using System.CommandLine;
using Ganglion.Basics.Text;
using Ganglion.Bridge.Timing;
using Ganglion.Cli.Links;
using Ganglion.Live.Calibration;
using Ganglion.Live.Tracking;
using Ganglion.Robots.Robot;
using Ganglion.Sim;
using Ganglion.Sim.Calibration;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;
using Ganglion.VirtualBoard.Faults;

namespace Ganglion.Cli.Verbs.Board;

/// <summary>`ganglion sim`: virtual boards alone, for any host to connect to.</summary>
internal static class SimVerb
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(200);

    public static Command Create()
    {
        Option<string> robot = CommonOptions.Robot("trunk10-4g");
        Option<int> seed = CommonOptions.Seed();
        var links = new Option<DirectoryInfo?>("--link-dir")
        {
            Description = "Also make a link to each port here, named after its board, " +
                "so that the paths stay the same.",
            HelpName = "DIR"
        };
        var faults = new Option<string[]>("--fault")
        {
            Description = "A fault that is there from the start, in quotes; may be given " +
                "several times.",
            HelpName = "FAULT",
            DefaultValueFactory = _ => []
        };
        var poses = new Option<string?>("--poses")
        {
            Description = "Play an external tracker for a virtual arm: send the true poses of " +
                "its tip and modules there, 100 a second (udp:PORT, or udp:ADDRESS:PORT with a token).",
            HelpName = "udp:PORT"
        };
        Option<FileInfo?> token = CommonOptions.PosesToken();
        var unnamed = new Option<bool>("--unnamed")
        {
            Description = "Boards that were all flashed with one image, and so do not know which board of the robot they are."
        };
        var otherwise = new Option<bool>("--built-otherwise")
        {
            Description = "Servos, oscillators and sensors are built otherwise than described, by the seed: for `ganglion calibrate`; " +
                "the line look tells what is to be seen."
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("sim",
            "Runs the virtual boards of a robot in real time and prints the pseudo-terminals behind which they are, until Ctrl-C. " +
            "Each line on stdin injects a fault from then on; whether it took is told on stderr. Faults:\n\n" +
            FaultCommand.Usage + "\n\n" +
            "Example: ganglion sim --robot trunk25-4g --link-dir ports --fault \"serial base drop 1%\"")
        {
            robot, seed, links, faults, poses, token, unnamed, otherwise, json,
        };
        command.SetAction(result => Run(
            Descriptions.Robot(result.GetValue(robot)!), result.GetValue(seed), result.GetValue(links), result.GetValue(faults)!,
            CommonOptions.Endpoint(result.GetValue(poses), result.GetValue(token)), result.GetValue(unnamed), result.GetValue(otherwise),
            result.GetValue(json)));
        return command;
    }

    private static int Run(RobotDescription description, int seed, DirectoryInfo? linkDirectory, string[] faults,
        PoseEndpoint? poses, bool unnamed, bool otherwise, bool json)
    {
        if (poses != null && description.TrunkArm == null)
        {
            throw new UsageException($"{description.Name} is no trunk arm and has no tip to track: leave out --poses.");
        }

        using var interrupt = new Interrupt();
        using var robot = new VirtualRobot(otherwise ? BuiltOtherwise.Draw(description, seed) : description, FirmwareImage.Embedded, seed,
            named: !unnamed, stopsAtLimits: otherwise);
        using PosePublisher? tracker = poses == null ? null : new PosePublisher(robot.Trunk!, poses);
        if (tracker != null)
        {
            robot.World.AddBody(tracker);
        }

        using var boards = new RealTimeBoards(robot, new MonotonicClock());
        foreach (string fault in faults)
        {
            if (!TryInject(boards, fault, out string words))
            {
                throw new UsageException($"--fault: {words}");
            }
        }

        using PortLinks? links = linkDirectory == null ? null
            : new PortLinks(linkDirectory, [.. description.Boards.Select(board => board.Id)], boards.PortNames);
        Print(description, boards, links, json);
        new Thread(() => ReadFaults(boards)) { IsBackground = true, Name = "faults" }.Start();
        while (!interrupt.Token.WaitHandle.WaitOne(LookPeriod))
        {
            boards.ThrowIfStopped();
        }

        return Errors.Ok;
    }

    private static void Print(RobotDescription description, RealTimeBoards boards, PortLinks? links, bool json)
    {
        if (json)
        {
            Output.Json(new
            {
                Robot = description.Name,
                Boards = description.Boards.Select((board, i) => new { board.Id, Port = boards.PortNames[i], Link = links?.Paths[i] }),
            });
            return;
        }

        for (int i = 0; i < description.Boards.Length; i++)
        {
            Output.Line($"{description.Boards[i].Id}  {boards.PortNames[i]}{(links == null ? "" : "  " + links.Paths[i])}");
        }

        Console.Error.WriteLine("Virtual boards are running. Type faults (try help); Ctrl-C ends.");
    }

    private static void ReadFaults(RealTimeBoards boards)
    {
        while (Console.In.ReadLine() is { } line)
        {
            if (line.Trim() is not { Length: > 0 } fault)
            {
                continue;
            }

            string answer = fault == "help" ? FaultCommand.Usage : fault == "look" ? boards.Look(Sights)
                : TryInject(boards, fault, out string words) ? $"in force: {fault}" : words;
            Console.Error.WriteLine(answer);
        }
    }

    private static string Sights(VirtualRobot robot)
    {
        var eyes = new BodyObserver(robot);
        return string.Join(Environment.NewLine, CalibrationItem.Of(robot.Description).Select(item => $"{item.Title}: {eyes.Sight(item)}"));
    }

    private static bool TryInject(RealTimeBoards boards, string fault, out string words)
    {
        try
        {
            boards.Inject(fault);
            words = "";
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            words = e is ArgumentException argument ? argument.Words() : e.Message;
            return false;
        }
    }
}
