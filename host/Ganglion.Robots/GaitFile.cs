using Ganglion.Robots.Yaml;
using Ganglion.Shared.Legs;

namespace Ganglion.Robots;

/// <summary>
/// Reads gait files (YAML; their schema is in hardware/schemas). A gait is judged for the board that is to walk: what the board
/// would refuse is refused here, with its line, and so is a gait of another robot.
/// </summary>
public static class GaitFile
{
    /// <summary>Loads a gait for a board of a robot.</summary>
    /// <exception cref="RobotFileException">The file cannot be read or is refused; the message gives place, fault and cure.</exception>
    public static GaitDescription Load(string path, RobotDescription robot, int board = 0) =>
        Parse(YamlSource.ReadFile(path, "a gait file"), path, robot, board);

    /// <summary>Checks a gait given as bytes; <paramref name="file"/> is the name to use in errors.</summary>
    /// <exception cref="RobotFileException">The gait is refused.</exception>
    public static GaitDescription Parse(ReadOnlySpan<byte> utf8, string file, RobotDescription robot, int board = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(board);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(board, robot.Boards.Length);
        YamlSource source = YamlSource.Parse(utf8, file);
        new ShapeChecker(source).Check(source.Root, GaitShapes.Gait, "gait");
        Entry root = new(source, source.Root);
        Entry of = root.Map("robot");
        if (of.Text("sha256") != robot.FileHash)
            throw of.Error("sha256", $"this gait was made for '{of.Text("name")}' as its file was then, not for this '{robot.Name}': tune it again, or give it the robot's present hash {robot.FileHash}");
        GaitDescription gait = Read(root, source.Hash);
        try
        {
            BoardWalk.Build(gait, robot.Boards[board].Tick, robot.ChannelsOf(board).Count());
        }
        catch (GaitRefusedException error)
        {
            throw error.Part switch
            {
                GaitPart.Foot => root.Error("foot", error.Message),
                GaitPart.Body => root.Error("body", error.Message),
                GaitPart.Joint => root.List("joints").ElementAt(error.Index).Error("channel", error.Message),
                _ => root.Error("walk", error.Message),
            };
        }
        return gait;
    }

    private static GaitDescription Read(Entry file, string hash)
    {
        Entry legs = file.Map("legs"), walk = file.Map("walk"), phase = walk.Map("phase"), robot = file.Map("robot");
        return new GaitDescription(
            file.Text("name"), hash, robot.Text("name"), robot.Text("sha256"), file.Number("ring"), Oscillator(file.Map("foot")), Oscillator(file.Map("body")),
            new LegGeometry
            {
                Thigh = Thousandth(legs, "thigh_mm"), Shank = Thousandth(legs, "shank_mm"), Ankle = Thousandth(legs, "ankle_mm"),
                HipHalfWidth = Thousandth(legs, "hip_half_width_mm"), KneeLimit = Radians(legs, "knee_limit_deg"), HasAnkleRoll = legs.Flag("ankle_roll"),
            },
            new WalkParameters
            {
                Cycle = Thousandth(walk, "cycle_ms"), Duty = (float)walk.Number("duty"), Lift = Thousandth(walk, "lift_mm"), FootX = Thousandth(walk, "foot_x_mm"),
                FootY = Thousandth(walk, "foot_y_mm"), Height = Thousandth(walk, "height_mm"), Surge = Thousandth(walk, "surge_mm"), Bob = Thousandth(walk, "bob_mm"),
                Sway = Thousandth(walk, "sway_mm"), BodyCorner = (float)walk.Number("corner_hz"), MaxSpeed = Thousandth(walk, "max_speed_mm_per_s"),
                MaxTurn = Radians(walk, "max_turn_deg_per_s"), Acceleration = Thousandth(walk, "acceleration_mm_per_s2"),
                TurnAcceleration = Radians(walk, "turn_acceleration_deg_per_s2"), Ramp = Thousandth(walk, "ramp_ms"),
                Shift = (float)phase.Number("shift"), Sin2 = (float)phase.Number("sin2"), Cos2 = (float)phase.Number("cos2"),
                Sin4 = (float)phase.Number("sin4"), Cos4 = (float)phase.Number("cos4"),
            },
            walk.Number("speed_mm_per_s") * 1e-3,
            [.. file.List("joints").Select(joint => new GaitJoint(joint.Whole("channel"), Array.IndexOf(BoardWalk.JointNames, joint.Text("joint")), joint.Number("centre"), joint.Number("travel_per_rad")))]);
    }

    private static GaitOscillator Oscillator(Entry entry) => new(
        entry.Number("rise_time_ms") * 1e-3, entry.Number("adaptation_time_ms") * 1e-3, entry.Number("drive"), entry.Number("adaptation"), entry.Number("inhibition"));

    // Of a millimetre or a millisecond.
    private static float Thousandth(Entry entry, string key) => (float)(entry.Number(key) * 1e-3);

    private static float Radians(Entry entry, string key) => (float)(entry.Number(key) * Math.PI / 180);
}
