using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Timing;
using Ganglion.HostBoard.Tests.Bus;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;
using Ganglion.VirtualBoard.Chips;
using Ganglion.VirtualBoard.Tests.Firmware;
using Xunit.Abstractions;
using VirtualBus = Ganglion.VirtualBoard.Boards.I2cBus;

namespace Ganglion.HostBoard.Tests.Boards;

/// <summary>The board as `ganglion board` runs it: real time, behind a pseudo-terminal; only the wires are virtual.</summary>
[Trait("Ports", "Real")]
public sealed class RealTimeTests(ITestOutputHelper output)
{
    private const long Ms = 1_000_000;
    private const int Frames = 250;

    /// <summary>Says how regular its ticks are on this machine; that depends on the machine, and nothing is asserted of it.</summary>
    [Fact]
    public void It_follows_a_stream_over_a_pseudo_terminal()
    {
        var clock = new MonotonicClock();
        RobotDescription robot = RobotFile.Load(Hardware.Robot("trunk10-4g"));
        byte[] config = ConfigBytes.Of(robot, 0);
        var wires = new VirtualBus(1);
        Pca9685[] pwms = [.. robot.Boards[0].Chips.Select(chip => new Pca9685(chip.Id, chip.Address))];
        var ticks = new List<long>();
        wires.Attach(new StampingChip(pwms[0], ticks));
        wires.Attach(pwms[1]);
        wires.Attach(pwms[2]);
        using var terminal = new PseudoTerminal();
        using var board = new HostedBoard([new SimulatedBus(wires, clock)], null, terminal, clock);
        board.Start();
        using ISerialLink port = SerialPorts.Open(terminal.SlavePath, 921600);
        var host = new TestHost(clock, port);
        Greet(host);
        long offset = host.MeasureOffset();
        host.Configure(config);
        host.Arm(config);
        TimeSpan before = Stream();

        // On a machine so busy that the host is silent for 400 ms the board goes safe, as it has to; then once more.
        for (int tries = 1; tries < 8 && host.Telemetry[^1][0] == BoardState.Safe; tries++)
        {
            host.Request(MessageType.Disarm, [], MessageType.Ack);
            host.Arm(config);
            before = Stream();
        }

        double share = (Environment.CpuUsage.TotalTime - before).TotalSeconds / (Frames * 0.02);
        int counted = ticks.Count;
        Assert.Null(board.Stop(TimeSpan.FromSeconds(10)));
        Assert.All(pwms, chip => Assert.All(Enumerable.Range(0, 16), channel => Assert.Equal(0, chip.PulseSeconds(channel))));

        // Hold where a busy machine kept the host silent.
        Assert.Contains(host.Telemetry[^1][0], (byte[])[BoardState.Running, BoardState.Hold]);
        Assert.InRange(counted, Frames / 2, 2 * Frames);
        long[] at = [.. ticks.Take(counted)];
        long[] lateness = [.. at.Zip(at.Skip(1), (one, next) => Math.Abs(next - one - 20 * Ms)).Order()];
        output.WriteLine($"{lateness.Length} ticks of 20 ms: off by {lateness[lateness.Length / 2] / 1000} us in the median, "
            + $"{lateness[lateness.Length * 99 / 100] / 1000} at the 99th percentile, {lateness[^1] / 1000} at most; the process took "
            + $"{100 * share:0.0} % of a processor, the test's host and wires included; before ordinary programs: "
            + $"{!board.RunsBehindOthers}.");

        TimeSpan Stream()
        {
            ticks.Clear();
            TimeSpan begun = Environment.CpuUsage.TotalTime;
            long start = clock.NowNanoseconds;
            for (int frame = 0; frame < Frames; frame++)
            {
                double[] values = [.. Enumerable.Repeat(0.5 + 0.2 * Math.Sin(0.05 * frame), 40)];
                host.Setpoint(clock.NowNanoseconds / 1000 + offset + 60_000, values);
                clock.WaitUntil(start + (frame + 1) * 20 * Ms);
                host.Poll();
            }

            return begun;
        }
    }

    /// <summary>A board needs a moment to start, longer on a busy machine.</summary>
    private static void Greet(TestHost host)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                host.Open(5);
                return;
            }
            catch (TimeoutException) when (attempt < 5)
            {
            }
        }
    }

    /// <summary>A chip that notes when it was told new values.</summary>
    private sealed class StampingChip(Pca9685 chip, List<long> at) : VirtualBoard.Boards.I2cChip(chip.Name, chip.Address)
    {
        private const byte FirstOutput = 0x06;

        public override bool Answers(int address, bool read) => chip.Answers(address, read);

        public override int Write(int address, ReadOnlySpan<byte> data, long ns)
        {
            if (data[0] == FirstOutput)
            {
                at.Add(ns);
            }

            return chip.Write(address, data, ns);
        }

        public override void Read(Span<byte> data, long ns) => chip.Read(data, ns);

        public override void Stop(long ns) => chip.Stop(ns);

        public override void PowerOn(long ns) => chip.PowerOn(ns);
    }
}
