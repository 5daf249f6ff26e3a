using System.CommandLine;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Cli.Parsing;
using Ganglion.Robots.Robot;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Cli.Verbs.Board;

/// <summary>`ganglion info`: asks boards what they are, without disturbing what they do.</summary>
internal static class InfoVerb
{
    /// <summary>How long virtual boards run before they are asked, so that there is something to count, ns.</summary>
    private const long VirtualWarmUp = 1_000_000_000;

    private const string DefaultRobot = "trunk10-4g";

    public static Command Create()
    {
        Option<string[]> ports = CommonOptions.Ports();
        var robot = new Option<string?>("--robot", "-r")
        {
            Description = $"Robot description, a file or the name of one in hardware/robots: gives boards, chips and channels their " +
                $"names, and without --port says which virtual boards to ask [default there: {DefaultRobot}].",
            HelpName = "FILE|NAME",
        };
        Option<int?> baud = Numeric.Option<int?>("--baud", $"Speed of the ports [default: that of the description, or " +
            $"{SerialPorts.DefaultBaud}].", new Bounds(1200, 10_000_000, "bit/s"));
        Option<int> seed = CommonOptions.Seed();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("info",
            "Asks boards what they are: firmware, state and its reason, configuration, timekeeping, errors. Opens no session, so an " +
            "armed board goes on with what it does. Without --port, virtual boards are started in virtual time, configured, and " +
                "asked.\n\n" +
            "Example: ganglion info --port /dev/ttyUSB0 --robot trunk10-4g")
        {
            ports, robot, baud, seed, json,
        };
        command.SetAction(result => Run(
            result.GetValue(ports) ?? [], result.GetValue(robot), result.GetValue(baud), result.GetValue(seed), result.GetValue(json)));
        return command;
    }

    private static int Run(string[] ports, string? robotName, int? baud, int seed, bool json)
    {
        RobotDescription? robot = robotName != null || ports.Length == 0 ? Descriptions.Robot(robotName ?? DefaultRobot) : null;
        List<InfoReport> reports = ports.Length == 0 ? AskVirtual(robot!, seed) : AskPorts(ports, robot, baud);
        if (json)
        {
            Output.Json(new { Robot = robot?.Name, Boards = reports.Select(report => report.ToJson()) });
        }
        else
        {
            foreach (InfoReport report in reports)
            {
                report.Print();
            }
        }

        return Errors.Ok;
    }

    private static List<InfoReport> AskPorts(string[] ports, RobotDescription? robot, int? baud)
    {
        if (robot != null && robot.Boards.Length != ports.Length)
        {
            throw new UsageException($"{robot.Name} has {robot.Boards.Length} boards and {ports.Length} ports were given: name one port " +
                $"for each, in the order of the description, or leave out --robot.");
        }

        var clock = new MonotonicClock();
        var reports = new List<InfoReport>();
        for (int i = 0; i < ports.Length; i++)
        {
            string name = robot?.Boards[i].Id ?? ports[i];
            ISerialLink port = SerialPorts.Open(ports[i], baud ?? robot?.Boards[i].Baud ?? SerialPorts.DefaultBaud);
            reports.Add(new InfoReport(name, ports[i], BoardEnquiry.Ask(name, port, clock), robot == null ? null
                : RobotConfiguration.Of(robot, i)));
        }

        return reports;
    }

    private static List<InfoReport> AskVirtual(RobotDescription robot, int seed)
    {
        using var body = new VirtualRobot(robot, FirmwareImage.Embedded, seed);
        for (int i = 0; i < robot.Boards.Length; i++)
        {
            int board = i;
            using var session = new BoardSession(robot.Boards[i].Id, () => body.Connect(board), body.World, new Random(seed + i));
            session.Await(session.Connect());
            session.Await(session.Configure(RobotConfiguration.Of(robot, i)));
        }

        body.World.WaitUntil(body.World.NowNanoseconds + VirtualWarmUp);
        var reports = new List<InfoReport>();
        for (int i = 0; i < robot.Boards.Length; i++)
        {
            Bridge.Serial.ISerialLink port = body.Connect(i);
            reports.Add(new InfoReport(
                robot.Boards[i].Id, port.Name, BoardEnquiry.Ask(robot.Boards[i].Id, port, body.World), RobotConfiguration.Of(robot, i)));
        }

        return reports;
    }
}
