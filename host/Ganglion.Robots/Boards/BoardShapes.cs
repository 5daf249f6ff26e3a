using Ganglion.Robots.Yaml;
using Ganglion.Shared.Link;

namespace Ganglion.Robots.Boards;

/// <summary>The shapes of boards, buses and chips, the same for every kind of robot.</summary>
internal static class BoardShapes
{
    public const int MaxBoards = 16;

    /// <summary>A name that other places in the file refer to.</summary>
    public static readonly TextShape Id = new("Name that other places refer to", Pattern: "^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$",
        Hint: "use 1 to 32 letters, digits, dashes and underscores");

    /// <summary>Farthest place of a sensor from its module's origin, mm.</summary>
    private const double MostAway = 300;

    private static readonly NumberShape BusNumber = new("I2C controller of the ESP32", 1, 2, Whole: true);

    private static readonly MapShape Bus = new("An I2C bus",
        new("id", BusNumber),
        new("speed_khz", new NumberShape("Clock of the bus, kHz", 100, 1000, Whole: true, Allowed: [100, 400, 1000])));

    private static readonly VariantShape Chip = new("An I2C chip", "type",
        ("pca9685", new("PWM driver for 16 servos",
            new("id", Id),
            new("type", new TextShape("Kind of chip", Allowed: ["pca9685"])),
            new("bus", BusNumber),
            new("address", new NumberShape("7-bit address, 0x40..0x7E without the All-Call address 0x70", 0x40, 0x7E, Whole: true)),
            new("frequency_hz", new NumberShape("PWM frequency, Hz; analogue servos take 50", 24, 1526)),
            new("oscillator_hz", new NumberShape("Measured frequency of the chip's own oscillator, Hz", 23e6, 27e6,
                Default: 25e6)))),
        ("mcp4728", new("Four voltage outputs, for proportional valves",
            new("id", Id),
            new("type", new TextShape("Kind of chip", Allowed: ["mcp4728"])),
            new("bus", BusNumber),
            new("address", new NumberShape("7-bit address, 0x60..0x67", 0x60, 0x67, Whole: true)),
            new("full_scale_kpa", new NumberShape("Pressure of the valves at full output, kPa; needed where a channel uses the chip", 1,
                2000), Optional: true))),
        ("ads1115", new("Four voltage inputs, for pressure or force sensors",
            new("id", Id),
            new("type", new TextShape("Kind of chip", Allowed: ["ads1115"])),
            new("bus", BusNumber),
            new("address", new NumberShape("7-bit address, 0x48..0x4B", 0x48, 0x4B, Whole: true)),
            new("required", new FlagShape("true: the board goes safe when it loses the chip", Default: false)))),
        ("mpu6050", new("Accelerometer and gyroscope",
            new("id", Id),
            new("type", new TextShape("Kind of chip", Allowed: ["mpu6050"])),
            new("bus", BusNumber),
            new("address", new NumberShape("7-bit address, 0x68 or 0x69", 0x68, 0x69, Whole: true)),
            new("required", new FlagShape("true: the board goes safe when it loses the chip or its readings freeze",
                Default: true)),
            new("level_pitch_deg", new NumberShape("Pitch that it tells when the robot stands level, degrees; the host takes it off",
                -45, 45, Default: 0)),
            new("level_roll_deg", new NumberShape("Roll that it tells when the robot stands level, degrees; the host takes it off", -45, 45,
                Default: 0)),
            new("bias_pitch_deg_per_s", new NumberShape("Pitch rate that it tells of a robot at rest, degrees/s; the host takes it off",
                -60, 60, Default: 0)),
            new("bias_roll_deg_per_s", new NumberShape("Roll rate that it tells of a robot at rest, degrees/s; the host takes it off", -60,
                60, Default: 0)))),
        ("vl53l0x", new("Distance sensor on a module of a trunk arm, to about 1.2 m; its one address is 0x29, so one a bus",
            new("id", Id),
            new("type", new TextShape("Kind of chip", Allowed: ["vl53l0x"])),
            new("bus", BusNumber),
            new("required", new FlagShape("true: the board goes safe when it loses the chip, or the chip measures no more",
                Default: true)),
            new("module", new NumberShape("The module that it is fixed to, from 1 at the base", 1, 64, Whole: true)),
            new("at_mm", new MapShape("Where it is, in the frame of that module's upper end: z on along the arm, mm", Along("x", MostAway),
                Along("y", MostAway), Along("z", MostAway))),
            new("looks", new MapShape("Which way it looks, in the same frame; of any length above 0", Along("x", 1), Along("y", 1),
                Along("z", 1))),
            new("stop_mm", new NumberShape("Below this distance a board that moves stops its arm and goes safe, mm; left out, it only " +
                "measures. Every channel of the board then needs on_safe: hold", 20, 1000, Whole: true), Optional: true))));

    private static readonly MapShape Board = new("An ESP32 board on its own serial port",
        new("id", Id),
        new("profile", new TextShape("Pin set compiled into the firmware", Allowed: ["esp32-wroom", "esp32-wrover", "esp32-s3"])),
        new("baud", new NumberShape("Speed of the serial link, bit/s", 115200, 2000000, Whole: true,
            Allowed: [115200, 230400, 460800, 500000, 921600, 1000000, 1500000, 2000000])),
        new("tick_ms", new NumberShape("Period of the control loop, ms", 10, 20, Whole: true, Allowed: [10, 20])),
        new("hold_timeout_ms", new NumberShape("Without setpoints for this long the board holds its position, ms", 20, 2000, Whole: true)),
        new("safe_timeout_ms", new NumberShape("Without setpoints for this long it goes to its safe state, ms; longer than hold_timeout_ms",
            21, 60000, Whole: true)),
        new("telemetry_period_ms", new NumberShape("Time between telemetry frames, ms; 1 to 255 ticks", 10, 5100, Whole: true)),
        new("buses", new ListShape("The I2C buses in use", Bus, 1, 2)),
        new("chips", new ListShape("The chips on those buses", Chip, 1, FrameFormat.MaxChips)));

    private static Field Along(string axis, double most) => new(axis, new NumberShape($"Along {axis}", -most, most, Default: 0));

    /// <summary>The boards of a robot.</summary>
    public static readonly ListShape Boards = new("The boards that drive the robot", Board, 1, MaxBoards);
}
