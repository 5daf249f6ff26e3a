using Ganglion.Neurons.Network;
using Ganglion.Neurons.Training;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Ganglion.Arm.Learning;

/// <summary>Everything that decides which model a training run gives, besides the arm.</summary>
/// <param name="Hidden">Neurons of the network, at least 2.</param>
/// <param name="Form">What the network reports.</param>
/// <param name="Constants">Constants of the neurons.</param>
/// <param name="Recipe">How it is trained.</param>
public sealed record TrainingSettings(int Hidden, TargetForm Form, NeuronConstants Constants, TrainingRecipe Recipe)
{
    /// <summary>Reaches 17 to 18 mm at the tip of ten 4-geared joints in a minute and a half of one core.</summary>
    public static TrainingSettings Default { get; } = new(128, new TargetForm(), new NeuronConstants(),
        new TrainingRecipe { Updates = 96_000 });

    /// <summary>
    /// Reads settings from a recipe file (YAML); what it does not name keeps its default. Keys: hidden, position (own, next), orientation
    /// (continuous, raw), threshold, refractory_steps, updates, batch, learning_rate, fall (none, cosine, step), step_every, step_factor,
    /// warm_up, clip_norm, rate_strength, rate_target, weight_decay, slices, seed. Throws <see cref="InvalidDataException"/>, naming line
    /// and fault, for anything else.
    /// </summary>
    public static TrainingSettings Load(string path)
    {
        try
        {
            Keys? keys = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance)
                .WithDuplicateKeyChecking().Build()
                .Deserialize<Keys?>(File.ReadAllText(path));
            TrainingSettings settings = (keys ?? new Keys()).Over(Default);
            settings.Check();
            return settings;
        }
        catch (YamlException fault)
        {
            throw new InvalidDataException($"{path}:{fault.Start.Line}:{fault.Start.Column}: {Words(fault)}", fault);
        }
        catch (ArgumentException fault)
        {
            throw new InvalidDataException($"{path}: {fault.Message}", fault);
        }
    }

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

    /// <summary>What the parser says, without the name of our type.</summary>
    private static string Words(YamlException fault)
    {
        string told = fault.InnerException?.Message ?? fault.Message;
        int end = told.IndexOf(" not found on type", StringComparison.Ordinal);
        return end < 0 ? told : $"{told[..end].Replace("Property", "there is no key", StringComparison.Ordinal)}. Known keys: " +
            $"{Keys.Names}.";
    }

    /// <summary>The keys of a recipe file.</summary>
    private sealed class Keys
    {
        public static string Names =>
            string.Join(", ", typeof(Keys).GetProperties(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance)
            .Select(property => UnderscoredNamingConvention.Instance.Apply(property.Name)));

        public int? Hidden { get; set; }

        public PositionTarget? Position { get; set; }

        public OrientationTarget? Orientation { get; set; }

        public double? Threshold { get; set; }

        public int? RefractorySteps { get; set; }

        public long? Updates { get; set; }

        public int? Batch { get; set; }

        public double? LearningRate { get; set; }

        public LearningRateFall? Fall { get; set; }

        public long? StepEvery { get; set; }

        public double? StepFactor { get; set; }

        public long? WarmUp { get; set; }

        public double? ClipNorm { get; set; }

        public double? RateStrength { get; set; }

        public double? RateTarget { get; set; }

        public double? WeightDecay { get; set; }

        public int? Slices { get; set; }

        public ulong? Seed { get; set; }

        public TrainingSettings Over(TrainingSettings settings) => new(
            Hidden ?? settings.Hidden,
            new TargetForm(Position ?? settings.Form.Position, Orientation ?? settings.Form.Orientation),
            settings.Constants with
            {
                Threshold = Threshold ?? settings.Constants.Threshold,
                RefractorySteps = RefractorySteps ?? settings.Constants.RefractorySteps,
            },
            settings.Recipe with
            {
                Updates = Updates ?? settings.Recipe.Updates,
                BatchSize = Batch ?? settings.Recipe.BatchSize,
                LearningRate = LearningRate ?? settings.Recipe.LearningRate,
                Fall = Fall ?? settings.Recipe.Fall,
                StepEvery = StepEvery ?? settings.Recipe.StepEvery,
                StepFactor = StepFactor ?? settings.Recipe.StepFactor,
                WarmUp = WarmUp ?? settings.Recipe.WarmUp,
                ClipNorm = ClipNorm ?? settings.Recipe.ClipNorm,
                RateStrength = RateStrength ?? settings.Recipe.RateStrength,
                RateTarget = RateTarget ?? settings.Recipe.RateTarget,
                WeightDecay = WeightDecay ?? settings.Recipe.WeightDecay,
                Slices = Slices ?? settings.Recipe.Slices,
                Seed = Seed ?? settings.Recipe.Seed,
            });
    }
}
