using System.Text.Json;
using Ganglion.Lab.Rhythms;
using Ganglion.Lab.Validation;
using Ganglion.Rhythm.ChessClock;
using Ganglion.Rhythm.HalfCenters;
using Ganglion.Rhythm.Spiking;
using Ganglion.Robots.Rhythms;

namespace Ganglion.Lab.Reports.Cpg;

/// <summary>
/// The paper of the spiking CPG computed again: the chess clock and its fit, the network of spiking neurons that it plans, and what it
/// would compare them by. Part by part, each kept in a store.
/// </summary>
public sealed class CpgReproduction
{
    // About how long a part takes, as shares of the whole [s]: what is left is told by them.
    private const double FitSeconds = 1, FreeFitSeconds = 8, NetworkSeconds = 1, StudySeconds = 1, SquidSeconds = 12, GaitSeconds = 2,
        DigitSeconds = 8;

    // Parts that are neither fits nor networks nor gaits nor the digit.
    private const int Studies = 9;

    private readonly PartStore _store;
    private readonly Action<CpgProgress> _tell;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<(int, int), CpgDesign> _designs = [];
    private int _done;
    private double _spent;

    /// <param name="plan">How much.</param>
    /// <param name="store">Where parts are kept.</param>
    /// <param name="tell">Told before each part.</param>
    /// <param name="cancellation">Ends it.</param>
    public CpgReproduction(CpgPlan plan, PartStore store, Action<CpgProgress> tell, CancellationToken cancellation)
    {
        (Plan, _store, _tell, _cancellation) = (plan, store, tell, cancellation);
        Clocks = [.. ClockPart.Asked(plan).Select(fit => Part($"chess clock, {fit.Name}",
            FitTime(fit), () => ClockPart.Of(fit, plan.FitStarts)))];
        Networks = [.. from k in Enumerable.Range(0, plan.Networks)
                       from rounds in plan.Rounds
                       select Part($"spiking network {k + 1}, {rounds} rounds of calibration", NetworkSeconds,
                           () => Network(plan.Seed + k, rounds))];
        Held = Part("command at changes", StudySeconds, () => NetworkParts.Held(Design(), plan));
        Endurance = Part("one command for long", StudySeconds, () => NetworkParts.Endurance(Design(), plan.EnduranceSeconds));
        Trace = Part("signals and spikes", StudySeconds, () => NetworkParts.Trace(Design()));
        Response = Part("changes, pushes and the ground", StudySeconds, () => CpgResponse.Measure(Design()));
        Similarity = Part("similarity", StudySeconds, () => NetworkParts.Similarity(Design()));
        Circuits =
        [
            Part("half-centers of integrate-and-fire cells", StudySeconds, () => CircuitParts.Of("integrate-and-fire",
                () => new HalfCenterCircuit<Plain, IntegrateAndFireCell<Plain>>(), plan)),
            Part("half-centers of Hodgkin-Huxley cells", SquidSeconds, () => CircuitParts.Of("Hodgkin-Huxley",
                () => new HalfCenterCircuit<Plain, HodgkinHuxleyCell<Plain>>(), plan)),
        ];
        Energy = Part("energy", StudySeconds, () => CpgEnergy.Count(Design(), Calibrated.Average(row => row.SpikesPerSecond)));
        Gaits = [.. LimbGait.All.Select(gait => Part($"gait {gait.Name}", GaitSeconds, () => GaitParts.Of(gait, plan)))];
        GaitPictures = Part("gaits drawn", StudySeconds, GaitParts.Pictures);
        Digit = plan.Digits == null ? null : Part("a digit and its prediction", DigitSeconds, () => DigitPrediction.Run(plan.Digits, 9,
            plan.Epochs, 2, (ulong)(uint)plan.Seed, cancellation));
    }

    /// <summary>How much.</summary>
    public CpgPlan Plan { get; }

