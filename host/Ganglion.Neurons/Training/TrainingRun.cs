using System.Diagnostics;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Passes;
using Ganglion.Ranks;

namespace Ganglion.Neurons.Training;

/// <summary>Errors on samples that training never sees.</summary>
/// <param name="Primary">The error that an error budget is compared with; smaller is better.</param>
/// <param name="Named">All errors by name, with the unit in the name (for an arm: tip_mm, joint_mm, rotation_deg).</param>
public sealed record HeldOutErrors(double Primary, IReadOnlyDictionary<string, double> Named);

/// <summary>What to train and when to stop, look and save. All but the recipe and the error budget leave the resulting bits
/// alone.</summary>
public sealed record TrainingPlan
{
    /// <summary>Network and time layout.</summary>
    public required LsnnShape Shape { get; init; }

    /// <summary>Constants of the neurons.</summary>
    public NeuronConstants Constants { get; init; } = new();

    /// <summary>The recipe.</summary>
    public required TrainingRecipe Recipe { get; init; }

    /// <summary>Hash of what is learned, for checkpoints and models.</summary>
    public required string Subject { get; init; }

    /// <summary>Weights to start from, which are copied; null: random ones, drawn by the recipe's seed.</summary>
    public LsnnWeights? Start { get; init; }

    /// <summary>Threads, 1..Recipe.Slices.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Who trains together; null: this process alone. All run the same plan and test at the same updates; rank 0 decides when to
    /// stop, and reads and writes the checkpoint.</summary>
    public IRanks? Ranks { get; init; }

    /// <summary>Where to keep the checkpoint; null keeps none. An existing one is continued.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>Time between checkpoints.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Updates between tests on held-out samples, at least 1.</summary>
    public long TestEvery { get; init; } = 2_000;

    /// <summary>Stop after this much training time, counted over interruptions; null for no limit.</summary>
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>Stop as soon as a test shows a primary error of at most this; null to go on to the end.</summary>
    public double? ErrorBudget { get; init; }
}

/// <summary>A look at a running training.</summary>
/// <param name="Updates">Updates done.</param>
/// <param name="Elapsed">Training time so far, counted over interruptions.</param>
/// <param name="Remaining">Time left at the present speed until the last update or the end of the time budget.</param>
/// <param name="SamplesPerSecond">Speed since the last look.</param>
/// <param name="Figures">Batch figures averaged since the last look.</param>
/// <param name="HeldOut">Errors on held-out samples.</param>
public sealed record TrainingProgress(
    long Updates, TimeSpan Elapsed, TimeSpan Remaining, double SamplesPerSecond, UpdateFigures Figures, HeldOutErrors HeldOut);

/// <summary>What a training run has cost, counted over interruptions.</summary>
/// <param name="Elapsed">Time on the clock, tests and checkpoints included.</param>
/// <param name="Processor">Processor time of all threads of the process, likewise.</param>
public readonly record struct TrainingTime(TimeSpan Elapsed, TimeSpan Processor);

/// <summary>Why a training run ended.</summary>
public enum TrainingEnd
{
    /// <summary>All updates of the recipe are done.</summary>
    Finished,

    /// <summary>The time budget is spent.</summary>
    TimeBudget,

    /// <summary>The error budget is reached.</summary>
    ErrorBudget,

    /// <summary>It was asked to stop; the checkpoint holds its state.</summary>
    Stopped,
}

/// <summary>Runs a plan: updates, tests, checkpoints and stopping. The process may be killed at any moment; the next run of the same plan
/// goes on.</summary>
public sealed class TrainingRun : IDisposable
{
    private readonly TrainingPlan _plan;
    private readonly Trainer _trainer;
    private readonly LsnnPass _pass;
    private readonly Func<LsnnPass, HeldOutErrors> _test;
    private readonly Stopwatch _clock = new();
    private readonly IRanks _ranks;
    private readonly TrainingTime _before;
    private readonly TimeSpan _processorStart;
    private TimeSpan _lastSave;
    private TimeSpan _lastLook;
    private long _lastLookUpdates;
    private double _loss, _norm, _spikes, _active;
    private bool _isGoodEnough;

    /// <summary>What ranks tell each other before each update: any is asked to stop; rank 0 sees the time spent, the error reached, a
    /// checkpoint due.</summary>
    private const int Stop = 1, TimeSpent = 2, GoodEnough = 4, SaveDue = 8;

    /// <summary>
    /// Prepares the run and, when the plan names a checkpoint that exists, continues it. Throws <see cref="ArgumentException"/> for
    /// settings out of range, <see cref="InvalidDataException"/> for a checkpoint that is damaged or of another run.
    /// </summary>
    /// <param name="plan">What to do.</param>
    /// <param name="source">Training samples.</param>
    /// <param name="loss">What is learned.</param>
    /// <param name="test">Measures held-out errors with a pass over the current weights; must give the same for the same weights. All
    /// ranks call it, and may share the work.</param>
    public TrainingRun(TrainingPlan plan, ISampleSource source, IOutputLoss loss, Func<LsnnPass, HeldOutErrors> test)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(plan.TestEvery, 1);
        (_plan, _test, _ranks) = (plan, test, plan.Ranks ?? new SoloRanks());
        _trainer = plan.Start is { } start ? new Trainer(CopyOf(start), plan.Recipe, source, loss, plan.Threads, _ranks)
            : new Trainer(plan.Shape, plan.Constants, plan.Recipe, source, loss, plan.Threads, _ranks);
        _pass = LsnnEngine.CreateEventPass(_trainer.Weights);
        try
        {
            bool resumes = _ranks.Rank == 0 && plan.CheckpointPath != null && File.Exists(plan.CheckpointPath);
            if (resumes)
            {
                _before = TrainingCheckpoint.Resume(plan.CheckpointPath!, _trainer, plan.Subject);
            }

            if (_ranks.Agree(resumes ? 1 : 0) != 0)
            {
                _trainer.StateFromFirst();
                _trainer.ContinueFrom(_ranks.FromFirst(_trainer.Updates));
            }
        }
        catch
        {
            _trainer.Dispose();
            throw;
        }

