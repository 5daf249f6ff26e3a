using System.Collections.Immutable;
using Ganglion.Basics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace Ganglion.Rhythm.ChessClock;

/// <summary>One descent of the simplex.</summary>
/// <param name="From">Where it began.</param>
/// <param name="To">Where it ended.</param>
/// <param name="Loss">The loss there.</param>
/// <param name="Evaluations">Evaluations that it took.</param>
public sealed record ClockDescent(ClockParameters From, ClockParameters To, double Loss, int Evaluations);

/// <summary>
/// Fits a chess clock to a phase-duration characteristic with Nelder and Mead's simplex, as the paper does (MathNet.Numerics): from
/// several points, because the loss has many minima, and with the start of the right side stated, because the clock itself may settle in
/// several ways.
/// </summary>
/// <param name="Descents">One for each starting point; the first is the uncoupled clock.</param>
/// <param name="Best">Of those that do from the stated start what was asked for, that of the smallest loss; of all, if none does.</param>
public sealed record ClockFit(ImmutableArray<ClockDescent> Descents, ClockDescent Best)
{
    /// <summary>Starting points unless asked otherwise, and their seed: of the seeds 1 to 4 the one that found the least loss for the
    /// cat's law (R2 of swing 0.950, of stance 0.9994, in antiphase), while the others came to 0.916..0.949.</summary>
    public const int UsualStarts = 4, UsualSeed = 4;

    private const double Tolerance = 1e-4, FirstBias = 0.1, FirstCoupling = 0.7, WidestCoupling = 6;
    private const int MostIterations = 1500;

    /// <summary>Fits.</summary>
    /// <param name="loss">What is made small.</param>
    /// <param name="data">The characteristic.</param>
    /// <param name="coupling">Whether the coupling is fitted too.</param>
    /// <param name="starts">Starting points, 1 or more.</param>
    /// <param name="seed">Of the starting points behind the first.</param>
    public static ClockFit Run(ClockLoss loss, PhaseDurations data, ClockCoupling coupling, int starts, int seed) =>
        From(loss, coupling, StartingPoints(data, coupling, starts, seed));

    /// <summary>Fits from points that are given.</summary>
    /// <param name="loss">What is made small.</param>
    /// <param name="coupling">Whether the coupling is fitted too.</param>
    /// <param name="points">One or more; they oscillate at every speed of the data.</param>
    public static ClockFit From(ClockLoss loss, ClockCoupling coupling, IEnumerable<ClockParameters> points)
    {
        ImmutableArray<ClockDescent> descents = [.. points.Select(point => Descend(loss, coupling, point))];
        ClockDescent[] order = [.. descents.OrderBy(descent => descent.Loss)];
        return new ClockFit(descents, order.FirstOrDefault(descent => loss.Holds(descent.To)) ?? order[0]);
    }

    /// <summary>Where a fit begins: the clock without coupling that is nearest to the data, and that with couplings at random.</summary>
    /// <param name="data">The characteristic.</param>
    /// <param name="coupling">Without coupling there is one point.</param>
    /// <param name="starts">Points.</param>
    /// <param name="seed">Of the couplings.</param>
    public static ImmutableArray<ClockParameters> StartingPoints(PhaseDurations data, ClockCoupling coupling, int starts, int seed)
    {
        ClockParameters first = Uncoupled(data);
        var loss = new ClockLoss(data, coupling, 0.5, ClockStart.Usual);
        ImmutableArray<ClockParameters>.Builder points = ImmutableArray.CreateBuilder<ClockParameters>();
        points.Add(first);
        for (int k = 1; k < starts && coupling != ClockCoupling.None; k++)
        {
            var random = SeededRandom.OfHalves(seed, k);
            ClockParameters point = first with
            {
                FromFtoF = random.NextUniform(-WidestCoupling, WidestCoupling),
                FromEtoF = random.NextUniform(-WidestCoupling, WidestCoupling),
                FromFtoE = random.NextUniform(-WidestCoupling, WidestCoupling),
                FromEtoE = random.NextUniform(-WidestCoupling, WidestCoupling),
            };

            // Couplings that hold a clock up are weakened until it runs.
            for (int i = 0; i < 8 && loss.Of(point) >= ClockLoss.Stalled; i++)
            {
                point = point with
                {
                    FromFtoF = point.FromFtoF / 2,
                    FromEtoF = point.FromEtoF / 2,
                    FromFtoE = point.FromFtoE / 2,
                    FromEtoE = point.FromEtoE / 2,
                };
            }

            points.Add(point);
        }

        return points.ToImmutable();
    }

