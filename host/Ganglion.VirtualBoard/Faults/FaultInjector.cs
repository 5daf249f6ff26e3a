using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;
using Ganglion.VirtualBoard.Chips;
using Ganglion.VirtualBoard.Time;

namespace Ganglion.VirtualBoard.Faults;

/// <summary>Injects faults into the boards of a world from now on. To be used while the world stands still.</summary>
public sealed class FaultInjector(VirtualWorld world, IReadOnlyList<BoardRig> rigs)
{
    /// <summary>Injects a fault given as text, see <see cref="FaultCommand.Usage"/>.</summary>
    /// <exception cref="FormatException">The text is no fault command.</exception>
    /// <exception cref="ArgumentException">It names something that is not there.</exception>
    public void Inject(string command) => Inject(FaultCommand.Parse(command));

    /// <summary>Injects a fault.</summary>
    /// <exception cref="ArgumentException">It names a board, chip or channel that is not there; the message lists those that
    /// are.</exception>
    public void Inject(Fault fault)
    {
        long now = world.NowNanoseconds;
        var window = new FaultWindow(now, fault.Duration is { } duration ? now + duration.Ticks * 100 : long.MaxValue);
        switch (fault)
        {
            case NackFault nack:
                (I2cBus bus, I2cChip chip) = FindChip(Single(fault), nack.Chip);
                bus.AddNack(chip, window);
                break;
            case StuckBusFault stuck:
                Single(fault).Board.Bus(stuck.Bus).StuckWindow = window;
                break;
            case GlitchFault glitch:
                Single(fault).Board.Bus(glitch.Bus).GlitchWindow = window;
                break;
            case BrownoutFault brownout:
                FindChip(Single(fault), brownout.Chip).Chip.PowerOn(now);
                break;
            case ImuFreezeFault:
                foreach (Mpu6050 imu in Imus(fault))
                {
                    imu.FrozenWindow = window;
                }

                break;
            case ImuNoiseFault noise:
                foreach (Mpu6050 imu in Imus(fault))
                {
                    (imu.NoiseWindow, imu.ExtraNoise) = (window, noise.Rms);
                }

                break;
            case ImuTiltFault tilt:
                foreach (ImuMount mount in Mounts(fault))
                {
                    (mount.TiltWindow, mount.Tilt) = (window, tilt.Angle);
                }

                break;
            case ImuDelayFault late:
                long lag = late.Delay.Ticks * 100;
                if (lag > ImuMount.MaxLagNs)
                {
                    throw new ArgumentException($"An IMU can be late by {ImuMount.MaxLagNs / 1_000_000} ms at most.", nameof(fault));
                }

                foreach (ImuMount mount in Mounts(fault))
                {
                    (mount.LagWindow, mount.LagNs) = (window, lag);
                }

                break;
            case DistanceFreezeFault:
                foreach (Vl53l0x sensor in DistanceSensors(fault))
                {
                    sensor.FrozenWindow = window;
                }

                break;
            case DistanceStuckFault stuck:
                foreach (Vl53l0x sensor in DistanceSensors(fault))
                {
                    (sensor.StuckWindow, sensor.StuckAt) = (window, stuck.Metres);
                }

                break;
            case PressureStuckFault pressure:
                Find(Single(fault), Single(fault).Pressures, pressure.Input, "pressure sensor at input").StuckWindow = window;
                break;
            case PressureUnpluggedFault pressure:
                Find(Single(fault), Single(fault).Pressures, pressure.Input, "pressure sensor at input").UnpluggedWindow = window;
                break;
            case AngleUnpluggedFault angle:
                Find(Single(fault), Single(fault).Pendulums, angle.Input, "pendulum at input").UnpluggedWindow = window;
                break;
            case ValveStuckFault valve:
                Find(Single(fault), Single(fault).Valves, valve.Channel, "valve").HoldValve(window);
                break;
            case ValveLeakFault valve:
                Find(Single(fault), Single(fault).Valves, valve.Channel, "valve").Leak(window, valve.Share);
                break;
            case ServoStalledFault servo:
                Find(Single(fault), Single(fault).Servos, servo.Channel, "servo").Stall(window);
                break;
            case ServoDeadFault servo:
                Find(Single(fault), Single(fault).Joints, servo.Channel, "servo of a walker in physics").DeadWindow = window;
                break;
            case SerialDropFault drop:
                ForLines(fault, line => (line.DropWindow, line.DropChance) = (window, drop.Chance));
                break;
            case SerialFlipFault flip:
                ForLines(fault, line => (line.FlipWindow, line.FlipChance) = (window, flip.Chance));
                break;
            case SerialDelayFault delay:
                ForLines(fault, line => (line.DelayWindow, line.DelayNs) = (window, delay.Delay.Ticks * 100));
                break;
            case HostGoneFault:
                ForLines(fault, line => line.GoneWindow = window);
                break;
            case BoardResetFault:
                Single(fault).Board.Reset(now);
                break;
            case PowerCycleFault:
                Single(fault).Board.PowerCycle(now);
                break;
            default:
                throw new ArgumentException($"No board can have the fault {fault.GetType().Name}.", nameof(fault));
        }
    }

