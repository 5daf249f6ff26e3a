using System.Text;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Editing;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Tests.Editing;

/// <summary>Measured values go into a robot's file; nothing else of its text changes.</summary>
public class RobotFileEditTests
{
    private static readonly MeasuredServo Servo = new(8, -1, 540.5, 2459.5, -37.2, 0.0123, 0.9);

    [Fact]
    public void An_override_in_a_line_keeps_its_comment_and_gets_what_it_lacks()
    {
        string before = Shipped.Text("walker-rig12-imu").Replace("{ channel: 8, direction: -1 }",
            "{ channel: 8, direction: 1 } # right hip");
        string after = Edited(before, Servo with { LimitMin = 0.1 });
        Assert.Equal(before.Replace("{ channel: 8, direction: 1 } # right hip",
            "{ channel: 8, direction: -1, pulse_min_us: 540.5, pulse_max_us: 2459.5, offset_us: -37.2 } # right hip"), after);
    }

    [Fact]
    public void An_override_over_several_lines_gets_lines_of_its_own()
    {
        string before = Shipped.Text("walker-rig12-imu").Replace("    - { channel: 8, direction: -1 }",
            "    -   channel: 8 # the hip\n        direction: -1   # mirrored\n        # ends here");
        string after = Edited(before, Servo with { LimitMin = 0.1 });
        Assert.Equal(before.Replace("        direction: -1   # mirrored\n", "        direction: -1   # mirrored\n" +
            "        pulse_min_us: 540.5\n        pulse_max_us: 2459.5\n        offset_us: -37.2\n"), after);
    }

    [Fact]
    public void A_servo_without_an_override_gets_one_behind_the_last()
    {
        string before = Shipped.Text("walker-rig12-imu") + "# the end\n";
        Assert.Equal(before.Replace("    - { channel: 10, direction: -1 }\n",
                "    - { channel: 10, direction: -1 }\n    - { channel: 1, offset_us: 12.5 }\n"),
            Edited(before, new MeasuredServo(1, 1, 500, 2500, 12.5, 0.1, 0.9)));
    }

    [Fact]
    public void A_robot_without_overrides_gets_the_list()
    {
        string before = Shipped.Text("trunk6-3g");
        Assert.Equal(before + "  overrides:\n    - { joint: 1, gear: 2, direction: -1 }\n    - { joint: 6, gear: 3, limit_max: 0.97 }\n",
            Edited(before, new MeasuredServo(1, -1, 500, 2500, 0, 0, 1), new MeasuredServo(17, 1, 500, 2500, 0, 0, 0.97)));
    }

    [Theory]
    [InlineData("  overrides: []\n", "  overrides: [{ joint: 1, gear: 2, direction: -1 }]\n")]
    [InlineData("  overrides: [ { joint: 2, gear: 1, park: 0.4 } # } ]\n  ]\n",
        "  overrides: [ { joint: 2, gear: 1, park: 0.4 }, { joint: 1, gear: 2, direction: -1 } # } ]\n  ]\n")]
    [InlineData("  overrides: [ { joint: 2, gear: 1, park: 0.4 } ] # one\n",
        "  overrides: [ { joint: 2, gear: 1, park: 0.4 }, { joint: 1, gear: 2, direction: -1 } ] # one\n")]
    public void A_list_in_one_line_stays_one(string list, string expected)
    {
        string before = Shipped.Text("trunk6-3g") + list;
        Assert.Equal(Shipped.Text("trunk6-3g") + expected, Edited(before, new MeasuredServo(1, -1, 500, 2500, 0, 0, 1)));
    }

    [Fact]
    public void A_chip_and_a_sensor_are_changed_where_they_stand()
    {
        Assert.Equal(Shipped.Text("rig12").Replace("frequency_hz: 50 }", "frequency_hz: 50, oscillator_hz: 25621000 }"),
            Edited(Shipped.Text("rig12"), new MeasuredOscillator(0, 0, 25_621_000)));
        Assert.Equal(Shipped.Text("muscle-rig").Replace("channel: 1, input: 1, zero_v: 0.2, full_scale_v: 1.8",
            "channel: 1, input: 1, zero_v: 0.21337, full_scale_v: 1.79003"), Edited(Shipped.Text("muscle-rig"),
            new MeasuredPressure(1, 0.21337, 1.79003)));
    }

