using System.Text;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Yaml;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Robots.Tests;

/// <summary>Each fault in a rhythm file gets one error with its line, and says what to do.</summary>
public class RhythmRefusalTests
{
    private static readonly RobotDescription Rig = RobotFile.Load(Shipped.Path("rig12"));

    private static RobotFileException Refused(string text, RobotDescription? robot = null) =>
        Assert.Throws<RobotFileException>(() => RhythmFile.Parse(Encoding.UTF8.GetBytes(text), "beat.yaml", robot ?? Rig));

    private static void Check(string good, string from, string to, string problem, int line)
    {
        int at = good.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, from);
        RobotFileException error = Refused(good[..at] + to + good[(at + from.Length)..]);
        Assert.Contains(problem, error.Problem);
        Assert.Contains(";", error.Problem);
        Assert.Equal(good[..at].Count(c => c == '\n') + 1 + line, error.Line);
        Assert.StartsWith($"beat.yaml:{error.Line}:{error.Column}: ", error.Message);
    }

    [Theory]
    [InlineData("kind: rhythm", "kind: rythm", "did you mean 'rhythm'?")]
    [InlineData("name: walk7", "name: Walk 7", "use lower-case letters, digits and dashes")]
    [InlineData("type: walking", "type: waking", "rhythm.network.type is 'waking'; did you mean 'walking'?")]
    [InlineData("q: 0.7", "q: 0", "rhythm.network.q is 0; it must be within 0.01..50")]
    [InlineData("q: 0.7", "q: 51", "must be within 0.01..50")]
    [InlineData("q: 0.7", "q: .nan", "write a number")]
    [InlineData("direction: forward", "direction: sideways", "use one of forward, backward")]
    [InlineData("body: true", "body: yes", "rhythm.network.body is 'yes'; write true or false")]
    [InlineData("rise_time_ms: 139", "rise_time_ms: 4", "rhythm.network.parameters.rise_time_ms is 4; it must be within 5..20000")]
    [InlineData("adaptation_time_ms: 246", "adaptation_time_ms: 20001", "must be within 5..20000")]
    [InlineData("drive: 0.375", "drive: -1", "must be within 0..50")]
    [InlineData("adaptation: 3.414", "adaptation: -3.414", "as a magnitude without a sign")]
    [InlineData("inhibition: 1.79", "inhibition: -1.79", "as a magnitude without a sign")]
    [InlineData("rise_time_ms: 139", "rise_time_ms: 20", "oscillator 'lx': the board's tick is too long for so fast an oscillator")]
    [InlineData("channel: 1, oscillator: cz", "channel: 12, oscillator: cz", "board 'base' of 'rig12' has no channel 12; its 12 channels " +
        "count from 0")]
    [InlineData("channel: 1, oscillator: cz", "channel: 120, oscillator: cz", "must be within 0..119")]
    [InlineData("channel: 1, oscillator: cz", "channel: 0, oscillator: cz", "channel 0: the channel is driven already by an entry above")]
    [InlineData("oscillator: cz", "oscillator: lz", "there is no oscillator 'lz'; the network has lx, ly, rx, ry, cx, cy, cz")]
    [InlineData("output: flexor", "output: flex", "use one of signed, flexor, extensor")]
    [InlineData("offset: 0.5", "offset: 1.5", "must be within 0..1")]
    [InlineData("gain: 0.1", "gain: 101", "must be within -100..100")]
    [InlineData("ramp_ms: 2000", "ramp_ms: 50", "must be within 100..60000")]
    [InlineData("ramp_ms: 2000", "ramp_ms: 100.5", "write a whole number")]
    [InlineData("timeout_s: 60", "timeout_s: 0", "must be within 1..3600")]
    [InlineData("timeout_s: 60", "timeout: 60", "did you mean 'timeout_s'?")]
    public void A_fault_in_the_walking_network_is_named_with_its_line(string from, string to, string problem) =>
        Check(Shipped.RhythmText("walk7"), from, to, problem, 0);

    [Theory]
    [InlineData("rise_time_ms: 123", "rise_time_ms: 20", "oscillator 'cx': the board's tick is too long", 0)]
    [InlineData("body: true", "body: false", "body_parameters are given but body is false", 3)]
    public void A_fault_of_the_body_is_named_with_its_line(string from, string to, string problem, int line) =>
        Check(SchemaTests.RichWalk, from, to, problem, line);

    [Theory]
    [InlineData("name: partner", "name: joint", "a second oscillator is called 'joint'", 0)]
    [InlineData("start_quarter: 3", "start_quarter: 4", "must be within 0..3", 0)]
    [InlineData("to: joint, from: partner", "to: joint, from: stranger", "there is no oscillator 'stranger'; the network has joint, " +
        "partner", 0)]
    [InlineData("to: partner, from: joint", "to: joint, from: partner", "the coupling to 'joint' from 'partner' is given twice", 0)]
    [InlineData("weight: -1", "weight: -51", "must be within -50..50", 0)]
    [InlineData("weight: -1", "weight: -50", "oscillator 'joint': the board's tick is too long", -3)]
    [InlineData("rise_time_ms: 200, adaptation_time_ms: 400, drive: 0.6, adaptation: 3.5, inhibition: 2.0, start_quarter: 3",
        "rise_time_ms: 200, adaptation_time_ms: 50, drive: 0.6, adaptation: 3.5, inhibition: 2.0",
        "oscillator 'partner': the board's tick is too long", 0)]
    public void A_fault_in_a_network_written_out_is_named_with_its_line(string from, string to, string problem, int line) =>
        Check(SchemaTests.RichNetwork, from, to, problem, line);

    /// <summary>Gershgorin's bound times the tick decides: half the tick, twice the rate.</summary>
    [Fact]
    public void A_faster_tick_takes_a_faster_oscillator()
    {
        RobotDescription faster = RobotFile.Parse(Encoding.UTF8.GetBytes(Shipped.Text("rig12").Replace("tick_ms: 20", "tick_ms: 10")),
            "rig.yaml");
        string text = Shipped.RhythmText("half-center").Replace("rise_time_ms: 200", "rise_time_ms: 40");
        Assert.Contains("too long", Refused(text).Problem);
        Assert.Equal(0.04, RhythmFile.Parse(Encoding.UTF8.GetBytes(text), "beat.yaml", faster).Oscillators[0].RiseTime, 1e-12);
    }

    [Fact]
    public void A_timeout_below_the_boards_safe_timeout_is_refused()
    {
        RobotDescription patient = RobotFile.Parse(Encoding.UTF8.GetBytes(Shipped.Text("rig12").Replace("safe_timeout_ms: 400",
            "safe_timeout_ms: 60000")), "rig.yaml");
        string text = Shipped.RhythmText("walk7").Replace("timeout_s: 60", "timeout_s: 59");
        Assert.Contains("timeout_s is below safe_timeout_ms 60000 of board 'base'", Refused(text, patient).Problem);
    }

    [Fact]
    public void More_than_a_board_stores_is_refused()
    {
        StringBuilder text = new("kind: rhythm\nname: many\nramp_ms: 1000\ntimeout_s: 60\nnetwork:\n  type: explicit\n  oscillators:\n");
        for (int i = 0; i < 64; i++)
        {
            text.Append($"    - {{ name: o{i}, rise_time_ms: 200, adaptation_time_ms: 400, drive: 0.6, adaptation: 3.5, " +
                $"inhibition: 2 }}\n");
        }

        text.Append("  couplings:\n");
        for (int i = 0; i < 255; i++)
        {
            text.Append($"    - {{ to: o{i % 64}, from: o{(i + 1 + i / 64) % 64}, weight: -0.01 }}\n");
        }

        string network = text.ToString();
        string Map(int entries) => network + "map:\n" + string.Concat(Enumerable.Range(0, entries)
            .Select(i => $"  - {{ channel: {i}, oscillator: o{i}, output: signed, offset: 0.5, gain: 0.1 }}\n"));
        Assert.Equal(255, RhythmFile.Parse(Encoding.UTF8.GetBytes(Map(12)), "beat.yaml", Rig).Couplings.Length);

        // 24 + 8 + 18 n + 64 x 24 + 255 x 6 + 12 n bytes: 3098 + 30 n, above 4096 from 34 channels on.
        string wide = Shipped.Text("rig12")
            .Replace("frequency_hz: 50 }\n", "frequency_hz: 50 }\n      - { id: pwm1, type: pca9685, bus: 1, address: 0x41, " +
                "frequency_hz: 50 }\n      - { id: pwm2, type: pca9685, bus: 1, address: 0x42, frequency_hz: 50 }\n")
            .Replace("outputs: 0-11 }\n", "outputs: 0-15 }\n    - { board: base, chip: pwm1, outputs: 0-15 }\n    - { board: base, chip: " +
                "pwm2, outputs: 0-3 }\n");
        RobotDescription robot = RobotFile.Parse(Encoding.UTF8.GetBytes(wide), "rig.yaml");
        RobotFileException error = Refused(Map(36), robot);
        Assert.Contains("makes a configuration of 4194 bytes and the board stores 4096", error.Problem);
    }

    [Fact]
    public void A_robot_file_is_no_rhythm_and_the_reverse()
    {
        Assert.Contains("rhythm.kind is 'servo-rig'; use 'rhythm'", Refused(Shipped.Text("rig12")).Problem);
        RobotFileException error = Assert.Throws<RobotFileException>(() => RobotFile.Load(Shipped.RhythmPath("walk7")));
        Assert.Contains("robot.kind is 'rhythm'; use one of trunk-arm, servo-rig", error.Problem);
    }

    [Fact]
    public void A_missing_file_is_a_clear_error()
    {
        RobotFileException error = Assert.Throws<RobotFileException>(() => RhythmFile.Load("no/such/beat.yaml", Rig));
        Assert.StartsWith("no/such/beat.yaml:1:1: cannot read the file", error.Message);
        Assert.Contains("give the path of a rhythm file", error.Message);
    }

    [Fact]
    public void Every_reason_has_a_cause_and_a_remedy_of_its_own()
    {
        string[] words = [.. Enum.GetValues<RhythmReason>().Select(RhythmRefusedException.Words)];
        Assert.All(words, text => Assert.Contains("; ", text));
        Assert.Equal(words.Length, words.Distinct().Count());
    }

    [Fact]
    public void No_damage_gets_another_exception_out_of_the_loader()
    {
        Random random = new(7);
        foreach (string text in new[] { SchemaTests.RichWalk, SchemaTests.RichNetwork })
        {
            byte[] good = Encoding.UTF8.GetBytes(text);
            for (int trial = 0; trial < 1000; trial++)
            {
                byte[] bad = random.Next(4) == 0 ? good[..random.Next(good.Length)] : (byte[])good.Clone();
                for (int flips = random.Next(4); flips >= 0 && bad.Length > 0; flips--)
                {
                    bad[random.Next(bad.Length)] = (byte)random.Next(9, 127);
                }

                try
                {
                    RhythmFile.Parse(bad, "beat.yaml", Rig);
                }
                catch (RobotFileException error)
                {
                    Assert.True(error.Line >= 1 && error.Column >= 1);
                }
            }
        }
    }
}
