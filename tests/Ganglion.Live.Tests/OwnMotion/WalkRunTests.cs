using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Session;
using Ganglion.Live.OwnMotion;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Config;
using Ganglion.Shared.Legs;
using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;
using Ganglion.Shared.Reflexes;
using Ganglion.Shared.Safety;
using Ganglion.Shared.Walking;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;
using Pca9685 = Ganglion.VirtualBoard.Chips.Pca9685;

namespace Ganglion.Live.Tests.OwnMotion;

/// <summary>The walker as the board's own motion: what the virtual board with the repository's firmware tells its servo chip.</summary>
public class WalkRunTests
{
    private const long Millisecond = 1_000_000, TickNs = 20 * Millisecond;

    /// <summary>So long before a tick its predecessor's outputs are out, and a command still comes in time.</summary>
    private const long Guard = 2 * Millisecond;

    /// <summary>Start, speed change, turn and stop: the same bits on the board as on the host, seen at the chip tick by tick.
    /// And no joint ever steps by more than its slew bound, nor is ever held back by it.</summary>
    [Theory]
    [InlineData("walker12", "walk", 1)]
    [InlineData("walker10", "walk", 1)]
    [InlineData("walker12", "clock12", 0.25)]
    public void Board_and_host_walk_the_same_bits_and_within_the_slew_bounds(string robot, string gait, double share)
    {
        using var rig = new Rig(robot, gait);
        var host = new BoardConfig();
        byte[] bytes = BoardConfigEncoder.Encode(rig.Configuration);
        Assert.True(host.Load(bytes, bytes.Length, rig.Configuration.Profile));
        int[] targets = new int[host.Channels.Count];
        byte[] image = new byte[4];
        host.Channels.MoveToPark();
        host.Channels.Command.CopyTo(targets, 0);
        Assert.Equal(Counts(host.Channels), rig.Counts());

        void Go(double seconds, BoardOperation asked, Action sameOnHost)
        {
            sameOnHost();
            for (int tick = 0; tick < seconds * 50; tick++)
            {
                int[] before = [.. host.Channels.Command];

                // The answer comes from the beginning of the next tick: every bit of all targets, which the chip rounds.
                BoardQuery<double[]>? positions = tick % 5 == 3 ? rig.Session.GetPositions() : null;
                if (host.Walk.Stage != WalkStage.Rest)
                {
                    Assert.True(host.Walk.Step(targets));
                }

                OutputStage.Step(host.Channels, targets, targets, 0, image);
                rig.Tick();
                Assert.Equal(Counts(host.Channels), rig.Counts());
                Assert.Equal(host.Channels.Command, targets);
                if (positions != null)
                {
                    Assert.Equal(before.Select(command => command / 16384.0), positions.Result);
                }

                Assert.All(Enumerable.Range(0, targets.Length), i => Assert.InRange(Math.Abs(targets[i] - before[i]), 0,
                    host.Channels.Slew[i]));
            }
            Assert.True(asked.IsDone);
            asked.ThrowIfFailed();
        }

        Go(3, rig.Session.StartWalk(), () => host.Walk.Start(targets));
        foreach ((double whole, double turn, double cadence, double amplitude, double seconds) in
            ((double, double, double, double, double)[])[(0.3, 0, 1, 1, 9), (0.45, 0, 1, 1, 4), (0.2, 0.1, 1, 1.2, 4),
                (0.2, -0.12, 1.15, 0.8, 5),
                (-0.15, 0, 0.8, 1, 8)])
        {
            double speed = share * whole;
            Go(seconds, rig.Session.ModulateWalk(speed, turn, cadence, amplitude), () =>
                Assert.Equal(WalkReason.None, host.Walk.Modulate((int)Math.Truncate(speed * 1000 + 1e-6 * Math.Sign(speed)) * 0.001f,
                (int)Math.Truncate(turn * 1000 + 1e-6 * Math.Sign(turn)) * 0.001f, (short)Math.Round(cadence * 4096) * (1f / 4096),
                (short)Math.Round(amplitude * 4096) * (1f / 4096))));
        }
        Assert.Equal(BoardState.Running, rig.Session.State);
        Assert.Equal(-0.15 * share, rig.Session.Walk.Speed, 2e-3);
        Go(7, rig.Session.StopWalk(), host.Walk.Stop);
        Assert.Equal((WalkStage.Rest, BoardState.Armed), (host.Walk.Stage, rig.Session.State));

        // What it told of its angles last are those that the host has.
        Assert.Equal(host.Walk.Walker.Left.X, host.Walk.Walker.Right.X, 2e-3);
        Assert.Equal(0, rig.Session.Telemetry.Overruns - rig.Overruns);

        // And once more, from where it stands.
        Go(4, rig.Session.StartWalk(), () => host.Walk.Start(targets));
    }

