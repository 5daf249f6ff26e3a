namespace Ganglion.Cli.Tests;

public class RefusalTests
{
    [Theory]
    [InlineData("there is no command 'dance'", "dance")]
    [InlineData("joint, sim, board, info, ports, doctor,", "dance")]
    [InlineData("there is no option '--speed'", "run", "--speed")]
    [InlineData("there is no command 'model foo', only: show, table. See `ganglion model --help`", "model", "foo")]
    [InlineData("say which of: show, table", "model")]
    [InlineData("FILE is missing. See `ganglion model show --help`", "model", "show")]
    [InlineData("there is no option '--jsn'", "bench", "lsnn", "--jsn")]
    [InlineData("there is no option '--reprot'", "model", "show", "m.safetensors", "--reprot", "m.html")]
    [InlineData("'fast' is one word too many", "run", "fast")]
    [InlineData("--seconds takes a number, not 'soon'", "run", "--seconds", "soon")]
    [InlineData("--seconds is above 0", "run", "--seconds", "-1")]
    [InlineData("say with --seconds", "run", "--virtual-time")]
    [InlineData("there is no fault 'explode'", "sim", "--fault", "explode")]
    [InlineData("There is no board 'x'", "sim", "--fault", "board x reset")]
    [InlineData("--baud is 1200 to", "info", "--baud", "3")]
    [InlineData("1 boards and 2 ports", "info", "--robot", "trunk10-4g", "--port", "a", "--port", "b")]
    [InlineData("FILE is missing. See `ganglion log --help`", "log")]
    [InlineData("did you mean 'run'?", "rnu")]
    [InlineData("did you mean '--seconds'?", "run", "--secnds", "5")]
    [InlineData("--controller is one of ik, spiking, paper, learned, not 'spikin'; did you mean 'spiking'?", "run", "--controller",
        "spikin")]
    [InlineData("takes a number, not '120,5': decimals follow a point (120.5)", "reach", "120,5", "-60", "480")]
    [InlineData("takes a number, not 'a'", "reach", "a", "b", "c")]
    [InlineData("is -100000 to 100000 mm, not 1e308", "reach", "1e308", "0", "400")]
    [InlineData("--seconds takes a number, not '0,5': decimals follow a point (0.5)", "run", "--seconds", "0,5")]
    [InlineData("--seconds takes a number, not '5s': write it without a unit (5)", "rhythm", "play", "walk7", "--seconds", "5s")]
    [InlineData("--seed takes a whole number, not '1.5'", "run", "--seed", "1.5")]
    [InlineData("--batch is 1 to 65536, not 100000000", "train", "trunk6-3g", "--batch", "100000000")]
    [InlineData("--threads takes a whole number, not '1,000': write it without commas", "tune", "gait", "--threads", "1,000")]
    [InlineData("are 100000 seeds, and 1000 are taken at most", "walk", "flat", "--seeds", "1-100000")]
    [InlineData("--batch takes a whole number, not '1e8': give a whole one", "train", "trunk6-3g", "--batch", "1e8")]
    [InlineData("is one of euler, semi-implicit, rk4, not 'leapfrog'. See", "rhythm", "pendulum", "free", "--scheme", "leapfrog")]
    [InlineData("not 'eulr'; did you mean 'euler'?", "rhythm", "pendulum", "free", "--scheme", "eulr")]
    [InlineData("--port is empty", "info", "--port", "")]
    [InlineData("--robot is empty", "run", "--robot", " ")]
    [InlineData("--seconds is given more than once", "run", "--seconds", "1", "--seconds", "2")]
    public void Misuse_is_told_in_one_line_with_exit_code_2(string told, params string[] arguments) =>
        Assert.Contains(told, InProcess.Run(arguments).Refused(2));

    [Theory]
    [InlineData("reproduce", "trunk", "--models")]
    [InlineData("validate", "digits", "--data")]
    [InlineData("validate", "fashion", "--data")]
    public void A_folder_that_is_not_there_is_told_in_our_words(params string[] arguments)
    {
        using var scratch = new Scratch();
        string told = InProcess.Run([.. arguments, scratch.At("nowhere")]).Refused(1);
        Assert.Contains("nowhere", told);
        Assert.Contains("there is no such file, and no such folder. Make it", told);
    }

    [Fact]
    public void No_command_at_all_is_misuse() => InProcess.Run().Refused(2);

    [Fact]
    public void A_bad_description_is_refused_with_its_line()
    {
        using var scratch = new Scratch();
        string good = File.ReadAllText(Path.Combine(Repository.Robots, "trunk10-4g.yaml"));
        const string fault = "slew_per_s: fast";
        string bad = good.Replace("slew_per_s: 2.9", fault);
        int line = bad[..bad.IndexOf(fault, StringComparison.Ordinal)].Count(c => c == '\n') + 1;
        string file = scratch.Put("bad.yaml", bad);
        foreach (string verb in (string[])["run", "sim", "info"])
        {
            Assert.Contains($"{file}:{line}:", InProcess.Run(verb, "--robot", file).Refused(1));
        }
    }

    [Fact]
    public void An_unknown_robot_is_refused_with_the_known_ones() =>
        Assert.Contains("trunk25-4g", InProcess.Run("run", "--robot", "trunk11").Refused(1));

    [Fact]
    public void A_name_that_is_nearly_right_is_guessed() =>
        Assert.Contains("Did you mean 'trunk10-4g'?", InProcess.Run("run", "--robot", "trunk10").Refused(1));

    [Fact]
    public void A_rig_has_no_tip_to_move() =>
        Assert.Contains("no trunk arm", InProcess.Run("run", "--robot", "rig12").Refused(1));

    [Fact]
    public void A_port_that_is_not_there_is_refused() =>
        Assert.Contains("no such device", GanglionProcess.Run("info", "--port", "/dev/ttyUSB99").Refused(1));

    [Fact]
    public void A_file_that_is_no_port_is_refused()
    {
        using var scratch = new Scratch();
        string file = scratch.Put("file", "text");
        Assert.Contains("not a serial port", GanglionProcess.Run("info", "--port", file).Refused(1));
        Assert.Equal("text", File.ReadAllText(file));
    }

    [Fact]
    public void A_link_of_sim_does_not_replace_a_file()
    {
        using var scratch = new Scratch();
        scratch.Put("base", "mine");
        Assert.Contains("in the way", GanglionProcess.Run("sim", "--link-dir", scratch.At("")).Refused(1));
        Assert.Equal("mine", File.ReadAllText(scratch.At("base")));
    }
}
