namespace Ganglion.Robots.Yaml;

/// <summary>The shape of a robot description file: every key, its bounds, and what it means.</summary>
internal static class RobotShapes
{
    public const int MaxJoints = 60, MaxBoards = 16, MaxChips = 64;

    private static readonly TextShape Id = new("Name that other places refer to", Pattern: "^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$",
        Hint: "use 1 to 32 letters, digits, dashes and underscores");

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
            new("oscillator_hz", new NumberShape("Measured frequency of the chip's own oscillator, Hz; 25000000 if left out", 23e6, 27e6), Required: false))),
        ("mcp4728", new("Four voltage outputs, for proportional valves",
            new("id", Id),
            new("type", new TextShape("Kind of chip", Allowed: ["mcp4728"])),
            new("bus", BusNumber),
            new("address", new NumberShape("7-bit address, 0x60..0x67", 0x60, 0x67, Whole: true)),
            new("full_scale_kpa", new NumberShape("Pressure of the valve at full output, kPa", 1, 2000), Required: false))),
        ("ads1115", new("Four voltage inputs, for pressure sensors",
            new("id", Id),
            new("type", new TextShape("Kind of chip", Allowed: ["ads1115"])),
            new("bus", BusNumber),
            new("address", new NumberShape("7-bit address, 0x48..0x4B", 0x48, 0x4B, Whole: true)))),
        ("mpu6050", new("Accelerometer and gyroscope",
            new("id", Id),
            new("type", new TextShape("Kind of chip", Allowed: ["mpu6050"])),
            new("bus", BusNumber),
            new("address", new NumberShape("7-bit address, 0x68 or 0x69", 0x68, 0x69, Whole: true)))));

    private static readonly MapShape Board = new("An ESP32 board on its own serial port",
        new("id", Id),
        new("profile", new TextShape("Pin set compiled into the firmware", Allowed: ["esp32-wroom", "esp32-wrover", "esp32-s3"])),
        new("baud", new NumberShape("Speed of the serial link, bit/s", 115200, 2000000, Whole: true,
            Allowed: [115200, 230400, 460800, 500000, 921600, 1000000, 1500000, 2000000])),
        new("tick_ms", new NumberShape("Period of the control loop, ms", 10, 20, Whole: true, Allowed: [10, 20])),
        new("hold_timeout_ms", new NumberShape("Without setpoints for this long the board holds its position, ms", 20, 10000, Whole: true)),
        new("safe_timeout_ms", new NumberShape("Without setpoints for this long it goes to its safe state, ms; longer than hold_timeout_ms", 21, 60000, Whole: true)),
        new("telemetry_period_ms", new NumberShape("Time between telemetry frames, ms; at least tick_ms", 10, 10000, Whole: true)),
        new("buses", new ListShape("The I2C buses in use", Bus, 1, 2)),
        new("chips", new ListShape("The chips on those buses", Chip, 1, MaxChips)));

    private static readonly Field[] Calibration =
    [
        new("pulse_min_us", new NumberShape("Pulse at one end of the gear's travel, us", 100, 3000)),
        new("pulse_max_us", new NumberShape("Pulse at the other end, us; larger than pulse_min_us", 100, 3000)),
        new("slew_per_s", new NumberShape("Bound on the speed, travels per second", 0.01, 100)),
        new("direction", new NumberShape("1: stroke 0 is at pulse_min_us; -1: at pulse_max_us; 1 if left out", -1, 1, Whole: true, Allowed: [1, -1]), Required: false),
        new("offset_us", new NumberShape("Added to every pulse, us; 0 if left out", -500, 500), Required: false),
        new("limit_min", new NumberShape("Smallest stroke allowed, fraction of the travel; 0 if left out", 0, 1), Required: false),
        new("limit_max", new NumberShape("Largest stroke allowed, fraction of the travel; 1 if left out", 0, 1), Required: false),
        new("park", new NumberShape("Stroke to park at, within the limits; 0.5 if left out", 0, 1), Required: false),
        new("on_safe", new TextShape("What the channel does in the safe state; release if left out", Allowed: ["release", "hold", "park"]), Required: false),
    ];

    private static readonly MapShape Layout = new("A run of joints on neighbouring outputs of one chip, gear by gear",
        new("joints", new RangeShape("Joints, from 1 at the base: one number or first-last", 1, MaxJoints)),
        new("board", Id),
        new("chip", Id),
        new("outputs", new RangeShape("Outputs of the chip: one number or first-last", 0, 15)));

    private static readonly MapShape Override = new("Calibration of a single gear's servo; what is left out comes from the defaults",
    [
        new("joint", new NumberShape("Joint, from 1 at the base", 1, MaxJoints, Whole: true)),
        new("gear", new NumberShape("Gear of that joint, from 1", 1, 4, Whole: true)),
        .. Calibration.Select(field => field with { Required = false }),
    ]);

    /// <summary>A whole file of kind trunk-arm.</summary>
    public static readonly MapShape Robot = new("A robot: boards, chips, channels and their calibration",
        new("kind", new TextShape("Kind of body", Allowed: ["trunk-arm"])),
        new("name", new TextShape("Name of the robot", Pattern: "^[a-z0-9][a-z0-9-]{0,63}$", Hint: "use lower-case letters, digits and dashes")),
        new("design", new TextShape("Joint module of the arm", Allowed: ["3-geared", "4-geared"])),
        new("joints", new NumberShape("Number of joint modules", 1, MaxJoints, Whole: true)),
        new("boards", new ListShape("The boards that drive the arm", Board, 1, MaxBoards)),
        new("channels", new MapShape("Where each gear's servo is connected and how it is calibrated",
            new("defaults", new MapShape("Calibration of every servo that has no override", Calibration)),
            new("layout", new ListShape("Which joints are on which outputs; each gear exactly once", Layout, 1, MaxJoints)),
            new("overrides", new ListShape("Calibration of single servos", Override, 0, 4 * MaxJoints), Required: false))));
}