    /// <summary>How far the simplex reaches along each parameter.</summary>
    /// <param name="point">Where it begins.</param>
    /// <param name="size">1 at first, less where it begins anew.</param>
    public static double[] Around(double[] point, double size) => [.. point.Select((value, i) =>
        size * (i < ClockParameters.UncoupledCount ? FirstBias * Math.Max(Math.Abs(value), 0.1) : FirstCoupling))];

    /// <summary>
    /// With a leak given, a duration d asks for the drive k = r / (1 - exp(-r d)), and drives are straight lines over the speed: least
    /// squares give bias and gain. The leak is the best of a row.
    /// </summary>
    private static ClockParameters Uncoupled(PhaseDurations data)
    {
        var loss = new ClockLoss(data, ClockCoupling.None, 0.5, ClockStart.Usual);
        double longest = Math.Max(data.Swing.Max(), data.Stance.Max());
        return Enumerable.Range(1, 40).Select(i => 0.1 * i / longest).Select(leak =>
        {
            (double biasF, double gainF) = Line(data.Speed, data.Swing, leak);
            (double biasE, double gainE) = Line(data.Speed, data.Stance, leak);
            return new ClockParameters(biasF, biasE, gainF, gainE, leak);
        }).MinBy(loss.Of)!;
    }

    private static (double Bias, double Gain) Line(ImmutableArray<double> speeds, ImmutableArray<double> durations, double leak)
    {
        double[] drives = [.. durations.Select(duration => leak / (1 - Math.Exp(-leak * duration)))];
        double meanSpeed = speeds.Average(), meanDrive = drives.Average(), cross = 0, square = 0;
        for (int i = 0; i < drives.Length; i++)
        {
            cross += (speeds[i] - meanSpeed) * (drives[i] - meanDrive);
            square += (speeds[i] - meanSpeed) * (speeds[i] - meanSpeed);
        }

        double gain = cross / square;
        return (meanDrive - gain * meanSpeed, gain);
    }

    private static ClockDescent Descend(ClockLoss loss, ClockCoupling coupling, ClockParameters point)
    {
        int before = loss.Evaluations, count = coupling == ClockCoupling.None ? ClockParameters.UncoupledCount : ClockParameters.Count;
        double[] from = point.ToArray()[..count];
        (double[] At, double Loss) best = (from, double.PositiveInfinity);
        IObjectiveFunction objective = ObjectiveFunction.Value(vector =>
        {
            double[] values = vector.ToArray();
            double value = loss.Of(ClockParameters.From(values));
            if (value < best.Loss)
            {
                best = (values, value);
            }

            return value;
        });

        // A simplex that has collapsed begins anew where it lies, smaller, until that gains nothing.
        double size = 1;
        for (double last = double.PositiveInfinity; best.Loss < last * 0.95 || double.IsInfinity(last); size *= 0.5)
        {
            last = double.IsInfinity(best.Loss) ? double.MaxValue : best.Loss;
            try
            {
                NelderMeadSimplex.Minimum(objective, Vector<double>.Build.DenseOfArray(best.At),
                    Vector<double>.Build.DenseOfArray(Around(best.At, size)), Tolerance, MostIterations);
            }
            catch (MaximumIterationsException)
            {
                // The best point is kept, and the next simplex goes on there.
            }
        }

        return new ClockDescent(point, ClockParameters.From(best.At), best.Loss, loss.Evaluations - before);
    }
}
