using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Passes;
using Ganglion.Neurons.Training;

namespace Ganglion.Rhythm.Learned;

/// <summary>How a pattern generator is learned.</summary>
/// <param name="Rule">Where gradients come from.</param>
/// <param name="Neurons">Half of them LIF, half adaptive LIF.</param>
/// <param name="Updates">Steps of Adam.</param>
/// <param name="Seed">Of weights and samples.</param>
public sealed record CpgLearningSettings(LearningRule Rule, int Neurons, long Updates, ulong Seed)
{
    /// <summary>Windows of a sample, and those at its beginning that carry no loss. With the network's time constants 0.3 s is
    /// enough.</summary>
    internal const int Windows = 120, SettleWindows = 30;

    /// <summary>The recipe. Weights begin small: inputs of 1 with the arm's would make every neuron fire in every other step.</summary>
    public TrainingRecipe Recipe => new()
    {
        Updates = Updates,
        Rule = Rule,
        Seed = Seed,
        BatchSize = 8,
        LearningRate = 2e-3,
        ChannelScale = 0.15,
        RecurrentScale = 0.5,
        RateTarget = 0.03,
    };
}

/// <summary>What learning took. It is no part of the file: where a run is cut decides over which batches its last loss is a mean.</summary>
/// <param name="Loss">Mean over the batches since the last look but one.</param>
/// <param name="ProcessorSeconds">Of all threads, over interruptions.</param>
public sealed record LearningCost(double Loss, double ProcessorSeconds);

/// <summary>Learns a pattern generator from recorded strides, and looks on the way at what it does by itself.</summary>
public sealed class CpgLearning : IDisposable
{
    /// <summary>Names of the errors that a look gives: 1 - R2 of the envelopes, and the largest error of a cycle [%].</summary>
    public const string Unexplained = "unexplained", CycleError = "cycle_percent";

    private const int Looks = 20, LookSpeeds = 3;
    private const double LookSeconds = 8;

    private readonly RecordedStrides _strides;
    private readonly CpgNetwork _network;
    private readonly string _subject;
    private readonly TrainingRecipe _recipe;
    private double _loss = double.NaN;

    /// <summary>Prepares a run, which continues the checkpoint if there is one; throws as <see cref="TrainingRun"/> does.</summary>
    /// <param name="settings">How.</param>
    /// <param name="strides">From what.</param>
    /// <param name="data">The same in words.</param>
    /// <param name="threads">1 or 2; the result does not depend on it.</param>
    /// <param name="checkpoint">Where to keep the state; null keeps none.</param>
    /// <param name="checkpointEvery">How often.</param>
    public CpgLearning(CpgLearningSettings settings, RecordedStrides strides, string data, int threads, string? checkpoint,
        TimeSpan checkpointEvery)
    {
        (_strides, _network, _recipe) = (strides, CpgNetwork.For(strides, data), settings.Recipe);
        _subject = $"strides:{Hash(strides.Envelopes)}";
        var plan = new TrainingPlan
        {
            Shape = CpgNetwork.Shape(settings.Neurons, CpgLearningSettings.Windows),
            Constants = new NeuronConstants
            {
                ReadoutDecay = Math.Exp(-CpgNetwork.Step / CpgNetwork.ReadoutTime),
                AdaptationDecay = Math.Exp(-CpgNetwork.Step / CpgNetwork.AdaptationTime),
            },
            Recipe = _recipe,
            Subject = _subject,
            Threads = threads,
            CheckpointPath = checkpoint,
            CheckpointEvery = checkpointEvery,
            TestEvery = Math.Max(1, settings.Updates / Looks),
        };
        Run = new TrainingRun(plan, new StrideSamples(strides, _network, CpgLearningSettings.Windows, settings.Seed),
            new SettledSquaredError(CpgLearningSettings.SettleWindows), Look);
    }

    /// <summary>The run.</summary>
    public TrainingRun Run { get; }

    /// <summary>What the run has taken.</summary>
    public LearningCost Cost => new(_loss, Run.Time.Processor.TotalSeconds);

    /// <summary>Runs until the end or a request to stop; throws as <see cref="TrainingRun.Run"/> does.</summary>
    public TrainingEnd Learn(Action<TrainingProgress> look, CancellationToken stop = default) => Run.Run(progress =>
    {
        _loss = progress.Figures.Loss;
        look(progress);
    }, stop);

    /// <summary>The network as it is now, tuned, to run by itself.</summary>
    public LearnedCpg Play() => new(CpgTuning.Tune(_network, Run.Weights), Run.Weights);

    /// <summary>Tunes the network as it is now and writes it: the same bytes from the same settings and strides, however often it was
    /// interrupted and however long it took.</summary>
    public void Save(string path) => Run.Model(CpgTuning.Tune(_network, Run.Weights).Notes()).Save(path);

    /// <summary>Whether a file is just what this run would come to.</summary>
    public bool IsIn(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        TrainedModel model = CpgNetwork.Load(path).Model;
        return model.Subject == _subject && model.Recipe == _recipe && model.Weights.Shape == Run.Weights.Shape;
    }

    public void Dispose() => Run.Dispose();

    private static string Hash(MuscleEnvelopes envelopes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (double[] row in envelopes.Muscles.Append(envelopes.Speed))
        {
            hash.AppendData(MemoryMarshal.AsBytes(row.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    /// <summary>The network by itself at some of the recorded speeds.</summary>
    private HeldOutErrors Look(LsnnPass pass)
    {
        double unexplained = 0, cycle = 0;
        int count = _strides.Groups.Length, looks = Math.Min(LookSpeeds, count);
        for (int k = 0; k < looks; k++)
        {
            StrideGroup group = _strides.Groups[k * (count - 1) / (looks - 1)];
            LearnedPart part = new LearnedRun(new LearnedCpg(_network, pass.Weights)).Play(group.Speed, LookSeconds);
            var score = EnvelopeScore.Of(part, _strides, group);
            unexplained += (1 - score.Mean) / looks;
            cycle = Math.Max(cycle, 100 * Math.Abs(score.CycleOff));
        }

        return new HeldOutErrors(unexplained, new Dictionary<string, double> { [Unexplained] = unexplained, [CycleError] = cycle });
    }
}
