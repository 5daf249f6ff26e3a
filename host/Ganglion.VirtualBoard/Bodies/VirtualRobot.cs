using Ganglion.Physics;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Scenes;
using Ganglion.Robots.Trunk;
using Ganglion.Robots.Walkers;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Faults;
using Ganglion.VirtualBoard.Time;

namespace Ganglion.VirtualBoard.Bodies;

/// <summary>A whole robot in a virtual world: a board with chips, servos, valves and sensors for each board of its
/// description, and the mechanics that joins them.</summary>
public sealed class VirtualRobot : IDisposable
{
    // Of a chamber's sensor at 0 and at full pressure, and of the chamber, where the description has none.
    private const double SensorZeroVolts = 0.2, SensorFullVolts = 1.8, OtherwiseLag = 0.1;

    private readonly List<BoardRig> _rigs = [];
    private readonly bool _stopsAtLimits;

    /// <param name="robot">The description.</param>
    /// <param name="image">The firmware of every board.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <param name="servo">What its servos can do; null: limited in speed only.</param>
    /// <param name="physics">The body of a walker; null: its servos turn freely, and its sensors see it standing still.
    /// Stays the caller's.</param>
    /// <param name="valves">How its valves and chambers behave; null: as described.</param>
    /// <param name="named">Whether each board was flashed with its name; else all with one image.</param>
    /// <param name="timing">What things cost on its boards; null: as on an ESP32.</param>
    /// <param name="stopsAtLimits">Whether what its servos move ends at the channels' limits; else at the ends of their travel.</param>
    /// <param name="scene">What stands around a trunk arm, for its distance sensors; null: a bare table.</param>
    public VirtualRobot(RobotDescription robot, FirmwareImage image, int seed = 1, ServoModel? servo = null, IWalkerPhysics? physics = null,
        ValveModel? valves = null, bool named = true, BoardTiming? timing = null, bool stopsAtLimits = false,
        SceneDescription? scene = null)
    {
        Description = robot;
        _stopsAtLimits = stopsAtLimits;
        World = physics == null ? new VirtualWorld() : new VirtualWorld { BodyStepNs = WalkerInPhysics.StepNs };
        for (int i = 0; i < robot.Boards.Length; i++)
        {
            _rigs.Add(Build(i, image, seed + i, servo ?? ServoModel.Exact, physics != null, valves ?? new ValveModel(), named, timing));
        }

        if (robot.TrunkArm != null)
        {
            Trunk = new TrunkBody(robot, _rigs, scene ?? SceneDescription.Bare);
            for (int i = 0; i < _rigs.Count; i++)
            {
                FixImus(i, robot.TrunkArm);
            }

            Trunk.Advance(0);
            World.AddBody(Trunk);
        }

        if (physics != null)
        {
            Walker = new WalkerInPhysics(physics, _rigs[0]);
            World.AddBody(Walker);
        }

        if (robot.Pendulum is { } pendulum)
        {
            Pendulum = new PendulumBody(pendulum, Pusher(pendulum.Flexor), Pusher(pendulum.Extensor));
            _rigs[0].Add(Pendulum, pendulum.Input);
            World.AddBody(Pendulum);
        }

        Faults = new FaultInjector(World, _rigs);
    }

    public RobotDescription Description { get; }

    public VirtualWorld World { get; }

    /// <summary>In the description's order.</summary>
    public IReadOnlyList<BoardRig> Boards => _rigs;

    /// <summary>The mechanics, where the robot is a trunk arm.</summary>
    public TrunkBody? Trunk { get; }

    /// <summary>The mechanics, where the robot is a walker in physics.</summary>
    public WalkerInPhysics? Walker { get; }

    /// <summary>The mechanics, where the robot has a pendulum.</summary>
    public PendulumBody? Pendulum { get; }

    public FaultInjector Faults { get; }

    /// <summary>The host's end of a board's serial line in virtual time.</summary>
    public VirtualLink Connect(int board) => new(World, _rigs[board].Board, Description.Boards[board].Baud);

    public void Dispose() => World.Dispose();

    /// <summary>What a channel of the first board gives at a time, 0..1: a valve its chamber's pressure, a servo its position.</summary>
    private Func<long, double> Pusher(int channel)
    {
        if (_rigs[0].Servos.TryGetValue(channel, out Servo? servo))
        {
            return servo.PositionAt;
        }

        PressureChamber chamber = _rigs[0].Valves[channel];
        double full = ((PressureChannel)Description.ChannelsOf(0).ElementAt(channel)).FullScale;
        return ns => chamber.KpaAt(ns) / full;
    }

