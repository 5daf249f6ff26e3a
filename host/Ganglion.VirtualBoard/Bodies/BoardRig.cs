using Ganglion.Robots.Boards;
using Ganglion.VirtualBoard.Boards;
using Converter = Ganglion.VirtualBoard.Chips.Ads1115;

namespace Ganglion.VirtualBoard.Bodies;

/// <summary>A board with what hangs on it, by the numbers that people use in commands.</summary>
public sealed class BoardRig(Esp32Board board)
{
    private readonly List<I2cChip> _chips = [];
    private readonly List<ImuMount> _imuMounts = [];
    private readonly List<DistanceMount> _distanceMounts = [];
    private readonly Dictionary<int, Servo> _servos = [];
    private readonly Dictionary<int, JointInput> _joints = [];
    private readonly Dictionary<int, PressureChamber> _pressures = [];
    private readonly Dictionary<int, PressureChamber> _valves = [];
    private readonly Dictionary<int, PendulumBody> _pendulums = [];
    private readonly List<FootCell> _footCells = [];

    public Esp32Board Board { get; } = board;

    public string Name => Board.Setup.Name;

    /// <summary>Chips in the order in which they were added: that of the description.</summary>
    public IReadOnlyList<I2cChip> Chips => _chips;

    /// <summary>What the board's inertial sensors are fixed to.</summary>
    public IReadOnlyList<ImuMount> ImuMounts => _imuMounts;

    /// <summary>Where the board's distance sensors are.</summary>
    public IReadOnlyList<DistanceMount> DistanceMounts => _distanceMounts;

    /// <summary>Servos by the board's own channel numbers.</summary>
    public IReadOnlyDictionary<int, Servo> Servos => _servos;

    /// <summary>Servos whose mechanics is a body in physics, by the board's own channel numbers.</summary>
    public IReadOnlyDictionary<int, JointInput> Joints => _joints;

    /// <summary>Force sensors under the feet.</summary>
    public IReadOnlyList<FootCell> FootCells => _footCells;

    /// <summary>Pressure chambers by the analog input that shows them, from 0 over all converters.</summary>
    public IReadOnlyDictionary<int, PressureChamber> Pressures => _pressures;

    /// <summary>The same by the board's own number of the channel that fills them.</summary>
    public IReadOnlyDictionary<int, PressureChamber> Valves => _valves;

    /// <summary>Pendulums by the analog input that shows their angle.</summary>
    public IReadOnlyDictionary<int, PendulumBody> Pendulums => _pendulums;

    /// <summary>Makes the chip of a description and puts it on its bus.</summary>
    /// <param name="description">Type, bus and address.</param>
    /// <param name="seed">Seed of its noise.</param>
    public void Add(ChipDescription description, int seed)
    {
        I2cChip chip = description switch
        {
            Pca9685 pwm => new Chips.Pca9685(pwm.Id, pwm.Address, pwm.Oscillator),
            Mcp4728 dac => new Chips.Mcp4728(dac.Id, dac.Address),
            Ads1115 adc => new Chips.Ads1115(adc.Id, adc.Address),
            Mpu6050 imu => new Chips.Mpu6050(imu.Id, imu.Address, NewMount(), seed),
            Vl53l0x eye => new Chips.Vl53l0x(eye.Id, NewMount(eye), seed),
            _ => throw new ArgumentException($"There is no virtual chip of the kind {description.GetType().Name}.", nameof(description)),
        };
        Board.Bus(description.Bus).Attach(chip);
        _chips.Add(chip);
    }

    /// <summary>Connects a servo to an output.</summary>
    public void Add(int channel, Servo servo, Chips.Pca9685 chip, int output)
    {
        chip.Attach(output, servo);
        _servos.Add(channel, servo);
    }

    /// <summary>Connects a joint's servo to an output.</summary>
    public void Add(int channel, JointInput joint, Chips.Pca9685 chip, int output)
    {
        chip.Attach(output, joint);
        _joints.Add(channel, joint);
    }

    /// <summary>Connects a force sensor to the board's analog input that its description names.</summary>
    public void Add(FootCell cell)
    {
        int input = cell.Sensor.Input;
        _chips.OfType<Converter>().ElementAt(input / Converter.Inputs).Attach(input % Converter.Inputs, cell);
        _footCells.Add(cell);
    }

    /// <summary>Connects a chamber to a valve's output.</summary>
    /// <param name="channel">The board's own number of the valve's channel.</param>
    /// <param name="chamber">The chamber.</param>
    /// <param name="valve">The channel's chip.</param>
    /// <param name="output">Of the chip.</param>
    public void Add(int channel, PressureChamber chamber, Chips.Mcp4728 valve, int output)
    {
        valve.Attach(output, chamber);
        _valves.Add(channel, chamber);
    }

    /// <summary>Connects a chamber's sensor to an input.</summary>
    /// <param name="chamber">The chamber.</param>
    /// <param name="converter">The converter that measures it.</param>
    /// <param name="input">The board's analog input, over all converters.</param>
    public void Measure(PressureChamber chamber, Converter converter, int input)
    {
        converter.Attach(input % Converter.Inputs, chamber);
        _pressures.Add(input, chamber);
    }

    /// <summary>Connects a pendulum's potentiometer to an analog input of the board.</summary>
    public void Add(PendulumBody pendulum, int input)
    {
        _chips.OfType<Converter>().ElementAt(input / Converter.Inputs).Attach(input % Converter.Inputs, pendulum);
        _pendulums.Add(input, pendulum);
    }

    private DistanceMount NewMount(Vl53l0x sensor)
    {
        var mount = new DistanceMount(sensor);
        _distanceMounts.Add(mount);
        return mount;
    }

    private ImuMount NewMount()
    {
        var mount = new ImuMount();
        _imuMounts.Add(mount);
        return mount;
    }
}
