using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.VirtualBoard.Tests.Firmware;

/// <summary>The pressure loops of the repository's firmware, through virtual valves, chambers and converters: what they make, and the
/// safe state in which each fault ends. The muscle pair: 500 kPa, sensors of 0.2..1.8 V, chambers of 0.1 s, 100 kPa borne.</summary>
public class PressureLoopTests
{
    private static MuscleRig Streaming(ValveModel? valves = null, long ms = 2000)
    {
        var rig = new MuscleRig(valves: valves);
        rig.Arm();
        rig.Stream(0.6, 0.3, ms);
        Assert.Equal((BoardState.Running, Reason.None), (rig.Last.State, rig.Last.Reason));
        return rig;
    }

    /// <summary>The flexor goes up and down by 100 kPa while the extensor does the opposite, until the board has gone safe.</summary>
    private static long StreamUntilSafe(MuscleRig rig, long atMost)
    {
        long ms = 0;
        for (; rig.Last.State != BoardState.Safe && ms < atMost; ms += 20)
        {
            double swing = 0.2 * Math.Sin(2 * Math.PI * 0.5 * ms * 1e-3);
            rig.Stream(0.6 + swing, 0.3 - swing, 20);
        }

        return ms;
    }

    [Fact]
    public void ValvesThatGiveTooLittleAreMadeUpForAndHoldKeepsThePressure()
    {
        using MuscleRig rig = Streaming(new ValveModel(Shortfall: 0.15), 6000);
        Assert.Equal(300, rig.Kpa(0), 1.0);
        Assert.Equal(150, rig.Kpa(1), 1.0);

        // The host pauses: the board holds, and its loops go on.
        rig.Run(200);
        Assert.Equal((BoardState.Hold, Reason.StreamStarved), (rig.Last.State, rig.Last.Reason));
        Assert.Equal(300, rig.Kpa(0), 1.0);
    }

    /// <summary>What was learned is forgotten with the arming: other valves may hang there now.</summary>
    [Fact]
    public void ArmingAnewForgetsTheCorrections()
    {
        using MuscleRig rig = Streaming(new ValveModel(Shortfall: 0.15), 6000);
        rig.Session.Await(rig.Session.Disarm());
        rig.Run(1500);
        Assert.Equal(0, rig.Kpa(0), 0.1);
        rig.Arm();
        rig.Stream(0.6, 0.3, 600);
        Assert.InRange(rig.Kpa(0), 250, 285); // 255 without a correction
        rig.Stream(0.6, 0.3, 6000);
        Assert.Equal(300, rig.Kpa(0), 1.0);
    }

    [Fact]
    public void AFrozenSensorGivesSafeAndVents()
    {
        using MuscleRig rig = Streaming();
        rig.Robot.Faults.Inject("pressure 0 stuck");
        Assert.InRange(StreamUntilSafe(rig, 2000), 200, 900);
        Assert.Equal((BoardState.Safe, Reason.PressureStandsStill, 0), rig.Last);
        rig.Run(1500);
        Assert.Equal(0, rig.Kpa(0), 0.1);
        Assert.Equal(0, rig.Kpa(1), 0.1);
    }

    [Fact]
    public void AnUnpluggedSensorGivesSafeAndVents()
    {
        using MuscleRig rig = Streaming();
        rig.Robot.Faults.Inject("pressure 1 unplugged for 100ms");
        rig.Stream(0.6, 0.3, 500);
        Assert.Equal(BoardState.Running, rig.Last.State); // at most two readings
        rig.Robot.Faults.Inject("pressure 1 unplugged");
        rig.Stream(0.6, 0.3, 400);
        Assert.Equal((BoardState.Safe, Reason.PressureOutOfRange, 1), rig.Last);
        Assert.Contains("channel 1 'extensor'", rig.Session.Describe());
        rig.Run(1500);
        Assert.Equal(0, rig.Kpa(0), 0.1);
        Assert.Equal(0, rig.Kpa(1), 0.1);
    }

