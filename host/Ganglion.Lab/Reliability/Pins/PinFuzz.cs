namespace Ganglion.Lab.Reliability.Pins;

/// <summary>How far a fuzz is.</summary>
/// <param name="Events">Changes at the pins so far.</param>
/// <param name="VirtualSeconds">Time of the boards so far, s.</param>
/// <param name="Faults">Found so far.</param>
public sealed record PinFuzzProgress(long Events, double VirtualSeconds, long Faults);

/// <summary>What a fuzz met.</summary>
/// <param name="Events">Changes at the pins.</param>
/// <param name="VirtualSeconds">Time of the boards, s.</param>
/// <param name="Arms">Arms that were taken.</param>
/// <param name="Disarms">Disarms, each until it was acknowledged.</param>
/// <param name="Refusals">Messages refused.</param>
/// <param name="Injected">Faults injected, by kind.</param>
/// <param name="FaultCount">How often a board did at its pins what it must not.</param>
/// <param name="Faults">The first of them in words, with the seed that brings them back.</param>
public sealed record PinFuzzResult(long Events, double VirtualSeconds, long Arms, long Disarms, long Refusals,
    IReadOnlyDictionary<string, long> Injected, long FaultCount, IReadOnlyList<string> Faults);

/// <summary>
/// Fuzzes the firmware on virtual boards and watches the pins of its output chips: missing acknowledges, lost arbitrations, hung buses and
/// losses of supply at every transition of arming, moving, stopping and disarming.
/// </summary>
/// <remarks>
/// What must hold: every output within its limits and its slew bound; nothing on while the board is idle; everything that can be
/// reached off within 120 ms of Disarm, acknowledged or not (a valve whose converter is deaf: of when it hears again; on a hung bus: of
/// when the board tries it again); Disarm acknowledged only then; channels that release off in Safe; a driver that lost its supply
/// noticed; no exception in the firmware.
/// </remarks>
/// <param name="robots">Whose first boards are fuzzed in turn, at least one.</param>
public sealed class PinFuzz(IReadOnlyList<PinRobot> robots)
{
    /// <summary>Episodes until a board is built anew, with another seed.</summary>
    private const int EpisodesPerBoard = 25;

    private const int MostTold = 20;

    /// <summary>Runs until a number of events has been seen.</summary>
    /// <param name="events">Changes at the pins, at least.</param>
    /// <param name="seed">The first board's seed; the next ones follow.</param>
    /// <param name="progress">Called after each board.</param>
    /// <param name="cancellation">Ends it early.</param>
    public PinFuzzResult Run(long events, int seed, Action<PinFuzzProgress>? progress = null, CancellationToken cancellation = default)
    {
        var total = new PinFuzzResult(0, 0, 0, 0, 0, new Dictionary<string, long>(), 0, []);
        for (int board = 0; total.Events < events && !cancellation.IsCancellationRequested; board++)
        {
            using var trial = new PinTrial(robots[board % robots.Count], seed + board);
            for (int episode = 0; episode < EpisodesPerBoard && !cancellation.IsCancellationRequested; episode++)
            {
                trial.Episode();
            }

            total = Sum(total, trial);
            progress?.Invoke(new PinFuzzProgress(total.Events, total.VirtualSeconds, total.FaultCount));
        }

        return total;
    }

    private static PinFuzzResult Sum(PinFuzzResult total, PinTrial trial)
    {
        var injected = new Dictionary<string, long>(total.Injected);
        foreach ((string kind, long count) in trial.Injected)
        {
            injected[kind] = injected.GetValueOrDefault(kind) + count;
        }

        return new PinFuzzResult(total.Events + trial.Watch.Events, total.VirtualSeconds + trial.Seconds, total.Arms + trial.Arms,
            total.Disarms + trial.Disarms, total.Refusals + trial.Refusals, injected, total.FaultCount + trial.Watch.FaultCount,
            [.. total.Faults.Concat(trial.Watch.Faults).Take(MostTold)]);
    }
}