    /// <summary>A file from Windows, with a byte order mark, and without an end of its last line.</summary>
    [Fact]
    public void Line_ends_and_the_byte_order_mark_stay()
    {
        string before = "\uFEFF" + Shipped.Text("trunk6-3g").TrimEnd().ReplaceLineEndings("\r\n");
        Assert.Equal(before + "\r\n  overrides:\r\n    - { joint: 1, gear: 2, direction: -1 }",
            Edited(before, new MeasuredServo(1, -1, 500, 2500, 0, 0, 1)));
    }

    /// <summary>All channels of every shipped robot, with every value changed: only lines with those values differ.</summary>
    [Fact]
    public void Every_shipped_robot_can_be_written()
    {
        foreach (string robot in Shipped.Robots)
        {
            byte[] before = Encoding.UTF8.GetBytes(Shipped.Text(robot));
            RobotDescription description = RobotFile.Parse(before, robot);
            MeasuredPart[] parts = [.. description.Channels.Select((channel, index) => (channel, index))
                .Where(one => one.channel is ServoChannel && !description.IsGripper(one.index)) // GripperTests has that
                .Select(one => new MeasuredServo(one.index, -((ServoChannel)one.channel).Direction, 501.5, 2498, 3.5, one.channel.LimitMin,
                    one.channel.LimitMax))];
            byte[] after = RobotFileEdit.With(before, robot, parts);
            Assert.Equal(parts.Length, RobotFile.Parse(after, robot).Channels.Count(channel => channel is ServoChannel { Offset: 3.5e-6 }));
            string[] lines = Shipped.Text(robot).Split('\n'), kept = [.. lines.Except(Encoding.UTF8.GetString(after).Split('\n'))];
            Assert.All(kept, line => Assert.Contains("{ channel: ", line));
        }
    }

    /// <summary>Changed in the place of the anchor, or in that of its alias, a value would change in both.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_value_that_is_shared_is_refused(int channel)
    {
        string text = Shipped.Text("muscle-rig");
        foreach ((int number, string zero) in new[] { (0, "&zero 0.2"), (1, "*zero") })
        {
            text = text.Replace($"    - {{ channel: {number}, input: {number}, zero_v: 0.2, full_scale_v: 1.8, lag_ms: 40, " +
                "integral_per_s: 1, max_error_kpa: 100 }", $"    - channel: {number}\n      input: {number}\n" +
                    $"      zero_v: {zero}\n      full_scale_v: 1.8\n      lag_ms: 40");
        }

        Assert.Contains("write the number out",
            Assert.Throws<RobotFileException>(() => Edited(text, new MeasuredPressure(channel, 0.3, 1.8))).Message);
    }

    /// <summary>A whole entry that stands for two is changed for both: what comes out is another robot than was measured.</summary>
    [Fact]
    public void A_chip_that_is_shared_is_refused()
    {
        string text = Shipped.Text("rig12").Replace("boards:\n  - id: base", "boards:\n  - &board\n    id: base")
            .Replace("      - { id: pwm0,", "      - &chip { id: pwm0,");
        text = text.Replace("channels:\n", "  - id: second\n    profile: esp32-wroom\n    baud: 921600\n    tick_ms: 20\n" +
            "    hold_timeout_ms: 80\n    safe_timeout_ms: 400\n    telemetry_period_ms: 100\n    buses:\n" +
            "      - { id: 1, speed_khz: 400 }\n    chips:\n      - *chip\n\nchannels:\n");
        Assert.Contains("shared with other places",
            Assert.Throws<RobotFileException>(() => Edited(text, new MeasuredOscillator(0, 0, 25_621_000))).Message);
    }

    [Fact]
    public void What_the_loader_would_refuse_is_not_written() => Assert.Contains("limit_max is not above limit_min",
        Assert.Throws<RobotFileException>(() => Edited(Shipped.Text("rig12"), new MeasuredServo(0, 1, 500, 2500, 0, 0.6, 0.6))).Message);

    private static string Edited(string text, params MeasuredPart[] parts) =>
        Encoding.UTF8.GetString(RobotFileEdit.With(Encoding.UTF8.GetBytes(text), "mine.yaml", parts));
}
