namespace Ganglion.Cli.Tests.Board;

/// <summary>`ganglion calibrate` as a user calls it.</summary>
public sealed class CalibrateTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    /// <summary>A virtual arm that is built otherwise: found, shown, written with its comments, and taken back byte for byte.</summary>
    [Fact]
    public void A_virtual_arm_is_written_and_taken_back()
    {
        string file = Copy("trunk6-3g"), before = File.ReadAllText(file);
        Outcome done = GanglionProcess.Run("calibrate", file, "--virtual-time", "--seed", "3", "--only", "chip:base/pwm1", "channel:16",
            "--json");
        Assert.Equal((0, ""), (done.ExitCode, done.Errors));
        Assert.True(done.Json.GetProperty("written").GetBoolean());
        string[] difference = [.. done.Json.GetProperty("difference").EnumerateArray().Select(line => line.GetString()!)];
        Assert.Contains(difference, line => line.StartsWith('+') && line.Contains("oscillator_hz:", StringComparison.Ordinal));
        Assert.Contains(difference, line => line.Contains("- { joint: 6, gear: 2, ", StringComparison.Ordinal));
        Assert.Equal(before.Split('\n').Where(line => line.Contains('#')),
            File.ReadAllText(file).Split('\n').Where(line => line.Contains('#')));

        Outcome undone = GanglionProcess.Run("calibrate", file, "--undo");
        Assert.Equal(0, undone.ExitCode);
        Assert.Equal(before, File.ReadAllText(file));
        Assert.Contains("there is no calibration to take back", GanglionProcess.Run("calibrate", file, "--undo").Refused(1));
    }

    /// <summary>Answers from a file, to boards behind pseudo-terminals: without the line that says so nothing is written, and a second call
    /// goes on with what is left.</summary>
    [Fact]
    [Trait("Ports", "Real")]
    public void Answers_come_from_a_file()
    {
        string file = Copy("rig12"), before = File.ReadAllText(file), answers = _scratch.At("answers.txt");
        using var sim = GanglionProcess.Start("sim", "--robot", file, "--seed", "4", "--json");
        string port = sim.ReadJson().GetProperty("boards")[0].GetProperty("port").GetString()!;
        File.WriteAllText(answers, "# as measured\nchip:base/pwm0 frequency 51.50\nchannel:2 direction down\nchannel:2 low-end 1450\n" +
            "channel:2 high-end 1655.5\nchannel:2 neutral 1550\n");
        Outcome kept = GanglionProcess.RunLive(port, "calibrate", file, "--port", port, "--answers", answers, "--json");
        Assert.Equal((0, ""), (kept.ExitCode, kept.Errors));
        Assert.False(kept.Json.GetProperty("written").GetBoolean());
        Assert.Equal(before, File.ReadAllText(file));

        File.AppendAllText(answers, "file write yes\n");
        Outcome written = GanglionProcess.RunLive(port, "calibrate", file, "--port", port, "--answers", answers, "--json");
        Assert.True(written.Json.GetProperty("written").GetBoolean());
        string text = File.ReadAllText(file);
        Assert.Contains("frequency_hz: 50, oscillator_hz: 25735000 }", text);
        Assert.Contains("- { channel: 2, direction: -1, pulse_min_us:", text);
    }

    [Theory]
    [InlineData(2, "stdin is no terminal")]
    [InlineData(1, "rig12 has no channel:40; it has chip:base/pwm0, channel:0, ", "--only", "channel:40", "--virtual-time")]
    [InlineData(2, "rig12 has 1 boards and 2 ports were given", "--port", "/dev/null", "/dev/zero", "--answers", "answers.txt")]
    public void What_cannot_be_is_refused_in_one_line(int exitCode, string told, params string[] options)
    {
        _scratch.Put("answers.txt", "");
        Assert.Contains(told, GanglionProcess.RunIn(_scratch.At(""), null, ["calibrate", Copy("rig12"), .. options]).Refused(exitCode));
    }

    [Fact]
    public void A_shipped_robot_is_nobodys() =>
        Assert.Contains("copy it, and name the copy", GanglionProcess.Run("calibrate", "rig12", "--virtual-time").Refused(1));

    private string Copy(string robot) =>
        _scratch.Put(robot + ".yaml", File.ReadAllText(Path.Combine(Repository.Robots, robot + ".yaml")));
}
