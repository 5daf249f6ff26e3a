using System.Text.Json;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Training;

namespace Ganglion.Neurons.Files;

/// <summary>
/// A trained network with what is needed to trust it: what it was trained on, the recipe, and notes such as normalisers and measured
/// errors. Kept as a safetensors file (tensors weights.input, weights.recurrent, weights.readout) that any reader of that format opens.
/// </summary>
/// <param name="Weights">The network.</param>
/// <param name="Subject">Hash of what the model describes (an arm's description, a data set); a model is refused for another one.</param>
/// <param name="Recipe">How it was trained.</param>
/// <param name="Notes">Further text by name; names must not be those of the fixed entries (format, shape, constants, recipe,
/// subject).</param>
public sealed record TrainedModel(LsnnWeights Weights, string Subject, TrainingRecipe Recipe, IReadOnlyDictionary<string, string> Notes)
{
    internal const string ModelFormat = "ganglion-lsnn/1";

    /// <summary>Writes the model; throws <see cref="IOException"/> when the disk will not take it, and then leaves no half-written
    /// file.</summary>
    public void Save(string path)
    {
        Dictionary<string, string> metadata = Describe(ModelFormat, Weights, Subject, Recipe);
        foreach ((string key, string value) in Notes)
        {
            if (!metadata.TryAdd(key, value))
            {
                throw new ArgumentException($"note {key} has the name of a fixed entry.");
            }
        }

        SafeTensors.Write(path, [.. WeightTensors.Of("weights", Weights)], metadata);
    }

    /// <summary>
    /// Reads a model. Throws <see cref="InvalidDataException"/> when the file is damaged or not a model, or, if <paramref name="subject"/>
    /// is given, when the model was trained on something else.
    /// </summary>
    public static TrainedModel Load(string path, string? subject = null)
    {
        (IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata) = SafeTensors.Read(path);
        (LsnnWeights weights, string trainedOn, TrainingRecipe recipe) = Restore(path, ModelFormat, metadata);
        if (subject is not null && subject != trainedOn)
        {
            throw new InvalidDataException($"{path} was trained on {trainedOn}, not on {subject}; train a model for this one, or " +
                $"choose its own.");
        }

        FillWeights(path, "weights", tensors, weights);
        string[] entries = ["format", "shape", "constants", "recipe", "subject"];
        var notes = metadata.Where(pair => !entries.Contains(pair.Key)).ToDictionary();
        return new TrainedModel(weights, trainedOn, recipe, notes);
    }

    public static Dictionary<string, string> Describe(string format, LsnnWeights weights, string subject, TrainingRecipe recipe) => new()
    {
        ["format"] = format,
        ["shape"] = JsonSerializer.Serialize(weights.Shape),
        ["constants"] = JsonSerializer.Serialize(weights.Constants),
        ["recipe"] = JsonSerializer.Serialize(recipe),
        ["subject"] = subject,
    };

    internal static (LsnnWeights Weights, string Subject, TrainingRecipe Recipe) Restore(
        string path, string format, IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue("format", out string? found) || found != format)
        {
            throw new InvalidDataException($"{path} is of format '{found}', not '{format}'; choose another file.");
        }

        try
        {
            var weights = new LsnnWeights(Entry<LsnnShape>(metadata, "shape"), Entry<NeuronConstants>(metadata, "constants"));
            return (weights, metadata["subject"], Entry<TrainingRecipe>(metadata, "recipe"));
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException or KeyNotFoundException or OverflowException)
        {
            throw new InvalidDataException($"{path} has a damaged description: {failure.Message} Restore it or train the model " +
                $"again.", failure);
        }
    }

    internal static void FillWeights(string path, string name, IReadOnlyDictionary<string, Tensor> tensors, LsnnWeights weights)
    {
        try
        {
            WeightTensors.Fill(name, tensors, weights);
        }
        catch (InvalidDataException failure)
        {
            throw new InvalidDataException($"{path}: {failure.Message} Restore it or train the model again.", failure);
        }
    }

    private static T Entry<T>(IReadOnlyDictionary<string, string> metadata, string name) =>
        JsonSerializer.Deserialize<T>(metadata[name]) ?? throw new JsonException($"entry {name} is empty.");
}
