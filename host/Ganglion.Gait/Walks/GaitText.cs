using System.Globalization;
using System.Text;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Rhythms;
using Ganglion.Shared.Reflexes;
using Ganglion.Shared.Walking;

namespace Ganglion.Gait.Walks;

/// <summary>A gait as the text of its file: what <see cref="GaitFile"/> reads.</summary>
public static class GaitText
{
    /// <summary>The text.</summary>
    /// <param name="gait">The gait; its own file hash is not used.</param>
    /// <param name="madeBy">Entries of made_by, in YAML's flow style.</param>
    /// <param name="comment">One line for people.</param>
    public static string Of(GaitDescription gait, string madeBy, string comment)
    {
        WalkParameters walk = gait.Walk;
        StringBuilder text = new();
        text.Append("# yaml-language-server: $schema=../schemas/gait.schema.json\n");
        Line($"# {comment}\nkind: {(gait.Clock == null ? "gait" : "clock-gait")}");
        Line($"name: {gait.Name}");
        Line($"robot: {{ name: {gait.Robot}, sha256: {gait.RobotHash} }}");
        Line($"made_by: {{ {madeBy} }}");
        if (gait.Clock is { } clock)
        {
            text.Append(Clock(clock)).Append("\nwalk:\n");
        }
        else
        {
            Line($"\nring: {gait.Ring:R}");
            Line($"foot: {Oscillator(gait.Foot)}");
            Line($"body: {Oscillator(gait.Body)}");
            text.Append("\nwalk:\n");
            Line($"  cycle_ms: {Milli(walk.Cycle)}\n  duty: {walk.Duty:0.####}");
        }

        Line($"  lift_mm: {Milli(walk.Lift)}");
        Line($"  foot_x_mm: {Milli(walk.FootX)}\n  foot_y_mm: {Milli(walk.FootY)}\n  height_mm: {Milli(walk.Height)}");
        Line($"  surge_mm: {Milli(walk.Surge)}\n  bob_mm: {Milli(walk.Bob)}\n  sway_mm: {Milli(walk.Sway)}");
        if (walk.SwayCross != 0)
        {
            Line($"  sway_cross_mm: {Milli(walk.SwayCross)}");
        }

        if (walk.Lean != 0)
        {
            Line($"  lean_deg: {Degrees(walk.Lean)}");
        }

        Line($"  corner_hz: {walk.BodyCorner:0.###}");
        Line($"  speed_mm_per_s: {Milli(gait.Speed)}\n  max_speed_mm_per_s: {Milli(walk.MaxSpeed)}\n  max_turn_deg_per_s: " +
            $"{Degrees(walk.MaxTurn)}");
        Line($"  acceleration_mm_per_s2: {Milli(walk.Acceleration)}\n  turn_acceleration_deg_per_s2: {Degrees(walk.TurnAcceleration)}\n  " +
            $"ramp_ms: {Milli(walk.Ramp)}");
        if (gait.Clock == null)
        {
            Line($"  phase: {{ shift: {walk.Shift:0.######}, sin2: {walk.Sin2:0.######}, cos2: {walk.Cos2:0.######}, sin4: " +
                $"{walk.Sin4:0.######}, cos4: {walk.Cos4:0.######} }}");
        }

        Reflexes(gait.Reflexes);
        text.Append(Speeds(gait.Speeds)).Append(Atlas(gait));
        Line($"\ntimeout_s: {gait.Timeout:0}");
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');

        void Reflexes(ReflexParameters r)
        {
            (string Key, float Value)[] gains =
            [
                ("toe_strike_deg_per_s", (float)(r.ToeStrike * 180 / Math.PI)),
                ("adapt", r.Adapt), ("tegotae", r.Tegotae), ("plantar", r.Plantar), ("ankle_pitch", r.AnklePitch),
                ("ankle_pitch_rate_s", r.AnklePitchRate),
                ("hip_pitch", r.HipPitch), ("hip_pitch_rate_s", r.HipPitchRate), ("hip_roll", r.HipRoll),
                ("hip_roll_rate_s", r.HipRollRate),
                ("ankle_roll", r.AnkleRoll), ("ankle_roll_rate_s", r.AnkleRollRate), ("place_forward_s", r.PlaceForward),
                ("place_side_s", r.PlaceSide),
                ("heading_per_s", r.Heading),
            ];
            if (gains.All(gain => gain.Value == 0))
            {
                return;
            }

            Line($"\nreflexes:\n  slope_time_ms: {Milli(r.SlopeTime)}\n  contact_load: {r.ContactLoad:0.###}");
            foreach ((string key, float value) in gains)
            {
                if (value != 0)
                {
                    Line($"  {key}: {value:0.######}");
                }
            }
        }
    }

    /// <summary>The list `speeds` of a file with the line break before it; nothing where there are none.</summary>
    public static string Speeds(IReadOnlyList<GroundSpeed> speeds) => speeds.Count == 0 ? "" : "\nspeeds:\n" + string.Concat(
        speeds.Select(one => $"  - {{ slope_deg: {Degrees(one.Slope)}, steps_mm_per_s: {Milli(one.Steps)}, walked_mm_per_s: " +
            $"{Milli(Math.Round(one.Walked, 4))} }}\n"));

    /// <summary>The list `atlas` of a file with the line break before it; nothing where there is none.</summary>
    public static string Atlas(GaitDescription gait) => gait.Atlas.Length == 0 ? "" : "\natlas:\n" + string.Concat(gait.Atlas.Select(
        ground => "  - " + string.Join("\n    ", GaitAtlasKeys.Written(ground, gait.Walk, gait.Reflexes).Select(one => string.Create(
            CultureInfo.InvariantCulture, $"{one.Key}: {one.Value:0.######}"))) + "\n"));

    private static string Clock(GaitClock clock) => string.Create(CultureInfo.InvariantCulture,
        $"\nclock:\n  speed_m_per_s: {clock.Speed:0.#####}\n" +
            $"  flexor: {{ bias_per_s: {clock.FlexorBias:0.#####}, gain_per_m: {clock.FlexorGain:0.#####} }}\n" +
            $"  extensor: {{ bias_per_s: {clock.ExtensorBias:0.#####}, gain_per_m: {clock.ExtensorGain:0.#####} }}\n" +
            $"  leak_per_s: {clock.Leak:0.#####}\n  coupling:\n    flexor_from_flexor: {clock.FlexorFromFlexor:0.#####}\n" +
            $"    flexor_from_extensor: {clock.FlexorFromExtensor:0.#####}\n" +
            $"    extensor_from_flexor: {clock.ExtensorFromFlexor:0.#####}\n" +
            $"    extensor_from_extensor: {clock.ExtensorFromExtensor:0.#####}\n" +
            $"  start_clock: {(clock.Start < 1 ? "flexor" : "extensor")}\n  start_at: {clock.Start % 1:0.####}\n");

    private static string Oscillator(OscillatorParameters o) => string.Create(CultureInfo.InvariantCulture,
        $"{{ rise_time_ms: {Milli(o.RiseTime)}, adaptation_time_ms: {Milli(o.AdaptationTime)}, drive: {o.Drive:0.#####}, adaptation: " +
            $"{o.Adaptation:0.#####}, inhibition: {o.Inhibition:0.#####} }}");

    private static string Milli(double value) => (1e3 * value).ToString("0.####", CultureInfo.InvariantCulture);

    private static string Degrees(double value) => (value * 180 / Math.PI).ToString("0.####", CultureInfo.InvariantCulture);
}
