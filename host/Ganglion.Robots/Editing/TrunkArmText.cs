using System.Globalization;
using System.Text;
using Ganglion.Robots.Trunk;

namespace Ganglion.Robots.Editing;

/// <summary>Writes the description of an arm of any number of joints, as drawn: boards, drivers, outputs and calibration as the shipped
/// arms have them.</summary>
public static class TrunkArmText
{
    /// <summary>The longest arm that the paper simulates.</summary>
    public const int MostJoints = 25;

    /// <summary>Servos of joints that a board gets: for so many its tick was measured (`ganglion bench board`), and an I2C bus bears no
    /// longer wires than theirs.</summary>
    public const int MostServosOnABoard = 40;

    private const int Outputs = 16, FirstAddress = 0x40;

    private static readonly string[][] BoardNames = [["base"], ["base", "tip"], ["base", "middle", "tip"]];

    /// <summary>The file.</summary>
    /// <param name="name">Lower-case letters, digits and dashes.</param>
    /// <param name="design">Of all joints.</param>
    /// <param name="joints">1 to <see cref="MostJoints"/>.</param>
    /// <param name="gripper">With a gripper on the last free output of the last board.</param>
    public static string Of(string name, JointDesign design, int joints, bool gripper)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(joints, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(joints, MostJoints);
        int gears = (int)design, boards = (joints + MostServosOnABoard / gears - 1) / (MostServosOnABoard / gears);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {joints} {gears}-geared joints: {joints * gears} servos on {boards} board(s)" +
            $"{(gripper ? ", and a gripper" : "")}. Made by `ganglion new arm`.\n");
        text.Append(CultureInfo.InvariantCulture, $"kind: trunk-arm\nname: {name}\ndesign: {gears}-geared\njoints: {joints}\n\nboards:\n");
        var layout = new StringBuilder();
        string last = "";
        for (int board = 0, first = 1; board < boards; board++)
        {
            // The boards at the base take one joint more where they cannot be alike.
            int own = (joints - first + 1 + boards - board - 1) / (boards - board);
            last = Board(text, layout, BoardNames[boards - 1][board], gears, first, own, spare: gripper && board == boards - 1);
            first += own;
        }

        if (gripper)
        {
            text.Append("\ngripper:\n").Append(last).Append("  # Pulses wide open and closed are those of your servo and fingers: " +
                "`ganglion calibrate` finds them.\n  pulse_open_us: 1000\n  pulse_closed_us: 2000\n  slew_per_s: 2\n  park: 0\n" +
                "  on_safe: hold\n  opening_mm: 60\n");
        }

        text.Append("\nchannels:\n  defaults:\n").Append(Servo(design)).Append("  layout:\n").Append(layout);
        return text.ToString();
    }

    /// <summary>One board and the outputs of its joints.</summary>
    /// <param name="spare">An output has to be left for a gripper.</param>
    /// <returns>Lines that name its last output, which is free then.</returns>
    private static string Board(StringBuilder text, StringBuilder layout, string id, int gears, int first, int joints, bool spare)
    {
        int each = Outputs / gears, chips = (joints + each - 1) / each;
        chips += spare && each * gears == Outputs && joints % each == 0 ? 1 : 0;
        text.Append(CultureInfo.InvariantCulture, $"  - id: {id}\n    profile: esp32-wroom\n    baud: 921600\n    tick_ms: 20\n" +
            $"    hold_timeout_ms: 80\n    safe_timeout_ms: 400\n    telemetry_period_ms: 100\n    buses:\n" +
            $"      - {{ id: 1, speed_khz: 400 }}\n    chips:\n");
        for (int chip = 0; chip < chips; chip++)
        {
            text.Append(CultureInfo.InvariantCulture, $"      - {{ id: pwm{chip}, type: pca9685, bus: 1, address: " +
                $"0x{FirstAddress + chip:X2}, frequency_hz: 50 }}\n");
            int from = first + chip * each, to = Math.Min(first + joints, from + each) - 1;
            if (to >= from)
            {
                layout.Append(CultureInfo.InvariantCulture, $"    - {{ joints: {from}{(to > from ? $"-{to}" : "")}, board: {id}, chip: " +
                    $"pwm{chip}, outputs: 0-{(to - from + 1) * gears - 1} }}\n");
            }
        }

        return $"  board: {id}\n  chip: pwm{chips - 1}\n  output: {Outputs - 1}\n";
    }

    private static string Servo(JointDesign design) => (design == JointDesign.ThreeGeared
        ? "    # A gear's 53.75 mm of travel are the servo's whole 180 degrees, 500 to 2500 us.\n    pulse_min_us: 500\n" +
            "    pulse_max_us: 2500\n    # Servos of the SG90 class, 500 degrees/s, make 2.78 travels of 180 degrees a second: the bound " +
            "stays below.\n    slew_per_s: 2.7\n"
        : "    # A gear's 21.46 mm of travel are 169 degrees of its pinion: 1500 +- 939 us of a servo of 180 degrees.\n" +
            "    pulse_min_us: 561\n    pulse_max_us: 2439\n    # Servos of the SG90 class, 500 degrees/s, make 2.96 travels of 169 " +
            "degrees a second: the bound stays below.\n    slew_per_s: 2.9\n") +
        "    direction: 1\n    offset_us: 0\n    limit_min: 0\n    limit_max: 1\n    park: 0.5\n    on_safe: release\n";
}
