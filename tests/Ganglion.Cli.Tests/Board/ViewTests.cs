namespace Ganglion.Cli.Tests.Board;

/// <summary>`ganglion view`: recorded sessions on the page, and what is none in one line.</summary>
public sealed class ViewTests : IDisposable
{
    private readonly Scratch _scratch = new();

    /// <summary>Of each verb that writes logs.</summary>
    [Theory]
    [InlineData("\"robot\":\"trunk6-3g\"", "run", "--robot", "trunk6-3g", "--controller", "ik", "--virtual-time", "--seconds", "2")]
    [InlineData("\"walker\":{", "gait", "play", "walk", "--virtual-time", "--seconds", "2")]
    [InlineData("\"name\":\"lx on channel-2\"", "rhythm", "play", "walk7", "--virtual-time", "--seconds", "2")]
    [InlineData("kPa", "pressure", "--virtual-time", "--seconds", "2")]
    public async Task A_log_is_shown_until_it_is_ended(string scene, params string[] verb)
    {
        string log = _scratch.At("run.mcap");
        GanglionProcess.Run([.. verb, "--log", log]);
        using var process = GanglionProcess.Start("view", log, "--listen", "0");
        using var client = new HttpClient { BaseAddress = await PageAddress.Of(process) };
        string told = await client.GetStringAsync("/scene");
        Assert.Contains(scene, told);
        Assert.Contains("\"control\":\"recorded\",\"recording\":{\"file\":\"run.mcap\"", told);
        Assert.Contains("armed", await client.GetStringAsync("/events?after=0"));
        Assert.Equal("GNG1"u8.ToArray(), (await client.GetByteArrayAsync("/before?until=1.5"))[..4]);
        process.Interrupt();
        Outcome end = await Task.Run(process.End);
        Assert.Equal(0, end.ExitCode);
        Assert.Matches("run.mcap: [a-z0-9-]+, [0-9.]+ s. Ctrl-C ends.", end.Output);
    }

    [Fact]
    public async Task A_trial_is_shown_and_a_log_that_was_cut_as_far_as_it_goes()
    {
        GanglionProcess.Run("walk", "flat", "--seconds", "4", "--seeds", "1", "--out", _scratch.At("walk"));
        string log = Directory.GetFiles(_scratch.At("walk"), "*.mcap").Single(), cut = _scratch.At("cut.mcap");
        byte[] bytes = await File.ReadAllBytesAsync(log);
        await File.WriteAllBytesAsync(cut, bytes[..(bytes.Length / 2)]);
        foreach (string file in (string[])[log, cut])
        {
            using var process = GanglionProcess.Start("view", file, "--listen", "0");
            using var client = new HttpClient { BaseAddress = await PageAddress.Of(process) };
            Assert.Contains("\"ground\":\"flat\"", await client.GetStringAsync("/scene"));
            process.Interrupt();
            Outcome end = await Task.Run(process.End);
            Assert.Equal(0, end.ExitCode);
            Assert.Equal(file == cut, end.Output.Contains("It is not whole", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void What_is_no_log_of_a_motion_is_refused_in_one_line()
    {
        string text = _scratch.Put("notes.txt", "no log"), log = _scratch.At("run.mcap");
        Assert.Contains("there is no such file", InProcess.Run("view", _scratch.At("none.mcap")).Refused(1));
        Assert.Contains("notes.txt: this is not an MCAP log", InProcess.Run("view", text).Refused(1));
        Assert.Contains("is no address to listen on", InProcess.Run("view", text, "--listen", "robot.local").Refused(2));
        GanglionProcess.Run("rhythm", "play", "half-center", "--virtual-time", "--seconds", "1", "--log", log);
        Assert.Contains("run.mcap: it holds no motion of walker12", InProcess.Run("view", log, "-r", "walker12").Refused(1));
        Assert.Contains("run.mcap: it holds no setpoints for all gears", InProcess.Run("view", log, "-r", "trunk6-3g").Refused(1));
    }

    /// <summary>What stands beside the log is looked at first.</summary>
    [Fact]
    public async Task A_log_of_another_description_is_refused_unless_one_is_given()
    {
        string log = _scratch.At("run.mcap");
        string shipped = Path.Combine(Repository.Robots, "rig12.yaml");
        string mine = _scratch.Put("mine.yaml", await File.ReadAllTextAsync(shipped) + "\n# mine\n");
        GanglionProcess.Run("rhythm", "play", "half-center", "-r", mine, "--virtual-time", "--seconds", "1", "--log", log);
        string told = InProcess.Run("view", log).Refused(1);
        Assert.Contains("it was recorded with another description of rig12", told);
        Assert.Contains("Give that one with --robot FILE", told);
        File.Move(mine, _scratch.At("rig12.yaml"));
        using var process = GanglionProcess.Start("view", log, "--listen", "0");
        await PageAddress.Of(process);
        process.Interrupt();
        Assert.Equal(0, (await Task.Run(process.End)).ExitCode);
    }

    public void Dispose() => _scratch.Dispose();
}
