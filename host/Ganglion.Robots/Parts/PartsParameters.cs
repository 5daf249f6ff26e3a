using System.Globalization;
using System.Text.RegularExpressions;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Robots.Parts;

/// <summary>The parameter file of the printed parts (hardware/parts/parameters.scad) for a described arm.</summary>
public static partial class PartsParameters
{
    private const double Millimetre = 1e-3, Degree = Math.PI / 180;

    /// <summary>A servo of the SG90 class turns 180 degrees from 500 to 2500 us: a turn a second of pulse [rad/s].</summary>
    private const double TurnPerPulse = Math.PI / 2000e-6;

    /// <summary>What the drawings have room for, by name: lengths in mm, angles in degrees.</summary>
    private static readonly (string Name, double Least, double Most, string Why)[] Room =
    [
        ("four_travel", 16, 22.5, "a longer gear reaches the servos of the module below"),
        ("four_ball_radius", 33, 37, "the balls stand inside of their gears' bars, which stand at the servos' shafts"),
        ("four_ball_depth", 7, 9, "the slots lie between the servos and the module below"),
        ("four_pitch", 5.6, 7.6, "the pinions lie between a servo and the rim"),
        ("four_least", 33.2, 500, "the module would stand on the servos of the one below"),
        ("four_ball_lift", 0, 0.8, "the slots' play would let the plate rock"),
        ("three_gear_radius", 38, 50, "three pinions find room side by side"),
        ("three_pitch", 12, 17.5, "three pinions find room side by side"),
        ("three_tip_height", 43, 70, "a gear's head would stand on its guide"),
        ("three_plate_depth", 36, 60, "gears and servos stand above the plate of the sliders"),
        ("three_tilt", 0, 42, "a ball's neck would touch its socket"),
        ("gripper_pitch", 10, 20, "the pinion lies between the fingers' gears"),
    ];

    /// <summary>The drawings' own file.</summary>
    public static string Standard => PartsData.Text("parameters.scad");

    /// <summary>The file for an arm: the drawings' with the arm's values in their places.</summary>
    /// <param name="robot">A trunk arm.</param>
    /// <param name="joint">The joint to draw, from 0.</param>
    /// <exception cref="ArgumentException">It is no arm, or the drawings have no room for such a joint: the message says which value and
    /// why.</exception>
    public static string Of(RobotDescription robot, int joint)
    {
        IReadOnlyDictionary<string, double> values = Values(robot, joint);
        return Assignment().Replace(Standard, match => values.TryGetValue(match.Groups[1].Value, out double value)
            ? $"{match.Groups[1].Value} = {Text(value)};" + Padding(match, Text(value)) : match.Value);
    }

    /// <summary>Joints whose parts differ from those of the first, from 0.</summary>
    public static IEnumerable<int> Unlike(TrunkDimensions arm)
    {
        double[] first = arm.Joint(0).ToArray();
        return Enumerable.Range(1, arm.Joints - 1).Where(joint => !arm.Joint(joint).SequenceEqual(first));
    }

    /// <summary>What the file says of a joint, by name: mm and degrees.</summary>
    /// <inheritdoc cref="Of"/>
    public static IReadOnlyDictionary<string, double> Values(RobotDescription robot, int joint)
    {
        TrunkArmLayout arm = robot.TrunkArm ?? throw new ArgumentException($"robot '{robot.Name}' is not a trunk arm", nameof(robot));
        ReadOnlySpan<double> own = arm.Dimensions.Joint(joint);
        var values = new Dictionary<string, double>();
        var derived = new Dictionary<string, double>();
        double turn = Turn(robot.ServoOf(arm[joint, 0]));
        if (arm.Design == JointDesign.FourGeared)
        {
            PartsFit.FourGeared fit = PartsFit.Of(own);
            (values["four_neutral"], values["four_travel"], values["four_tilt"]) = (own[0] / Millimetre, own[1] / Millimetre,
                own[2] / Degree);
            (values["four_side_shift"], values["four_sink"]) = (own[3] / Millimetre, own[4] / Millimetre);
            (values["four_tool"], values["four_turn"]) = (arm.Dimensions.Tool / Millimetre, turn / Degree);
            values["four_mounting"] = FourGearedJoint.MountingYaw / Degree;
            (values["four_ball_depth"], values["four_ball_radius"]) = (fit.Depth / Millimetre, fit.Radius / Millimetre);
            (values["four_ball_out"], values["four_ball_aside"]) = (RoundedUp(fit.Out), RoundedUp(fit.Aside));
            values["four_ball_lift"] = RoundedUp(fit.Lift);
            (derived["four_pitch"], derived["four_least"]) = (own[1] / turn / Millimetre, (own[0] - own[1] / 2) / Millimetre);
        }
        else
        {
            (double least, double most) = PartsFit.Sliders(own);
            (values["three_tip_height"], values["three_travel"]) = (own[0] / Millimetre, own[1] / Millimetre);
            (values["three_gear_radius"], values["three_plate_depth"]) = (own[2] / Millimetre, own[3] / Millimetre);
            (values["three_tool"], values["three_turn"]) = (arm.Dimensions.Tool / Millimetre, turn / Degree);
            (values["three_ball_least"], values["three_ball_most"]) = (-RoundedUp(-least), RoundedUp(most));
            derived["three_pitch"] = own[1] / turn / Millimetre;
            derived["three_tilt"] = Math.Atan(2 * own[1] / (3 * own[2])) / Degree;
        }

        if (arm.Gripper is { } gripper)
        {
            double way = Turn(robot.ServoOf(gripper.Servo));
            (values["gripper_opening"], values["gripper_turn"]) = (gripper.Opening / Millimetre, way / Degree);
            derived["gripper_pitch"] = gripper.Opening / 2 / way / Millimetre;
        }

        foreach ((string name, double least, double most, string why) in Room)
        {
            if ((values.TryGetValue(name, out double value) || derived.TryGetValue(name, out value)) && !(value >= least && value <= most))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"joint {joint + 1}: {Words(name)} is " +
                    $"{value:0.###}; the drawn parts have room for {least} to {most}: {why}"));
            }
        }

        return values;
    }

    /// <summary>Angle that a servo turns from one end of its channel to the other [rad].</summary>
    public static double Turn(ServoChannel servo) => (servo.PulseMax - servo.PulseMin) * TurnPerPulse;

    private static string Words(string name) => name switch
    {
        "four_pitch" or "three_pitch" or "gripper_pitch" => "the pinion's pitch radius (travel by the servo's turn), mm,",
        "four_least" => "the least distance to the next module, mm,",
        "four_ball_radius" => "the balls' distance from the trunk's axis (half the travel by the tilt), mm,",
        "four_ball_depth" => "the depth of the slots (side shift by the tilt), mm,",
        "four_ball_lift" => "the play that slots need, mm,",
        "three_tilt" => "the largest tilt, degrees,",
        _ => name[(name.IndexOf('_') + 1)..] + "_mm",
    };

    private static double RoundedUp(double metres) => Math.Ceiling(metres / Millimetre * 100 - 1e-6) / 100;

    private static string Text(double value) => Math.Round(value, 4).ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>Comments stay in their column.</summary>
    private static string Padding(Match match, string value) =>
        new(' ', Math.Max(1, match.Groups[2].Length + match.Groups[3].Length - value.Length));

    [GeneratedRegex(@"^(\w+) = ([-\d.]+);( *)(?=//)", RegexOptions.Multiline)]
    private static partial Regex Assignment();
}
