using Ganglion.Robots.Boards;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;
using Ganglion.VirtualBoard.Faults;
using Ganglion.VirtualBoard.Time;

namespace Ganglion.Lab.Reliability.Pins;

/// <summary>The first board of a robot with the firmware, a probe on each of its outputs, and faults of its chips and buses.</summary>
internal sealed class PinBoard : IDisposable
{
    private const long Ms = 1_000_000;

    /// <summary>What may stand in an MCP4728's EEPROM besides code 0: as delivered, VDD as reference, gain 2, powered down.</summary>
    private static readonly ushort[] Eeproms = [0x8000, 0x0000, 0x9000, 0xE000];

    private readonly BoardDescription _description;
    private readonly BoardRig _rig;
    private readonly Random _random;
    private readonly ushort _eeprom;

    public PinBoard(PinRobot robot, Random random)
    {
        _description = robot.Robot.Boards[0];
        _random = random;
        Watch = new PinWatch(_description.Tick);
        var wiring = BoardWiring.Of(_description.Profile);
        int seed = random.Next(1, 1 << 30);
        Board = World.AddBoard(
            new BoardSetup
            {
                Name = _description.Id,
                Seed = seed,
                LinkPort = wiring.LinkPort,
                DebuggerOnCom1 = wiring.DebuggerOnCom1,
            }, FirmwareImage.Embedded);
        _rig = new BoardRig(Board);
        foreach (ChipDescription chip in _description.Chips)
        {
            _rig.Add(chip, seed);
        }

        _eeprom = Eeproms[random.Next(Eeproms.Length)];
        foreach (VirtualBoard.Chips.Mcp4728 valves in Board.Chips.OfType<VirtualBoard.Chips.Mcp4728>())
        {
            valves.Program(_eeprom);
        }

        Board.Pins.Wire(wiring.OutputEnablePin, pullUp: true, (high, ns) =>
        {
            foreach (VirtualBoard.Chips.Pca9685 pwm in Board.Chips.OfType<VirtualBoard.Chips.Pca9685>())
            {
                pwm.SetOutputEnablePin(high, ns);
            }
        });
        int number = 0;
        foreach (ChannelDescription channel in robot.Robot.ChannelsOf(0))
        {
            Watch.Probes.Add(Connect(channel, number++));
        }

        Link = new VirtualLink(World, Board, _description.Baud);
    }

    public VirtualWorld World { get; } = new();

    public Esp32Board Board { get; }

    public PinWatch Watch { get; }

    public VirtualLink Link { get; }

    /// <summary>Faults injected, by kind: nack, glitch, hang, supply.</summary>
    public Dictionary<string, long> Injected { get; } = [];

    /// <summary>When a driver that was on lost its supply in a way that the board has to notice, ns; max: none did.</summary>
    public long SupplyLostNs { get; set; } = long.MaxValue;

    /// <summary>Injects a fault of a random kind and length from now on.</summary>
    public void Inject()
    {
        long now = World.NowNanoseconds;
        int chip = _random.Next(_rig.Chips.Count);
        I2cBus bus = Board.Bus(_description.Chips[chip].Bus);
        double draw = _random.NextDouble();
        if (draw < 0.5)
        {
            long until = now + Length(1, 400);
            bus.AddNack(_rig.Chips[chip], new FaultWindow(now, until));
            Watch.Deafen(chip, now, until);
            Count("nack");
        }
        else if (draw < 0.75)
        {
            long until = now + Length(1, 150);
            bus.GlitchWindow = new FaultWindow(now, until);
            Watch.Deafen(-1, now, until);
            Count("glitch");
        }
        else if (draw < 0.8)
        {
            long until = now + Length(1, 3000);
            bus.StuckWindow = new FaultWindow(now, until);
            Watch.Hang(now, until);
            Count("hang");
        }
        else
        {
            LoseSupply(chip, now);
            Count("supply");
        }
    }

    public void Dispose() => World.Dispose();

    private void LoseSupply(int chip, long now)
    {
        bool drives = Watch.Probes.Exists(probe => probe.Chip == chip && probe.On);

        // Code and power-down come with each write anyway: only another reference or gain lasts.
        bool shows = _description.Chips[chip] is Pca9685 || (_description.Chips[chip] is Mcp4728 && (_eeprom & 0x9000) != 0x8000);
        Watch.Deafen(chip, now, now + 60 * Ms);
        Watch.Unsettle(chip, now + 60 * Ms);
        _rig.Chips[chip].PowerOn(now);
        if (drives && shows)
        {
            SupplyLostNs = Math.Min(SupplyLostNs, now);
        }
    }

    private PinProbe Connect(ChannelDescription channel, int number)
    {
        if (channel is PressureChannel { Sensor: { } sensor } valve)
        {
            var chamber = new PressureChamber(new PressureModel(valve.FullScale, VirtualBoard.Chips.Mcp4728.ReferenceVolts, sensor.Lag,
                sensor.ZeroVolts, (sensor.FullVolts - sensor.ZeroVolts) / valve.FullScale));
            var converter = (VirtualBoard.Chips.Mcp4728)_rig.Chips[channel.Chip];
            _rig.Add(number, chamber, converter, channel.Output);
            _rig.Measure(chamber,
                _rig.Chips.OfType<VirtualBoard.Chips.Ads1115>().ElementAt(sensor.Input / VirtualBoard.Chips.Ads1115.Inputs), sensor.Input);
            var loop = new PinProbe(Watch, channel, 0, chamber);
            converter.Attach(channel.Output, loop);
            return loop;
        }

        var driver = (Pca9685)_description.Chips[channel.Chip];
        var probe = new PinProbe(Watch, channel, 1 / driver.Frequency, null);
        ((VirtualBoard.Chips.Pca9685)_rig.Chips[channel.Chip]).Attach(channel.Output, probe);
        return probe;
    }

    /// <summary>Short ones are as likely as long ones, ns.</summary>
    private long Length(double leastMs, double mostMs) => (long)(leastMs * Math.Pow(mostMs / leastMs, _random.NextDouble()) * Ms);

    private void Count(string kind) => Injected[kind] = Injected.GetValueOrDefault(kind) + 1;
}
