using Ganglion.Gait.Trials;
using Ganglion.Lab.Pictures.Walks;
using Ganglion.Sim.Walking;

namespace Ganglion.Lab.Reports;

/// <summary>The figures of the biped paper's walking sections beside ours. Ours are not a number where no run lasted long enough.</summary>
internal static class SlopeFigures
{
    private const string HalfTegotae = "half ankle + tegotae";

    public static IReadOnlyList<ReproducedFigure> Of(SlopeReproduction run)
    {
        ConditionSummary natural = SlopeReproduction.Of(run.Natural, "own"), uncoordinated = SlopeReproduction.Of(run.Uncoordinated, "own");
        return
        [
            Figure("Longest step that the legs reach, m (Figure 15 c)", 0.497,
                LegReach.LongestStep(run.Options.Robot.Walker!, run.Options.LongSteps.Walk.Height),
                "both soles level, hips as high as the long steps have them; the paper does not tell its height"),
            Figure("Step of the natural gait, m (Figure 15 b)", 0.269, natural.Step.Mean, ""),
            Figure("Step of the uncoordinated gait, m (Figure 15 a)", 0.107, uncoordinated.Step.Mean, "ours: the same gait at the same " +
                "speed with twice the cadence, the highest that a board takes"),
            Figure("Speed of the natural gait, m/s", 0.555, natural.Speed.Mean, "the paper's is the speed that its planner is given " +
                "(delta)"),
            Figure("Speed of the uncoordinated gait, m/s", 0.555, uncoordinated.Speed.Mean, "the paper keeps distance and time"),
            Figure("Cost of transport, natural (Table 3)", SlopeEnergies.PaperNaturalCost, natural.CostOfTransport.Mean,
                "sum of |torque x rate| over all joints; the paper's actuators are another model"),
            Figure("Cost of transport, uncoordinated (Table 3)", SlopeEnergies.PaperUncoordinatedCost, uncoordinated.CostOfTransport.Mean,
                ""),
            Figure("Saving by natural steps, % (Table 3)", 57.1,
                100 * (1 - natural.CostOfTransport.Mean / uncoordinated.CostOfTransport.Mean), ""),
            Figure("Energy, uncoordinated over natural (Table 3)",
                SlopeEnergies.PaperUncoordinated.Sum() / SlopeEnergies.PaperNatural.Sum(),
                SlopeEnergies.Ratio(run, energy => energy.Magnitude), "at the same way, where it is the ratio of the costs, in the " +
                    "paper 2.33"),
            Figure("The same, braking free", double.NaN, SlopeEnergies.Ratio(run, energy => energy.Driving), "does not pay for holding"),
            Figure("The same, electric motors", double.NaN, SlopeEnergies.Ratio(run, energy => energy.Electric), "pay for holding"),
            Figure("Sideways way of the centre of mass, m (Figure 20)", 0.11, Sway(run.Natural.Shown[0], run.Options.LongSteps.Walk.Cycle),
                "half of peak to peak of a cycle, long steps, in the mean once settled"),
            Figure("Speed on 15 degrees, m/s", 0.555, Mean(run.Steep, m => m.SpeedOnSlope), SteepNote(run)),
            Figure("Step on 15 degrees, m", 0.269, Mean(run.Steep, m => m.StepOnSlope), SteepNote(run)),
            .. run.Ramps.Select(ramp => Figure($"Speed on the slope of {ramp.Plan.Trial.Name}, m/s", double.NaN,
                Mean(ramp, m => m.SpeedOnSlope), "whole ankles; up a ramp that begins on level ground")),
            Figure("Shift by Tegotae on the steepest ramp, m (Figure 19)", 0.09, LargestShift(run.Ramps[^1]),
                "the largest, with half ankles; the law gives 0.0899 m at 15 degrees"),
            Figure("Shift back on the level behind it, m (Figure 19)", 0.10, ShiftBack(run.Ramps[^1]),
                "the walk that is drawn; not a number where it did not come so far"),
            .. Inside(run, "half", HalfTegotae, "half ankle + plantar"),
            .. Inside(run, "whole", "ankle + tegotae x 0.25", "ankle + plantar"),
            Figure("Amplitude of the pitch on the belt at 8.9 degrees, rad (Figure 24)", 0.2, Pitch(run.Belt),
                "largest tilt of the torso with the ankles' whole adaptation; the paper's robot leans forward"),
            Figure("The same on pneumatic muscles, rad (Figure 24)", 0.2, Pitch(run.Muscles),
                $"{run.Muscles.Plan.Gait.Name}, {SlopeReproduction.Of(run.Muscles, "ankle").WalkedWords}"),
        ];
    }

