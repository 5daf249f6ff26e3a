using System.Text.Json;

namespace Ganglion.Cli.Tests.Learning;

/// <summary>An arm that is not built as described learns its dimensions by moving, and what it learned is used.</summary>
public class AdaptTests
{
    private const string Body = """

        body:
          tool_mm: 232
          tip_height_mm: 46
          gears:
            - { joint: 2, gear: 1, offset: 0.03 }
            - { joint: 3, gear: 2, backlash: 0.05 }
        """;

    [Fact]
    public void An_arm_learns_itself_by_babbling()
    {
        using var scratch = new Scratch();
        string robot = scratch.Put("arm.yaml", File.ReadAllText(Path.Combine(Repository.Robots, "trunk6-3g.yaml")) + Body);
        string learned = scratch.At("learned.yaml"), babbled = scratch.At("babbled.csv");
        Outcome outcome = GanglionProcess.Run("adapt", "--robot", robot, "--babble", "40", "--updates", "200", "--from-nothing",
            "--threads", "1", "--save", babbled, "--out", learned, "--json");
        Assert.Equal(0, outcome.ExitCode);
        JsonElement result = outcome.Json.GetProperty("result");
        double described = Mean(result, "described"), calibrated = Mean(result, "calibrated"), residual = Mean(result, "residual");
        Assert.True(described > 15 && calibrated < 0.5 * described && residual < 0.5 * calibrated,
            $"{described} mm described, {calibrated} calibrated, {residual} with a residual");

        // The same poses as a recording, of the arm with the learned dimensions: what is left is play, which no dimension says.
        JsonElement again = GanglionProcess.Run("adapt", "--robot", learned, "--data", babbled, "--updates", "0", "--json").Json
            .GetProperty("result");
        Assert.True(Mean(again, "described") < 0.5 * described);

        // What was written belongs together.
        string model = scratch.At("learned.safetensors");
        JsonElement shown = InProcess.Run("model", "show", model, "--robot", learned, "--json").Json;
        Assert.Equal("held-out poses of its recording", shown.GetProperty("errorsOf").GetString());
        string residue = scratch.At("learned.residual.safetensors");
        JsonElement reached = GanglionProcess.Run("reach", "60", "-40", "560", "--robot", learned, "--controller", "learned", "--model",
            residue, "--virtual-time", "--json").Json;
        Assert.True(reached.GetProperty("reached").GetBoolean());
        Assert.Equal("learned (learned.residual)", reached.GetProperty("controller").GetString());
        Assert.Contains("other dimensions", GanglionProcess.Run("reach", "60", "-40", "560", "--robot", "trunk6-3g", "--controller",
            "learned", "--model", residue, "--virtual-time").Refused(1));
        Assert.Contains("built otherwise", InProcess.Run("model", "show", model, "--robot", "trunk6-3g").Refused(1));
    }

    [Fact]
    public void What_makes_no_sense_is_refused_before_anything_moves()
    {
        using var scratch = new Scratch();
        Assert.Contains("give either --data FILE", InProcess.Run("adapt").Refused(2));
        Assert.Contains("belong to --babble", InProcess.Run("adapt", "--data", "x.csv", "--save", "y.csv").Refused(2));
        Assert.Contains("poses.csv:1: the header", InProcess.Run("adapt", "--robot", "trunk6-3g", "--updates", "0", "--data",
            scratch.Put("poses.csv", "x,y,z\n1,2,3\n"), "--out", scratch.At("o.yaml")).Refused(1));
        Assert.False(File.Exists(scratch.At("o.yaml")));
    }

    private static double Mean(JsonElement result, string way) => result.GetProperty(way).GetProperty("meanMm").GetDouble();
}