    /// <summary>The verb's run: what it measures is what the gait says.</summary>
    [Fact]
    public void A_run_tells_cycle_duty_and_way()
    {
        using var rig = new Rig("walker12");
        rig.Session.Await(rig.Session.Disarm());
        rig.Run(0.2);
        int told = 0;
        WalkRunResult result = WalkRun.Play(rig.Session, rig.World, new WalkRunOptions(25, 0.3, 0), (_, _) => told++, default);
        Assert.Equal(rig.Gait.Walk.Cycle, result.Cycle, 0.005);
        Assert.Equal(rig.Gait.Walk.Duty, result.Duty, 0.03);
        Assert.InRange(told, 25 * 1000 / 40 - 30, 35 * 1000 / 40);
        // 2 s to stand up, half a ramp without speed at both ends, and a ramp up and down of the speed.
        Assert.InRange(result.Distance, 0.3 * (25 - 2 - rig.Gait.Walk.Ramp * 1.05), 0.3 * (25 - 2 - rig.Gait.Walk.Ramp * 0.45));
        Assert.Equal((0L, 0L), (result.Overruns, result.I2cErrors));
        rig.Run(0.2);
        Assert.True(result.Most[LegGeometry.Knee] > result.Least[LegGeometry.Knee] + 0.3);
        Assert.Equal(BoardState.Idle, rig.Session.State);
    }

    [Fact]
    public void Cancelling_brings_the_feet_together()
    {
        using var rig = new Rig("walker12");
        rig.Session.Await(rig.Session.Disarm());
        rig.Run(0.2);
        using var stop = new CancellationTokenSource();
        bool stopping = false;
        WalkRunResult result = WalkRun.Play(rig.Session, rig.World, new WalkRunOptions(double.PositiveInfinity, 0.2, 0), (seconds, walk) =>
        {
            if (seconds > 8)
            {
                stop.Cancel();
            }

            stopping |= walk.Stage == WalkStage.Stopping;
        }, stop.Token);
        Assert.True(stopping);
        rig.Run(0.2);
        Assert.InRange(result.Seconds, 8 + 0.9 * rig.Gait.Walk.Ramp * 0.5, 8.2 + rig.Gait.Walk.Ramp);
        Assert.Equal(BoardState.Idle, rig.Session.State);
    }

    /// <summary>A host that dies does not stop a walk at once; after the gait's timeout the feet come together, and the legs
    /// hold.</summary>
    [Fact]
    public void A_walk_ends_by_itself_when_its_host_is_gone()
    {
        using var rig = new Rig("walker12");
        rig.Session.Await(rig.Session.StartWalk());
        rig.Session.Await(rig.Session.ModulateWalk(0.3, 0));
        rig.Run(8);
        Assert.Equal(WalkStage.Walking, rig.Session.Walk.Stage);
        rig.Session.Dispose();
        void Wait(double seconds) => rig.World.WaitUntil(rig.World.NowNanoseconds + (long)(1e9 * seconds));
        Wait(rig.Gait.Timeout + 0.3);
        int[] moving = rig.Counts();
        Wait(0.3);
        Assert.NotEqual(moving, rig.Counts());
        Wait(rig.Gait.Walk.Ramp);
        int[] held = rig.Counts();
        Wait(0.5);
        Assert.Equal(held, rig.Counts());
        Assert.All(held, count => Assert.True(count > 0));
    }

