using Ganglion.Robots.Boards;
using Ganglion.Robots.Trunk;
using Ganglion.Robots.Walkers;
using Ganglion.Robots.Yaml;
using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;

namespace Ganglion.Robots.Robot;

/// <summary>The shape of a robot description file: every key, its bounds, and what it means.</summary>
internal static class RobotShapes
{
    public const int MaxJoints = 60, MaxChannels = BoardShapes.MaxBoards * FrameFormat.MaxChannels;

    // The board takes 16 bits of 1/1024 travel per second, see ConfigLayout.ChannelSlewAt.
    public const double MaxSlew = 63.9;

    public const string NamePattern = "^[a-z0-9][a-z0-9-]{0,63}$";

    private static readonly TextShape Name = new("Name of the robot", Pattern: NamePattern,
        Hint: "use lower-case letters, digits and dashes");

    private static readonly Field
        Slew = new("slew_per_s", new NumberShape("Bound on the speed, full ranges per second", 0.01, MaxSlew)),
        LimitMin = new("limit_min", new NumberShape("Smallest value allowed, fraction of the range", 0, 1, Default: 0)),
        LimitMax = new("limit_max", new NumberShape("Largest value allowed, fraction of the range", 0, 1, Default: 1));

    private static Field Park(double otherwise) =>
        new("park", new NumberShape("Value to park at, within the limits", 0, 1, Default: otherwise));

    private static Field OnSafe(string release) => new("on_safe",
        new TextShape($"What the channel does in the safe state, where release means {release}", Allowed: ["release", "hold", "park"],
            Default: "release"));

    private static readonly Field[] Calibration =
    [
        new("pulse_min_us", new NumberShape("Pulse at one end of the channel's travel, us", 100, 3000)),
        new("pulse_max_us", new NumberShape("Pulse at the other end, us; larger than pulse_min_us", 100, 3000)),
        Slew,
        new("direction", new NumberShape("1: value 0 is at pulse_min_us; -1: at pulse_max_us", -1, 1, Whole: true, Allowed: [1, -1],
            Default: 1)),
        new("offset_us", new NumberShape("Added to every pulse, us", -500, 500, Default: 0)),
        LimitMin,
        LimitMax,
        Park(0.5),
        OnSafe("no pulses"),
    ];

    // What an override leaves out comes from the defaults of its robot.
    private static readonly Field[] OwnCalibration = [.. Calibration.Select(field => new Field(field.Key, field.Shape switch
    {
        NumberShape number => number with { Default = null },
        TextShape text => text with { Default = null },
        Shape other => other,
    }, Optional: true))];

    private static readonly Field Defaults = new("defaults", new MapShape("Calibration of every servo that has no override", Calibration));

    private static readonly Field ValveDefaults = new("valve_defaults",
        new MapShape("Bounds of every valve that has no override; needed where a layout entry names an mcp4728. A valve's value is a " +
            "fraction of the chip's full_scale_kpa",
            Slew, LimitMin, LimitMax, Park(0), OnSafe("0 V, which vents")),
        Optional: true);

    /// <summary>Where a run of channels is connected.</summary>
    private static readonly Field[] Place =
    [
        new("board", BoardShapes.Id with { Meaning = "Id of the board" }),
        new("chip", BoardShapes.Id with { Meaning = "Id of the chip" }),
        new("outputs", new RangeShape("Outputs of the chip: one number or first-last", 0, 15)),
    ];

    private static readonly MapShape GearRun = new("A run of joints on neighbouring outputs of one chip, gear by gear",
    [
        new("joints", new RangeShape("Joints, from 1 at the base: one number or first-last", 1, MaxJoints)),
        .. Place,
    ]);

    private static readonly MapShape GearOverride = new("Calibration of a single gear's servo; what is left out comes from the defaults",
    [
        new("joint", new NumberShape("Joint, from 1 at the base", 1, MaxJoints, Whole: true)),
        new("gear", new NumberShape("Gear of that joint, from 1", 1, 4, Whole: true)),
        .. OwnCalibration,
    ]);

