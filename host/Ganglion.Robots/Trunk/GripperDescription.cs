using System.Collections.Immutable;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Trunk;

/// <summary>
/// A gripper at the tip of an arm: two fingers that one servo moves. Its channel is an output like a gear's, with limits, slew bound and
/// timeouts; its value is the grip, 0 wide open to 1 closed.
/// </summary>
/// <param name="Servo">Where it is connected.</param>
/// <param name="Opening">Between the fingers at grip 0, m; they meet at grip 1.</param>
public sealed record GripperDescription(GearChannel Servo, double Opening)
{
    /// <summary>What its channel is called, in logs too.</summary>
    public const string Name = "gripper";

    /// <summary>The distance between the fingers at a grip, m.</summary>
    public double OpeningAt(double grip) => Opening * (1 - grip);

    internal static readonly Field Key = new("gripper", new MapShape("A gripper at the tip: two fingers that one servo moves. Its value " +
        "is the grip, 0 wide open and 1 closed. It holds its grip while the host falls silent, and after safe_timeout_ms does what " +
        "on_safe says; while the arm is brought home or to park it holds too, and it goes to its park value before it is switched off",
        new("board", BoardShapes.Id with { Meaning = "Id of the board" }),
        new("chip", BoardShapes.Id with { Meaning = "Id of the chip, a pca9685" }),
        new("output", new NumberShape("Output of the chip", 0, 15, Whole: true)),
        new("pulse_open_us", new NumberShape("Pulse at grip 0, us", 100, 3000)),
        new("pulse_closed_us", new NumberShape("Pulse at grip 1, us; above or below pulse_open_us", 100, 3000)),
        new("slew_per_s", new NumberShape("Bound on the speed, whole ways from open to closed per second", 0.01, RobotShapes.MaxSlew)),
        new("limit_min", new NumberShape("Smallest grip allowed", 0, 1, Default: 0)),
        new("limit_max", new NumberShape("Largest grip allowed; below 1 a servo need not press against what it holds", 0, 1, Default: 1)),
        new("park", new NumberShape("Grip at which it is switched on and off, within the limits", 0, 1, Default: 0)),
        new("on_safe", new TextShape("What it does in the safe state: hold its grip, go to park, or release, which means no pulses",
            Allowed: ["hold", "park", "release"], Default: "hold")),
        new("opening_mm", new NumberShape("Between the fingers at grip 0, mm", 1, 500))), Optional: true);

    /// <summary>Its output and its servo.</summary>
    /// <param name="entry">The section.</param>
    /// <param name="boards">The robot's boards.</param>
    /// <param name="gears">The outputs that gears have, by joint and gear.</param>
    /// <param name="gearsPerJoint">Gears of a joint.</param>
    /// <exception cref="RobotFileException">There is no such output, or a gear has it; or its values contradict each other.</exception>
    internal static (Outlet Outlet, ServoChannel Servo) Read(Entry entry, ImmutableArray<BoardDescription> boards, Outlet[] gears,
        int gearsPerJoint)
    {
        var outlet = Outlet.OfServo(entry, boards);
        int taken = Array.IndexOf(gears, outlet);
        return taken < 0 ? (outlet, new Calibration(entry, null).Gripper(outlet, (Pca9685)outlet.ChipOf(boards)))
            : throw entry.Error("output", $"output {outlet.Output} of chip '{entry.Text("chip")}' drives joint " +
                $"{taken / gearsPerJoint + 1}; use a free output");
    }

    /// <summary>A servo's pulses as a gripper's section writes them: those of both ends, us, the offset in them.</summary>
    internal static (double OpenUs, double ClosedUs) PulsesOf(ServoChannel servo) =>
        (Math.Round(servo.PulseOf(0) * 1e6, 6), Math.Round(servo.PulseOf(1) * 1e6, 6));

    /// <summary>The servo as a gripper's section describes it: the same pulses, without an offset.</summary>
    internal static ServoChannel WithoutOffset(ServoChannel servo)
    {
        (double open, double closed) = PulsesOf(servo);
        return servo with
        {
            PulseMin = Math.Min(open, closed) * 1e-6,
            PulseMax = Math.Max(open, closed) * 1e-6,
            Direction = closed > open ? 1 : -1,
            Offset = 0,
        };
    }
}
