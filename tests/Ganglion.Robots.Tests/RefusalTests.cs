using System.Text;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Tests;

/// <summary>Each kind of fault gets one error with its line, and says what to do.</summary>
public class RefusalTests
{
    private static RobotFileException Refused(string text) =>
        Assert.Throws<RobotFileException>(() => RobotFile.Parse(Encoding.UTF8.GetBytes(text), "arm.yaml"));

    /// <summary>Replaces text in a good file, and expects the error on the line of the replacement (or <paramref name="line"/> lines
    /// further).</summary>
    private static void Check(string robot, string from, string to, string problem, int line = 0)
    {
        string good = robot == "rich" ? SchemaTests.Rich : Shipped.Text(robot);
        int at = good.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, $"'{from}' is not in {robot}");
        string bad = good[..at] + to + good[(at + from.Length)..];
        int expected = good[..at].Count(c => c == '\n') + 1 + line;
        RobotFileException error = Refused(bad);
        Assert.Contains(problem, error.Problem);
        Assert.Equal(expected, error.Line);
        Assert.StartsWith($"arm.yaml:{error.Line}:{error.Column}: ", error.Message);
        Assert.Contains(";", error.Problem);
    }

    [Theory]
    [InlineData("baud: 921600", "buad: 921600", "unknown key 'buad' in robot.boards[0]; did you mean 'baud'?")]
    [InlineData("design: 4-geared", "design: 5-geared", "robot.design is '5-geared'; did you mean")]
    [InlineData("kind: trunk-arm", "kind: crawler", "robot.kind is 'crawler'; use one of trunk-arm, servo-rig, walker")]
    [InlineData("joints: 10", "joints: ten", "robot.joints is 'ten'; write a number")]
    [InlineData("joints: 10", "joints: '10'", "robot.joints is the quoted text '10'; write a number")]
    [InlineData("joints: 10", "joints: 0", "robot.joints is 0; it must be within 1..60")]
    [InlineData("joints: 10", "joints: 9.5", "robot.joints is 9.5; write a whole number")]
    [InlineData("joints: 10", "joints: .nan", "robot.joints is '.nan'; write a number")]
    [InlineData("joints: 10", "joints:", "robot.joints is empty; write a number")]
    [InlineData("name: trunk10-4g", "name: Trunk 10", "use lower-case letters, digits and dashes")]
    [InlineData("name: trunk10-4g", "name: 10", "put it in quotes")]
    [InlineData("profile: esp32-wroom", "profile: esp8266", "robot.boards[0].profile is 'esp8266'; use one of esp32-wroom")]
    [InlineData("baud: 921600", "baud: 9600", "robot.boards[0].baud is 9600; use 115200")]
    [InlineData("tick_ms: 20", "tick_ms: 15", "robot.boards[0].tick_ms is 15; use 10, 20")]
    [InlineData("hold_timeout_ms: 80", "hold_timeout_ms: 10", "must be within 20..2000")]
    [InlineData("safe_timeout_ms: 400", "safe_timeout_ms: 80", "not above hold_timeout_ms 80")]
    [InlineData("telemetry_period_ms: 100", "telemetry_period_ms: 10", "below tick_ms 20")]
    [InlineData("telemetry_period_ms: 100", "telemetry_period_ms: 5101", "must be within 10..5100")]
    [InlineData("{ id: 1, speed_khz: 400 }", "{ id: 3, speed_khz: 400 }", "robot.boards[0].buses[0].id is 3; it must be within 1..2")]
    [InlineData("{ id: 1, speed_khz: 400 }", "{ id: 1, speed_khz: 200 }", "speed_khz is 200; use 100, 400, 1000")]
    [InlineData("{ id: 1, speed_khz: 400 }", "[1, 400]", "is a list; write it as key: value pairs")]
    [InlineData("address: 0x42", "address: 0x41", "address 0x41 on bus 1 is taken by 'pwm1'")]
    [InlineData("address: 0x42", "address: 0x3F", "it must be within 64..126")]
    [InlineData("address: 0x42", "address: 0x7F", "it must be within 64..126")]
    [InlineData("address: 0x42", "address: 0x70", "All-Call")]
    [InlineData("id: pwm2", "id: pwm1", "a second chip of this board is called 'pwm1'")]
    [InlineData("bus: 1, address: 0x42", "bus: 2, address: 0x42", "bus 2 is not among the board's buses")]
    [InlineData("type: pca9685, bus: 1, address: 0x42", "type: pca9865, bus: 1, address: 0x42", "did you mean 'pca9685'?")]
    [InlineData("address: 0x42, frequency_hz: 50", "address: 0x42, frequency_hz: 1600", "must be within 24..1526")]
    [InlineData("address: 0x42, frequency_hz: 50", "address: 0x42, frequency_hz: 24, oscillator_hz: 27000000", "needs prescaler 274")]
    [InlineData("address: 0x42, frequency_hz: 50", "address: 0x42, frequency_hz: 50, oscillator_hz: 30000000",
        "must be within 23000000..27000000")]
    [InlineData("address: 0x42, frequency_hz: 50", "address: 0x42", "has no 'frequency_hz'; add it")]
    [InlineData("address: 0x42, frequency_hz: 50", "address: 0x42, frequency_hz: 50, frequency_hz: 60", "not valid YAML")]
    [InlineData("pulse_max_us: 2439", "pulse_max_us: 500", "pulse_max_us is not above pulse_min_us")]
    [InlineData("limit_max: 1", "limit_max: 0", "limit_max is not above limit_min")]
    [InlineData("limit_max: 1", "limit_max: 1.2", "must be within 0..1")]
    [InlineData("park: 0.5", "park: 2", "must be within 0..1")]
    [InlineData("direction: 1", "direction: 0", "use 1, -1")]
    [InlineData("on_safe: release", "on_safe: relax", "did you mean 'release'?")]
    [InlineData("slew_per_s: 2.9", "slew_per_s: 0", "must be within 0.01..63.9")]
    [InlineData("joints: 5-8, board: base", "joints: 5-8, board: bsae", "there is no board 'bsae'; the boards are base")]
    [InlineData("chip: pwm1", "chip: pwm9", "board 'base' has no chip 'pwm9'; its chips are pwm0, pwm1, pwm2")]
    [InlineData("chip: pwm1", "chip: pwm0", "output 0 of chip 'pwm0' already drives joint 1")]
    [InlineData("joints: 5-8", "joints: 4-7", "joint 4 already has its outputs")]
    [InlineData("joints: 9-10", "joints: 10-11", "joint 11 does not exist; the robot has joints 1 to 10")]
    [InlineData("joints: 9-10", "joints: 10-9", "it must rise within 1..60")]
    [InlineData("joints: 9-10", "joints: all", "write one number or first-last")]
    [InlineData("outputs: 0-7", "outputs: 0-8", "have 8 gears but 9 outputs")]
    [InlineData("outputs: 0-7", "outputs: 9-16", "it must rise within 0..15")]
    public void A_fault_in_the_ten_joint_arm_is_named_with_its_line(string from, string to, string problem) =>
        Check("trunk10-4g", from, to, problem);

    [Theory]
    [InlineData("speed_khz: 400", "speed_khz: 1000", "bus 1 runs at 1000 kHz and mcp4728 takes at most 400", 2)]
    [InlineData("address: 0x60", "address: 0x68", "must be within 96..103", 0)]
    [InlineData("address: 0x48", "address: 0x4C", "must be within 72..75", 0)]
    [InlineData("address: 0x68", "address: 0x6A", "must be within 104..105", 0)]
    [InlineData("      - { id: imu,", "      - { id: adc2, type: ads1115, bus: 1, address: 0x49 }\n" +
        "      - { id: adc3, type: ads1115, bus: 1, address: 0x4A }\n      - { id: imu,",
        "'adc3' is ads1115 number 3 of this board, and a board reads at most 2", 1)]
    [InlineData("      - { id: imu,", "      - { id: imu2, type: mpu6050, bus: 1, address: 0x69 }\n      - { id: imu,",
        "'imu' is mpu6050 number 2 of this board, and a board reads at most 1", 1)]
    [InlineData("required: false", "required: no", "robot.boards[0].chips[2].required is 'no'; write true or false", 0)]
    [InlineData("required: false", "required: 'true'", "required is the quoted text 'true'; write true or false", 0)]
    [InlineData("required: false", "required: 0", "required is '0'; write true or false", 0)]
    [InlineData("full_scale_kpa", "frequency_hz", "unknown key 'frequency_hz'", 0)]
    [InlineData("chip: pwm0", "chip: dac", "chip 'dac' cannot drive a servo", 0)]
    [InlineData("joint: 3", "joint: 7", "joint 7 does not exist", 0)]
    [InlineData("gear: 2", "gear: 4", "gear 4 does not exist; this design has gears 1 to 3", 0)]
    [InlineData("pulse_max_us: 2480", "pulse_max_us: 510", "pulse_max_us is not above", 0)]
    [InlineData("park: 0.4", "park: 0.95", "park 0.95 lies outside limit_min..limit_max", 0)]
    [InlineData("offset_us: 12", "offset_us: 600", "must be within -500..500", 0)]
    [InlineData("  overrides:\n", "  overrides:\n    - { joint: 3, gear: 2 }\n", "joint 3 gear 2 has an override already", 2)]
    public void A_fault_in_other_chips_or_overrides_is_named_with_its_line(string from, string to, string problem, int line) =>
        Check("rich", from, to, problem, line);

    [Fact]
    public void Boards_need_different_names() =>
        Check("trunk25-4g", "id: middle", "id: base", "a second board is called 'base'");

    [Fact]
    public void Too_fast_a_frequency_for_the_pulse_is_refused()
    {
        RobotFileException error = Refused(Shipped.Text("trunk10-4g").Replace("frequency_hz: 50", "frequency_hz: 500"));
        Assert.Contains("a pulse of 2439 us does not fit into the PWM period of 1966 us", error.Problem);
    }

    [Fact]
    public void A_joint_without_outputs_is_missed()
    {
        string text = string.Join('\n', Shipped.Text("trunk10-4g").Split('\n').Where(line => !line.Contains("joints: 5-8")));
        RobotFileException error = Refused(text);
        Assert.Contains("joint 5 has no outputs; add a layout entry", error.Problem);
    }

    [Theory]
    [InlineData("", 1, "the file is empty")]
    [InlineData("# nothing\n", 1, "the file is empty")]
    [InlineData("just words", 1, "robot is 'just words'; write it as key: value pairs")]
    [InlineData("kind: trunk-arm\n\tname: x", 2, "a tab in the indentation")]
    [InlineData("a: 1\nb: {c: 1\nd: 2\n", 2, "not valid YAML")]
    [InlineData("a: 1\na: 2\n", 2, "not valid YAML (Duplicate key a)")]
    [InlineData("kind: [trunk-arm", 1, "not valid YAML")]
    [InlineData("kind: trunk-arm\n---\nkind: trunk-arm", 3, "a second document starts here")]
    [InlineData("name: x\nkind: *nowhere", 2, "alias *nowhere has no anchor")]
    [InlineData("kind: trunk-arm\n? [a, b]\n: 1", 2, "a key in robot is a list")]
    public void What_is_no_description_at_all_is_refused(string text, int line, string problem)
    {
        RobotFileException error = Refused(text);
        Assert.Contains(problem, error.Problem);
        Assert.Equal(line, error.Line);
    }

    [Fact]
    public void Nesting_size_and_encoding_are_bounded()
    {
        Assert.Contains("nested more than 16 deep", Refused(new string('[', 100_000)).Problem);
        Assert.Contains("at most", Refused(new string('#', 2 << 20)).Problem);
        RobotFileException error = Assert.Throws<RobotFileException>(() => RobotFile.Parse([(byte)'a', 0xC3, 0x28], "arm.yaml"));
        Assert.Contains("not UTF-8", error.Problem);
    }

    [Fact]
    public void A_missing_file_is_a_clear_error()
    {
        RobotFileException error = Assert.Throws<RobotFileException>(() => RobotFile.Load("no/such/robot.yaml"));
        Assert.Contains("cannot read the file", error.Message);
        Assert.Contains("no/such/robot.yaml:1:1", error.Message);
    }

    [Fact]
    public void Single_override_changes_one_channel_and_nothing_else()
    {
        RobotDescription plain = RobotFile.Load(Shipped.Path("trunk6-3g"));
        RobotDescription tuned = RobotFile.Parse(Encoding.UTF8.GetBytes(
            Shipped.Text("trunk6-3g") + "  overrides:\n    - { joint: 3, gear: 2, offset_us: 12, direction: -1 }\n"), "arm.yaml");
        int changed = tuned.TrunkArm![2, 1].Channel;
        Assert.Equal((ServoChannel)plain.Channels[changed] with { Offset = 12e-6, Direction = -1 }, tuned.Channels[changed]);
        Assert.Equal(plain.Channels.RemoveAt(changed).ToArray(), tuned.Channels.RemoveAt(changed).ToArray());
    }

    /// <summary>Cuts and flips: whatever happens to the text, the loader answers with a description or with its own error.</summary>
    [Fact]
    public void No_damage_gets_another_exception_out_of_the_loader()
    {
        Random random = new(7);
        byte[] good = Encoding.UTF8.GetBytes(SchemaTests.Rich);
        for (int trial = 0; trial < 2000; trial++)
        {
            byte[] bad = random.Next(4) == 0 ? good[..random.Next(good.Length)] : (byte[])good.Clone();
            for (int flips = random.Next(4); flips >= 0 && bad.Length > 0; flips--)
            {
                bad[random.Next(bad.Length)] = (byte)random.Next(9, 127);
            }

            try
            {
                RobotFile.Parse(bad, "arm.yaml");
            }
            catch (RobotFileException error)
            {
                Assert.True(error.Line >= 1 && error.Column >= 1);
            }
        }
    }
}
