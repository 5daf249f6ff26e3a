using Ganglion.Neurons.Network;
using Ganglion.Neurons.Training;
using Ganglion.Robots.Recipes;
using Ganglion.Robots.Yaml;

namespace Ganglion.Arm.Learning;

/// <summary>Everything that decides which model a training run gives, besides the arm.</summary>
/// <param name="Hidden">Neurons of the network, at least 2.</param>
/// <param name="Form">What the network reports.</param>
/// <param name="Constants">Constants of the neurons.</param>
/// <param name="Recipe">How it is trained.</param>
/// <param name="IsJoint">Whether one joint of the arm's design is learned, and not the arm; the form does not matter then.</param>
public sealed record TrainingSettings(int Hidden, TargetForm Form, NeuronConstants Constants, TrainingRecipe Recipe,
    bool IsJoint = false)
{
    /// <summary>Those of an empty recipe. Reaches 17 to 18 mm at the tip of ten 4-geared joints in a minute and a half of one
    /// core.</summary>
    public static TrainingSettings Default { get; } = Of(RecipeFile.Parse([], "recipe"));

    /// <summary>Reads settings from a recipe file (YAML); what it does not name keeps its default.</summary>
    /// <exception cref="RobotFileException">The file cannot be read or is refused; the message gives place, fault and cure.</exception>
    public static TrainingSettings Load(string path) => Of(RecipeFile.Load(path));

    /// <summary>Throws <see cref="ArgumentException"/> naming the first setting that is out of its range.</summary>
    public void Check()
    {
        if (Hidden is < 2 or > 4096)
        {
            throw new ArgumentException($"hidden must be 2..4096 neurons, not {Hidden}.");
        }

        Constants.Validate();
        Recipe.Validate();
    }

    private static TrainingSettings Of(RecipeDescription recipe) => new(
        recipe.Hidden,
        new TargetForm(
            recipe.NextPosition ? PositionTarget.Next : PositionTarget.Own,
            recipe.RawOrientation ? OrientationTarget.Raw : OrientationTarget.Continuous),
        new NeuronConstants { Threshold = recipe.Threshold, RefractorySteps = recipe.RefractorySteps },
        new TrainingRecipe
        {
            Updates = recipe.Updates,
            BatchSize = recipe.Batch,
            TrainingSet = recipe.TrainingSet,
            LearningRate = recipe.LearningRate,
            Fall = recipe.Fall switch
            {
                "step" => LearningRateFall.Step,
                "none" => LearningRateFall.None,
                _ => LearningRateFall.Cosine,
            },
            StepEvery = recipe.StepEvery,
            StepFactor = recipe.StepFactor,
            WarmUp = recipe.WarmUp,
            ClipNorm = recipe.ClipNorm,
            RateStrength = recipe.RateStrength,
            RateTarget = recipe.RateTarget,
            WeightDecay = recipe.WeightDecay,
            Slices = recipe.Slices,
            Seed = recipe.Seed,
        },
        recipe.IsJoint);
}
