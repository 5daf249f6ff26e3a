using Ganglion.Basics;
using Ganglion.Gait.Planned;
using Ganglion.Gait.Stability;
using Ganglion.Rhythm;
using Ganglion.Robots.Rhythms;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Lab.Reports;

/// <summary>A figure of the paper beside ours.</summary>
/// <param name="What">What it is, with its unit.</param>
/// <param name="Paper">What the paper prints; NaN where it prints none.</param>
/// <param name="Expected">What was computed from its tables before (shared/README.md B1); NaN where there is none.</param>
/// <param name="Ours">What comes out here.</param>
/// <param name="Tolerance">Allowed deviation from Expected as a fraction; NaN where there is no bar.</param>
/// <param name="Note">Why they differ, where they do.</param>
public sealed record ReproducedFigure(string What, double Paper, double Expected, double Ours, double Tolerance, string Note)
{
    /// <summary>True unless a bar is missed.</summary>
    public bool Met => double.IsNaN(Tolerance) || Math.Abs(Ours / Expected - 1) <= Tolerance;
}

/// <summary>
/// The gait section of the second paper (Kimura-CPG biped, Biomimetics 2025, 10(9), 637, Tables 1 and 2, Figures 8 to 13)
/// computed again: what its tables give by its own equations, and what a search gives in the corrected readings.
/// </summary>
public sealed class GaitReproduction
{
    private GaitReproduction(
        RhythmRecording figure5, GaitTrace tables, SearchedGait main, SearchedGait shortSteps, SearchedGait longSteps, int seed,
        List<ReproducedFigure> figures) =>
        (Figure5, Tables, Main, ShortSteps, LongSteps, Seed, Figures) = (figure5, tables, main, shortSteps, longSteps, seed, figures);

    /// <summary>Figure 5: four oscillators with its own parameters, each inhibiting every other with weight -1.</summary>
    public RhythmRecording Figure5 { get; }

    /// <summary>Tables 1 and 2 by equations (2) to (4).</summary>
    public GaitTrace Tables { get; }

    /// <summary>The genetic search at the paper's settings.</summary>
    public SearchedGait Main { get; }

    /// <summary>The same search without the step's term: the paper's comparison 1 (Figure 12).</summary>
    public SearchedGait ShortSteps { get; }

    /// <summary>The same for its long steps: comparison 2 (Figure 13).</summary>
    public SearchedGait LongSteps { get; }

    /// <summary>Seed of the searches.</summary>
    public int Seed { get; }

    /// <summary>Figure by figure.</summary>
    public IReadOnlyList<ReproducedFigure> Figures { get; }

    /// <summary>Computes everything; about three seconds.</summary>
    /// <param name="seed">Seed of the genetic searches.</param>
    /// <param name="threads">Threads of them.</param>
    public static GaitReproduction Run(int seed, int threads)
    {
        RhythmRecording figure5 = Oscillators(4);
        GaitTrace tables = GaitPlanner.Paper(13);
        var main = SearchedGait.Find(new GaitProblem(), seed, threads);
        SearchedGait shortSteps = SearchedGait.Find(GaitProblem.WithoutStep, seed, threads), longSteps =
            SearchedGait.Find(GaitProblem.LongSteps, seed, threads);
        List<ReproducedFigure> figures = [.. OfFigure5(figure5), .. Compare(tables, main.Search, main.Problem),
            .. Comparisons(shortSteps, longSteps)];
        return new GaitReproduction(figure5, tables, main, shortSteps, longSteps, seed, figures);
    }

    private static RhythmRecording Oscillators(int count)
    {
        KimuraParameters definition = new(count) { Count = count };
        for (int i = 0; i < count; i++)
        {
            OscillatorParameters.Figure5.WriteTo(definition, i);
            definition.Quarter[i] = (byte)((i + 1) % 4);
            for (int j = 0; j < count; j++)
            {
                definition.Weights[i * count + j] = i == j ? 0 : -1;
            }
        }
        KimuraNetwork network = new(count, 0.01f, IntegrationScheme.RungeKutta4);
        RhythmReason refused = network.Configure(definition, out _);
        return refused == RhythmReason.None ? RhythmRecording.Record(network, 10, 30)
            : throw new InvalidOperationException($"Figure 5's network is refused: {refused}.");
    }

    private static IEnumerable<ReproducedFigure> OfFigure5(RhythmRecording network)
    {
        RhythmRecording single = Oscillators(1);
        yield return new("cycle of one oscillator with Figure 5's parameters, s", double.NaN, 1.2047, single.Period(0), 0.005,
            "beta and a as magnitudes: with the signs of (1) as printed it comes to rest");
        yield return new("its output, peak to peak", double.NaN, 0.6641, single.PeakToPeak(0), 0.01, "");
        yield return new("cycle of Figure 5's four, all inhibiting each other, s", double.NaN, 1.4006, network.Period(0), 0.005,
            "any order of the four phases is stable here, and the start decides: walking needs the ring of shared/README.md A4");
        yield return new("their output, peak to peak", double.NaN, 0.8761, network.PeakToPeak(0), 0.01, "");
    }