    private BoardRig Build(int index, FirmwareImage image, int seed, ServoModel servo, bool inPhysics, ValveModel valves,
        bool named, BoardTiming? timing)
    {
        BoardDescription description = Description.Boards[index];
        var wiring = BoardWiring.Of(description.Profile);
        Esp32Board board = World.AddBoard(
            new BoardSetup
            {
                Name = description.Id,
                Seed = seed,
                LinkPort = wiring.LinkPort,
                DebuggerOnCom1 = wiring.DebuggerOnCom1,
                LinkBaud = description.Baud,
                Timing = timing ?? new BoardTiming(),
                FirmwareName = named ? Description.NameOf(index) : "",
            }, image);
        var rig = new BoardRig(board);
        foreach (ChipDescription chip in description.Chips)
        {
            rig.Add(chip, seed);
        }

        board.Pins.Wire(wiring.OutputEnablePin, pullUp: true, (high, ns) =>
        {
            foreach (Chips.Pca9685 pwm in board.Chips.OfType<Chips.Pca9685>())
            {
                pwm.SetOutputEnablePin(high, ns);
            }
        });
        if (inPhysics)
        {
            AddWalker(rig, Description.Walker!, seed);
        }
        else
        {
            AddServos(rig, index, servo);
        }

        AddChambers(rig, index, valves);
        return rig;
    }

    private void AddWalker(BoardRig rig, WalkerLayout walker, int seed)
    {
        foreach (WalkerJoint joint in walker.Joints)
        {
            var channel = (ServoChannel)Description.Channels[joint.Channel];
            rig.Add(joint.Channel, new JointInput(channel, joint), (Chips.Pca9685)rig.Chips[channel.Chip], channel.Output);
        }

        foreach (FootSensor sensor in walker.FootSensors)
        {
            rig.Add(new FootCell(sensor, seed));
        }
    }

    private void AddServos(BoardRig rig, int board, ServoModel model)
    {
        int number = 0;
        foreach (ChannelDescription channel in Description.ChannelsOf(board))
        {
            if (channel is ServoChannel driven)
            {
                Func<double, double> position = !_stopsAtLimits ? driven.ValueOf
                    : pulse => Math.Clamp(driven.ValueOf(pulse), driven.LimitMin, driven.LimitMax);
                var servo = new Servo(model, driven.PulseMax - driven.PulseMin, position, driven.Park);
                rig.Add(number, servo, (Chips.Pca9685)rig.Chips[driven.Chip], driven.Output);
            }

            number++;
        }
    }

    /// <summary>Where no sensor is described, a board's valves and its converters' free inputs belong together in their order; a valve that
    /// finds none has a chamber that nothing measures.</summary>
    private void AddChambers(BoardRig rig, int board, ValveModel valves)
    {
        var channels = Description.ChannelsOf(board).Select((channel, number) => (Valve: channel as PressureChannel, number))
            .Where(channel => channel.Valve != null).ToList();
        Chips.Ads1115[] converters = [.. rig.Chips.OfType<Chips.Ads1115>()];
        var free = new Queue<int>(Enumerable.Range(0, Chips.Ads1115.Inputs * converters.Length)
            .Except(channels.Select(channel => channel.Valve!.Sensor?.Input ?? -1))
            .Except(board == 0 && Description.Pendulum is { } pendulum ? [pendulum.Input] : []));
        foreach ((PressureChannel? valve, int number) in channels)
        {
            int? input = valve!.Sensor?.Input ?? (free.TryDequeue(out int next) ? next : null);
            PressureSensor sensor = valve.Sensor ?? new PressureSensor(0, SensorZeroVolts, SensorFullVolts, OtherwiseLag, 0,
                valve.FullScale);
            var model = new PressureModel(
                (1 - valves.Shortfall) * valve.FullScale, Chips.Mcp4728.ReferenceVolts, valves.LagSeconds ?? sensor.Lag,
                sensor.ZeroVolts, (sensor.FullVolts - sensor.ZeroVolts) / valve.FullScale);
            var chamber = new PressureChamber(model);
            rig.Add(number, chamber, (Chips.Mcp4728)rig.Chips[valve.Chip], valve.Output);
            if (input is { } measures)
            {
                rig.Measure(chamber, converters[measures / Chips.Ads1115.Inputs], measures);
            }
        }
    }

    /// <summary>A board's inertial sensor sits on the last module that the board drives.</summary>
    private void FixImus(int board, TrunkArmLayout layout)
    {
        int module = 0;
        for (int gear = 0; gear < layout.Gears.Length; gear++)
        {
            if (layout.Gears[gear].Board == board)
            {
                module = gear / layout.GearsPerJoint;
            }
        }

        foreach (ImuMount mount in _rigs[board].ImuMounts)
        {
            Trunk!.Fix(mount, module);
        }
    }
}
