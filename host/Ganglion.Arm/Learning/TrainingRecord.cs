using System.Text.Json;
using Ganglion.Basics;
using Ganglion.Neurons.Training;

namespace Ganglion.Arm.Learning;

/// <summary>What a training run did, for the table of models: kept beside the model, since times differ from run to run and models must
/// not.</summary>
public sealed record TrainingRecord(
    string Arm, string Model, int Hidden, int Batch, double LearningRate, ulong Seed, long Updates, long PlannedUpdates, long Samples,
    string End,
    double TipMeanMm, double TipMedianMm, double JointMeanMm, double? RotationDeg, int TestPoses, int Threads, double ProcessorSeconds,
    double ElapsedSeconds)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true
    };

    /// <summary>The record of a run that has ended.</summary>
    public static TrainingRecord Of(string arm, string path, TrainingSettings settings, TrainingRun run, PoseErrors errors, TrainingEnd end,
        int threads) => new(
        arm, Path.GetFileName(path), settings.Hidden, settings.Recipe.BatchSize, settings.Recipe.LearningRate, settings.Recipe.Seed,
        run.Updates, settings.Recipe.Updates, run.Updates * settings.Recipe.BatchSize, end.ToString(),
        Math.Round(1e3 * errors.TipMean, 2), Math.Round(1e3 * errors.TipMedian, 2), Math.Round(1e3 * errors.JointMean, 2),
        double.IsNaN(errors.RotationMean) ? null : Math.Round(errors.RotationMean * 180 / Math.PI, 2), errors.Poses, threads,
        Math.Round(run.Time.Processor.TotalSeconds, 1), Math.Round(run.Time.Elapsed.TotalSeconds, 1));

    /// <summary>Writes the record beside its model (NAME.json); throws <see cref="IOException"/> when the disk will not take it.</summary>
    /// <param name="modelPath">The model.</param>
    public void Write(string modelPath) => AtomicFile.Write(PlaceOf(modelPath), stream =>
    {
        JsonSerializer.Serialize(stream, this, Format);
        stream.WriteByte((byte)'\n');
    });

    /// <summary>The record of a model, or null if there is none; throws <see cref="InvalidDataException"/> when it is damaged.</summary>
    /// <param name="modelPath">The model.</param>
    public static TrainingRecord? Read(string modelPath)
    {
        string path = PlaceOf(modelPath);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<TrainingRecord>(File.ReadAllBytes(path), Format);
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path} is no record of a training run: {fault.Message} Delete it or restore it.", fault);
        }
    }

    private static string PlaceOf(string modelPath) => Path.ChangeExtension(modelPath, ".json");
}
