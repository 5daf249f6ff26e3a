namespace Ganglion.Live.Reaching;

/// <summary>
/// How long after a setpoint was sent its motion is measured, found from the two alone: of a range of delays the one at which the way of
/// the tip in each period goes best with the way of the setpoints that much earlier (largest cosine of the two series). It takes motion
/// that begins, ends or changes speed.
/// </summary>
public sealed class DelayEstimate
{
    /// <summary>Delays tried, s: the nominal one and these many steps before and after it.</summary>
    private const double StepSeconds = 2.5e-3;

    private const int Before = 8, After = 32;

    /// <summary>Share of the past that is forgotten a period in motion: half a second counts.</summary>
    private const double Forgetting = 0.01;

    /// <summary>Periods in motion before it is believed.</summary>
    private const int Enough = 12;

    /// <summary>Way in a period that tells something, m.</summary>
    private const double ShortestWay = 5e-3;

    private readonly double _nominal;
    private readonly double[] _both = new double[Before + After + 1], _sent = new double[Before + After + 1];
    private int _periods;

    /// <param name="nominal">Expected delay, s.</param>
    public DelayEstimate(double nominal) => (_nominal, Seconds) = (nominal, nominal);

    /// <summary>The delay, s.</summary>
    public double Seconds { get; private set; }

    /// <summary>Candidates, s: <see cref="Count"/> of them.</summary>
    public static int Count => Before + After + 1;

    /// <summary>One of them, s.</summary>
    public double Candidate(int index) => _nominal + (index - Before) * StepSeconds;

    /// <summary>Takes a period in.</summary>
    /// <param name="measured">Way of the tip in it, m.</param>
    /// <param name="sent">Way that the setpoints should have brought it, for each candidate, m.</param>
    public void Add(double measured, ReadOnlySpan<double> sent)
    {
        double most = 0;
        foreach (double way in sent)
        {
            most = Math.Max(most, way);
        }
        // A servo does a few counts at once, and only a longer way at the speed of the setpoints.
        if (most < ShortestWay)
        {
            return;
        }

        for (int i = 0; i < Count; i++)
        {
            _both[i] += measured * sent[i] - Forgetting * _both[i];
            _sent[i] += sent[i] * sent[i] - Forgetting * _sent[i];
        }

        if (++_periods < Enough)
        {
            return;
        }

        int best = 0;
        for (int i = 1; i < Count; i++)
        {
            if (Score(i) > Score(best))
            {
                best = i;
            }
        }

        Seconds = Candidate(best) + StepSeconds * Vertex(best);
    }

    private double Score(int i) => _sent[i] > 0 ? _both[i] / Math.Sqrt(_sent[i]) : 0;

    /// <summary>Top of the parabola through the best and its neighbours, in steps from the best.</summary>
    private double Vertex(int best)
    {
        if (best == 0 || best == Count - 1)
        {
            return 0;
        }

        double left = Score(best - 1), right = Score(best + 1), bend = left - 2 * Score(best) + right;
        return bend < 0 ? Math.Clamp(0.5 * (left - right) / bend, -0.5, 0.5) : 0;
    }
}
