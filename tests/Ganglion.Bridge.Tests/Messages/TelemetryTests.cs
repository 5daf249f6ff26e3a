using System.Buffers.Binary;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Tests.Session;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Bridge.Tests.Messages;

public class TelemetryTests
{
    [Fact]
    public void Counters_are_unwrapped_over_many_wraps()
    {
        var telemetry = new BoardTelemetry();
        byte[] payload = new byte[MessageLayout.TelemetryLength];
        long truth = 65000;
        for (int i = 0; i < 200; i++, truth += 1777)
        {
            foreach (int at in (int[])[12, 14, 16, 18, 20, 22, 50])
            {
                BinaryPrimitives.WriteUInt16LittleEndian(payload.AsSpan(at), (ushort)(truth + at));
            }

            telemetry.Read(payload);
            Assert.Equal(truth + 12, telemetry.Overruns);
            Assert.Equal(truth + 14, telemetry.LateFrames);
            Assert.Equal(truth + 16, telemetry.MissedFrames);
            Assert.Equal(truth + 18, telemetry.StarvedTicks);
            Assert.Equal(truth + 20, telemetry.ChecksumErrors);
            Assert.Equal(truth + 22, telemetry.I2cErrors);
            Assert.Equal(truth + 50, telemetry.RefusedFrames);
        }
    }

    [Fact]
    public void What_the_board_measures_arrives_in_si_units()
    {
        var bench = new Bench();
        bench.Session.Await(bench.Session.Connect());
        bench.Session.Await(bench.Session.Configure(Bench.WithSensor(Bench.Servos(8))));
        bench.Session.Await(bench.Session.Arm());
        bench.Stream(0.5);
        bench.Board.Hardware.Readings.Analog[2] = 16384;
        bench.Poll(200);
        BoardTelemetry telemetry = bench.Session.Telemetry;
        Assert.Equal(BoardState.Hold, telemetry.State);
        Assert.Equal(1.024, telemetry.Analog[2], 6);
        Assert.InRange(telemetry.Received, 7, 40);
        Assert.False(telemetry.HasImu);
    }

    [Fact]
    public void State_changes_are_told_in_words()
    {
        var bench = Bench.Armed();
        bench.Stream(0.5);
        bench.Board.Hardware.Health.Failed(1, true);
        bench.Poll(200);
        BoardEvent safe = Assert.Single(bench.Events, e => e.State == BoardState.Safe && e.Kind == BoardEventKind.StateChanged);
        Assert.StartsWith("Board base went safe: the I2C bus of chip 1 'pwm1' (address 0x41, bus 1) hangs", safe.Words);
        Assert.EndsWith("Disarm and arm again.", safe.Words);
        Assert.False(bench.Session.IsArmed);
    }
}
