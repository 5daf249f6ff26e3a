namespace Ganglion.Rhythm.Pendulum;

/// <summary>One run of the study.</summary>
/// <param name="FeedbackSize">q, mV/ms.</param>
/// <param name="CellFrequency">Of the shoulder's half-center, Hz.</param>
/// <param name="LegFrequency">Of the upper rod, Hz.</param>
/// <param name="Amplitude">Of the upper rod, rad.</param>
/// <param name="WorkPerCycle">What the muscles put in, J.</param>
/// <param name="Entrained">Whether the half-center goes with the leg's slow mode.</param>
public sealed record LegStudyCell(
    double FeedbackSize, double CellFrequency, double LegFrequency, double Amplitude, double WorkPerCycle, bool Entrained);

/// <summary>Runs of one time scale.</summary>
/// <param name="TimeScale">kappa, ms/s.</param>
/// <param name="Alone">Frequency of the half-center that feels nothing, Hz.</param>
/// <param name="Cells">By size of the feedback.</param>
public sealed record LegStudyRow(double TimeScale, double Alone, LegStudyCell[] Cells);

/// <summary>Which half-centers are entrained to the leg: their own speed (the time scale) against the size of what they feel.</summary>
/// <param name="Rows">By time scale.</param>
public sealed record LegStudy(LegStudyRow[] Rows)
{
    /// <summary>Time scales of the specification's table [ms/s].</summary>
    public static readonly double[] TimeScales = [9, 11, 14, 18, 24];

    /// <summary>Sizes of the feedback in that table [mV/ms].</summary>
    public static readonly double[] FeedbackSizes = [2, 5, 10];

    /// <summary>Length of each run [s]; its last quarter is measured.</summary>
    public const double Seconds = 600;

    /// <summary>All runs.</summary>
    /// <param name="options">All but time scale and size of the feedback.</param>
    /// <param name="seconds">Length of each run, s.</param>
    /// <param name="look">Told how many are done, and of how many.</param>
    /// <param name="cancellation">Ends it.</param>
    public static LegStudy Run(HalfCenterLegOptions options, double seconds, Action<int, int>? look = null,
        CancellationToken cancellation = default)
    {
        int done = 0, all = TimeScales.Length * (FeedbackSizes.Length + 1);

        // Cells that feel nothing need a pulse of their own to part.
        return new LegStudy([.. TimeScales.Select(scale => new LegStudyRow(scale,
            Cell(options with { TimeScale = scale, FeedbackSize = 0, Pulse = 10, PulseFrom = 5 / scale, PulseTo = 10 / scale })
                .CellFrequency,
            [.. FeedbackSizes.Select(size => Cell(options with { TimeScale = scale, FeedbackSize = size }))]))]);

        LegStudyCell Cell(HalfCenterLegOptions one)
        {
            var run = HalfCenterLegRun.Of(one, seconds, null, cancellation);
            look?.Invoke(++done, all);
            return new LegStudyCell(one.FeedbackSize, run.CellFrequency, run.LegFrequency, run.Amplitude, run.WorkPerCycle,
                run.IsEntrained);
        }
    }
}
