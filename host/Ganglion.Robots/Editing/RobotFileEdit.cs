using System.Globalization;
using System.Text;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;
using Ganglion.Robots.Yaml;
using YamlDotNet.RepresentationModel;

namespace Ganglion.Robots.Editing;

/// <summary>Writes measured values into the text of a robot's file, and changes nothing else of it.</summary>
public static class RobotFileEdit
{
    /// <summary>The file with measured values. Of a channel they go into its override, of a chip or a sensor into its own entry.</summary>
    /// <param name="utf8">The file as it is, UTF-8.</param>
    /// <param name="file">Its name in errors.</param>
    /// <param name="parts">What was measured; of each part once.</param>
    /// <returns>UTF-8.</returns>
    /// <exception cref="RobotFileException">The file is refused, as it is or with these values; or it is written in a way in which a value
    /// cannot be changed alone.</exception>
    public static byte[] With(ReadOnlySpan<byte> utf8, string file, IEnumerable<MeasuredPart> parts)
    {
        RobotDescription before = RobotFile.Parse(utf8, file), wanted = before;
        var source = YamlSource.Parse(utf8, file);
        var root = (YamlMappingNode)source.Root;
        var edit = new YamlEdit(source, new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(utf8));
        List<string> overrides = [];
        foreach (MeasuredPart part in parts)
        {
            switch (part)
            {
                case MeasuredServo servo: Write(edit, root, before, servo, overrides); break;
                case MeasuredDimensions arm: edit.SetSection(root, DimensionText.Key, DimensionText.Of(arm.Dimensions)); break;
                case MeasuredOscillator chip: Write(edit, root, before, chip); break;
                case MeasuredPressure sensor: Write(edit, root, sensor); break;
                case MeasuredImu imu: Write(edit, root, imu); break;
                default: throw new ArgumentException($"There is no place for a {part.GetType().Name}.", nameof(parts));
            }

            wanted = part.ApplyTo(wanted);
        }

        edit.Append(Map(root, "channels"), "overrides", overrides);
        byte[] written = Encoding.UTF8.GetBytes(edit.Apply());
        return Same(RobotFile.Parse(written, file), wanted) ? written : throw new RobotFileException(file, 1, 1,
            "a value to be changed is shared with other places by an anchor and its aliases (& and *); write it out in each place");
    }

    private static void Write(YamlEdit edit, YamlMappingNode root, RobotDescription robot, MeasuredServo servo, List<string> overrides)
    {
        if (robot.IsGripper(servo.Channel))
        {
            WriteGripper(edit, Map(root, "gripper"), robot, servo);
            return;
        }

        var described = (ServoChannel)robot.Channels[servo.Channel];
        (string Key, string Old, string New)[] values =
        [
            ("direction", $"{described.Direction}", $"{servo.Direction}"),
            ("pulse_min_us", Text(described.PulseMin * 1e6), Text(servo.PulseMinUs)),
            ("pulse_max_us", Text(described.PulseMax * 1e6), Text(servo.PulseMaxUs)),
            ("offset_us", Text(described.Offset * 1e6), Text(servo.OffsetUs)),
            ("limit_min", Text(described.LimitMin), Text(servo.LimitMin)),
            ("limit_max", Text(described.LimitMax), Text(servo.LimitMax)),
        ];
        (string Key, int Number)[] place = Place(robot, servo.Channel);
        YamlMappingNode? own = Entries(Map(root, "channels"), "overrides").FirstOrDefault(entry =>
            Array.TrueForAll(place, part => Number(entry, part.Key) == part.Number));
        if (own == null)
        {
            IEnumerable<string> changed = values.Where(value => value.Old != value.New).Select(value => $"{value.Key}: {value.New}");
            if (changed.Any())
            {
                overrides.Add($"{{ {string.Join(", ", place.Select(part => $"{part.Key}: {part.Number}").Concat(changed))} }}");
            }

            return;
        }

        foreach ((string key, string old, string now) in values)
        {
            if (old != now)
            {
                edit.Set(own, key, now);
            }
        }
    }

