using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Timing;
using Ganglion.Robots.Boards;
using Ganglion.Shared.Safety;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Time;

namespace Ganglion.VirtualBoard.Tests.Firmware;

/// <summary>The repository's firmware on virtual boards.</summary>
public class FirmwareTests
{
    private const long Ms = 1_000_000;

    [Fact]
    public void TheBoardFollowsAStreamOfFortyChannels()
    {
        using var rig = new ArmRig();
        rig.Arm();
        var errors = new List<double>();
        rig.Stream(300, frame =>
        {
            // The setpoint of 60 ms ago was due 20 ms ago and has reached the servos within a tick.
            for (int i = 0; frame > 20 && i < 40; i++)
            {
                errors.Add(Math.Abs(rig.Robot.Trunk!.Strokes[i] - ArmRig.Swing(frame - 2, i)));
            }
        });

        Assert.Empty(rig.Host.Refusals);
        Assert.Equal(BoardState.Running, rig.Host.Telemetry[^1][0]);
        Assert.True(errors.Max() < 0.02, $"largest error {errors.Max()} of the travel");
        Assert.Equal(1, rig.Board.Boots);
        Assert.Equal(0, rig.Board.LostSerialBytes);
    }

    [Fact]
    public void TwoRunsAreEqualAndStepsDoNotMatter()
    {
        (string Telemetry, string Strokes, long Instructions) Run(int seed, long stepNs)
        {
            using var rig = new ArmRig(seed);
            rig.Robot.Faults.Inject("serial flip 1e-4");
            rig.Arm();
            rig.StepNs = stepNs;
            rig.Stream(150);
            string telemetry = string.Join('\n', rig.Host.Telemetry.Select(Convert.ToHexString));
            return (telemetry, string.Join(' ', rig.Robot.Trunk!.Strokes.ToArray()), rig.Board.Instructions);
        }

        (string Telemetry, string Strokes, long Instructions) first = Run(1, 20 * Ms);
        Assert.Equal(first, Run(1, 20 * Ms));
        Assert.Equal(first, Run(1, 1_700_000));
        Assert.NotEqual(first.Telemetry, Run(2, 20 * Ms).Telemetry);
    }

    [Fact]
    public void WithTheAgreedCostsATickOfFortyChannelsFitsItsPeriod()
    {
        using var rig = new ArmRig();
        rig.Arm();
        rig.Stream(250);
        byte[] last = rig.Host.Telemetry[^1];
        int work = BitConverter.ToUInt16(last, 10);
        Assert.InRange(work, 4_000, 20_000); // us: three bursts take 3.9 ms of bus time alone
        Assert.Equal(0, BitConverter.ToUInt16(last, 14)); // late
        Assert.Equal(0, BitConverter.ToUInt16(last, 16)); // missed
    }

    [Fact]
    public void NothingIsEnabledFromResetToArming()
    {
        using var rig = new ArmRig();
        rig.Arm();
        rig.Stream(50);
        var levels = new List<bool>();
        rig.Board.Pins.Wire(BoardWiring.Of(BoardProfile.Esp32Wroom).OutputEnablePin, pullUp: true, (high, _) => levels.Add(high));
        rig.Robot.Faults.Inject("board reset");
        rig.Run(1000);
        Assert.Equal([false, true], levels); // enabled until the reset, never again
        Assert.All(rig.Robot.Boards[0].Servos.Values, servo => Assert.False(servo.Powered));
    }

    [Trait("Ports", "Real")]
    [Fact]
    public void TheBoardAnswersBehindAPseudoTerminal()
    {
        using var rig = new ArmRig();
        using var terminal = new PseudoTerminal();
        using ISerialLink port = SerialPorts.Open(terminal.SlavePath, 115200);
        var clock = new SteppedClock();
        var runner = new RealTimeRunner(rig.Robot.World, clock);
        runner.Attach(rig.Board, terminal);
        rig.Board.Wire.HostBaud = 0;
        clock.Waited = runner.Step;
        var host = new TestHost(clock, new SteppedLink(port, clock));
        host.Open(3);
        host.Configure(rig.Config);
        host.Arm(rig.Config);
        Assert.Equal(Esp32State.Running, rig.Board.State);
        Assert.True(clock.NowNanoseconds > 0);
    }

    /// <summary>Real time for the runner and the host at once: it passes when the host waits.</summary>
    private sealed class SteppedClock : IClock
    {
        public Action Waited { get; set; } = () => { };

        public long NowNanoseconds { get; private set; }

        public void WaitUntil(long nanoseconds)
        {
            while (NowNanoseconds < nanoseconds)
            {
                NowNanoseconds += Ms;
                Waited();
            }
        }
    }

    /// <summary>A port whose waiting lets that clock run.</summary>
    private sealed class SteppedLink(ISerialLink port, SteppedClock clock) : ISerialLink
    {
        public string Name => port.Name;

        public int Read(Span<byte> destination) => port.Read(destination);

        public int Write(ReadOnlySpan<byte> source) => port.Write(source);

        public bool WaitReadable(TimeSpan timeout)
        {
            clock.WaitUntil(clock.NowNanoseconds + timeout.Ticks * 100);
            return port.WaitReadable(TimeSpan.Zero);
        }

        public void Dispose() => port.Dispose();
    }
}