    [Fact]
    public void AnUnpluggedSensorIsNoticedWhileTheBoardIsArmedToo()
    {
        using MuscleRig rig = new();
        rig.Robot.Faults.Inject("pressure 0 unplugged");
        rig.Arm();
        rig.Run(500);
        Assert.Equal((BoardState.Safe, Reason.PressureOutOfRange, 0), rig.Last);
    }

    [Fact]
    public void AStuckValveGivesSafe()
    {
        using MuscleRig rig = Streaming();
        rig.Robot.Faults.Inject("valve 1 stuck");
        StreamUntilSafe(rig, 2000);
        Assert.Equal((BoardState.Safe, Reason.PressureStandsStill, 1), rig.Last);
        rig.Run(1500);
        Assert.Equal(0, rig.Kpa(0), 0.1); // the other muscle vents; this one's valve does not obey
        Assert.Equal(150, rig.Kpa(1), 1.0);
    }

    [Fact]
    public void ASmallLeakIsMadeUpForAndALargeOneGivesSafe()
    {
        using MuscleRig rig = Streaming();
        rig.Robot.Faults.Inject("valve 0 leaks 15%");
        rig.Stream(0.6, 0.3, 6000);
        Assert.Equal((BoardState.Running, Reason.None), (rig.Last.State, rig.Last.Reason));
        Assert.Equal(300, rig.Kpa(0), 1.5);
        rig.Robot.Faults.Inject("valve 0 leaks 60%");
        rig.Stream(0.6, 0.3, 1200);
        Assert.Equal((BoardState.Safe, Reason.PressureOff, 0), rig.Last);
    }

    /// <summary>A converter that is gone for a moment: the loops go on by their model, and learn nothing meanwhile.</summary>
    [Fact]
    public void AConverterThatMissesOneTransferChangesNothing()
    {
        using MuscleRig rig = Streaming();
        rig.Robot.Faults.Inject("nack sensors for 30ms");
        rig.Stream(0.6, 0.3, 1000);
        Assert.Equal((BoardState.Running, Reason.None), (rig.Last.State, rig.Last.Reason));
        Assert.Equal(300, rig.Kpa(0), 0.5);
        Assert.Equal(150, rig.Kpa(1), 0.5);
    }

    /// <summary>Each transfer fails once, wherever it lies in the tick: no input is ever shown with the reading of another.</summary>
    [Fact]
    public void LostTransfersMixUpNoInputs()
    {
        using MuscleRig rig = Streaming();
        for (int i = 0; i < 5 * 133; i++)
        {
            if (i % 5 == 0)
            {
                rig.Robot.World.WaitUntil(rig.Robot.World.NowNanoseconds + i / 5 * 150_000);
                rig.Robot.Faults.Inject("nack sensors for 150us");
            }

            rig.Stream(0.6, 0.3, 20);
            AssertShown(0, 300);
            AssertShown(1, 150);
        }

        // A chip that falls silent within a transfer leaves ones on the line, which is no pressure and changes nothing.
        void AssertShown(int muscle, double kpa)
        {
            if (rig.Session.Telemetry.Analog[muscle] != -2.048 / 32768)
            {
                Assert.Equal(kpa, rig.MeasuredKpa(muscle), 1.0);
            }

            Assert.Equal(kpa, rig.Kpa(muscle), 1.0);
        }

        Assert.InRange(rig.Session.Telemetry.I2cErrors, 2, 20);
        Assert.Equal((BoardState.Running, Reason.None), (rig.Last.State, rig.Last.Reason));
    }

    /// <summary>A valve is never told to leave the limits of its channel, whatever its sensor says: 0.8 of 500 kPa.</summary>
    [Fact]
    public void ALyingSensorDoesNotBurstTheMuscle()
    {
        using MuscleRig rig = Streaming();
        rig.Robot.Faults.Inject("pressure 0 stuck");
        double most = 0;
        for (int i = 0; i < 100; i++)
        {
            rig.Stream(0.8, 0.3, 20);
            most = Math.Max(most, rig.Kpa(0));
        }

        Assert.InRange(most, 300, 400.5);
        Assert.Equal(BoardState.Safe, rig.Last.State);
    }
}
