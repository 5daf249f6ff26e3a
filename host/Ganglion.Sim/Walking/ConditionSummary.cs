using Ganglion.Basics;
using Ganglion.Gait.Trials;
using Ganglion.Robots.Trials;

namespace Ganglion.Sim.Walking;

/// <summary>All seeds of a condition; figures over the runs without a fall, or if all fell, over those that had settled before.</summary>
/// <param name="Condition">What was compared.</param>
/// <param name="Walked">Runs that walked to the end and stood.</param>
/// <param name="Runs">All runs.</param>
/// <param name="Began">Runs that came to their first step.</param>
/// <param name="ToldSpeed">m/s.</param>
/// <param name="Speed">m/s.</param>
/// <param name="ToldTurn">To the left above 0, rad/s.</param>
/// <param name="Turn">Likewise.</param>
/// <param name="Step">m.</param>
/// <param name="CostOfTransport">Sum |torque x rate| over time / (m g distance).</param>
/// <param name="StepEnergy">Sum |torque x rate| over time, a step, J.</param>
/// <param name="TickInstructions">IL instructions of the board's firmware a tick.</param>
/// <param name="StepInstructions">A step.</param>
/// <param name="Inside">Share of time with the centre of mass, projected along gravity, between hindmost and foremost loaded
/// corner.</param>
/// <param name="Margin">Of that projection to the edge of the support, m.</param>
/// <param name="Offset">Of that projection forward of the support's centre, m.</param>
/// <param name="AskedSpeed">What it was told while it had the time to come to that, m/s.</param>
/// <param name="TakenSpeed">What the board then said it walks, m/s.</param>
/// <param name="FeltSlope">Slope as the board believed it, rad.</param>
public sealed record ConditionSummary(
    TrialCondition Condition, int Walked, int Runs, int Began, double ToldSpeed, MeanInterval Speed, double ToldTurn, MeanInterval Turn,
    MeanInterval Step, MeanInterval CostOfTransport, MeanInterval StepEnergy, MeanInterval TickInstructions,
    MeanInterval StepInstructions, MeanInterval Inside, MeanInterval Margin, MeanInterval Offset,
    double AskedSpeed, double TakenSpeed, double FeltSlope)
{
    /// <summary>Where the share of all such runs that walk lies.</summary>
    public ShareInterval WalkedShare => ShareInterval.Of(Walked, Runs);

    /// <summary>Difference between told and taken from which it counts, m/s: in a stride they differ by less.</summary>
    private const double LeastClamp = 0.01;

    /// <summary>Whether the board walks at the end of its gait's table of speeds, short of what it is told.</summary>
    public bool Clamped => Math.Abs(TakenSpeed - AskedSpeed) > LeastClamp;

    /// <summary>How many walked, in words: runs that never began are no walks.</summary>
    public string WalkedWords =>
        Began == 0 ? "did not begin" : $"{Walked} of {Runs}{(Began < Runs ? $", {Runs - Began} did not begin" : "")}";

    /// <summary>A summary for each condition of a trial.</summary>
    public static IReadOnlyList<ConditionSummary> Of(TrialResult result) =>
    [
        .. result.Entries.GroupBy(entry => entry.Condition).Select(group =>
        {
            TrialEntry[] settled = Settled(group);
            MeanInterval Over(Func<WalkMeasures, double> figure) => MeanInterval.Of(settled.Select(entry => figure(entry.Run.Measures)));
            return new ConditionSummary(
                group.Key, group.Count(entry => entry.Run.Walked), group.Count(), group.Count(entry => entry.Run.Measures.Began),
                Over(m => m.ToldSpeed).Mean, Over(m => m.Speed), Over(m => m.ToldTurn).Mean, Over(m => m.Turn), Over(m => m.Step),
                Over(m => m.CostOfTransport), Over(m => m.StepEnergy), MeanInterval.Of(settled.Select(entry => entry.Run.TickInstructions)),
                MeanInterval.Of(settled.Select(entry => entry.Run.StepInstructions)), Over(m => m.InsideShare), Over(m => m.Margin),
                Over(m => m.CentreOffset), Over(m => m.AskedSpeed).Mean, Over(m => m.TakenSpeed).Mean, Over(m => m.FeltSlope).Mean);
        }),
    ];

    /// <summary>The runs of a condition that its figures are of.</summary>
    public static TrialEntry[] Settled(IEnumerable<TrialEntry> entries)
    {
        TrialEntry[] settled = [.. entries.Where(entry => double.IsFinite(entry.Run.Measures.RmsPitch))];
        return settled.Any(entry => entry.Run.Measures.Fell == null)
            ? [.. settled.Where(entry => entry.Run.Measures.Fell == null)] : settled;
    }
}