    private static IEnumerable<ReproducedFigure> Comparisons(SearchedGait shortSteps, SearchedGait longSteps)
    {
        GaitScore one = shortSteps.Search.Best, two = longSteps.Search.Best;
        double reach = longSteps.Problem.Reach;
        return
        [
            new("comparison 1, no step term: step, mm", 107, double.NaN, 1000 * one.StepLength, double.NaN,
                "shorter than with (16), as in the paper: the mean distance of the ZMP falls with the step"),
            new("comparison 1: height of the step, mm", 48, double.NaN, 1000 * one.Lift, double.NaN, ""),
            new("comparison 1: least margin, mm", 50, double.NaN, 1000 * one.MinMargin, double.NaN,
                "over every sample; the paper's is of one place (x = 2.81 m)"),
            new("comparison 2, long steps: step, mm", 530, double.NaN, 1000 * two.StepLength, double.NaN,
                "asked for: a search does not come to it by itself"),
            new("comparison 2: height of the step, mm", 96, double.NaN, 1000 * two.Lift, double.NaN, ""),
            new("comparison 2: least margin, mm", double.NaN, double.NaN, 1000 * two.MinMargin, double.NaN, two.MinMargin < 0
                ? "\"a high level of stability\" cannot be with soles of 200 mm: the body would have to be over a foot for longer than " +
                    "it stands" : ""),
            new("comparison 2: longest leg, mm", double.NaN, double.NaN, 1000 * two.LongestLeg, double.NaN,
                $"the legs reach {1000 * reach:0} mm: " +
                    $"{(two.LongestLeg > reach ? "an invalid gait, as the paper says" : "within reach here")}"),
        ];
    }

    private static List<ReproducedFigure> Compare(GaitTrace tables, GaitTuning search, GaitProblem problem)
    {
        double[] paper = GaitGenes.Paper();
        double cycle = GaitAnalysis.Cycles(tables, 1, 9).Period, body = BodyCycle(tables);
        (double[] zmpX, double[] zmpZ) = ZeroMomentPoint.Of(tables);
        int inner = tables.Samples - 2;
        double inside = Enumerable.Range(1, inner).Count(k => GaitAnalysis.Support(tables, problem, k)
            .Margin(zmpX[k], zmpZ[k]) >= 0) / (double)inner;
        GaitScore best = search.Best;
        double w = 2 * Math.PI / body, sway = Swing(tables.BodyZ) / 2;
        return
        [
            new("step from Tables 1 and 2, mm", 269, 268.6, 1000 * paper[GaitGenes.FootSpeed] * cycle / 2, 0.01,
                "delta T / 2 with the feet inhibited between left and right only"),
            new("cycle of the feet, s", double.NaN, 0.9680, cycle, 0.01, ""),
            new("cycle of the body, s", double.NaN, 0.9618, body, 0.01,
                "the paper admits the mismatch; the body also runs 31 mm/s faster than the feet"),
            new("swing of the body sideways, mm", 266, 267.7, 1000 * Swing(tables.BodyZ), 0.01, "peak to peak"),
            new("swing of the body up and down, mm", 42, 42.8, 500 * Swing(tables.BodyY), 0.01, "half of peak to peak; body oscillators " +
                "in a chain x - y - z"),
            new("ZMP inside the soles (Figure 11), %", 100, double.NaN, 100 * inside, double.NaN,
                $"cannot be: equation (11) makes the ZMP of a sinusoid larger by 1 + h w^2 / g = " +
                    $"{1 + paper[GaitGenes.BodyY] * w * w / Gravity.OfBodies:0.00}, so {1000 * sway:0} mm of sway swing the ZMP by " +
                        $"{1000 * sway * (1 + paper[GaitGenes.BodyY] * w * w / Gravity.OfBodies):0} mm, and the feet are at " +
                            $"{1000 * problem.Spacing:0} mm"),
            new("time with no foot on the ground, %", 0, double.NaN, 100 * Enumerable.Range(0, tables.Samples)
                .Count(k => !tables.Stands(0, k) && !tables.Stands(1, k)) / (double)tables.Samples, double.NaN,
                "y0 of Table 2 (printed as z0) is above 0, so equation (2) keeps each foot in the air for most of the cycle"),
            new("sliding of a standing foot (Figure 10a), mm", 0, double.NaN, 1000 * GaitAnalysis.LargestSlip(tables, 0), double.NaN,
                "a sinusoid plus a ramp cannot stand still; the swing-gated mapping does"),
            new("height of the body of Table 1, mm", 776, double.NaN, 1000 * paper[GaitGenes.BodyY], double.NaN,
                "above the 710 mm of the stretched legs, if the mass is at the hips as the paper says"),
            new("fitness after 100 generations (Figure 8)", 20.106, double.NaN, best.Fitness, double.NaN,
                "not comparable: the paper does not give its normalisations; readings of shared/README.md B5"),
            new("step of the search, mm", 269, double.NaN, 1000 * best.StepLength, double.NaN, "the root of (16) is 332 mm, and the " +
                "paper's own fitness has its best there"),
            new("mean distance of the ZMP from the centre of support, mm", double.NaN, double.NaN, 1000 * best.MeanDistance,
                double.NaN, ""),
            new("largest distance, mm", 48.5, double.NaN, 1000 * best.MaxDistance, double.NaN, "at steps of 332 mm, where the support is " +
                "further from foot to foot"),
            new("least margin of the ZMP, mm", 21, double.NaN, 1000 * best.MinMargin, double.NaN, "soles of 200 x 120 mm, every change " +
                "of support between two samples included"),
        ];
    }

    private static double Swing(double[] values) => values.Max() - values.Min();

    private static double BodyCycle(GaitTrace trace)
    {
        double[] z = trace.Outputs[6];
        var times = new List<double>();
        for (int k = 1; k < z.Length; k++)
        {
            if (z[k - 1] < 0 && z[k] >= 0)
            {
                times.Add(trace.Time(k) - z[k] / (z[k] - z[k - 1]) * trace.Step);
            }
        }

        return (times[^1] - times[0]) / (times.Count - 1);
    }
}