    /// <summary>It says so at once, puts both feet down without reflexes, and goes safe when it stands.</summary>
    [Theory]
    [InlineData("nack imu", Reason.SensorLost, "the required sensor chip 1 'imu'")]
    [InlineData("imu freeze", Reason.SensorFrozen, "repeats the same values")]
    public void A_walker_that_loses_its_imu_stands_still_and_says_why(string fault, byte reason, string words)
    {
        using var rig = new Rig("walker12");
        rig.Session.Await(rig.Session.StartWalk());
        rig.Session.Await(rig.Session.ModulateWalk(0.2, 0));
        rig.Run(8);
        rig.Robot.Faults.Inject(VirtualBoard.Faults.FaultCommand.Parse(fault));
        rig.Run(0.24);
        Assert.Equal((BoardState.Running, reason, WalkStage.Stopping), (rig.Session.State, rig.Session.Telemetry.Reason,
            rig.Session.Walk.Stage));
        rig.Run(0.4);
        Assert.Equal((BoardState.Safe, reason), (rig.Session.State, rig.Session.Telemetry.Reason));
        Assert.Contains(words, rig.Session.Describe(), StringComparison.Ordinal);
        int[] held = rig.Counts();
        Assert.All(held, count => Assert.True(count > 0));
        rig.Run(0.5);
        Assert.Equal(held, rig.Counts());

        // Both hips are equally high over their feet.
        Assert.InRange(Height(0) - Height(LegGeometry.Slots), -3e-3, 3e-3);

        double Height(int leg)
        {
            LegGeometry legs = rig.Legs;
            double[] angles = rig.Angles();
            double hip = angles[leg + LegGeometry.HipPitch], knee = angles[leg + LegGeometry.Knee];
            return Math.Cos(angles[leg + LegGeometry.HipRoll]) * (legs.Thigh * Math.Cos(hip) + legs.Shank * Math.Cos(hip + knee));
        }
    }

    /// <summary>Commands beyond the gait, and commands that the state does not allow, are refused and change nothing.</summary>
    [Fact]
    public void Wrong_commands_are_refused_in_words()
    {
        using var rig = new Rig("walker12");
        rig.Session.Await(rig.Session.StartWalk());
        rig.Run(3);
        foreach ((double speed, double turn, double cadence, double amplitude) in ((double, double, double, double)[])[(0.6, 0, 1, 1),
            (0, 0.5, 1, 1), (0, 0, 0.4, 1), (0, 0, 1, 1.6), (0.4, 0, 0.6, 1)])
        {
            BoardException refused = Assert.Throws<BoardException>(() =>
                rig.Session.Await(rig.Session.ModulateWalk(speed, turn, cadence, amplitude)));
            Assert.Contains("outside the range", refused.Message, StringComparison.Ordinal);
        }
        Assert.Throws<BoardException>(() => rig.Session.Await(rig.Session.StartRhythm()));
        rig.Run(3);
        Assert.Equal((0.0, BoardState.Running), (rig.Session.Walk.Speed, rig.Session.State));

        using var bare = new Rig("walker12", walks: false);
        BoardException none = Assert.Throws<BoardException>(() => bare.Session.Await(bare.Session.StartWalk()));
        Assert.Contains("has no walk", none.Message, StringComparison.Ordinal);
    }

    private static int[] Counts(ChannelTable channels) =>
        [.. Enumerable.Range(0, channels.Count).Select(i => PulseScale.ToCount(channels.Command[i], channels.Gain[i], channels.Bias[i]))];