        (_lastLookUpdates, _lastSave, _processorStart) = (_trainer.Updates, _before.Elapsed, Environment.CpuUsage.TotalTime);
    }

    /// <summary>The network being trained.</summary>
    public LsnnWeights Weights => _trainer.Weights;

    /// <summary>Updates done so far, those before a resume included.</summary>
    public long Updates => _trainer.Updates;

    /// <summary>Training time so far, counted over interruptions.</summary>
    public TimeSpan Elapsed => _before.Elapsed + _clock.Elapsed;

    /// <summary>Training time and processor time so far, counted over interruptions.</summary>
    public TrainingTime Time => new(Elapsed, _before.Processor + Environment.CpuUsage.TotalTime - _processorStart);

    /// <summary>
    /// Trains until the end, a budget or a request to stop, and saves a last checkpoint. <paramref name="look"/> is called at every test,
    /// on every rank.
    /// Throws <see cref="InvalidOperationException"/> when a sample or the loss is not finite, <see cref="IOException"/> when a checkpoint
    /// cannot be written.
    /// </summary>
    public TrainingEnd Run(Action<TrainingProgress> look, CancellationToken stop = default)
    {
        _clock.Start();
        TrainingEnd? end = null;
        while (end is null)
        {
            int words = _ranks.Agree((stop.IsCancellationRequested ? Stop : 0) | (_ranks.Rank == 0 ? FirstsWords() : 0));
            if ((words & SaveDue) != 0)
            {
                Save();
            }

            end = (words & GoodEnough) != 0 ? TrainingEnd.ErrorBudget
                : _trainer.Updates >= _plan.Recipe.Updates ? TrainingEnd.Finished
                : (words & Stop) != 0 ? TrainingEnd.Stopped
                : (words & TimeSpent) != 0 ? TrainingEnd.TimeBudget
                : Advance(look, stop);
        }

        _clock.Stop();
        Save();
        return end.Value;
    }

    /// <summary>The network as it is now, with its recipe and these notes.</summary>
    public TrainedModel Model(IReadOnlyDictionary<string, string> notes) => new(Weights, _plan.Subject, _plan.Recipe, notes);

    /// <summary>Stops the training threads.</summary>
    public void Dispose() => _trainer.Dispose();

    private static LsnnWeights CopyOf(LsnnWeights weights)
    {
        var copy = new LsnnWeights(weights.Shape, weights.Constants);
        copy.CopyFrom(weights);
        return copy;
    }

    private int FirstsWords() => (Elapsed >= _plan.TimeBudget ? TimeSpent : 0) | (_isGoodEnough ? GoodEnough : 0)
        | (Elapsed - _lastSave >= _plan.CheckpointEvery ? SaveDue : 0);

    /// <returns>Why it ends; null: it goes on.</returns>
    private TrainingEnd? Advance(Action<TrainingProgress> look, CancellationToken stop)
    {
        UpdateFigures figures;
        try
        {
            // Of several ranks none leaves the others in the midst of an update.
            figures = _trainer.Update(_ranks.Count == 1 ? stop : default);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return TrainingEnd.Stopped;
        }

        _loss += figures.Loss;
        _norm += figures.GradientNorm;
        _spikes += figures.SpikeFraction;
        _active += figures.ActiveFraction;
        if (_trainer.Updates % _plan.TestEvery == 0 || _trainer.Updates == _plan.Recipe.Updates)
        {
            _isGoodEnough = Look(look) <= _plan.ErrorBudget;
        }

        return null;
    }

    private double Look(Action<TrainingProgress> look)
    {
        TimeSpan now = _clock.Elapsed;
        double updates = Math.Max(1, _trainer.Updates - _lastLookUpdates), seconds = Math.Max(1e-9, (now - _lastLook).TotalSeconds);
        var remaining = TimeSpan.FromSeconds((_plan.Recipe.Updates - _trainer.Updates) * seconds / updates);
        if (_plan.TimeBudget - Elapsed is { } budget && budget < remaining)
        {
            remaining = budget > TimeSpan.Zero ? budget : TimeSpan.Zero;
        }

        HeldOutErrors errors = _test(_pass);
        var mean = new UpdateFigures(_loss / updates, _norm / updates, _spikes / updates, _active / updates);
        look(new TrainingProgress(_trainer.Updates, Elapsed, remaining, updates * _plan.Recipe.BatchSize / seconds, mean, errors));
        (_loss, _norm, _spikes, _active) = (0, 0, 0, 0);
        (_lastLook, _lastLookUpdates) = (_clock.Elapsed, _trainer.Updates);
        return errors.Primary;
    }

    private void Save()
    {
        if (_plan.CheckpointPath is not { } path)
        {
            return;
        }

        _trainer.ShareState();
        if (_ranks.Rank == 0)
        {
            TrainingCheckpoint.Save(path, _trainer, _plan.Subject, Time);
            _lastSave = Elapsed;
        }
    }
}
