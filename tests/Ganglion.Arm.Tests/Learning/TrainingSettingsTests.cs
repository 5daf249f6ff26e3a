using Ganglion.Arm.Learning;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Training;
using Ganglion.Robots.Yaml;

namespace Ganglion.Arm.Tests.Learning;

public sealed class TrainingSettingsTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public void A_recipe_says_what_differs_from_the_defaults()
    {
        TrainingSettings settings = Load("hidden: 64\nposition: next\norientation: raw\nfall: step\nlearning_rate: 1e-3\nbatch: " +
            "128\nrefractory_steps: 5\nthreshold: 0.5\nseed: 7\n");
        Assert.Equal(64, settings.Hidden);
        Assert.Equal(new TargetForm(PositionTarget.Next, OrientationTarget.Raw), settings.Form);
        Assert.Equal(new NeuronConstants { RefractorySteps = 5, Threshold = 0.5 }, settings.Constants);
        TrainingRecipe wanted = TrainingSettings.Default.Recipe with
        {
            Fall = LearningRateFall.Step,
            LearningRate = 1e-3,
            BatchSize = 128,
            Seed = 7
        };
        Assert.Equal(wanted, settings.Recipe);
    }

    /// <summary>Defaults of recipe files and of the code that trains are the same.</summary>
    [Fact]
    public void Defaults_are_those_of_the_trainer()
    {
        Assert.Equal(new TrainingRecipe { Updates = 96_000 }, TrainingSettings.Default.Recipe);
        Assert.Equal(new NeuronConstants(), TrainingSettings.Default.Constants);
        Assert.Equal((128, new TargetForm()), (TrainingSettings.Default.Hidden, TrainingSettings.Default.Form));
    }

    [Fact]
    public void An_empty_recipe_is_the_default() => Assert.Equal(TrainingSettings.Default, Load("# nothing\n"));

    [Theory]
    [InlineData("hidden: 64\nlearning_rat: 1e-3\n", ":2:1: unknown key 'learning_rat' in recipe; did you mean 'learning_rate'?")]
    [InlineData("hidden: many\n", ":1:9: ")]
    [InlineData("position: before\n", ":1:11: ")]
    [InlineData("hidden: [64]\n", ":1:9: ")]
    [InlineData("hidden: 1\n", ":1:9: recipe.hidden is 1; it must be within 2..4096")]
    [InlineData("learning_rate: .nan\n", ":1:16: recipe.learning_rate is '.nan'; write a number")]
    [InlineData("learning_rate: 0\n", ":1:16: recipe.learning_rate is 0; it must be within")]
    [InlineData("updates: 2.5\n", ":1:10: recipe.updates is 2.5; write a whole number")]
    [InlineData("training_set: -1\n", ":1:15: recipe.training_set is -1; it must be within 0..1000000")]
    [InlineData("batch: 16\nslices: 99\n", ":2:9: slices is 99 and batch 16")]
    [InlineData("hidden: 64\nhidden: 32\n", ":2:1: ")]
    public void A_faulty_recipe_is_refused_with_its_place(string text, string told) =>
        Assert.Contains(told, Assert.Throws<RobotFileException>(() => Load(text)).Message);

    /// <summary>The trunk paper, section IV: batches of 128, 0.001 halved every 10 000 updates, 64 epochs of 100 000 samples.</summary>
    [Fact]
    public void The_papers_setting_is_shipped()
    {
        TrainingRecipe paper = TrainingSettings.Load(Path.Combine(AppContext.BaseDirectory, "hardware", "models", "recipes",
            "paper-128.yaml")).Recipe;
        Assert.Equal((128, 1e-3, 0.5, 10_000, 1e-3), (paper.BatchSize, paper.LearningRate, paper.StepFactor, paper.StepEvery,
            paper.RateStrength));
        Assert.Equal((100_000, 64), (paper.TrainingSet, paper.Updates * paper.BatchSize / paper.TrainingSet));
        Assert.Equal((LearningRateFall.Step, LearningRule.BackpropagationThroughTime), (paper.Fall, paper.Rule));
    }

    /// <summary>Every recipe that is shipped can be read.</summary>
    [Fact]
    public void Shipped_recipes_are_sound()
    {
        string[] recipes = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "hardware", "models", "recipes"), "*.yaml");
        Assert.NotEmpty(recipes);
        Assert.All(recipes, recipe => Assert.EndsWith($"-{TrainingSettings.Load(recipe).Hidden}.yaml", recipe));
    }

    public void Dispose() => File.Delete(_path);

    private TrainingSettings Load(string text)
    {
        File.WriteAllText(_path, text);
        return TrainingSettings.Load(_path);
    }
}
