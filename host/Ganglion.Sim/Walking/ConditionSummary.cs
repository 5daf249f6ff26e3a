using Ganglion.Gait.Trials;
using Ganglion.Robots.Trials;

namespace Ganglion.Sim.Walking;

/// <summary>All seeds of a condition; means over the runs without a fall, or if all fell, over those that had settled before.</summary>
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
/// <param name="Inside">Share of time with the centre of mass, projected along gravity, between hindmost and foremost loaded
/// corner.</param>
/// <param name="Margin">Of that projection to the edge of the support, m.</param>
/// <param name="Offset">Of that projection forward of the support's centre, m.</param>
public sealed record ConditionSummary(
    TrialCondition Condition, int Walked, int Runs, int Began, double ToldSpeed, double Speed, double ToldTurn, double Turn,
    double Step, double CostOfTransport, double Inside, double Margin,
    double Offset)
{
    /// <summary>A summary for each condition of a trial.</summary>
    public static IReadOnlyList<ConditionSummary> Of(TrialResult result) =>
    [
        .. result.Entries.GroupBy(entry => entry.Condition).Select(group =>
        {
            TrialEntry[] settled = [.. group.Where(entry => double.IsFinite(entry.Run.Measures.RmsPitch))];
            if (settled.Any(entry => entry.Run.Measures.Fell == null))
            {
                settled = [.. settled.Where(entry => entry.Run.Measures.Fell == null)];
            }

            double Mean(Func<WalkMeasures, double> figure) =>
                settled.Length == 0 ? double.NaN : settled.Average(entry => figure(entry.Run.Measures));
            return new ConditionSummary(
                group.Key, group.Count(entry => entry.Run.Walked), group.Count(), group.Count(entry => entry.Run.Measures.Began),
                Mean(m => m.ToldSpeed), Mean(m => m.Speed), Mean(m => m.ToldTurn), Mean(m => m.Turn), Mean(m => m.Step),
                Mean(m => m.CostOfTransport), Mean(m => m.InsideShare), Mean(m => m.Margin), Mean(m => m.CentreOffset));
        }),
    ];
}
