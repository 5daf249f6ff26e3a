using Ganglion.Basics.Space;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Live.OwnMotion;
using Ganglion.Live.Teleop;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;
using Ganglion.Shared.Walking;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Live.Tests.OwnMotion;

public class OwnMotionTeleopTests
{
    private static readonly TeleopInput Released = new(false);

    private static TeleopInput Stick(double speed, double turn) => new(true, TeleopKind.Stick)
    {
        Way = new Vec3(speed, 0, 0),
        Turn = new Vec3(0, 0, turn),
    };

    private static TeleopInput Factors(double frequency, double amplitude) =>
        new(true, TeleopKind.Modulation) { Values = new Vec3(frequency, amplitude, 0) };

    /// <summary>Started with the deadman held, led by a stick, let go: it walks as fast as the stick says, steps on the spot when released,
    /// and brings its feet together.</summary>
    [Fact]
    public void A_walker_is_started_led_by_a_stick_and_brought_to_rest()
    {
        using var walker = new Operated("walker12");
        double fast = 0, turning = 0, released = double.NaN;
        var stages = new List<byte>();
        string stopped = walker.Run(now =>
        {
            switch (now)
            {
                case < 0.5:
                    walker.Order(TeleopOrderKind.Start);
                    break;
                case < 1:
                    Assert.False(walker.View.IsMoving);
                    walker.Offer(Stick(0, 0));
                    break;
                case < 1.5:
                    walker.Order(TeleopOrderKind.Start);
                    walker.Offer(Stick(0, 0));
                    break;
                case < 14:
                    walker.Offer(Stick(0.5, 1));
                    (fast, turning) = (walker.View.Speed, walker.View.Turn);
                    break;
                case < 20:
                    walker.Offer(Released);
                    released = walker.View.Speed;
                    break;
                case < 20.5:
                    walker.Order(TeleopOrderKind.Rest);
                    break;
                case > 40:
                    walker.End();
                    break;
            }

            if (stages.Count == 0 || stages[^1] != walker.View.Stage)
            {
                stages.Add(walker.View.Stage);
            }
        });
        WalkParameters gait = walker.Board.Configuration!.Walk!.Gait;
        Assert.Equal("", stopped);
        Assert.Equal(0.5 * gait.MaxSpeed, fast, 2e-3);
        Assert.Equal(gait.MaxTurn, turning, 2e-3);
        Assert.Equal(0, released, 1e-3);
        Assert.Equal([WalkStage.Rest, WalkStage.StandingUp, WalkStage.Walking, WalkStage.Stopping, WalkStage.Rest], stages);
        Assert.Equal(BoardState.Idle, walker.State());
        Assert.Contains(walker.Told, words => words.Contains("hold the deadman"));
        Assert.Contains(walker.Told, words => words.Contains("at rest"));
    }

    /// <summary>A browser that is gone: 300 ms later the walker is told to stand, as if the deadman were released.</summary>
    [Fact]
    public void A_walker_whose_operator_falls_silent_steps_on_the_spot()
    {
        using var walker = new Operated("walker12");
        double silent = double.NaN, told = double.NaN;
        walker.Run(now =>
        {
            if (now < 10)
            {
                walker.Offer(Stick(0.5, 0));
                walker.Order(TeleopOrderKind.Start);
                silent = now;
            }
            else if (double.IsNaN(told) && walker.View.Told.Speed == 0)
            {
                told = now;
            }
            else if (now > 12)
            {
                walker.End();
            }
        });
        Assert.InRange(told - silent, 0.3, 0.4);
    }

    /// <summary>A rhythm follows the factors while the deadman is held, and dies away when it is released; a stop is latched.</summary>
    [Fact]
    public void A_rhythm_follows_its_factors_and_a_stop_is_latched()
    {
        using var rig = new Operated("rig12");
        double swing = 0, small = 0, still = 0;
        string stopped = rig.Run(now =>
        {
            double off = Math.Abs(rig.View.Positions[0] - 0.5);
            switch (now)
            {
                case < 8:
                    rig.Offer(Factors(1, 1));
                    rig.Order(TeleopOrderKind.Start);
                    swing = now > 5 ? Math.Max(swing, off) : 0;
                    break;
                case < 14:
                    rig.Offer(Factors(1, 0.5));
                    small = now > 11 ? Math.Max(small, off) : 0;
                    break;
                case < 20:
                    still = now > 18 ? Math.Max(still, off) : 0;
                    break;
                case < 20.1:
                    rig.Order(TeleopOrderKind.Stop);
                    break;
                case < 22:
                    rig.Offer(Factors(1, 1));
                    rig.Order(TeleopOrderKind.Start);
                    Assert.True(now < 20.4 || rig.View.IsStopped);
                    break;
                default:
                    rig.End();
                    break;
            }
        });
        Assert.InRange(swing, 0.02, 0.5);
        Assert.Equal(0.5, small / swing, 0.1);
        Assert.InRange(still, 0, 0.02 * swing);
        Assert.Equal("window 1 stopped it.", stopped);
        Assert.Equal((BoardState.Safe, Reason.StoppedByHost), (rig.Board.State, rig.Board.Telemetry.Reason));
        Assert.Contains(rig.Told, words => words.Contains("it is stopped. Arm it again first"));
    }

