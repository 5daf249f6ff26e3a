using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Tests.Messages;
using Ganglion.Shared.Config;
using Ganglion.Shared.Control;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;
using Ganglion.Shared.Walking;

namespace Ganglion.Bridge.Tests.Session;

/// <summary>A walker whose sensors fail: whatever a host does meanwhile, it does not walk on without one that it needs.</summary>
public class WalkSensorTests
{
    private const int Servos = 0, Imu = 1, Adc = 2;

    /// <summary>Longest time that a walker takes to put both feet down without reflexes: PROTOCOL.md, section Walk.</summary>
    private const int StopTicks = 400 / CoreBench.TickMs;

    private enum Sensor
    {
        Lives, Dead, Frozen,
    }

    /// <summary>A walker at full steps; <paramref name="state"/> tells how its sensors are.</summary>
    private static CoreBench Walking(Func<Sensor> state, bool required = true)
    {
        BoardConfiguration walker = WalkEncodingTests.Walker();
        walker.Walk!.Reflexes.AnklePitch = 0.2f;
        var bench = new CoreBench(walker with
        {
            RhythmTimeout = 60,
            Chips = [.. walker.Chips, new(ChipType.Mpu6050, 1, 0x68, required, Name: "imu"), new(ChipType.Ads1115, 1, 0x48, Name: "adc")],
        });
        int noise = 0;
        bench.Hardware.Sense = hardware =>
        {
            bench.Hardware.MissingChip = state() == Sensor.Dead ? Imu : -1;
            if (state() == Sensor.Dead)
            {
                hardware.Health.Failed(Imu, false);
                return;
            }

            hardware.Health.Succeeded(Imu);
            hardware.Readings.Imu[0] = state() == Sensor.Frozen ? 400 : 400 + (noise++ & 3);
            hardware.Readings.Imu[2] = 8192;
            hardware.Readings.ImuFresh = true;
        };
        Assert.Equal(Reason.None, bench.Arm());
        bench.Take(MessageType.WalkStart);
        bench.Run(200);
        Assert.Equal(WalkStage.Walking, bench.Core.Own.Walk.Stage);
        return bench;
    }

    public static TheoryData<int> Delays => [.. Enumerable.Range(0, StopTicks + 5)];

    /// <summary>The input: NACK of the IMU, and a new session's Hello within the blind stop, Arm, WalkStart.</summary>
    [Theory]
    [MemberData(nameof(Delays))]
    public void A_new_session_does_not_make_it_forget_a_dead_imu(int ticks) => Fails(Sensor.Dead, ticks, Reason.SensorLost, bench =>
    {
        bench.Session = 7;
        bench.Open();
        bench.Arm();
        bench.Command(MessageType.WalkStart);
    });

    [Theory]
    [MemberData(nameof(Delays))]
    public void A_new_session_does_not_make_it_forget_a_frozen_imu(int ticks) => Fails(Sensor.Frozen, ticks, Reason.SensorFrozen, bench =>
    {
        bench.Session = 7;
        bench.Open();
        bench.Arm();
        bench.Command(MessageType.WalkStart);
    });

    /// <summary>Two sessions, a stream and a rhythm instead of a walk: nothing that a host can ask leads past the latch.</summary>
    [Theory]
    [MemberData(nameof(Delays))]
    public void Nothing_else_makes_it_forget_either(int ticks) => Fails(Sensor.Dead, ticks, Reason.SensorLost, bench =>
    {
        bench.Command(MessageType.WalkStop);
        bench.Session = 7;
        bench.Open();
        bench.Session = 8;
        bench.Open();
        bench.Arm();
        bench.Command(MessageType.RhythmStart);
        bench.Session = 9;
        bench.Open();
        bench.Arm();
        bench.Command(MessageType.WalkStart);
    });

    /// <summary>Disarmed and armed again, it asks the chip, and does not arm.</summary>
    [Fact]
    public void It_does_not_arm_with_a_dead_imu()
    {
        Sensor sensor = Sensor.Lives;
        CoreBench bench = Walking(() => sensor);
        sensor = Sensor.Dead;
        bench.Run(10);
        bench.Take(MessageType.Disarm);
        Assert.Equal(Reason.SensorLost, bench.Core.Safety.Reason);
        Assert.Equal(Reason.ChipMissing, bench.Arm());
    }

