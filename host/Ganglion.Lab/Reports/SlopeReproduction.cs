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
/// <param name="Fast">A gait that walks slopes faster: up 15 degrees, and on the belt on pneumatic muscles.</param>
/// <param name="FirstSeed">First noise seed.</param>
/// <param name="Seeds">Number of seeds of each trial.</param>
/// <param name="Ramps">Ramps, the gentlest first.</param>
/// <param name="Seconds">Longest trial [s].</param>
/// <param name="Threads">Trials at a time.</param>
public sealed record SlopeOptions(
    RobotDescription Robot, GaitDescription Gait, GaitDescription LongSteps, GaitDescription Fast, int FirstSeed, int Seeds,
    IReadOnlyList<SlopeRamp> Ramps, double Seconds, int Threads);

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

    // What atlas12 is told on 15 degrees; told 0.30 it climbs them with 39 of 40 seeds (README, Measured) [m/s].
    private const double SteepDegrees = 15, SteepSpeed = 0.27;

    private SlopeReproduction(SlopeOptions options, TrialResult natural, TrialResult uncoordinated, IReadOnlyList<TrialResult> ramps,
        TrialResult belt, TrialResult steep, TrialResult muscles) =>
        (Options, Natural, Uncoordinated, Ramps, Belt, Steep, Muscles) = (options, natural, uncoordinated, ramps, belt, steep, muscles);

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

    /// <summary>The fast gait on a belt that stands at 15 degrees.</summary>
    public TrialResult Steep { get; }

    /// <summary>The fast gait on the belt from level to <see cref="BeltDegrees"/>, on pneumatic muscles as the paper's robot has
    /// them.</summary>
    public TrialResult Muscles { get; }

    /// <summary>All trials, in the order in which they are told.</summary>
    public IReadOnlyList<TrialResult> Trials => [Natural, Uncoordinated, .. Ramps, Belt, Steep, Muscles];

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
        return runs.Walk(progress, store) is [var natural, var uncoordinated, .. var ramps, var belt, var steep, var muscles]
            ? new SlopeReproduction(options, natural, uncoordinated, ramps, belt, steep, muscles) : throw new InvalidOperationException();
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

    /// <summary>Level ground with long and short steps, the ramps, the belt, and what the fast gait walks.</summary>
    private static TrialPlan[] Plans(SlopeOptions options)
    {
        GaitDescription gait = options.Gait, steps = options.LongSteps;
        ImmutableArray<TrialCondition> own = [new("own", null, null, null)], all = Conditions(gait.Reflexes.Adapt);
        const double radians = Math.PI / 180;

        // The experiment: 0.2 degrees, rising from 5.2 s to 8.9 degrees at 14.9 s.
        BeltGround rising = new([(5.2, 0.2 * radians), (14.9, BeltDegrees * radians)]);
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
            Plan("belt", gait, rising, gait.Speed, 1, 30, all),
            Plan("slope of 15 degrees, fast", options.Fast, new BeltGround([(0, SteepDegrees * radians)]), SteepSpeed, 1, 30, own),
            Plan("belt, on muscles", options.Fast, rising, options.Fast.Speed, 1, 30, [new("ankle", null, null, null)], muscles: true),
        ];

        TrialPlan Plan(string name, GaitDescription walked, TerrainDescription terrain, double speed, double cadence, double seconds,
            ImmutableArray<TrialCondition> conditions, bool muscles = false) =>
            new(new TrialDescription(name, "", options.Robot.Name, walked.Name, terrain, Math.Min(seconds, options.Seconds), speed, cadence,
                options.FirstSeed, options.FirstSeed + options.Seeds - 1, Knock, Push, null, muscles, [], conditions), options.Robot,
                walked);
    }

    /// <summary>Runs that it takes in all.</summary>
    public static int Runs(SlopeOptions options) =>
        options.Seeds * (4 + (options.Ramps.Count + 1) * Conditions(options.Gait.Reflexes.Adapt).Length);

    /// <summary>All that decides a run, to recognise kept ones.</summary>
    public static string Subject(SlopeOptions options, string version) => string.Create(CultureInfo.InvariantCulture,
        $"{version} {options.Robot.FileHash} {options.Gait.FileHash} {options.LongSteps.FileHash} {options.Fast.FileHash} " +
        $"{options.FirstSeed} {options.Seeds} " +
        $"{options.Seconds} {string.Join(' ', options.Ramps)}");

    /// <summary>Summary of a condition of a trial.</summary>
    /// <exception cref="InvalidOperationException">The trial has no such condition.</exception>
    public static ConditionSummary Of(TrialResult result, string condition) => ConditionSummary.Of(result).Single(summary =>
        summary.Condition.Name == condition);

    /// <summary>The paper's figures beside ours. Ours are not a number where no run lasted long enough.</summary>
    public IReadOnlyList<ReproducedFigure> Figures() => SlopeFigures.Of(this);

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
}