    private static string SteepNote(SlopeReproduction run) =>
        $"{run.Steep.Plan.Gait.Name} on a belt that stands at 15 degrees, told {run.Steep.Plan.Speed:0.00} m/s, " +
        $"{SlopeReproduction.Of(run.Steep, "own").WalkedWords}; the paper's is its planner's";

    // Of whole ankles, or of the only condition.
    private static double Mean(TrialResult result, Func<WalkMeasures, double> figure) => result.Entries
        .Where(entry => entry.Condition.Name is "ankle" or "own" && entry.Run.Walked).Select(entry => figure(entry.Run.Measures))
        .DefaultIfEmpty(double.NaN).Average();

    // Cycle by cycle: over the whole walk, its heading would count too.
    private static double Sway(ShownRun shown, double cycle) => shown.Samples
        .Where(sample => sample.Time > TrialConditions.SettleSeconds).GroupBy(sample => (int)(sample.Time / cycle))
        .Select(part => 0.5 * (part.Max(sample => sample.Centre.Y) - part.Min(sample => sample.Centre.Y)))
        .DefaultIfEmpty(double.NaN).Average();

    private static double ShiftBack(TrialResult ramp)
    {
        WalkSample[] samples = [.. ramp.Shown.Single(shown => shown.Entry.Condition.Name == HalfTegotae).Samples];
        int top = Array.FindLastIndex(samples, sample => sample.Slope != 0);
        return top < 0 || samples[^1].Slope != 0 ? double.NaN
            : samples.Max(sample => sample.Shift) - samples.Skip(top).Min(sample => sample.Shift);
    }

    private static IEnumerable<ReproducedFigure> Inside(SlopeReproduction run, string ankles, string with, string without)
    {
        TrialResult ramp = Compared(run, with, without);
        double tegotae = 100 * SlopeReproduction.MeanOnSlope(ramp, with), plantar = 100 * SlopeReproduction.MeanOnSlope(ramp, without);
        string where = $"{ramp.Plan.Trial.Name}, {with} against {without}: the steepest that both walk";
        yield return Figure($"Time inside support with Tegotae, {ankles} ankles, % (section 4.3)", 88.3, tegotae, where);
        yield return Figure($"Time inside support with plantar pressure, {ankles} ankles, %", 78.9, plantar, where);
        yield return Figure($"Gain of Tegotae, {ankles} ankles, points", 9.4, tegotae - plantar, where);
    }

    // The steepest ramp on which two conditions can be compared, because both walk there with at least half of the seeds; the
    // gentlest if there is none.
    private static TrialResult Compared(SlopeReproduction run, string tegotae, string plantar) =>
        run.Ramps.LastOrDefault(ramp => 2 * Math.Min(SlopeReproduction.Of(ramp, tegotae).Walked,
            SlopeReproduction.Of(ramp, plantar).Walked) >= run.Options.Seeds) ?? run.Ramps[0];

    private static double Pitch(TrialResult belt) => belt.Entries.Where(entry => entry.Condition.Name == "ankle" && entry.Run.Walked)
        .Select(entry => entry.Run.Measures.MaxPitch).DefaultIfEmpty(double.NaN).Max();

    private static double LargestShift(TrialResult result) =>
        result.Entries.Where(entry => entry.Condition.Name == HalfTegotae).Max(entry => entry.Run.Measures.LargestShift);

    private static ReproducedFigure Figure(string what, double paper, double ours, string note) =>
        new(what, paper, double.NaN, ours, double.NaN, note);
}