    private static string InRepository(string path)
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ganglion.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return Path.Combine(folder, path);
    }

    /// <summary>A walker's virtual board, configured with the shipped gait and armed.</summary>
    private sealed class Rig : IDisposable
    {
        private readonly RobotDescription _description;
        private readonly Pca9685 _legs;
        private readonly double _countTime;
        private long _due;

        public LegGeometry Legs => _description.Walker!.Legs;

        public Rig(string robot, string gait = "walk", bool walks = true)
        {
            _description = RobotFile.Load(InRepository($"hardware/robots/{robot}.yaml"));

            // The shipped gaits are for twelve joints; ten take the same steps.
            string text = File.ReadAllText(InRepository($"hardware/gaits/{gait}.yaml"));
            string hash = Robots.Walkers.WalkHash.Of(RobotFile.Load(InRepository("hardware/robots/walker12.yaml")));
            text = text.Replace("name: walker12", $"name: {robot}", StringComparison.Ordinal)
                .Replace(hash, Robots.Walkers.WalkHash.Of(_description), StringComparison.Ordinal);
            // Reflexes feel a body, which the host's copy of the board has not.
            Gait = GaitFile.Parse(System.Text.Encoding.UTF8.GetBytes(text), $"{gait}.yaml", _description) with
            {
                Reflexes = new ReflexParameters(),
            };
            Robot = new VirtualRobot(_description, FirmwareImage.Embedded);
            Session = new BoardSession("trunk", () => Robot.Connect(0), Robot.World, new Random(1));
            Configuration = RobotConfiguration.Of(_description, 0);
            if (walks)
            {
                Configuration = Configuration.With(Gait, _description);
            }

            Session.Await(Session.Connect());
            Session.Await(Session.Configure(Configuration));
            Session.Await(Session.Arm());
            _legs = Robot.Boards[0].Chips.OfType<Pca9685>().Single();
            _countTime = ((Robots.Boards.Pca9685)_description.Boards[0].Chips[0]).CountTime;

            // Arming takes longer than a tick and moves the ticks: the next telemetry is of a steady board.
            Run(0.2);
            Overruns = Session.Telemetry.Overruns;
            long tick = Session.Telemetry.BoardTime * 1000L;
            _due = tick + ((World.NowNanoseconds - tick) / TickNs + 1) * TickNs;

            if (_due - World.NowNanoseconds < Guard)
            {
                _due += TickNs;
            }

            PollUntil(_due - Guard);
        }

        public VirtualRobot Robot { get; }

        public VirtualBoard.Time.VirtualWorld World => Robot.World;

        public BoardSession Session { get; }

        public BoardConfiguration Configuration { get; }

        public GaitDescription Gait { get; }

        public long Overruns { get; }

        /// <summary>Counts that each output was told last.</summary>
        public int[] Counts() =>
            [.. _description.Channels.Select(channel => (int)Math.Round(_legs.PulseSeconds(channel.Output) / _countTime))];

        /// <summary>Angles that the servos were told last, rad, by the walk's indexes.</summary>
        public double[] Angles()
        {
            double[] angles = new double[Shared.Walking.Walker.AngleCount];
            Robots.Boards.ServoChannel[] channels = [.. _description.Channels.Cast<Robots.Boards.ServoChannel>()];
            foreach (Robots.Walkers.WalkerJoint joint in _description.Walker!.Joints)
            {
                Robots.Boards.ServoChannel servo = channels[joint.Channel];
                angles[joint.Index] = joint.AngleOf(servo.ValueOf(_legs.PulseSeconds(servo.Output)));
            }

            return angles;
        }

        /// <summary>Lets the board do one tick.</summary>
        public void Tick()
        {
            _due += TickNs;
            PollUntil(_due - Guard);
        }

        public void Run(double seconds) => PollUntil(World.NowNanoseconds + (long)(seconds * 1e9));

        public void Dispose()
        {
            Session.Dispose();
            Robot.Dispose();
        }

        private void PollUntil(long until)
        {
            while (World.NowNanoseconds < until)
            {
                Session.Poll();
                World.WaitUntil(Math.Min(until, World.NowNanoseconds + Millisecond));
            }
            Session.Poll();
        }
    }
}
