using Ganglion.Arm.Control;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Session;
using Ganglion.Live.OwnMotion;
using Ganglion.Live.Reaching;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;
using Ganglion.Sim;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Live.Tests;

/// <summary>A link that ends is told with its own reason, whatever the board did just before.</summary>
public class EndingWordsTests
{
    public static TheoryData<string, string, string> Causes => new()
    {
        { "board base reset", "it was reset", "supply" },
        { "board base power-cycle", "it was reset", "supply" },
        { "serial base drop 100%", "silent", "cable" },
        { "stuck-bus base 1", "hangs", "clock lines" },
        { "unplugged", "its port /dev/ttyTEST is gone", "cable" },
        { "taken over", "another program took it over", "Close the other program" },
    };

    [Theory]
    [MemberData(nameof(Causes))]
    public void An_arm_says_why_it_stopped(string what, string cause, string remedy)
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk10-4g"), 1);
        var plug = new Plug();
        using var session = new ArmSession(arm.Robot.Description, [() => new PluggedLink(arm.Robot.Connect(0), plug)], arm.Clock,
            new Random(1));
        session.Open();
        BoardException error = Assert.Throws<BoardException>(() => session.Steer<bool>(() =>
        {
            session.ArmOutputs(arm);
            var loop = new ReachLoop(session, new LeastSquaresController(session.Arm, 1, orientation: false), arm);
            loop.GoTo(new Pose(new Vec3(0.06, -0.04, 0.48), Quat.Identity));
            for (int i = 0; i < 500; i++)
            {
                loop.Step();
                if (i == 50)
                {
                    Befall(arm.Robot, plug, what);
                }
            }

            return true;
        }));
        AssertTold(error, cause, remedy);
    }

    [Theory]
    [MemberData(nameof(Causes))]
    public void A_board_that_streams_pressures_says_why_it_stopped(string what, string cause, string remedy)
    {
        RobotDescription description = ShippedFiles.Robot("muscle-rig");
        using var robot = new VirtualRobot(description, FirmwareImage.Embedded, 1);
        var plug = new Plug();
        using var board = new BoardSession("base", () => new PluggedLink(robot.Connect(0), plug), robot.World, new Random(1));
        board.Await(board.Connect());
        board.Await(board.Configure(RobotConfiguration.Of(description, 0)));
        bool done = false;
        long since = 0;
        BoardException error = Assert.Throws<BoardException>(() => PressureRun.Play(board, robot.World, description,
            new PressureRunOptions(20, 250, 80, 0.5), (seconds, _) =>
            {
                if (!done && seconds > 1)
                {
                    done = true;
                    since = robot.World.NowNanoseconds;
                    Befall(robot, plug, what);
                }
            }, default));
        AssertTold(error, cause, remedy);

        // At most: silence of 0.3 s, 4 in which it may say why, 3 in which it is told to disarm.
        Assert.InRange(robot.World.NowNanoseconds - since, 0, 7_500_000_000);
    }

    /// <summary>The longest that a board is silent by its own fault: a second for each of its buses.</summary>
    [Fact]
    public void A_board_whose_buses_both_hang_says_so_within_three_seconds()
    {
        RobotDescription description = ShippedFiles.Robot("walker-rig12-imu");
        using var robot = new VirtualRobot(description, FirmwareImage.Embedded, 1);
        using var board = new BoardSession("trunk", () => robot.Connect(0), robot.World, new Random(1));
        var group = new BoardGroup(robot.World, board);
        board.Await(board.Connect());
        board.Await(board.Configure(RobotConfiguration.Of(description, 0)));
        board.Await(board.Arm());
        long since = robot.World.NowNanoseconds;
        robot.Faults.Inject("stuck-bus trunk 1");
        robot.Faults.Inject("stuck-bus trunk 2");
        while (board.IsArmed)
        {
            group.PollUntil(robot.World.NowNanoseconds + 1_000_000);
        }

        Assert.Contains("hangs", group.WhyStopped(board, "").Message, StringComparison.Ordinal);
        Assert.InRange(robot.World.NowNanoseconds - since, 1_000_000_000, 3_000_000_000);
    }

    /// <summary>Held up itself, the host says so: its board has gone safe for want of frames. Whether it hears so first, or that the board
    /// takes no setpoints, is a matter of milliseconds.</summary>
    [Theory]
    [InlineData(600)]
    [InlineData(420)]
    [InlineData(430)]
    [InlineData(440)]
    public void A_program_that_was_held_up_says_so(int milliseconds)
    {
        using var arm = VirtualArm.InVirtualTime(ShippedFiles.Robot("trunk10-4g"), 1);
        using var session = new ArmSession(arm.Robot.Description, arm.Ports, arm.Clock, new Random(1));
        session.Open();
        BoardException error = Assert.Throws<BoardException>(() => session.Steer<bool>(() =>
        {
            session.ArmOutputs(arm);
            for (int i = 0; ; i++)
            {
                session.SetStrokes(session.ParkStrokes());
                session.Stream.Step();
                session.ThrowIfDisarmed();
                if (i == 50)
                {
                    arm.Clock.WaitUntil(arm.Clock.NowNanoseconds + milliseconds * 1_000_000L);
                }
            }
        }));
        AssertTold(error, "the host was lost", $"held up for {milliseconds / 100}");
        Assert.Equal(Reason.HostLost, error.Reason);
    }

    /// <summary>A virtual board that this program runs has neither cable nor supply: where it is not heard, or did not hear, the machine
    /// was too busy, and that is what is said at whatever point it happens.</summary>
    [Theory]
    [InlineData("before it answers")]
    [InlineData("before it is configured")]
    [InlineData("when it is armed")]
    [InlineData("while it is armed")]
    [InlineData("while this program was held up")]
    public void A_board_of_ours_is_silent_because_the_machine_is_busy(string when)
    {
        using var robot = new VirtualRobot(ShippedFiles.Robot("trunk10-4g"), FirmwareImage.Embedded, 1);
        var plug = new Plug();
        using var board = new BoardSession("base", () => new PluggedLink(robot.Connect(0), plug) { IsOurs = true }, robot.World,
            new Random(1));
        var group = new BoardGroup(robot.World, board);
        var told = new List<string>();
        board.Happened += what => told.Add(what.Words);
        BoardException error = Assert.Throws<BoardException>((Action)(() =>
        {
            plug.Deaf = when == "before it answers";
            board.Await(board.Connect());
            plug.Deaf = when == "before it is configured";
            board.Await(board.Configure(RobotConfiguration.Of(robot.Description, 0)));
            plug.Deaf = when == "when it is armed";
            board.Await(board.Arm());
            plug.Deaf = when == "while it is armed";
            robot.World.WaitUntil(robot.World.NowNanoseconds + (plug.Deaf ? 0 : 600_000_000));
            while (board.IsArmed)
            {
                group.PollUntil(robot.World.NowNanoseconds + 1_000_000);
            }

            throw group.WhyStopped(board, "").After(null);
        }));
        foreach (string words in told.Where(words => words.Contains("silent") || words.Contains("lost")).Append(error.Message))
        {
            Assert.Contains("too busy", words, StringComparison.Ordinal);
            Assert.Contains("--virtual-time", words, StringComparison.Ordinal);
            Assert.DoesNotContain("able.", words, StringComparison.Ordinal);
            Assert.DoesNotContain("power", words, StringComparison.Ordinal);
            Assert.DoesNotContain("ganglion ", words, StringComparison.Ordinal);
        }
    }

    /// <summary>Who comes to a latched board is told of the chip that it is latched for.</summary>
    [Fact]
    public void A_latched_board_says_which_chip_it_is()
    {
        using var robot = new VirtualRobot(ShippedFiles.Robot("trunk10-4g"), FirmwareImage.Embedded, 1);
        for (int session = 0; session < 2; session++)
        {
            using var board = new BoardSession("base", () => robot.Connect(0), robot.World, new Random(1 + session));
            board.Await(board.Connect());
            board.Await(board.Configure(RobotConfiguration.Of(robot.Description, 0)));
            BoardOperation arming = board.Arm();
            if (session == 0)
            {
                board.Await(arming);
                robot.Faults.Inject("brownout base pwm1");
                while (board.State != BoardState.Safe)
                {
                    board.Poll();
                    robot.World.WaitUntil(robot.World.NowNanoseconds + 1_000_000);
                }
            }
            else
            {
                Assert.Contains("latched in its safe state: the output chip 1 'pwm1'",
                    Assert.Throws<BoardException>(() => board.Await(arming)).Message, StringComparison.Ordinal);
            }
        }
    }

    private static void AssertTold(BoardException error, string cause, string remedy)
    {
        Assert.StartsWith("base: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(cause, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("follows the stream", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("..", error.Message, StringComparison.Ordinal);
    }

    private static void Befall(VirtualRobot robot, Plug plug, string what)
    {
        switch (what)
        {
            case "unplugged":
                plug.Pulled = true;
                break;
            case "taken over":
                using (var other = new BoardSession("other", () => robot.Connect(0), robot.World, new Random(99)))
                {
                    other.Await(other.Connect());
                }

                break;
            default:
                robot.Faults.Inject(what);
                break;
        }
    }

    private sealed class Plug
    {
        public bool Pulled, Deaf;
    }

    /// <summary>A link whose cable can be pulled, and is not put back, or that brings nothing.</summary>
    private sealed class PluggedLink(ISerialLink link, Plug plug) : ISerialLink
    {
        public string Name => "/dev/ttyTEST";

        public bool IsOurs { get; init; }

        public int Read(Span<byte> destination) => plug.Pulled ? throw Lost() : plug.Deaf ? 0 : link.Read(destination);

        public int Write(ReadOnlySpan<byte> source) => plug.Pulled ? throw Lost() : link.Write(source);

        public bool WaitReadable(TimeSpan timeout) => plug.Pulled || link.WaitReadable(timeout);

        public void Dispose() => link.Dispose();

        private LinkLostException Lost() => new(Name, "it hung up while reading");
    }
}
