using System.Text.Json;

namespace Ganglion.Cli.Tests.Arm;

public sealed class TeleopTests : IDisposable
{
    private readonly Scratch _scratch = new();

    /// <summary>Led, taught, recorded, stopped, armed again and played: the end is where it was recorded to be.</summary>
    [Fact]
    public void A_session_is_operated_from_a_file()
    {
        string script = _scratch.Put("session.txt", """
            # to a place, and on to another while it is recorded
            0.2 lead 120 -60 480
            4.0 teach
            4.1 record
            4.2 lead -50 100 500
            8.0 end-record
            8.1 stop
            8.5 home
            9 rearm
            13 home
            13.1 hold
            16 replay teleop-1.mcap 2
            16.1 hold
            30 release
            30.5 quit
            """);
        string log = _scratch.At("all.mcap");
        Outcome outcome = GanglionProcess.Run("teleop", "--virtual-time", "--controller", "ik", "--input", script, "--recordings",
            _scratch.At("."), "--log", log, "--json");
        Assert.Equal(0, outcome.ExitCode);
        JsonElement figures = outcome.Json;
        Assert.Equal((1, 1, 0), (figures.GetProperty("stops").GetInt32(), figures.GetProperty("taught").GetInt32(),
            figures.GetProperty("missedFrames").GetInt32()));
        double[] tip = [.. figures.GetProperty("measuredMm").EnumerateArray().Select(x => x.GetDouble())];
        Assert.Equal(-50, tip[0], 0.5);
        Assert.Equal(100, tip[1], 0.5);
        Assert.Equal(500, tip[2], 0.5);
        Assert.Equal("teleop-1.mcap", figures.GetProperty("recording").GetString());
        Assert.Contains("Stopped: script stopped it. It stays so until it is armed again.", outcome.Errors);
        Assert.Contains("Home is not done: the arm is stopped.", outcome.Errors);
        string held = InProcess.Run("log", _scratch.At("teleop-1.mcap")).Output;
        Assert.Contains("/board/base/setpoints", held);
        Assert.Contains("/arm/pose", held);
        Assert.Contains("/board/base/setpoints", InProcess.Run("log", log).Output);
    }

    [Fact]
    public void It_says_when_it_ended_stopped()
    {
        string script = _scratch.Put("stop.txt", "1 stop\n2 quit\n");
        Outcome outcome = GanglionProcess.Run("teleop", "--virtual-time", "--controller", "ik", "--input", script);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("It ended while it was stopped: script stopped it.", outcome.Output);
    }

    [Theory]
    [InlineData("1 dance", "line 1: there is no deed 'dance'")]
    [InlineData("1 home\n0.5 park", "line 2: it does not begin with a time")]
    [InlineData("1 lead 1 2", "line 1: 'lead' takes 3 or 7 numbers, not 2")]
    [InlineData("1 stick 1 2 x", "line 1: 'x' is no number")]
    [InlineData("home", "line 1: it does not begin with a time")]
    [InlineData("1 gear 1.5 0.5", "line 1: there is no gear or joint 1.5")]
    public void A_line_that_is_none_is_refused_before_anything_moves(string text, string words)
    {
        string script = _scratch.Put("bad.txt", text);
        Assert.Contains(words, GanglionProcess.Run("teleop", "--virtual-time", "--input", script).Refused(1));
    }

    /// <summary>A walker and a rhythm by the same deeds.</summary>
    [Theory]
    [InlineData("--gait", "walk", "stick 0.5 0 0 0 0 0.5")]
    [InlineData("--rhythm", "walk7", "modulate 0.8 0.6")]
    public void What_a_board_does_by_itself_is_operated_too(string option, string name, string deed)
    {
        string script = _scratch.Put("own.txt", $"0 {deed}\n0.2 start\n8 release\n10 rest\n25 quit\n");
        Outcome outcome = GanglionProcess.Run("teleop", option, name, "--virtual-time", "--input", script);
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        Assert.Contains("It is at rest, outputs off.", outcome.Output);
        Assert.EndsWith("At rest and disarmed.", outcome.Output.TrimEnd());
        string stop = _scratch.Put("stop.txt", $"0 {deed}\n0.2 start\n3 stop\n4 quit\n");
        outcome = GanglionProcess.Run("teleop", option, name, "--virtual-time", "--input", stop);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("script stopped it.", outcome.Output);
    }

    [Fact]
    public void It_quits_where_the_file_says_so()
    {
        string script = _scratch.Put("quit.txt", "0.5 hold\n1 quit\n100 home\n");
        Outcome outcome = GanglionProcess.Run("teleop", "--virtual-time", "--controller", "ik", "--input", script, "--json");
        Assert.Equal(0, outcome.ExitCode);
        Assert.InRange(outcome.Json.GetProperty("seconds").GetDouble(), 0.9, 1.2);
    }

    [Fact]
    public void What_cannot_be_operated_is_refused()
    {
        Assert.Contains("stdin is no terminal", GanglionProcess.Run("teleop", "--no-page").Refused(2));
        Assert.Contains("say with --input what to do", InProcess.Run("teleop", "--virtual-time").Refused(2));
        string script = _scratch.Put("none.txt", "");
        Assert.Contains("no folder", GanglionProcess.Run("teleop", "--input", script, "--recordings", _scratch.At("no")).Refused(1));
        Assert.Contains("5 to 500 mm/s", InProcess.Run("teleop", "--input", script, "--speed", "0").Refused(2));
        Assert.Contains("--speed is for arms",
            InProcess.Run("teleop", "--gait", "walk", "--speed", "50", "--input", script).Refused(2));
        Assert.Contains("give one --port",
            InProcess.Run("teleop", "--rhythm", "walk7", "--port", "a", "b", "--input", script).Refused(2));
        Assert.Contains("is no trunk arm", GanglionProcess.Run("teleop", "--input", script, "--robot", "walker12").Refused(1));
    }

    public void Dispose() => _scratch.Dispose();
}
