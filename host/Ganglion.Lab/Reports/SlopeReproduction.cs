using System.Collections.Immutable;
using System.Globalization;
using Ganglion.Ranks;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trials;
using Ganglion.Sim.Walking;

namespace Ganglion.Lab.Reports;

/// <summary>What a slope reproduction walks.</summary>
/// <param name="Robot">A walker.</param>
/// <param name="Gait">The gait for slopes, with its reflexes.</param>
/// <param name="LongSteps">A gait with long steps for level ground.</param>
/// <param name="FirstSeed">First noise seed.</param>
/// <param name="Seeds">Number of seeds of each trial.</param>
/// <param name="Ramps">Ramps, the gentlest first.</param>
/// <param name="Seconds">Longest trial [s].</param>
/// <param name="Threads">Trials at a time.</param>
public sealed record SlopeOptions(
    RobotDescription Robot, GaitDescription Gait, GaitDescription LongSteps, int FirstSeed, int Seeds, IReadOnlyList<SlopeRamp> Ramps,
    double Seconds, int Threads);

/// <summary>A ramp and how it is walked.</summary>
/// <param name="Slope">[rad].</param>
/// <param name="Speed">Commanded on it [m/s]; null: the gait's.</param>
public sealed record SlopeRamp(double Slope, double? Speed);

/// <summary>
/// The walking sections of the paper (Kimura-CPG biped, Biomimetics 2025, 10(9), 637, sections 4.2 to 4.4) again, in physics
/// with the board in the loop: long and short steps on level ground, ramps and a belt under each of the reflexes.
/// </summary>
public sealed class SlopeReproduction
{
    /// <summary>The belt's last slope in the paper's experiment, degrees.</summary>
    public const double BeltDegrees = 8.9;

    /// <summary>
    /// Short steps for "the same distance and time" (section 4.2): the highest cadence that a board takes, with the share of the
    /// speed's command that makes the long steps' way; quick steps come further than they are told.
    /// </summary>
    private const double ShortCadence = 2, ShortCommand = 0.62;

    private const double Knock = 0.01, Push = 1, Lead = 0.8, RampLength = 2.5, PlantarGain = 0.05;

    // A climbing walker may make no more than this share of the commanded way; the ramp's time allows for it.
    private const double Slowest = 0.5;

    private SlopeReproduction(SlopeOptions options, TrialResult natural, TrialResult uncoordinated, IReadOnlyList<TrialResult> ramps,
        TrialResult belt) =>
        (Options, Natural, Uncoordinated, Ramps, Belt) = (options, natural, uncoordinated, ramps, belt);

    /// <summary>What was walked.</summary>
    public SlopeOptions Options { get; }

    /// <summary>Level ground with the long steps, and the same gait at the same speed with short ones.</summary>
    public TrialResult Natural { get; }

    /// <inheritdoc cref="Natural"/>
    public TrialResult Uncoordinated { get; }

    /// <summary>A ramp for each slope, under all conditions.</summary>
    public IReadOnlyList<TrialResult> Ramps { get; }

    /// <summary>The belt, from level to <see cref="BeltDegrees"/>, under all conditions.</summary>
    public TrialResult Belt { get; }

    /// <summary>
    /// The conditions: ankles that take over none, half or all of the slope, each alone, with the paper's baseline and with its
    /// reflex. Its law stands as it is where the ankles leave something to it: half ankles on 15 degrees leave a walker
    /// whose centre of mass is 0.69 m up to be shifted by 0.69 m x tan 7.5 degrees = 91 mm, and the law says 90. Ankles that take
    /// nothing leave 60, 108 and 185 mm on 5, 8.9 and 15 degrees, of which the law says 43, 66 and 90: it is tried at 1.5
    /// besides, the most that a board takes. Whole ankles leave nothing but the 14 mm by which the gait has the centre of mass
    /// behind the feet: a quarter and a half of the law are tried there.
    /// </summary>
    /// <param name="adapt">Share of the slope that the gait's ankles take.</param>
    public static ImmutableArray<TrialCondition> Conditions(double adapt) =>
    [
        new("none", 0, 0, 0), new("plantar", 0, 0, PlantarGain), new("tegotae", 0, 1, 0), new("tegotae x 1.5", 0, 1.5, 0),
        new("half ankle", 0.5 * adapt, 0, 0),
        new("half ankle + plantar", 0.5 * adapt, 0, PlantarGain), new("half ankle + tegotae", 0.5 * adapt, 1, 0), new("ankle", adapt, 0, 0),
        new("ankle + plantar", adapt, 0, PlantarGain), new("ankle + tegotae x 0.25", adapt, 0.25, 0),
        new("ankle + tegotae x 0.5", adapt, 0.5, 0),
    ];

