namespace Ganglion.Cli.Tests.Arm;

/// <summary>`ganglion new arm`: what it writes, other verbs take.</summary>
public sealed class NewArmTests : IDisposable
{
    private readonly Scratch _scratch = new();

    [Fact]
    public void An_arm_of_seven_joints_reaches_and_learns()
    {
        string mine = _scratch.At("Seven.yaml");
        Assert.Matches(@"seven, 7 4-geared joints, 29 servos on 1 board\(s\) with 2 PWM driver\(s\); stretched, its tip is [0-9]+ mm",
            GanglionProcess.Run("new", "arm", "--joints", "7", "--gears", "4", "--gripper", "--out", mine).Output);
        Assert.Matches("there after [0-9.]+ s: .* Gripper at 0.50: (29|30).[0-9] mm open. .* Controller ik",
            GanglionProcess.Run("reach", "60", "40", "350", "--robot", mine, "--grip", "0.5", "--virtual-time").Output);
        string model = _scratch.At("seven.safetensors");
        GanglionProcess.Run("train", mine, "--hidden", "16", "--updates", "20", "--out", model);
        Assert.Contains("7 4-geared joints", InProcess.Run("model", "show", model).Output);
        Assert.Contains("is there already", InProcess.Run("new", "arm", "--joints", "7", "--gears", "3", "-o", mine).Refused(1));
    }

    [Theory]
    [InlineData("26", "4", "mine.yaml", "--joints", 2)]
    [InlineData("0", "4", "mine.yaml", "--joints", 2)]
    [InlineData("7", "5", "mine.yaml", "--gears", 2)]
    [InlineData("7", "4", "my arm.yaml", "'my arm' is no name for one", 1)]
    public void What_makes_no_arm_is_refused(string joints, string gears, string file, string why, int code) => Assert.Contains(why,
        InProcess.Run("new", "arm", "--joints", joints, "--gears", gears, "--out", _scratch.At(file)).Refused(code));

    public void Dispose() => _scratch.Dispose();
}
