namespace Ganglion.Rhythm.ChessClock;

/// <summary>What a fit is asked for.</summary>
public enum ClockCoupling
{
    /// <summary>Each side by itself: five parameters.</summary>
    None,

    /// <summary>Nine parameters, whatever phase comes.</summary>
    Free,

    /// <summary>Nine parameters, and the sides shall alternate evenly.</summary>
    Antiphase
}

/// <summary>
/// What a fit makes small: <c>w (1 - R2 of swing) + (1 - w) (1 - R2 of stance)</c>, which is the mean square error of both in units of
/// their variance. For antiphase it is that of the orbit that is its own mirror image, which has the phase by itself, and a slope there
/// that is not well within -1..1 costs: such an orbit is left at the first nudge. For the others it is that of what comes from the start.
/// Couplings beyond a bound cost too: without one the simplex runs to thousands, where a clock is a spike.
/// </summary>
/// <param name="data">The characteristic.</param>
/// <param name="coupling">What is asked for.</param>
/// <param name="swingWeight">w, above 0 and below 1.</param>
/// <param name="start">Where the right side begins, at every speed.</param>
public sealed class ClockLoss(PhaseDurations data, ClockCoupling coupling, double swingWeight, ClockStart start)
{
    /// <summary>Size of a coupling that costs nothing [1/s], and of a slope.</summary>
    public const double FreeCoupling = 10, FreeSlope = 0.9;

    /// <summary>Cost of the square of what is beyond, for couplings and for slopes; and of the square of every coupling, so that one that
    /// does nothing to the orbit, as that between flexors that never run together, goes to 0.</summary>
    public const double CouplingCost = 0.1, SlopeCost = 10, Ridge = 1e-6;

    /// <summary>w unless asked otherwise: the stance can be had to a thousandth of its variance, the swing to a twentieth.</summary>
    public const double UsualSwingWeight = 0.06;

    /// <summary>Distance of the phase from a half within which sides alternate evenly.</summary>
    public const double LargestPhaseError = 0.03;

    /// <summary>Of parameters that do not oscillate at some speed; less by the share of speeds at which they do.</summary>
    public const double Stalled = 1000;

    private readonly double _swingScale = Scale(data.Swing, swingWeight), _stanceScale = Scale(data.Stance, 1 - swingWeight);

    /// <summary>Whether a clock does from the stated start what was asked for: one that is fitted to alternate evenly may have a second
    /// orbit, in which it does not.</summary>
    public bool Holds(ClockParameters parameters) => coupling != ClockCoupling.Antiphase
        || ClockScore.Of(parameters, data, start, out _) is { Settles: true, LargestPhaseError: < LargestPhaseError };

    /// <summary>Times that it was asked.</summary>
    public int Evaluations { get; private set; }

    /// <summary>The loss of some parameters.</summary>
    /// <param name="parameters">The chess clock.</param>
    public double Of(ClockParameters parameters)
    {
        Evaluations++;
        double swing = 0, stance = 0, cost = Cost(parameters.FromFtoF) + Cost(parameters.FromEtoF) + Cost(parameters.FromFtoE)
            + Cost(parameters.FromEtoE);
        if (cost > 1)
        {
            return Stalled * 2 + cost;
        }

        // What the guess was wrong by at one speed it is about wrong by at the next.
        double wrong = 0;
        for (int i = 0; i < data.Count; i++)
        {
            double ownSwing, ownStance;
            if (coupling == ClockCoupling.Antiphase)
            {
                double guess = ClockMirror.Guess(data.Swing[i], data.Stance[i]);
                if (ClockMirror.Find(parameters, data.Speed[i], guess + wrong) is not { } mirror)
                {
                    return Stalled * (2 - (double)i / data.Count);
                }

                (ownSwing, ownStance, wrong) = (mirror.Swing, mirror.Stance, mirror.Place - guess);
                cost += SlopeCost * Square(Math.Max(0, Math.Abs(mirror.Slope) - FreeSlope)) / data.Count;
            }
            else
            {
                if (ClockOrbit.Find(parameters, data.Speed[i], start) is not { } orbit)
                {
                    return Stalled * (2 - (double)i / data.Count);
                }

                (ownSwing, ownStance) = (orbit.Swing, orbit.Stance);
            }

            swing += Square(ownSwing - data.Swing[i]);
            stance += Square(ownStance - data.Stance[i]);
        }

        return swing * _swingScale + stance * _stanceScale + cost;
    }

    private static double Cost(double value) =>
        Ridge * Square(value) + CouplingCost * Square(Math.Max(0, Math.Abs(value) - FreeCoupling));

    private static double Scale(IReadOnlyList<double> values, double weight)
    {
        double mean = values.Average(), total = values.Sum(value => Square(value - mean));
        return weight / Math.Max(total, 1e-6 * mean * mean * values.Count);
    }

    private static double Square(double value) => value * value;
}
