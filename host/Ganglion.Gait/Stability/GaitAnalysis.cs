using Ganglion.Gait.Planned;
namespace Ganglion.Gait.Stability;

/// <summary>
/// Judges a trace in double precision, with the hull of the soles and its distance in general form: the readable twin of the
/// evaluation of populations, which a test ties to it.
/// </summary>
public static class GaitAnalysis
{
    /// <summary>Measures and judges the cycles of a trace after the settling ones, all from upward crossings of lx.</summary>
    /// <exception cref="ArgumentException">The trace has not that many cycles.</exception>
    public static GaitScore Score(GaitTrace trace, GaitProblem problem)
    {
        (int first, int last, double period) = Cycles(trace, problem.SettleCycles, problem.Cycles);
        (double[] zmpX, double[] zmpZ) = ZeroMomentPoint.Of(trace);
        GaitScore score = new() { MinMargin = double.PositiveInfinity, LowestBody = double.PositiveInfinity, Period = period };
        int samples = last - first, steps = 0, inside = 0;
        for (int k = first; k < last; k++)
        {
            SupportPolygon support = Support(trace, problem, k);
            double distance = Math.Sqrt(Square(zmpX[k] - support.Centre.X) + Square(zmpZ[k] - support.Centre.Z));
            double margin = Math.Min(support.Margin(zmpX[k], zmpZ[k]), MarginAtChange(trace, problem, zmpX, zmpZ, k));
            score.MeanDistance += distance / samples;
            score.MaxDistance = Math.Max(score.MaxDistance, distance);
            score.MinMargin = Math.Min(score.MinMargin, margin);
            if (margin >= 0)
            {
                inside++;
            }

            score.LowestBody = Math.Min(score.LowestBody, trace.BodyY[k]);
            for (int foot = 0; foot < 2; foot++)
            {
                score.Lift = Math.Max(score.Lift, trace.FootY[foot][k]);
                score.Duty += 0.5 * Stood(trace, foot, k) / samples;
                if (!trace.Stands(foot, k))
                {
                    continue;
                }

                score.LongestLeg = Math.Max(score.LongestLeg, Leg(trace, problem, foot, k));
                if (double.IsNaN(trace.Change(foot, k)))
                {
                    continue;
                }

                score.StepLength += Math.Abs(trace.Stance[0][k] - trace.Stance[1][k]);
                steps++;
            }
        }
        ReadOnlySpan<double> sway = trace.BodyZ.AsSpan(first, samples);
        double mean = 0, square = 0;
        foreach (double z in sway)
        {
            mean += z / samples;
        }

        foreach (double z in sway)
        {
            square += Square(z - mean) / samples;
        }

        score.SwayDeviation = Math.Sqrt(square);
        score.Inside = (double)inside / samples;
        if (steps > 0)
        {
            score.StepLength /= steps;
        }

        score.Judge(problem);
        return score;
    }

    /// <summary>The hull of the soles that stand at a sample; the left foot is at -z_f.</summary>
    public static SupportPolygon Support(GaitTrace trace, GaitProblem problem, int k)
    {
        Span<(double X, double Z)> centres = stackalloc (double, double)[2];
        int count = 0;
        for (int foot = 0; foot < 2; foot++)
        {
            if (trace.Stands(foot, k))
            {
                centres[count++] = (trace.Stance[foot][k], (2 * foot - 1) * problem.Spacing);
            }
        }

        return new SupportPolygon(centres[..count], problem.HalfLength, problem.HalfWidth);
    }

    /// <summary>
    /// First sample of the judged cycles, the first after them, and the mean period [s].
    /// </summary>
    public static (int First, int Last, double Period) Cycles(GaitTrace trace, int settle, int count)
    {
        double[] x = trace.Outputs[0];
        int crossings = 0, first = 0;
        double start = 0;
        for (int k = 1; k < x.Length; k++)
        {
            if (!(x[k - 1] < 0 && x[k] >= 0))
            {
                continue;
            }

            crossings++;
            double at = trace.Time(k) - x[k] / (x[k] - x[k - 1]) * trace.Step;
            if (crossings == settle)
            {
                (first, start) = (k, at);
            }

            if (crossings == settle + count)
            {
                return (first, k, (at - start) / count);
            }
        }
        throw new ArgumentException($"The trace has {crossings} cycles; {settle + count} are needed: make it longer, or its oscillators " +
            $"do not oscillate.", nameof(trace));
    }

    /// <summary>Largest way that a foot's equation (2) goes in one of its stances: how far a foot that is not held would slide.</summary>
    public static double LargestSlip(GaitTrace trace, int foot)
    {
        double largest = 0, low = 0, high = 0;
        bool stood = false;
        for (int k = 0; k < trace.Samples; k++)
        {
            bool stands = trace.Stands(foot, k);
            double x = trace.FootX[foot][k];
            if (stands && !stood)
            {
                low = high = x;
            }

            if (stands)
            {
                (low, high) = (Math.Min(low, x), Math.Max(high, x));
            }

            if (!stands && stood)
            {
                largest = Math.Max(largest, high - low);
            }

            stood = stands;
        }
        return largest;
    }

    // Where support changed since the sample before: the ZMP on the line between the two, against the smaller support.
    private static double MarginAtChange(GaitTrace trace, GaitProblem problem, double[] zmpX, double[] zmpZ, int k)
    {
        double left = trace.Change(0, k), right = trace.Change(1, k);
        if (double.IsNaN(left) && double.IsNaN(right))
        {
            return double.PositiveInfinity;
        }

        double when = Math.Max(double.IsNaN(left) ? 0 : left, double.IsNaN(right) ? 0 : right);
        bool lifted = (!double.IsNaN(left) && !trace.Stands(0, k)) || (!double.IsNaN(right) && !trace.Stands(1, k));
        double x = zmpX[k - 1] + when * (zmpX[k] - zmpX[k - 1]), z = zmpZ[k - 1] + when * (zmpZ[k] - zmpZ[k - 1]);
        return Support(trace, problem, lifted ? k : k - 1).Margin(x, z);
    }

    private static double Stood(GaitTrace trace, int foot, int k)
    {
        double when = trace.Change(foot, k);
        if (double.IsNaN(when))
        {
            return trace.Stands(foot, k) ? 1 : 0;
        }

        return trace.Stands(foot, k) ? 1 - when : when;
    }

    private static double Leg(GaitTrace trace, GaitProblem problem, int foot, int k)
    {
        double height = trace.BodyY[k] - problem.BodyOverHips - problem.Ankle;
        return Math.Sqrt(Square(trace.Stance[foot][k] - trace.BodyX[k]) + Square(height) + Square(trace.BodyZ[k]));
    }

    private static double Square(double x) => x * x;
}
