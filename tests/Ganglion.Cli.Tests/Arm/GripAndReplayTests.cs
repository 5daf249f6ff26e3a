namespace Ganglion.Cli.Tests.Arm;

/// <summary>`ganglion reach --grip`, its log, and `ganglion replay` of it.</summary>
public sealed class GripAndReplayTests : IDisposable
{
    private readonly Scratch _scratch = new();

    [Fact]
    public void A_reach_with_a_grip_is_recorded_and_done_again()
    {
        string log = _scratch.At("reach.mcap");
        string told = GanglionProcess.Run("reach", "100", "50", "900", "--robot", "trunk6-3g-gripper", "--grip", "0.8", "--controller",
            "ik", "--virtual-time", "--log", log).Output;
        Assert.Matches("there after [0-9.]+ s: .* Gripper at 0.80: 1[12].[0-9] mm open. Parked and disarmed.", told);
        string again = GanglionProcess.Run("replay", log, "--speed", "0.5", "--virtual-time").Output;
        Assert.Matches(@"trunk6-3g-gripper: reach.mcap, ([0-9.]+) s, again in [0-9.]+ s\.\n", again);
        Assert.Matches("Done after [0-9.]+ s. The tip was 0.0[0-9] mm from where it was recorded", again);
        Assert.Contains("no servo goes beyond 95 % of its slew bound",
            GanglionProcess.Run("replay", log, "--speed", "5", "--virtual-time").Output);
        Assert.Contains("trunk6-3g-gripper was recorded, and trunk6-3g is another robot",
            GanglionProcess.Run("replay", log, "--robot", "trunk6-3g").Refused(1));
        Assert.Contains("trunk10-4g has no gripper that --grip could close",
            GanglionProcess.Run("reach", "100", "50", "480", "--grip", "1").Refused(1));
    }

    public void Dispose() => _scratch.Dispose();
}
