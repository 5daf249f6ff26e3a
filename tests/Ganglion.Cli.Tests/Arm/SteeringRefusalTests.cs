using Ganglion.Neurons.Files;

namespace Ganglion.Cli.Tests.Arm;

/// <summary>Targets and models that would lead nowhere: told in one line, and no board is armed.</summary>
public sealed class SteeringRefusalTests : IDisposable
{
    private readonly Scratch _scratch = new();

    private static string Shipped => Path.Combine(Path.GetDirectoryName(Repository.Robots)!, "models", "trunk10-4g-128.safetensors");

    [Theory]
    [InlineData("ik")]
    [InlineData("spiking")]
    [InlineData("paper")]
    public void A_target_out_of_reach_moves_nothing(string controller)
    {
        string told = GanglionProcess.Run("reach", "2000", "0", "100", "--controller", controller).Refused(1);
        Assert.Contains("the target (2000.0, 0.0, 100.0) mm is out of reach: the nearest posture found is ", told);
        Assert.Contains("The arm holds. Choose a nearer target", told);
    }

    /// <summary>The learned model finds no posture for this place, and the exact geometry has one: 69 mm before that.</summary>
    [Fact]
    public void A_place_that_only_the_exact_geometry_reaches_is_reached()
    {
        Outcome reach = GanglionProcess.Run("reach", "0", "0", "620", "--virtual-time", "--controller", "spiking", "--json");
        Assert.Equal(0, reach.ExitCode);
        Assert.Contains("the learned model knows no posture nearer than", reach.Errors);
        Assert.Contains("the exact geometry took over", reach.Errors);
        Assert.Contains("the exact geometry took over", reach.Json.GetProperty("fallback").GetString());
        Assert.InRange(reach.Json.GetProperty("tipErrorMm").GetDouble(), 0, 1);
    }

    [Theory]
    [InlineData("give a finite one", "NaN", "0", "400")]
    [InlineData("give a finite one", "0", "Infinity", "400")]
    [InlineData("the quaternion is zero", "0", "0", "400", "0", "0", "0", "0")]
    [InlineData("3 numbers (x y z in mm) or 7", "0", "0", "400", "1")]
    public void A_target_that_is_none_is_misuse(string told, params string[] pose) =>
        Assert.Contains(told, InProcess.Run(["reach", .. pose]).Refused(2));

    /// <summary>Weights that are finite and wrong, too large to stay finite, and not finite at all.</summary>
    [Theory]
    [InlineData(30f, "predicts nonsense")]
    [InlineData(1e38f, "predicts nonsense")]
    [InlineData(float.NaN, "holds NaN at")]
    public void A_model_that_predicts_nonsense_steers_nothing(float factor, string told)
    {
        var model = TrainedModel.Load(Shipped);
        for (int hidden = 0; hidden < model.Weights.Shape.Hidden; hidden++)
        {
            for (int output = 0; output < model.Weights.Shape.Outputs; output++)
            {
                model.Weights.Readout(hidden, output) *= factor;
            }
        }

        string file = _scratch.At("bad.safetensors");
        model.Save(file);
        string[][] calls = [["reach", "120", "-60", "480", "--controller", "spiking"], ["run", "--virtual-time", "--seconds", "2",
            "--controller", "paper"]];
        foreach (string[] call in calls)
        {
            string line = GanglionProcess.Run([.. call, "--model", file]).Refused(1);
            Assert.Contains(file, line);
            Assert.Contains(told, line);
            Assert.Contains("Restore it", line);
        }
    }

    [Fact]
    public void A_model_of_another_arm_steers_nothing() =>
        Assert.Contains("was trained on the arm 'trunk10-4g', and this one is built otherwise", GanglionProcess.Run("run", "--robot",
            "trunk25-4g", "--model", Shipped, "--virtual-time", "--seconds", "1").Refused(1));

    public void Dispose() => _scratch.Dispose();
}