    private static readonly MapShape TrunkArm = new("A trunk arm: joint modules with three or four linear gears each",
        new("kind", new TextShape("Kind of body", Allowed: ["trunk-arm"])),
        new("name", Name),
        new("design", new TextShape("Joint module of the arm", Allowed: ["3-geared", "4-geared"])),
        new("joints", new NumberShape("Number of joint modules", 1, MaxJoints, Whole: true)),
        DimensionShapes.Dimensions,
        DimensionShapes.Body,
        GripperDescription.Key,
        new("boards", BoardShapes.Boards),
        new("channels", new MapShape("Where each gear's servo is connected and how it is calibrated",
            Defaults,
            new("layout", new ListShape("Which joints are on which outputs; each gear exactly once", GearRun, 1, MaxJoints)),
            new("overrides", new ListShape("Calibration of single servos", GearOverride, 0, 4 * MaxJoints), Optional: true))));

    private static readonly MapShape ChannelRun = new("A run of channels on neighbouring outputs of one chip",
    [
        .. Place,
        new("names", new ListShape("What each of these channels moves, for people, one name an output", BoardShapes.Id, 1, 16),
            Optional: true),
    ]);

    private static readonly MapShape ChannelOverride = new("Calibration of a single channel; what is left out comes from the defaults. A " +
        "valve takes no pulses, direction or offset",
    [
        new("channel", new NumberShape("Channel, from 0 in the order of the layout", 0, MaxChannels - 1, Whole: true)),
        .. OwnCalibration,
    ]);

    private static readonly MapShape PressureSensor = new("A pressure sensor at the chamber behind a valve; with it the board makes the " +
        "pressure that the channel is told",
        new("channel", new NumberShape("The valve's channel, from 0 in the order of the layout", 0, MaxChannels - 1, Whole: true)),
        new("input", new NumberShape("The board's number of the analog input, from 0: four an ADS1115, in the order of the chips", 0, 7,
            Whole: true)),
        new("zero_v", new NumberShape("Voltage at 0 kPa, V; well above 0 shows an unplugged sensor", 0, 2)),
        new("full_scale_v", new NumberShape("Voltage at the chip's full_scale_kpa, V; above zero_v", 0, 2.047)),
        new("lag_ms", new NumberShape("Time constant with which the chamber follows its valve, ms", PressureSettings.LeastLag,
            PressureSettings.MostLag)),
        new("integral_per_s", new NumberShape("How fast an error of the valve is taken out, 1/s; 0 not at all", 0,
            (double)PressureSettings.MostIntegral / PressureSettings.IntegralOne, Default: 1)),
        new("max_error_kpa", new NumberShape("Error of the pressure for which the board goes safe when it lasts, kPa; a fifth of " +
            "full_scale_kpa if left out", 0.01, 2000), Optional: true));

    private static readonly Field PlainChannels =
        new("channels", new MapShape("Which outputs carry a servo or a valve and how each is calibrated",
        Defaults with
        {
            Optional = true,
            Shape = Defaults.Shape with
            {
                Meaning = "Calibration of every servo that has no override; needed where a layout entry names a pca9685",
            },
        },
        ValveDefaults,
        new("layout", new ListShape("The channels in rising order of board, chip and output", ChannelRun, 1, MaxChannels)),
        new("overrides", new ListShape("Calibration of single channels", ChannelOverride, 0, MaxChannels), Optional: true),
        new("pressure_sensors", new ListShape("What measures the pressures that valves make", PressureSensor, 1, BoardShapes.MaxBoards * 8),
            Optional: true)));

    private static readonly MapShape ServoRig = new("Outputs in a plain list, servos or proportional valves alike: a test bench or " +
        "pneumatic muscles",
        new("kind", new TextShape("Kind of body", Allowed: ["servo-rig"])),
        new("name", Name),
        new("boards", BoardShapes.Boards),
        PlainChannels,
        PendulumDescription.Key);

    private static readonly MapShape Walker = new("Two legs of five or six joints on one board, and the body that they carry",
        new("kind", new TextShape("Kind of body", Allowed: ["walker"])),
        new("name", Name),
        WalkerShapes.Legs,
        WalkerShapes.Body,
        new("boards", BoardShapes.Boards),
        PlainChannels,
        WalkerShapes.Joints,
        WalkerShapes.FootSensors);

    /// <summary>A whole robot file.</summary>
    public static readonly VariantShape Robot = new("A robot: boards, chips, channels and their calibration", "kind",
        ("trunk-arm", TrunkArm), ("servo-rig", ServoRig), ("walker", Walker));
}
