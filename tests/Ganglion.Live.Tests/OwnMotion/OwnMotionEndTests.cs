using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Live.OwnMotion;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Safety;
using Ganglion.Shared.Walking;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Live.Tests.OwnMotion;

/// <summary>However a run ends, it leaves no board on that it can reach: the board itself is asked, not the session.</summary>
public class OwnMotionEndTests
{
    private static readonly Dictionary<string, (string Robot, Action<Board, Action<double>, EndRequest> Play)> Plays = new()
    {
        ["rhythm"] = ("rig12", (board, progress, cancellation) => RhythmRun.Play(board.Session, board.Robot.World, board.Rhythm!,
            new RhythmRunOptions(10, 1, 1), (seconds, _) => progress(seconds), cancellation)),
        ["walk"] = ("walker12", (board, progress, cancellation) => WalkRun.Play(board.Session, board.Robot.World,
            new WalkRunOptions(10, 0.2, 0), (seconds, _) => progress(seconds), cancellation)),
        ["pressure"] = ("muscle-rig", (board, progress, cancellation) => PressureRun.Play(board.Session, board.Robot.World,
            board.Robot.Description, new PressureRunOptions(10, 250, 80, 0.5), (seconds, _) => progress(seconds), cancellation)),
    };

    public static TheoryData<string> Runs => new(Plays.Keys);

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_run_that_ends_by_itself_leaves_the_board_idle(string run)
    {
        using var board = new Board(Plays[run].Robot);
        Plays[run].Play(board, _ => { }, default);
        Assert.Equal(BoardState.Idle, board.State());
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_cancelled_run_leaves_the_board_idle(string run)
    {
        using var board = new Board(Plays[run].Robot);
        using var cancellation = new CancellationTokenSource();
        Plays[run].Play(board, seconds =>
        {
            if (seconds > 3)
            {
                cancellation.Cancel();
            }
        }, cancellation.Token);
        Assert.Equal(BoardState.Idle, board.State());
    }

    /// <summary>A second Ctrl-C: outputs off where the robot stands, without its ramp or its feet together.</summary>
    [Theory]
    [MemberData(nameof(Runs))]
    public void A_run_that_is_ended_at_once_leaves_the_board_idle_at_once(string run)
    {
        using var board = new Board(Plays[run].Robot);
        using var atOnce = new CancellationTokenSource();
        long ended = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => Plays[run].Play(board, seconds =>
        {
            if (seconds > 3 && ended == 0)
            {
                ended = board.Robot.World.NowNanoseconds;
                atOnce.Cancel();
            }
        }, new EndRequest(CancellationToken.None, atOnce.Token)));
        // One look, and the way of the order and of its answer: 33 to 59 ms.
        Assert.InRange(board.Robot.World.NowNanoseconds - ended, 0, 80_000_000);
        Assert.Equal(BoardState.Idle, board.State());
    }

    /// <summary>At the first call, when the board has only just begun, and later.</summary>
    [Theory]
    [InlineData("rhythm", 0)]
    [InlineData("rhythm", 5)]
    [InlineData("walk", 0)]
    [InlineData("walk", 5)]
    [InlineData("pressure", 0)]
    [InlineData("pressure", 5)]
    public void A_caller_that_fails_leaves_the_board_idle_and_keeps_its_failure(string run, double after)
    {
        using var board = new Board(Plays[run].Robot);
        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => Plays[run].Play(board, seconds =>
        {
            if (seconds >= after)
            {
                throw new InvalidOperationException("the screen is gone");
            }
        }, default));
        Assert.Equal("the screen is gone", failure.Message);
        Assert.Equal(BoardState.Idle, board.State());
    }

    /// <summary>A walker's outputs do not go off in the middle of a step: its feet stand first.</summary>
    [Fact]
    public void A_walker_brings_its_feet_together_before_it_is_disarmed()
    {
        using var board = new Board("walker12");
        Assert.Throws<InvalidOperationException>(() => Plays["walk"].Play(board, seconds =>
        {
            if (seconds > 9)
            {
                Assert.Equal((WalkStage.Walking, 1.0), (board.Session.Walk.Stage, board.Session.Walk.Level));
                throw new InvalidOperationException();
            }
        }, default));
        Assert.NotEqual(WalkStage.Walking, board.Session.Walk.Stage);
        Assert.InRange(board.Session.Walk.Level, 0, 0.05);
    }

    /// <summary>A board that went safe keeps its reason: nobody but a person acknowledges it.</summary>
    [Theory]
    [MemberData(nameof(Runs))]
    public void A_board_that_went_safe_stays_so(string run)
    {
        using var board = new Board(Plays[run].Robot);
        Assert.Throws<InvalidOperationException>(() => Plays[run].Play(board, seconds =>
        {
            board.Session.Await(board.Session.Stop());
            throw new InvalidOperationException();
        }, default));
        Assert.Equal(BoardState.Safe, board.State());
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_board_that_cannot_be_disarmed_is_told_of_beside_the_first_failure(string run)
    {
        using var board = new Board(Plays[run].Robot);
        BoardException error = Assert.Throws<BoardException>(() => Plays[run].Play(board, seconds =>
        {
            board.Robot.Faults.Inject("serial drop 100%");
            throw new InvalidOperationException("the screen is gone.");
        }, default));
        Assert.StartsWith("board: the screen is gone. After that it could not be disarmed: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("goes safe by itself", error.Message, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(error.InnerException);
    }

    /// <summary>The first board of a virtual robot, connected and configured with what the robot plays.</summary>
    private sealed class Board : IDisposable
    {
        public Board(string name)
        {
            RobotDescription robot = ShippedFiles.Robot(name);
            Robot = new VirtualRobot(robot, FirmwareImage.Embedded, 1);
            Session = new BoardSession("board", () => Robot.Connect(0), Robot.World, new Random(1));
            BoardConfiguration configuration = RobotConfiguration.Of(robot, 0);
            if (name == "rig12")
            {
                Rhythm = RhythmFile.Load(InRepository("hardware/rhythms/walk7.yaml"), robot);
                configuration = configuration.With(Rhythm);
            }
            else if (name == "walker12")
            {
                configuration = configuration.With(GaitFile.Load(InRepository("hardware/gaits/walk.yaml"), robot), robot);
            }

            Session.Await(Session.Connect());
            Session.Await(Session.Configure(configuration));
        }

        public VirtualRobot Robot { get; }

        public BoardSession Session { get; }

        public RhythmDescription? Rhythm { get; }

        /// <summary>What the board says half a second later.</summary>
        public byte State()
        {
            for (int i = 0; i < 50; i++)
            {
                Session.Poll();
                Robot.World.WaitUntil(Robot.World.NowNanoseconds + 10_000_000);
            }

            return Session.State;
        }

        public void Dispose()
        {
            Session.Dispose();
            Robot.Dispose();
        }

        private static string InRepository(string path)
        {
            string folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Ganglion.slnx")))
            {
                folder = Path.GetDirectoryName(folder)!;
            }

            return Path.Combine(folder, path);
        }
    }
}