    /// <summary>A stop that the board did not hear is not told as if it had.</summary>
    [Fact]
    public void A_stop_that_does_not_reach_the_board_is_told_so()
    {
        using var rig = new Operated("rig12");
        bool cut = false;
        string stopped = rig.Run(now =>
        {
            if (now < 3)
            {
                rig.Offer(Factors(1, 1));
                rig.Order(TeleopOrderKind.Start);
            }
            else if (!cut)
            {
                cut = true;
                rig.Inject("serial drop 100%");
                rig.Order(TeleopOrderKind.Stop);
            }
            else if (rig.View.IsStopped)
            {
                rig.End();
            }
        });
        Assert.StartsWith("window 1 stopped it. ", stopped);
        Assert.Contains("could not be disarmed", stopped);
        Assert.Contains("goes safe by itself", stopped);
    }

    [Fact]
    public void After_a_stop_it_is_armed_again_and_started()
    {
        using var rig = new Operated("rig12");
        bool played = false;
        string stopped = rig.Run(now =>
        {
            rig.Offer(Factors(1, 1));
            switch (now)
            {
                case < 3:
                    rig.Order(TeleopOrderKind.Start);
                    break;
                case < 3.1:
                    rig.Order(TeleopOrderKind.Stop);
                    break;
                case < 5:
                    break;
                case < 5.1:
                    rig.Order(TeleopOrderKind.Rearm);
                    break;
                case < 8:
                    rig.Order(TeleopOrderKind.Start);
                    played |= rig.View.IsMoving;
                    break;
                default:
                    rig.End();
                    break;
            }
        });
        Assert.True(played);
        Assert.Equal("", stopped);
        Assert.Equal(BoardState.Idle, rig.State());
    }

    /// <summary>A virtual board in virtual time that a test operates.</summary>
    private sealed class Operated : IDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly VirtualRobot _robot;
        private readonly OwnMotionTeleop _teleop;
        private readonly EventLog _events = new();
        private readonly TeleopClient _client;
        private long _seen;

        public Operated(string name)
        {
            RobotDescription robot = ShippedFiles.Robot(name);
            _robot = new VirtualRobot(robot, FirmwareImage.Embedded, 1);
            Board = new BoardSession("board", () => _robot.Connect(0), _robot.World, new Random(1));
            Board.Await(Board.Connect());
            BoardConfiguration configuration = RobotConfiguration.Of(robot, 0);
            string gait = ShippedFiles.Gait("walk"), file = ShippedFiles.Rhythm("walk7");
            RhythmDescription? rhythm = name == "rig12" ? RhythmFile.Load(file, robot) : null;
            Board.Await(Board.Configure(rhythm != null ? configuration.With(rhythm)
                : configuration.With(GaitFile.Load(gait, robot), robot)));
            OperatedMotion motion = rhythm != null ? new OperatedRhythm(Board, rhythm) : new OperatedWalk(Board);
            var mailbox = new TeleopMailbox(_robot.World, motion.Bounds, _events);
            _client = mailbox.Join("window 1");
            _client.Take();
            _teleop = new OwnMotionTeleop(Board, _robot.World, motion, mailbox, _events);
            View = _teleop.Exchange.Make();
        }

        public BoardSession Board { get; }

        public OwnMotionView View { get; }

        public IEnumerable<string> Told => _events.Events.Select(one => one.Words);

        public string Run(Action<double> operate)
        {
            long start = _robot.World.NowNanoseconds;
            return _teleop.Execute(() =>
            {
                Assert.True(_teleop.Exchange.TryRead(View, ref _seen));
                double now = (_robot.World.NowNanoseconds - start) * 1e-9;
                Assert.InRange(now, 0, 60);
                operate(now);
            }, _end.Token);
        }

        /// <summary>What the board says half a second later.</summary>
        public byte State()
        {
            for (int i = 0; i < 50; i++)
            {
                Board.Poll();
                _robot.World.WaitUntil(_robot.World.NowNanoseconds + 10_000_000);
            }

            return Board.State;
        }

        public void Inject(string fault) => _robot.Faults.Inject(fault);

        public void Offer(TeleopInput input) => Assert.Null(_client.Offer(input));

        public void Order(TeleopOrderKind kind) => Assert.Null(_client.Order(new TeleopOrder(kind)));

        public void End() => _end.Cancel();

        public void Dispose()
        {
            Board.Dispose();
            _robot.Dispose();
        }
    }
}