    private static void WriteGripper(YamlEdit edit, YamlMappingNode section, RobotDescription robot, MeasuredServo servo)
    {
        ServoChannel was = (ServoChannel)robot.Channels[servo.Channel], found =
            (ServoChannel)servo.ApplyTo(robot).Channels[servo.Channel];
        ((double openWas, double closedWas), (double open, double closed)) = (GripperDescription.PulsesOf(was),
            GripperDescription.PulsesOf(found));
        Set("pulse_open_us", openWas, open);
        Set("pulse_closed_us", closedWas, closed);
        Set("limit_min", was.LimitMin, found.LimitMin);
        Set("limit_max", was.LimitMax, found.LimitMax);

        void Set(string key, double old, double now)
        {
            if (old != now)
            {
                edit.Set(section, key, Text(now));
            }
        }
    }

    private static void Write(YamlEdit edit, YamlMappingNode root, RobotDescription robot, MeasuredOscillator chip)
    {
        if (((Pca9685)robot.Boards[chip.Board].Chips[chip.Chip]).Oscillator != chip.Hz)
        {
            edit.Set(ChipEntry(root, chip.Board, chip.Chip), "oscillator_hz", Text(chip.Hz));
        }
    }

    private static void Write(YamlEdit edit, YamlMappingNode root, MeasuredImu imu)
    {
        YamlMappingNode entry = ChipEntry(root, imu.Board, imu.Chip);
        edit.Set(entry, "level_pitch_deg", Text(imu.LevelPitchDeg));
        edit.Set(entry, "level_roll_deg", Text(imu.LevelRollDeg));
        edit.Set(entry, "bias_pitch_deg_per_s", Text(imu.BiasPitchDegPerS));
        edit.Set(entry, "bias_roll_deg_per_s", Text(imu.BiasRollDegPerS));
    }

    private static YamlMappingNode ChipEntry(YamlMappingNode root, int board, int chip) =>
        Entries(Entries(root, "boards").ElementAt(board), "chips").ElementAt(chip);

    private static void Write(YamlEdit edit, YamlMappingNode root, MeasuredPressure sensor)
    {
        YamlMappingNode entry = Entries(Map(root, "channels"), "pressure_sensors").First(one =>
            Number(one, "channel") == sensor.Channel);
        edit.Set(entry, "zero_v", Text(sensor.ZeroV));
        edit.Set(entry, "full_scale_v", Text(sensor.FullScaleV));
    }

    /// <summary>How an override names a channel.</summary>
    private static (string Key, int Number)[] Place(RobotDescription robot, int channel)
    {
        if (robot.TrunkArm is not { } arm)
        {
            return [("channel", channel)];
        }

        int gear = arm.Gears.Select(one => one.Channel).ToList().IndexOf(channel);
        return [("joint", gear / arm.GearsPerJoint + 1), ("gear", gear % arm.GearsPerJoint + 1)];
    }

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static YamlMappingNode Map(YamlMappingNode map, string key) => (YamlMappingNode)map.Children[new YamlScalarNode(key)];

    private static IEnumerable<YamlMappingNode> Entries(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? list)
            ? ((YamlSequenceNode)list).Children.Cast<YamlMappingNode>() : [];

    private static double? Number(YamlMappingNode map, string key) =>
        Numbers.TryRead(map.Children[new YamlScalarNode(key)], out double value) ? value : null;

    /// <summary>Whether nothing but what was measured has changed: also what one alias too many would do.</summary>
    private static bool Same(RobotDescription a, RobotDescription b) =>
        a.Name == b.Name && a.Kind == b.Kind && a.Channels.SequenceEqual(b.Channels)
        && a.Boards.Select(Bare).SequenceEqual(b.Boards.Select(Bare))
        && a.Boards.SelectMany(board => board.Chips).SequenceEqual(b.Boards.SelectMany(board => board.Chips))
        && a.Boards.SelectMany(board => board.Buses).SequenceEqual(b.Boards.SelectMany(board => board.Buses))
        && Gears(a).SequenceEqual(Gears(b)) && Equals(a.TrunkArm?.Gripper, b.TrunkArm?.Gripper)
        && Equals(a.TrunkArm?.Dimensions, b.TrunkArm?.Dimensions)
        && (a.Walker is { } legs ? legs with { Joints = [], FootSensors = [] } : null)
            == (b.Walker is { } others ? others with { Joints = [], FootSensors = [] } : null)
        && (a.Walker?.Joints ?? []).SequenceEqual(b.Walker?.Joints ?? [])
        && (a.Walker?.FootSensors ?? []).SequenceEqual(b.Walker?.FootSensors ?? []);

    private static BoardDescription Bare(BoardDescription board) => board with { Buses = [], Chips = [] };

    private static IEnumerable<GearChannel> Gears(RobotDescription robot) => robot.TrunkArm?.Gears ?? [];
}
