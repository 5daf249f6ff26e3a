using System.Text.Json;

namespace Ganglion.Cli.Tests.Arm;

/// <summary>`run --learn`: the network goes on learning while the arm works, and a gear that dies on the way is found.</summary>
public class LearnWhileRunningTests
{
    [Fact]
    public void A_gear_that_dies_on_the_way_is_named()
    {
        using var scratch = new Scratch();
        string kept = scratch.At("kept.safetensors");
        Outcome outcome = GanglionProcess.Run("run", "--seconds", "60", "--virtual-time", "--seed", "2", "--learn", "bptt", "--keep", kept,
            "--fault", "30:servo base 13 stalled", "--json");
        JsonElement learning = outcome.Json.GetProperty("learning");
        JsonElement dead = Assert.Single(learning.GetProperty("deadGears").EnumerateArray());
        Assert.Equal((4, 2), (dead.GetProperty("joint").GetInt32(), dead.GetProperty("gear").GetInt32()));
        Assert.True(learning.GetProperty("updates").GetInt32() > 500);
        Assert.Equal(outcome.Json.GetProperty("targets").GetInt32(), outcome.Json.GetProperty("reached").GetInt32());

        // What was learned steers the next run, which knows the dead gear from the start.
        Assert.Equal(0, GanglionProcess.Run("reach", "60", "-40", "480", "--model", kept, "--virtual-time").ExitCode);
    }

    [Theory]
    [InlineData("--learn goes with the spiking controller", 2, "--learn", "bptt", "--controller", "ik")]
    [InlineData("give --learn too", 2, "--keep", "x.safetensors")]
    [InlineData("is not SECONDS:COMMAND", 2, "--fault", "servo 3 stalled")]
    [InlineData("has no servo 77", 1, "--fault", "1:servo base 77 stalled")]
    [InlineData("--fault breaks virtual boards", 2, "--fault", "1:servo base 3 stalled", "--port", "/dev/none")]
    public void What_makes_no_sense_is_refused_before_anything_moves(string words, int code, params string[] options) =>
        Assert.Contains(words, InProcess.Run(["run", "--seconds", "5", .. options.Contains("--port") ? (string[])[] :
            ["--virtual-time"], .. options]).Refused(code));
}
