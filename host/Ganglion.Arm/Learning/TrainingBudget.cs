using Ganglion.Neurons.Training;
using Ganglion.Ranks;

namespace Ganglion.Arm.Learning;

/// <summary>When a training run stops and what it may use; none of it changes the bits of a run that finishes.</summary>
/// <param name="Threads">Threads, 1..slices of the recipe.</param>
/// <param name="CheckpointPath">Where its state is kept; null keeps none.</param>
/// <param name="Time">Longest training time, counted over interruptions; null for no limit.</param>
/// <param name="TipError">Mean tip error that is good enough, m; null goes on to the end.</param>
/// <param name="CheckpointEvery">Time between checkpoints; null for the usual.</param>
/// <param name="Ranks">Who trains together; null: this process alone.</param>
public sealed record TrainingBudget(int Threads = 1, string? CheckpointPath = null, TimeSpan? Time = null, double? TipError = null,
    TimeSpan? CheckpointEvery = null, IRanks? Ranks = null);

/// <summary>A plan within a budget.</summary>
internal static class BudgetedPlan
{
    public static TrainingPlan Within(this TrainingPlan plan, TrainingBudget budget) => plan with
    {
        Threads = budget.Threads,
        Ranks = budget.Ranks,
        CheckpointPath = budget.CheckpointPath,
        CheckpointEvery = budget.CheckpointEvery ?? plan.CheckpointEvery,
        TimeBudget = budget.Time,
        ErrorBudget = budget.TipError,
    };
}