    /// <summary>A second fault while the feet come down ends the walk at once, and the first stays the reason.</summary>
    [Fact]
    public void The_first_reason_stays()
    {
        Sensor sensor = Sensor.Lives;
        CoreBench bench = Walking(() => sensor);
        sensor = Sensor.Dead;
        bench.Run(5);
        Assert.Equal((BoardState.Running, Reason.SensorLost), (bench.Core.Safety.State, bench.Core.Safety.Reason));
        for (int i = 0; i < 3; i++)
        {
            bench.Hardware.Health.Failed(Servos, false);
        }

        bench.Run(1);
        Assert.Equal((BoardState.Safe, Reason.SensorLost, Imu), (bench.Core.Safety.State, bench.Core.Safety.Reason,
            bench.Core.Safety.Detail));
    }

    /// <summary>Two chips that fail in one tick are both noticed, whichever is told last.</summary>
    [Fact]
    public void A_sensor_that_is_not_needed_does_not_hide_one_that_is()
    {
        Sensor sensor = Sensor.Lives;
        CoreBench bench = Walking(() => sensor);
        Action<TestHardware> sense = bench.Hardware.Sense!;
        sensor = Sensor.Dead;
        bench.Hardware.Sense = hardware =>
        {
            sense(hardware);
            hardware.Health.Failed(Adc, false);
        };
        bench.Run(StopTicks + 5);
        Assert.Equal((BoardState.Safe, Reason.SensorLost, Imu), (bench.Core.Safety.State, bench.Core.Safety.Reason,
            bench.Core.Safety.Detail));
    }

    /// <summary>An output chip that is lost while another sensor is dead for long.</summary>
    [Fact]
    public void A_dead_sensor_that_is_not_needed_does_not_hide_a_lost_output_chip()
    {
        CoreBench bench = Walking(() => Sensor.Dead, required: false);
        bench.Run(50);
        Assert.Equal(BoardState.Running, bench.Core.Safety.State);
        for (int i = 0; i < 3; i++)
        {
            bench.Hardware.Health.Failed(Servos, false);
        }

        bench.Run(1);
        Assert.Equal((BoardState.Safe, Reason.ChipLost, Servos), (bench.Core.Safety.State, bench.Core.Safety.Reason,
            bench.Core.Safety.Detail));
    }

    /// <summary>PROTOCOL.md, section Walk: without a reading the reflexes take the torso for upright.</summary>
    [Fact]
    public void Without_an_imu_that_is_not_required_the_torso_is_taken_for_upright()
    {
        Sensor sensor = Sensor.Lives;
        CoreBench bench = Walking(() => sensor, required: false);
        WalkReflexes reflexes = bench.Core.Own.Walk.Reflexes;
        Assert.NotEqual(0f, reflexes.Pitch);
        Assert.Equal(SensorWatch.ImuPresent, bench.Core.Sensors.Flags);
        sensor = Sensor.Dead;
        bench.Run(ChipHealth.LostAfter);
        Assert.Equal((BoardState.Running, 0), (bench.Core.Safety.State, bench.Core.Sensors.Flags));
        Assert.Equal((0f, 0f, 0f, 0f, 0f), (reflexes.Pitch, reflexes.Roll, reflexes.PitchRate, reflexes.RollRate, reflexes.YawRate));
        sensor = Sensor.Lives;
        bench.Run(1);
        Assert.Equal(SensorWatch.ImuPresent, bench.Core.Sensors.Flags);
    }

    /// <summary>Lets the sensor fail, waits so many ticks, lets a host try to go on, and watches for 8 s.</summary>
    private static void Fails(Sensor how, int ticks, byte reason, Action<CoreBench> tries)
    {
        Sensor sensor = Sensor.Lives;
        CoreBench bench = Walking(() => sensor);
        sensor = how;
        bench.Run(ticks);
        tries(bench);
        int running = 0;
        bench.Run(400, afterTick: () => running += bench.Core.Safety.State == BoardState.Running ? 1 : 0);
        Assert.InRange(running, 0, 1000 / CoreBench.TickMs);
        Assert.Equal((BoardState.Safe, reason, Imu), (bench.Core.Safety.State, bench.Core.Safety.Reason, bench.Core.Safety.Detail));
    }
}