    /// <summary>Walks everything.</summary>
    /// <param name="options">What.</param>
    /// <param name="progress">Is told the name of each trial and what came of a run; one call at a time.</param>
    /// <param name="cancellation">Ends it early with an <see cref="OperationCanceledException"/>.</param>
    /// <param name="store">Keeps finished runs, and has those of a run that was interrupted; null: nothing is kept. The first seed of each
    /// condition, which is drawn, walks again.</param>
    /// <param name="ranks">Who walks; null: this process alone. Rank 0 calls this, the others <see cref="Serve"/>.</param>
    public static SlopeReproduction Run(SlopeOptions options, Action<string, TrialEntry> progress, CancellationToken cancellation,
        PartStore? store = null, IRanks? ranks = null)
    {
        using SlopeRuns runs = new(Plans(options), ranks ?? new SoloRanks(), options.Threads, cancellation);
        return runs.Walk(progress, store) is [var natural, var uncoordinated, .. var ramps, var belt]
            ? new SlopeReproduction(options, natural, uncoordinated, ramps, belt) : throw new InvalidOperationException();
    }

    /// <summary>Walks for rank 0 until it has no more.</summary>
    /// <param name="options">As rank 0's.</param>
    /// <param name="ranks">All.</param>
    /// <param name="cancellation">Ends runs early; rank 0 then is told of none of them.</param>
    /// <exception cref="RanksException">A rank is lost.</exception>
    public static void Serve(SlopeOptions options, IRanks ranks, CancellationToken cancellation)
    {
        using SlopeRuns runs = new(Plans(options), ranks, options.Threads, cancellation);
        runs.Serve();
    }

    /// <summary>Level ground with long and short steps, the ramps, the belt.</summary>
    private static TrialPlan[] Plans(SlopeOptions options)
    {
        GaitDescription gait = options.Gait, steps = options.LongSteps;
        ImmutableArray<TrialCondition> own = [new("own", null, null, null)], all = Conditions(gait.Reflexes.Adapt);
        const double radians = Math.PI / 180;
        return
        [
            Plan("level, long steps", steps, new FlatGround(), steps.Speed, 1, 30, own),
            Plan("level, short steps", steps, new FlatGround(), ShortCommand * steps.Speed, ShortCadence, 30, own),
            .. options.Ramps.Select(ramp =>
            {
                double speed = ramp.Speed ?? gait.Speed, seconds = 8 + (Lead + RampLength + 1) / (Slowest * speed);
                return Plan($"ramp {ramp.Slope * 180 / Math.PI:0.#} degrees", gait, new RampGround(ramp.Slope, Lead, RampLength), speed, 1,
                    seconds, all);
            }),

            // The experiment: 0.2 degrees, rising from 5.2 s to 8.9 degrees at 14.9 s.
            Plan("belt", gait, new BeltGround([(5.2, 0.2 * radians), (14.9, BeltDegrees * radians)]), gait.Speed, 1, 30, all),
        ];

        TrialPlan Plan(string name, GaitDescription walked, TerrainDescription terrain, double speed, double cadence, double seconds,
            ImmutableArray<TrialCondition> conditions) =>
            new(new TrialDescription(name, "", options.Robot.Name, walked.Name, terrain, Math.Min(seconds, options.Seconds), speed, cadence,
                options.FirstSeed, options.FirstSeed + options.Seeds - 1, Knock, Push, null, false, [], conditions), options.Robot, walked);
    }

    /// <summary>Runs that it takes in all.</summary>
    public static int Runs(SlopeOptions options) =>
        options.Seeds * (2 + (options.Ramps.Count + 1) * Conditions(options.Gait.Reflexes.Adapt).Length);

    /// <summary>All that decides a run, to recognise kept ones.</summary>
    public static string Subject(SlopeOptions options, string version) => string.Create(CultureInfo.InvariantCulture,
        $"{version} {options.Robot.FileHash} {options.Gait.FileHash} {options.LongSteps.FileHash} {options.FirstSeed} {options.Seeds} " +
        $"{options.Seconds} {string.Join(' ', options.Ramps)}");

    /// <summary>Summary of a condition of a trial.</summary>
    /// <exception cref="InvalidOperationException">The trial has no such condition.</exception>
    public static ConditionSummary Of(TrialResult result, string condition) => ConditionSummary.Of(result).Single(summary =>
        summary.Condition.Name == condition);

