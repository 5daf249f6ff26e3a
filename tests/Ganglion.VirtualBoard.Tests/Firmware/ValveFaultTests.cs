using Ganglion.Bridge.Session;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.VirtualBoard.Tests.Firmware;

/// <summary>What the repository's firmware makes of faults of valves and pressure sensors: the state it ends in, and where the
/// air goes.</summary>
public class ValveFaultTests
{
    /// <summary>Chip numbers in the configuration.</summary>
    private const int Valves = 0, Sensors = 1;

    private static MuscleRig Streaming(bool loops = true)
    {
        var rig = new MuscleRig(loops);
        rig.Arm();
        rig.Stream(0.6, 0.3, 1500);
        Assert.Equal((BoardState.Running, Reason.None), (rig.Last.State, rig.Last.Reason));
        Assert.Equal((300, 150), (Math.Round(rig.MeasuredKpa(0)), Math.Round(rig.MeasuredKpa(1))));
        return rig;
    }

    /// <summary>Without loops, a sensor that lies stops nothing, and telemetry repeats its lie.</summary>
    [Fact]
    public void WithoutLoopsAStuckPressureSensorLeavesTheBoardRunningAndShowsAConstant()
    {
        using MuscleRig rig = Streaming(loops: false);
        rig.Robot.Faults.Inject("pressure 0 stuck");
        rig.Stream(0.2, 0.5, 1500);
        Assert.Equal((BoardState.Running, Reason.None), (rig.Last.State, rig.Last.Reason));
        Assert.Equal((300, 250), (Math.Round(rig.MeasuredKpa(0)), Math.Round(rig.MeasuredKpa(1))));
        Assert.Equal(100, rig.Kpa(0), 0.5);
    }

    [Fact]
    public void ARequiredSensorThatIsLostGivesSafeAndVents()
    {
        using MuscleRig rig = Streaming();
        rig.Robot.Faults.Inject("nack sensors for 30ms");
        rig.Stream(0.6, 0.3, 400);
        Assert.Equal(BoardState.Running, rig.Last.State);
        rig.Robot.Faults.Inject("nack sensors for 200ms");
        rig.Run(1500);
        Assert.Equal((BoardState.Safe, Reason.SensorLost, Sensors), rig.Last);
        Assert.Equal(0, rig.Kpa(0), 0.1);
        Assert.Equal(0, rig.MeasuredKpa(1), 0.2); // it answers again, and the board stays safe
    }

    [Fact]
    public void ASensorThatIsNotRequiredIsCountedAndTheBoardGoesOn()
    {
        using MuscleRig rig = Streaming(loops: false);
        Assert.Equal(0, rig.Session.Telemetry.I2cErrors);
        rig.Robot.Faults.Inject("nack sensors for 1s");
        rig.Stream(0.2, 0.5, 900);
        Assert.Equal((BoardState.Running, Reason.None), (rig.Last.State, rig.Last.Reason));
        Assert.InRange(rig.Session.Telemetry.I2cErrors, 40, 46); // one a tick
        Assert.Equal((300, 150), (Math.Round(rig.MeasuredKpa(0)), Math.Round(rig.MeasuredKpa(1)))); // the last readings
        rig.Stream(0.2, 0.5, 600);
        Assert.Equal((100, 250), (Math.Round(rig.MeasuredKpa(0)), Math.Round(rig.MeasuredKpa(1))));
    }

    [Fact]
    public void AnArmedBoardStaysArmedWithoutASensorThatIsNotRequired()
    {
        using MuscleRig rig = new(loops: false);
        rig.Arm();
        rig.Robot.Faults.Inject("nack sensors for 400ms");
        rig.Run(350);
        Assert.Equal((BoardState.Armed, Reason.None), (rig.Last.State, rig.Last.Reason));
        Assert.InRange(rig.Session.Telemetry.I2cErrors, 12, 18);
    }

    /// <summary>A valve driver that is deaf when the board goes safe must be told again, or its muscles stay full.</summary>
    [Fact]
    public void ADeafValveDriverGivesSafeAndIsVentedWhenItHearsAgain()
    {
        using MuscleRig rig = Streaming();
        rig.Robot.Faults.Inject("nack valves for 500ms");
        rig.Run(450);
        Assert.Equal((BoardState.Safe, Reason.ChipLost, Valves), rig.Last);
        Assert.Equal(300, rig.Kpa(0), 0.5);
        rig.Run(1100);
        Assert.Equal((BoardState.Safe, Reason.ChipLost, Valves), rig.Last);
        Assert.Equal(0, rig.Kpa(0), 0.1);
    }

    [Fact]
    public void APowerCycleGivesIdleNotArmedAndEmptyMuscles()
    {
        using MuscleRig rig = Streaming();
        rig.Robot.Faults.Inject("board base power-cycle");
        rig.Stream(0.6, 0.3, 2500); // the host has noticed nothing yet and goes on
        Assert.Equal(2, rig.Robot.Boards[0].Board.Boots);
        Assert.Equal((SessionPhase.Ready, BoardState.Idle, false), (rig.Session.Phase, rig.Session.State, rig.Session.IsArmed));
        Assert.Equal((0.0, 0.0), (Math.Round(rig.Kpa(0), 3), Math.Round(rig.Kpa(1), 3)));
        rig.Arm(); // only an explicit order moves it again
        rig.Stream(0.6, 0.3, 1500);
        Assert.Equal(BoardState.Running, rig.Last.State);
        Assert.Equal(300, rig.Kpa(0), 0.5);
    }

    /// <summary>The converter keeps its voltages over a reset of the board alone.</summary>
    [Fact]
    public void AResetEmptiesTheMusclesToo()
    {
        using MuscleRig rig = Streaming();
        rig.Robot.Faults.Inject("board base reset");
        rig.Run(3000);
        Assert.Equal((SessionPhase.Ready, BoardState.Idle, false), (rig.Session.Phase, rig.Session.State, rig.Session.IsArmed));
        Assert.Equal((0.0, 0.0), (Math.Round(rig.Kpa(0), 3), Math.Round(rig.Kpa(1), 3)));
    }
}
