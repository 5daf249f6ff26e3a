namespace Ganglion.Cli.Tests;

/// <summary>Where a file is looked for that a user or another file names. Robots tell by a refusal which of them was found.</summary>
public sealed class LookupTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly string _current, _home, _elsewhere;

    public LookupTests()
    {
        (_current, _home, _elsewhere) = (Folder("current"), Folder("home"), Folder("elsewhere"));
        Folder("home/robots");
    }

    [Fact]
    public void The_current_folder_comes_before_home_and_home_before_what_is_shipped()
    {
        Assert.Contains("rig12 is no trunk arm", Run("rig12"));
        Rig("home/robots/rig12.yaml", "in-robots-of-home");
        Assert.Contains("in-robots-of-home is no trunk arm", Run("rig12"));
        Rig("home/rig12.yaml", "in-home");
        Assert.Contains("in-home is no trunk arm", Run("rig12"));
        Rig("current/rig12.yaml", "in-current");
        Assert.Contains("in-current is no trunk arm", Run("rig12"));
        Assert.Contains("in-current is no trunk arm", Run("./rig12.yaml"));
        Assert.Contains("in-robots-of-home is no trunk arm", Run("robots/rig12.yaml"));
    }

    [Fact]
    public void What_a_trial_names_is_found_beside_it_before_anywhere_else()
    {
        string trial = _scratch.Put("elsewhere/mine.yaml", File.ReadAllText(Path.Combine(Repository.Robots, "..", "trials", "flat.yaml"))
            .Replace("name: flat", "name: mine").Replace("robot: walker12", "robot: own"));
        Rig("home/robots/own.yaml", "in-home");
        Assert.Contains("'in-home' has no legs", Walk(trial));
        Rig("current/own.yaml", "in-current");
        Assert.Contains("'in-current' has no legs", Walk(trial));
        Rig("elsewhere/own.yaml", "beside");
        Assert.Contains("'beside' has no legs", Walk(trial));
    }

    [Fact]
    public void The_refusal_names_every_place()
    {
        string trial = _scratch.Put("elsewhere/mine.yaml", File.ReadAllText(Path.Combine(Repository.Robots, "..", "trials", "flat.yaml"))
            .Replace("robot: walker12", "robot: nobody"));
        string told = Walk(trial);
        Assert.Contains("there is no robot file 'nobody'", told);
        Assert.All(
            (string[])[$"the current folder ({_current})", $"beside mine.yaml ({_elsewhere})", $"$GANGLION_HOME ({_home})",
                $"$GANGLION_HOME/robots ({Path.Combine(_home, "robots")})", "the shipped ones (", "walker12"],
            place => Assert.Contains(place, told));
        Assert.Contains("$GANGLION_HOME (not set)", GanglionProcess.RunIn(_current, null, ["run", "--robot", "nobody"]).Refused(1));
        string absent = _scratch.At("absent.yaml");
        Assert.EndsWith($"there is no robot file '{absent}'.", Run(absent));
    }

    [Fact]
    public void Shipped_names_are_found_in_subfolders_and_for_every_kind_of_file()
    {
        Assert.Contains("not a trunk arm", GanglionProcess.RunIn(_current, null,
            ["train", "rig12", "--recipe", "trunk10-4g-128"]).Refused(1));
        Assert.Contains("trial fault-imu-lost has", GanglionProcess.RunIn(_current, null,
            ["walk", "fault-imu-lost", "--condition", "moon"]).Refused(2));
        Assert.Contains("leave out --port", GanglionProcess.RunIn(_current, null,
            ["track", "lemniscate", "--port", "x", "--virtual-time"]).Refused(2));
    }

    /// <summary>Whatever reads it.</summary>
    [Theory]
    [InlineData("rhythm", "fit")]
    [InlineData("rhythm", "emg")]
    [InlineData("model", "show", "trunk10-4g-128", "--data")]
    [InlineData("adapt", "--data")]
    [InlineData("teleop", "--virtual-time", "--input")]
    public void A_file_that_is_not_there_is_told_with_what_to_do(params string[] command)
    {
        string absent = _scratch.At("absent.csv");
        Assert.Contains($"{absent}: there is no such file. ", InProcess.Run([.. command, absent]).Refused(1));
    }

    public void Dispose() => _scratch.Dispose();

    private string Run(string robot) => GanglionProcess.RunIn(_current, _home, ["run", "--robot", robot]).Refused(1);

    private string Walk(string trial) => GanglionProcess.RunIn(_current, _home, ["walk", trial]).Refused(1);

    private void Rig(string path, string name) =>
        _scratch.Put(path, File.ReadAllText(Path.Combine(Repository.Robots, "rig12.yaml")).Replace("name: rig12", $"name: {name}"));

    private string Folder(string name) => Directory.CreateDirectory(_scratch.At(name)).FullName;
}
