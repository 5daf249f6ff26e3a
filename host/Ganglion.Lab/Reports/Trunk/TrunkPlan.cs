namespace Ganglion.Lab.Reports.Trunk;

/// <summary>How much of the trunk paper's evaluation is computed. Sizes of the paper where <see cref="Quick"/> is false.</summary>
/// <param name="Quick">A few minutes instead of a quarter of an hour: fewer targets, and models that were trained for a shorter
/// time.</param>
/// <param name="Seed">Seed of targets, starts and training.</param>
public sealed record TrunkPlan(bool Quick, int Seed)
{
    /// <summary>Targets that one thread works on before it takes the next piece of work.</summary>
    public const int Piece = 10;

    /// <summary>Differently seeded models of the comparison of optimisers (Fig. 10).</summary>
    public const int Models = 5;

    /// <summary>Iterations without target correction: the error stays where it is long before.</summary>
    private const int LongestUncorrected = 1000;

    /// <summary>Targets per arm (Figs. 7 to 9).</summary>
    public int Targets { get; init; } = Quick ? 20 : 100;

    /// <summary>Iterations of motor inference (Figs. 7 to 9).</summary>
    public int Length { get; init; } = 5000;

    /// <summary>Runs for each model and optimiser (Fig. 10).</summary>
    public int OptimiserRuns { get; init; } = Quick ? 10 : 50;

    /// <summary>Iterations of each.</summary>
    public int OptimiserLength { get; init; } = Quick ? 1000 : 2000;

    /// <summary>Updates of 8 samples by which each model of Fig. 10 is trained.</summary>
    public long Updates { get; init; } = Quick ? 24_000 : 192_000;

    /// <summary>Updates by the paper's own setting; the paper's number, or the first of them.</summary>
    public long PaperUpdates { get; init; } = Quick ? 1500 : 50_000;

    /// <summary>Neurons of the models of Fig. 10; the paper's number.</summary>
    public int Hidden { get; init; } = 128;

    /// <summary>Targets of the solver on the spiking Jacobian for an arm of at most 30 inputs.</summary>
    public int SolverTargets { get; init; } = Quick ? 100 : 1000;

    /// <summary>The same for larger arms.</summary>
    public int LargeSolverTargets { get; init; } = Quick ? 20 : 100;

    /// <summary>Held-out poses that each model predicts; the paper's number.</summary>
    public int PredictedPoses { get; init; } = Quick ? 2000 : 10_000;

    /// <summary>Postures for what rounding leaves.</summary>
    public int Postures { get; init; } = Quick ? 200 : 1000;

    /// <summary>Where the errors of a run are taken: 0, then rising by a seventh or more; the paper's round numbers are among
    /// them.</summary>
    public static int[] Marks(int length)
    {
        var marks = new SortedSet<int>(((int[])[0, 200, 500, 1000, 5000, length]).Where(mark => mark <= length));
        for (int next = 1; next < length; next += Math.Max(1, next / 7))
        {
            marks.Add(next);
        }

        return [.. marks];
    }

    /// <summary>Iterations of the runs without target correction.</summary>
    public int UncorrectedLength => Math.Min(Length, LongestUncorrected);
}