    /// <summary>The paper's figures beside ours. Ours are not a number where no run lasted long enough.</summary>
    public IReadOnlyList<ReproducedFigure> Figures()
    {
        ConditionSummary natural = Of(Natural, "own"), uncoordinated = Of(Uncoordinated, "own");
        return
        [
            Figure("Step of the natural gait, m (Figure 15 b)", 0.269, natural.Step, ""),
            Figure("Step of the uncoordinated gait, m (Figure 15 a)", 0.107, uncoordinated.Step, "ours: the same gait at the same speed " +
                "with twice the cadence, the highest that a board takes"),
            Figure("Speed of the natural gait, m/s", 0.555, natural.Speed, "the paper's is the speed that its planner is given (delta)"),
            Figure("Speed of the uncoordinated gait, m/s", 0.555, uncoordinated.Speed, "the paper keeps distance and time"),
            Figure("Cost of transport, natural (Table 3)", 1.75, natural.CostOfTransport, "sum of |torque x rate| over all joints; the " +
                "paper's actuators are another model"),
            Figure("Cost of transport, uncoordinated (Table 3)", 4.08, uncoordinated.CostOfTransport, ""),
            Figure("Saving by natural steps, % (Table 3)", 57.1, 100 * (1 - natural.CostOfTransport / uncoordinated.CostOfTransport), ""),
            Figure("Shift by Tegotae on the steepest ramp, m (Figure 19)", 0.09, LargestShift(Ramps[^1], "half ankle + tegotae"),
                "the largest, with half ankles; the law gives 0.0899 m at 15 degrees"),
            .. Inside("half", "half ankle + tegotae", "half ankle + plantar"),
            .. Inside("whole", "ankle + tegotae x 0.25", "ankle + plantar"),
            Figure("Amplitude of the pitch on the belt at 8.9 degrees, rad (Figure 24)", 0.2, BeltPitch(),
                "largest tilt of the torso with the ankles' whole adaptation; the paper's robot leans forward"),
        ];
    }

    // The steepest ramp on which two conditions can be compared, because both walk there with at least half of the seeds; the
    // gentlest if there is none.
    private TrialResult Compared(string tegotae, string plantar) =>
        Ramps.LastOrDefault(ramp => 2 * Math.Min(Of(ramp, tegotae).Walked, Of(ramp, plantar).Walked) >= Options.Seeds) ?? Ramps[0];

    /// <summary>Share of the time on the slope with the centre of mass inside the support: over the runs that walked to the end,
    /// or if all fell, over those that came to the slope.</summary>
    public static double MeanOnSlope(TrialResult result, string condition)
    {
        TrialEntry[] entries = [.. result.Entries.Where(entry => entry.Condition.Name == condition
            && double.IsFinite(entry.Run.Measures.InsideShareOnSlope))];
        if (entries.Any(entry => entry.Run.Walked))
        {
            entries = [.. entries.Where(entry => entry.Run.Walked)];
        }

        return entries.Length == 0 ? double.NaN : entries.Average(entry => entry.Run.Measures.InsideShareOnSlope);
    }

    private IEnumerable<ReproducedFigure> Inside(string ankles, string with, string without)
    {
        TrialResult ramp = Compared(with, without);
        double tegotae = 100 * MeanOnSlope(ramp, with), plantar = 100 * MeanOnSlope(ramp, without);
        string where = $"{ramp.Plan.Trial.Name}, {with} against {without}: the steepest that both walk";
        yield return Figure($"Time inside support with Tegotae, {ankles} ankles, % (section 4.3)", 88.3, tegotae, where);
        yield return Figure($"Time inside support with plantar pressure, {ankles} ankles, %", 78.9, plantar, where);
        yield return Figure($"Gain of Tegotae, {ankles} ankles, points", 9.4, tegotae - plantar, where);
    }

    private double BeltPitch() => Belt.Entries.Where(entry => entry.Condition.Name == "ankle" && entry.Run.Walked)
        .Select(entry => entry.Run.Measures.MaxPitch).DefaultIfEmpty(double.NaN).Max();

    private static double LargestShift(TrialResult result, string condition) =>
        result.Entries.Where(entry => entry.Condition.Name == condition).Max(entry => entry.Run.Measures.LargestShift);

    private static ReproducedFigure Figure(string what, double paper, double ours, string note) =>
        new(what, paper, double.NaN, ours, double.NaN, note);
}
