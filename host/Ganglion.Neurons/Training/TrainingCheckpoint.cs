using System.Globalization;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;

namespace Ganglion.Neurons.Training;

/// <summary>
/// The whole state of a training run on disk: weights, both moments of Adam, the number of updates. Samples are addressed by index and
/// rates follow from the number of updates, so a run that goes on from here gives the same bits as one that was never interrupted.
/// </summary>
internal static class TrainingCheckpoint
{
    private const string Format = "ganglion-checkpoint/1";
    /// <summary>A century: no run takes longer, and sums of such times are times.</summary>
    private const long MostTicks = 100 * 365 * TimeSpan.TicksPerDay;

    private static readonly string[] Parts = ["weights", "first_moment", "second_moment"];

    public static void Save(string path, Trainer trainer, string subject, TrainingTime time)
    {
        Dictionary<string, string> metadata = TrainedModel.Describe(Format, trainer.Weights, subject, trainer.Recipe);
        metadata["updates"] = trainer.Updates.ToString(CultureInfo.InvariantCulture);
        metadata["elapsed_ticks"] = time.Elapsed.Ticks.ToString(CultureInfo.InvariantCulture);
        metadata["processor_ticks"] = time.Processor.Ticks.ToString(CultureInfo.InvariantCulture);
        SafeTensors.Write(path, [.. trainer.State.SelectMany((part, i) => WeightTensors.Of(Parts[i], part))], metadata);
    }

    /// <summary>
    /// Puts the trainer where the checkpoint was taken and returns the time spent until then. Throws <see cref="InvalidDataException"/>
    /// when the file is damaged, or belongs to another run.
    /// </summary>
    public static TrainingTime Resume(string path, Trainer trainer, string subject)
    {
        (IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata) = SafeTensors.Read(path);
        (LsnnWeights weights, string trainedOn, TrainingRecipe recipe) = TrainedModel.Restore(path, Format, metadata);
        string? other = weights.Shape != trainer.Weights.Shape ? $"shape {weights.Shape}"
            : weights.Constants != trainer.Weights.Constants ? $"constants {weights.Constants}"
            : recipe != trainer.Recipe ? $"recipe {recipe}"
            : trainedOn != subject ? $"subject {trainedOn}" : null;
        if (other is not null)
        {
            throw new InvalidDataException($"{path} belongs to another run, with {other}; remove it to start afresh, or give that run's " +
                $"settings.");
        }

        if (!long.TryParse(metadata.GetValueOrDefault("updates"), CultureInfo.InvariantCulture, out long updates) || updates < 0
            || updates > trainer.Recipe.Updates
            || !long.TryParse(metadata.GetValueOrDefault("elapsed_ticks"), CultureInfo.InvariantCulture, out long elapsed)
            || elapsed is < 0 or > MostTicks
            || !long.TryParse(metadata.GetValueOrDefault("processor_ticks"), CultureInfo.InvariantCulture, out long processor)
            || processor is < 0 or > MostTicks)
        {
            throw new InvalidDataException($"{path} does not say how far its run was; remove it to start afresh.");
        }

        for (int i = 0; i < Parts.Length; i++)
        {
            TrainedModel.FillWeights(path, Parts[i], tensors, trainer.State[i]);
        }

        trainer.ContinueFrom(updates);
        return new TrainingTime(TimeSpan.FromTicks(elapsed), TimeSpan.FromTicks(processor));
    }
}
