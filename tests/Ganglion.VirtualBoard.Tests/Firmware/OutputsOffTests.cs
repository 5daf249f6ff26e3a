using Ganglion.Bridge.Session;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.VirtualBoard.Tests.Firmware;

/// <summary>Off is repeated until every output chip has acknowledged it, and Disarm is not acknowledged before.</summary>
public class OutputsOffTests
{
    /// <summary>Chip number in the configuration.</summary>
    private const int Valves = 0;

    private const long Ms = 1_000_000;

    private static MuscleRig Streaming()
    {
        var rig = new MuscleRig();
        rig.Arm();
        rig.Stream(0.6, 0.3, 1500);
        Assert.Equal(BoardState.Running, rig.Last.State);
        Assert.Equal(300, rig.Kpa(0), 0.5);
        return rig;
    }

    /// <summary>One NACK at the moment of Disarm used to leave 300 kPa in the chambers of an idle board.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(25)]
    [InlineData(60)]
    [InlineData(300)]
    public void DisarmIsAcknowledgedWhenADeafValveDriverHearsAgain(int deafMs)
    {
        using MuscleRig rig = Streaming();
        rig.Robot.Faults.Inject($"nack valves for {deafMs}ms");
        long start = rig.Robot.World.NowNanoseconds;
        rig.Session.Await(rig.Session.Disarm());
        Assert.InRange(rig.Robot.World.NowNanoseconds, start + (deafMs - 20) * Ms, start + (deafMs + 45) * Ms);
        rig.Run(1000);
        Assert.Equal(BoardState.Idle, rig.Last.State);
        Assert.Equal(0, rig.Kpa(0), 0.1);
        Assert.Equal(0, rig.Kpa(1), 0.1);
    }

    [Fact]
    public void WhileTheValveDriverIsDeafDisarmIsRefusedAndTheBoardSaysSo()
    {
        using MuscleRig rig = Streaming();
        rig.Robot.Faults.Inject("nack valves for 2s");
        BoardException error = Assert.Throws<BoardException>(() => rig.Session.Await(rig.Session.Disarm()));
        Assert.Equal((Reason.ChipMissing, Valves), (error.Reason, error.Detail));
        Assert.Contains("'valves'", error.Message);
        rig.Run(200);
        Assert.Equal((BoardState.Safe, Reason.ChipLost, Valves), rig.Last);
        Assert.Equal(300, rig.Kpa(0), 0.5);
        rig.Run(2500); // "off" went on without another word of the host
        Assert.Equal(0, rig.Kpa(0), 0.1);
        rig.Session.Await(rig.Session.Disarm());
        rig.Run(200);
        Assert.Equal((BoardState.Idle, Reason.ChipLost, Valves), rig.Last);
        rig.Arm();
        rig.Stream(0.6, 0.3, 1500);
        Assert.Equal(300, rig.Kpa(0), 0.5);
    }

    /// <summary>The same from Armed, Hold and Safe.</summary>
    [Theory]
    [InlineData(BoardState.Armed)]
    [InlineData(BoardState.Hold)]
    [InlineData(BoardState.Safe)]
    public void InEveryStateItIsOffOnceDisarmIsAcknowledged(byte state)
    {
        using MuscleRig rig = state == BoardState.Armed ? new MuscleRig() : Streaming();
        if (state == BoardState.Armed)
        {
            rig.Arm();
        }
        else if (state == BoardState.Hold)
        {
            rig.Run(200);
        }

        rig.Run(100);
        rig.Robot.Faults.Inject("nack valves for 70ms");
        if (state == BoardState.Safe)
        {
            rig.Session.Await(rig.Session.Stop());
        }

        rig.Session.Await(rig.Session.Disarm());
        Assert.Equal(0.0, rig.Robot.Boards[0].Board.Chips.OfType<VirtualBoard.Chips.Mcp4728>().Single().Volts(0));
        rig.Run(1000);
        Assert.Equal(0, rig.Kpa(0), 0.1);
    }

    /// <summary>A reset of the board alone leaves the converter's voltages, and the call that ends them meets nobody.</summary>
    [Fact]
    public void AResetVentsAlsoWhereTheFirstCallIsNotHeard()
    {
        using MuscleRig rig = Streaming();
        rig.Robot.Faults.Inject("nack valves for 330ms"); // Main starts 304 ms after the reset
        rig.Robot.Faults.Inject("board base reset");
        rig.Run(2000);
        Assert.Equal(BoardState.Idle, rig.Last.State);
        Assert.Equal(0, rig.Kpa(0), 0.1);
    }

    [Fact]
    public void AnArmThatFailsAtALaterChipLeavesEverythingOff()
    {
        using var rig = new MuscleRig();
        rig.Robot.Faults.Inject("nack sensors for 100ms");
        Assert.Throws<BoardException>(rig.Arm);
        rig.Run(500);
        Assert.Equal(BoardState.Idle, rig.Last.State);
        Assert.Equal(0, rig.Kpa(0), 0.1);
    }

    /// <summary>Servos without pulses 120 ms after Disarm was sent, wherever in a tick a NACK of 1 to 40 ms falls.</summary>
    [Fact]
    public void ServosAreUnpoweredWhereverTheNackFalls()
    {
        using var rig = new ArmRig();
        for (int i = 0; i < 24; i++)
        {
            rig.Arm();
            rig.Stream(5);
            rig.Robot.World.WaitUntil(rig.Robot.World.NowNanoseconds + i * 1_700_000);
            rig.Robot.Faults.Inject($"nack pwm{i % 3} for {1 + 13 * (i % 4)}ms");
            long sent = rig.Robot.World.NowNanoseconds;
            rig.Host.Request(MessageType.Disarm, [], MessageType.Ack);
            Assert.All(rig.Board.Chips.OfType<VirtualBoard.Chips.Pca9685>(),
                chip => Assert.All(Enumerable.Range(0, 16), output => Assert.Equal(0.0, chip.PulseSeconds(output))));
            Assert.InRange(rig.Robot.World.NowNanoseconds - sent, 0, 120 * Ms);
            rig.Run(100);
            Assert.Equal(BoardState.Idle, rig.Last.State);
        }
    }
}
