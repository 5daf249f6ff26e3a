using System.Text.Json;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Robots.Robot;
using Ganglion.Sim;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Cli.Tests.Board;

/// <summary>Virtual boards in one process and their hosts in others, with nothing between them but a pseudo-terminal. Waits
/// are for states, not for times.</summary>
[Trait("Ports", "Real")]
public class SimTests
{
    [Fact]
    public void Boards_answer_take_faults_and_end_with_ctrl_c()
    {
        using var scratch = new Scratch();
        using var sim = GanglionProcess.Start("sim", "--json", "--link-dir", scratch.At("ports"), "--fault",
            "serial delay 1ms");
        JsonElement board = sim.ReadJson().GetProperty("boards")[0];
        Assert.Equal("base", board.GetProperty("id").GetString());
        string port = board.GetProperty("port").GetString()!, link = board.GetProperty("link").GetString()!;
        Assert.Equal(port, new FileInfo(link).LinkTarget);

        JsonElement before = Info(port), again = Info(link);
        Assert.Equal("idle", before.GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Null, before.GetProperty("configuration").ValueKind);
        Assert.True(Clock(again) > Clock(before));

        // A host comes and goes; the board remembers its session until it is reset.
        using (var session = new BoardSession("base", () => SerialPorts.Open(port, 921600), new MonotonicClock()))
        {
            session.Await(session.Connect());
        }

        Assert.NotEqual(0, Info(port).GetProperty("session").GetInt32());
        sim.Type("board reset", "in force: board reset");
        Assert.Equal(0, Info(port).GetProperty("session").GetInt32());
        sim.Type("board bas reset", "There is no board 'bas'. Boards: base.");
        sim.Type("nonsense", "there is no fault 'nonsense'");

        sim.Interrupt();
        Assert.Equal(0, sim.End().ExitCode);
        Assert.False(Path.Exists(link) || new FileInfo(link).LinkTarget != null);

        // Not by the port itself: another program may have been given its number by now.
        Assert.Contains("no such device", InProcess.Run("info", "--port", link).Refused(1));
    }

    [Fact]
    public void A_host_that_is_killed_is_told_by_the_board()
    {
        using var sim = GanglionProcess.Start("sim", "--json");
        string port = sim.ReadJson().GetProperty("boards")[0].GetProperty("port").GetString()!;

        // From outside nobody can tell when a host has come to stream, so it is given more time until it was in time.
        JsonElement info = default;
        for (int milliseconds = 500; milliseconds <= 32000; milliseconds *= 2)
        {
            using var host = GanglionProcess.Start("reach", "60", "-40", "480", "--port", port, "--hold", "600");
            Thread.Sleep(milliseconds);

            // On a machine so busy that the host is silent for 400 ms, the board has gone safe already and the host has
            // ended: for the board the host was lost in either case.
            if (!host.HasEnded)
            {
                host.Kill();
            }

            do
            {
                info = Info(port);
            }
            while (info.GetProperty("state").GetString() is "armed" or "running" or "holding");
            if (info.GetProperty("state").GetString() == "safe")
            {
                break;
            }
        }

        Assert.Equal("safe", info.GetProperty("state").GetString());
        Assert.Contains("the host was lost", info.GetProperty("reason").GetString());
        Assert.Contains("Disarm", info.GetProperty("remedy").GetString());
        Assert.Contains("the host was lost", Ask(port).Output);

        // Latched: time does not mend it, and neither does asking.
        Assert.Equal("safe", Info(port).GetProperty("state").GetString());
    }

    /// <summary>What a session says of a silence goes by it: of a board with a fault, or behind a port, the machine need not be the
    /// cause.</summary>
    [Fact]
    public void A_board_of_this_program_is_told_from_others_until_a_fault_is_injected()
    {
        RobotDescription rig = RobotFile.Load(Path.Combine(Repository.Robots, "rig12.yaml"));
        using var robot = new VirtualRobot(rig, FirmwareImage.Embedded, 1);
        using var boards = new RealTimeBoards(robot, new MonotonicClock());
        using (ISerialLink behindItsPort = SerialPorts.Open(boards.PortNames[0], rig.Boards[0].Baud))
        {
            Assert.False(behindItsPort.IsOurs);
        }

        using ISerialLink ours = boards.Open(0);
        Assert.True(ours.IsOurs);
        Assert.Throws<ArgumentException>(() => boards.Inject("nack nosuchchip"));
        Assert.True(ours.IsOurs);
        boards.Inject("serial drop 1%");
        Assert.False(ours.IsOurs);
    }

    private static double Clock(JsonElement board) => board.GetProperty("clockSeconds").GetDouble();

    private static JsonElement Info(string port)
    {
        Outcome outcome = Ask(port, "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        return outcome.Json.GetProperty("boards")[0];
    }

    /// <summary>Once more where a busy machine kept the board from answering.</summary>
    private static Outcome Ask(string port, params string[] options)
    {
        Outcome outcome = InProcess.Run(["info", "--port", port, .. options]);
        for (int tries = 1; tries < 8 && outcome.Starved; tries++)
        {
            outcome = InProcess.Run(["info", "--port", port, .. options]);
        }

        return outcome;
    }
}
