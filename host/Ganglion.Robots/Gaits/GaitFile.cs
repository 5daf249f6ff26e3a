using System.Text.RegularExpressions;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;
using Ganglion.Robots.Yaml;
using Ganglion.Shared.Reflexes;
using Ganglion.Shared.Walking;

namespace Ganglion.Robots.Gaits;

/// <summary>
/// Reads gait files (YAML; their schema is in hardware/schemas). A gait is judged for the board that is to walk: what the board
/// would refuse is refused here, with its line, and so is a gait of another robot.
/// </summary>
public static class GaitFile
{
    /// <summary>Loads a gait for a walker.</summary>
    /// <exception cref="RobotFileException">The file cannot be read or is refused; the message gives place, fault and cure.</exception>
    public static GaitDescription Load(string path, RobotDescription robot) =>
        Parse(YamlSource.ReadFile(path, "a gait file"), path, robot);

    /// <summary>The name that a gait has in a file of some name.</summary>
    /// <exception cref="RobotFileException">No gait can be called that.</exception>
    public static string NameFor(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path).ToLowerInvariant();
        return Regex.IsMatch(name, GaitShapes.NamePattern) ? name : throw new RobotFileException(path, 1, 1, $"a gait is called as its " +
            $"file, and '{name}' is no name for one; use letters, digits and dashes, such as " +
            $"{Regex.Replace(name, "[^a-z0-9]+", "-").Trim('-')}.yaml");
    }

    /// <summary>Name of the robot that a gait names.</summary>
    /// <exception cref="RobotFileException">The file cannot be read or is no gait.</exception>
    public static string RobotOf(string path)
    {
        var source = YamlSource.Parse(YamlSource.ReadFile(path, "a gait file"), path);
        return Entry.Checked(source, GaitShapes.Gait, "gait").Map("robot").Text("name");
    }

    /// <summary>Checks a gait given as bytes; <paramref name="file"/> is the name to use in errors.</summary>
    /// <exception cref="RobotFileException">The gait is refused.</exception>
    public static GaitDescription Parse(ReadOnlySpan<byte> utf8, string file, RobotDescription robot)
    {
        var source = YamlSource.Parse(utf8, file);
        var root = Entry.Checked(source, GaitShapes.Gait, "gait");
        Entry of = root.Map("robot");
        if (robot.Walker is null)
        {
            throw of.Error("name", $"'{robot.Name}' has no legs; give a robot of kind walker, such as '{of.Text("name")}', for which " +
                $"this gait was made");
        }

        if (of.Text("name") != robot.Name)
        {
            throw of.Error("name", $"this gait was made for '{of.Text("name")}', not for '{robot.Name}'; use a gait of that robot, or " +
                $"tune one for it");
        }

        if (of.Text("sha256") != WalkHash.Of(robot))
        {
            throw of.Error("sha256", $"this gait was made for '{of.Text("name")}' when its legs, body, joints or tick were others; tune " +
                $"it again, or if it shall walk as it is, give it the robot's present hash {WalkHash.Of(robot)}");
        }

        GaitDescription gait = root.Text("kind") == "gait" ? Read(root, source.Hash) : ReadClocked(root, source.Hash, robot);
        try
        {
            BoardWalk.Build(gait, robot);
        }
        catch (GaitRefusedException error)
        {
            throw error.Part switch
            {
                GaitPart.Foot => root.Error("foot", error.Message),
                GaitPart.Body => root.Error("body", error.Message),
                GaitPart.Clock => root.Error("clock", error.Message),
                GaitPart.Reflexes => root.Error("reflexes", error.Message),
                GaitPart.Speeds => root.List("speeds").ElementAt(error.Where).Error(error.Message),
                GaitPart.Atlas => root.List("atlas").ElementAt(error.Where).Error(error.Message),
                _ => root.Error("walk", error.Message),
            };
        }
        return gait;
    }

    private static GaitDescription Read(Entry file, string hash)
    {
        Entry walk = file.Map("walk"), phase = walk.Map("phase");
        GaitDescription gait = ReadSteps(file, hash, file.Number("ring"), Oscillator(file.Map("foot")), Oscillator(file.Map("body")));
        gait.Walk.Cycle = Thousandth(walk, "cycle_ms");
        gait.Walk.Duty = (float)walk.Number("duty");
        gait.Walk.Shift = (float)phase.Number("shift");
        gait.Walk.Sin2 = (float)phase.Number("sin2");
        gait.Walk.Cos2 = (float)phase.Number("cos2");
        gait.Walk.Sin4 = (float)phase.Number("sin4");
        gait.Walk.Cos4 = (float)phase.Number("cos4");
        gait.Reflexes.Plantar = file.Has("reflexes") ? (float)file.Map("reflexes").Number("plantar") : 0;
        return gait;
    }

    private static GaitDescription ReadClocked(Entry file, string hash, RobotDescription robot)
    {
        var clock = GaitClock.Read(file.Map("clock"));
        ClockPace pace = clock.Measure(robot.Boards[0].Tick);
        if (pace.Problem != null)
        {
            throw file.Error("clock", pace.Problem);
        }

        OscillatorParameters none = GaitDescription.NoOscillator;
        GaitDescription gait = ReadSteps(file, hash, 0, none, none) with { Clock = clock };
        (gait.Walk.Cycle, gait.Walk.Duty) = ((float)pace.Cycle, (float)pace.Duty);
        return gait;
    }

    private static GaitDescription ReadSteps(Entry file, string hash, double ring, OscillatorParameters foot, OscillatorParameters body)
    {
        Entry walk = file.Map("walk"), robot = file.Map("robot");
        var gait = new GaitDescription(
            file.Text("name"), hash, robot.Text("name"), robot.Text("sha256"), ring, foot, body,
            new WalkParameters
            {
                Lift = Thousandth(walk, "lift_mm"),
                FootX = Thousandth(walk, "foot_x_mm"),
                FootY = Thousandth(walk, "foot_y_mm"),
                Height = Thousandth(walk, "height_mm"),
                Surge = Thousandth(walk, "surge_mm"),
                Bob = Thousandth(walk, "bob_mm"),
                SwayCross = Thousandth(walk, "sway_cross_mm"),
                Lean = Radians(walk, "lean_deg"),
                Sway = Thousandth(walk, "sway_mm"),
                BodyCorner = (float)walk.Number("corner_hz"),
                MaxSpeed = Thousandth(walk, "max_speed_mm_per_s"),
                MaxTurn = Radians(walk, "max_turn_deg_per_s"),
                Acceleration = Thousandth(walk, "acceleration_mm_per_s2"),
                TurnAcceleration = Radians(walk, "turn_acceleration_deg_per_s2"),
                Ramp = Thousandth(walk, "ramp_ms"),
            },
            file.Has("reflexes") ? ReadReflexes(file.Map("reflexes")) : new ReflexParameters(),
            walk.Number("speed_mm_per_s") * 1e-3, file.Number("timeout_s"))
        {
            Speeds = GroundSpeed.Read(file),
        };
        return gait with { Atlas = GaitAtlasKeys.Read(file, gait.Walk, gait.Reflexes) };
    }

    private static ReflexParameters ReadReflexes(Entry gains)
    {
        float Gain(string key) => (float)gains.Number(key);
        return new ReflexParameters
        {
            SlopeTime = Thousandth(gains, "slope_time_ms"),
            ContactLoad = Gain("contact_load"),
            ToeStrike = Radians(gains, "toe_strike_deg_per_s"),
            Adapt = Gain("adapt"),
            Tegotae = Gain("tegotae"),
            AnklePitch = Gain("ankle_pitch"),
            AnklePitchRate = Gain("ankle_pitch_rate_s"),
            HipPitch = Gain("hip_pitch"),
            HipPitchRate = Gain("hip_pitch_rate_s"),
            HipRoll = Gain("hip_roll"),
            HipRollRate = Gain("hip_roll_rate_s"),
            AnkleRoll = Gain("ankle_roll"),
            AnkleRollRate = Gain("ankle_roll_rate_s"),
            PlaceForward = Gain("place_forward_s"),
            PlaceSide = Gain("place_side_s"),
            Heading = Gain("heading_per_s"),
        };
    }

    private static OscillatorParameters Oscillator(Entry entry) => new(
        entry.Number("rise_time_ms") * 1e-3, entry.Number("adaptation_time_ms") * 1e-3, entry.Number("drive"), entry.Number("adaptation"),
        entry.Number("inhibition"));

    // Of a millimetre or a millisecond.
    private static float Thousandth(Entry entry, string key) => (float)(entry.Number(key) * 1e-3);

    private static float Radians(Entry entry, string key) => (float)(entry.Number(key) * Math.PI / 180);
}