    private BoardRig Single(Fault fault)
    {
        IReadOnlyList<BoardRig> chosen = Chosen(fault);
        return chosen.Count == 1 ? chosen[0] : throw new ArgumentException($"Which board? Name one of: {Names()}.", nameof(fault));
    }

    private IReadOnlyList<BoardRig> Chosen(Fault fault)
    {
        if (fault.Board == null)
        {
            return rigs;
        }

        BoardRig? rig = rigs.FirstOrDefault(candidate => candidate.Name == fault.Board);
        return rig != null ? [rig] : throw new ArgumentException($"There is no board '{fault.Board}'. Boards: {Names()}.", nameof(fault));
    }

    private void ForLines(Fault fault, Action<LineFaults> set)
    {
        foreach (BoardRig rig in Chosen(fault))
        {
            set(rig.Board.Wire.FaultsToBoard);
            set(rig.Board.Wire.FaultsToHost);
        }
    }

    private Mpu6050[] Imus(Fault fault)
    {
        Mpu6050[] imus = [.. Chosen(fault).SelectMany(rig => rig.Board.Chips.OfType<Mpu6050>())];
        return imus.Length > 0 ? imus : throw new ArgumentException("There is no IMU on the chosen boards.", nameof(fault));
    }

    private Vl53l0x[] DistanceSensors(Fault fault)
    {
        Vl53l0x[] sensors = [.. Chosen(fault).SelectMany(rig => rig.Board.Chips.OfType<Vl53l0x>())];
        return sensors.Length > 0 ? sensors
            : throw new ArgumentException("There is no distance sensor on the chosen boards.", nameof(fault));
    }

    private ImuMount[] Mounts(Fault fault)
    {
        ImuMount[] mounts = [.. Chosen(fault).SelectMany(rig => rig.ImuMounts)];
        return mounts.Length > 0 ? mounts : throw new ArgumentException("There is no IMU on the chosen boards.", nameof(fault));
    }

    private static (I2cBus Bus, I2cChip Chip) FindChip(BoardRig rig, string name)
    {
        for (int id = 1; id <= 2; id++)
        {
            I2cBus bus = rig.Board.Bus(id);
            if (bus.Chips.FirstOrDefault(candidate => candidate.Name == name) is { } chip)
            {
                return (bus, chip);
            }
        }

        string chips = string.Join(", ", rig.Board.Chips.Select(chip => chip.Name));
        throw new ArgumentException($"Board '{rig.Name}' has no chip '{name}'. Chips: {chips}.");
    }

    private static T Find<T>(BoardRig rig, IReadOnlyDictionary<int, T> things, int number, string what) =>
        things.TryGetValue(number, out T? thing)
            ? thing
            : throw new ArgumentException(things.Count == 0 ? $"Board '{rig.Name}' simulates no {what}."
                : $"Board '{rig.Name}' has no {what} {number}. There are: {string.Join(", ", things.Keys.Order())}.");

    private string Names() => string.Join(", ", rigs.Select(rig => rig.Name));
}
