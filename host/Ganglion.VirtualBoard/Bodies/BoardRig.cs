using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Chips;

namespace Ganglion.VirtualBoard.Bodies;

/// <summary>A board with what hangs on it, by the numbers that people use in commands.</summary>
public sealed class BoardRig(Esp32Board board)
{
    private readonly Dictionary<int, Servo> _servos = [];
    private readonly Dictionary<int, PressureChamber> _pressures = [];

    public Esp32Board Board { get; } = board;

    public string Name => Board.Setup.Name;

    /// <summary>The board's servos by its own channel numbers.</summary>
    public IReadOnlyDictionary<int, Servo> Servos => _servos;

    /// <summary>Pressure chambers by the board's own channel numbers of their valves.</summary>
    public IReadOnlyDictionary<int, PressureChamber> Pressures => _pressures;

    /// <summary>Inertial sensors.</summary>
    public IEnumerable<Mpu6050> Imus => Board.Chips.OfType<Mpu6050>();

    /// <summary>Connects a servo to an output.</summary>
    public void Add(int channel, Servo servo, Pca9685 chip, int output)
    {
        chip.Attach(output, servo);
        _servos.Add(channel, servo);
    }

    /// <summary>Connects a chamber between a valve's output and a sensor's input.</summary>
    public void Add(int channel, PressureChamber chamber, Mcp4728 valve, int output, Ads1115 sensor, int input)
    {
        valve.Attach(output, chamber);
        sensor.Attach(input, chamber);
        _pressures.Add(channel, chamber);
    }
}