    /// <summary>Fits without coupling, coupled, in antiphase.</summary>
    public ClockRow[] Clocks { get; }

    /// <summary>Networks by seed and rounds of calibration.</summary>
    public GeneratorRow[] Networks { get; }

    /// <summary>Those with the usual rounds.</summary>
    public IEnumerable<GeneratorRow> Calibrated => Networks.Where(row => row.Rounds == Plan.Rounds[^1]);

    /// <summary>The command given once.</summary>
    public HeldRow[] Held { get; }

    /// <summary>One command for long.</summary>
    public EnduranceRow Endurance { get; }

    /// <summary>Signals and spikes over a change of speed, an SVG.</summary>
    public string Trace { get; }

    /// <summary>To changes, pushes and the ground.</summary>
    public CpgResponse Response { get; }

    /// <summary>With the chess clock's states.</summary>
    public SimilarityPart Similarity { get; }

    /// <summary>The circuit of other cells.</summary>
    public CircuitPart[] Circuits { get; }

    /// <summary>What a second costs.</summary>
    public CpgEnergy Energy { get; }

    /// <summary>Seven.</summary>
    public GaitPart[] Gaits { get; }

    /// <summary>All gaits, and two transitions; SVGs.</summary>
    public string[] GaitPictures { get; }

    /// <summary>Figure 3; null where the digits are not installed.</summary>
    public DigitPrediction? Digit { get; }

    /// <summary>The cat at the plan's speeds.</summary>
    public PhaseDurations Cat => PhaseDurations.CatAt([.. Plan.Speeds]);

    /// <summary>Parts in all.</summary>
    public static int Parts(CpgPlan plan) => ClockPart.Asked(plan).Length + plan.Networks * plan.Rounds.Length + Studies
        + LimbGait.All.Length + (plan.Digits == null ? 0 : 1);

    /// <summary>Everything that decides the parts.</summary>
    public static string Subject(CpgPlan plan, string version) => $"{version} {JsonSerializer.Serialize(plan)}";

    private GeneratorRow Network(int seed, int rounds)
    {
        CpgDesign design = CpgCalibration.Build(new CpgSettings(Seed: seed, Rounds: rounds));
        _designs[(seed, rounds)] = design;
        return NetworkParts.Durations(design, Plan, _cancellation);
    }

    // The first network; its row may come from the store.
    private CpgDesign Design()
    {
        (int, int) key = (Plan.Seed, Plan.Rounds[^1]);
        if (!_designs.TryGetValue(key, out CpgDesign? design))
        {
            _designs[key] = design = CpgCalibration.Build(new CpgSettings(Seed: Plan.Seed, Rounds: Plan.Rounds[^1]));
        }

        return design;
    }

    private static double FitTime((string Name, ClockCoupling Coupling) fit) =>
        fit.Coupling == ClockCoupling.Free ? FreeFitSeconds : FitSeconds;

    private T Part<T>(string name, double seconds, Func<T> compute)
    {
        _cancellation.ThrowIfCancellationRequested();
        _tell(new CpgProgress(_done, Parts(Plan), name, _spent / Seconds(Plan)));
        T value = _store.Part(name, compute);
        _done++;
        _spent += seconds;
        return value;
    }

    private static double Seconds(CpgPlan plan) => ClockPart.Asked(plan).Sum(FitTime)
        + NetworkSeconds * plan.Networks * plan.Rounds.Length + StudySeconds * (Studies - 1) + SquidSeconds
        + GaitSeconds * LimbGait.All.Length + (plan.Digits == null ? 0 : DigitSeconds);
}

/// <summary>How far a reproduction is.</summary>
/// <param name="Done">Parts that are done.</param>
/// <param name="All">Parts in all.</param>
/// <param name="Next">What is computed next.</param>
/// <param name="Share">Of the whole time, 0..1, as far as it is known.</param>
public sealed record CpgProgress(int Done, int All, string Next, double Share);
