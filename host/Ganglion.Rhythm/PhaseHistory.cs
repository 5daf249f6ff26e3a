namespace Ganglion.Rhythm;

/// <summary>
/// The lead of each oscillator over a reference oscillator, one value a cycle of the reference: 0 in phase, 90 a quarter
/// of a period ahead. Cycle c lies between the reference's upward crossings c and c + 1.
/// </summary>
public sealed class PhaseHistory
{
    private readonly double[][] _leads;

    private PhaseHistory(double[][] leads, int cycles)
    {
        _leads = leads;
        Cycles = cycles;
    }

    /// <summary>Whole cycles of the reference.</summary>
    public int Cycles { get; }

    /// <summary>Lead of an oscillator in a cycle [deg], 0..360; NaN if it did not cross zero upwards in that cycle.</summary>
    public double LeadDeg(int oscillator, int cycle) => _leads[oscillator][cycle];

    /// <summary>Largest distance [deg], 0..180, of any oscillator from its wanted lead in a cycle; NaN if one did not cross.</summary>
    /// <param name="wantedDeg">Wanted lead of each oscillator [deg].</param>
    /// <param name="cycle">Cycle, 0..Cycles-1.</param>
    public double WorstDeg(ReadOnlySpan<double> wantedDeg, int cycle)
    {
        double worst = 0;
        for (int i = 0; i < _leads.Length; i++)
        {
            worst = Math.Max(worst, Distance(_leads[i][cycle], wantedDeg[i]));
        }

        return worst;
    }

    /// <summary>
    /// Cycles until the network has settled: the first cycle from which on every oscillator stays within a tolerance of its
    /// wanted lead to the end; -1 if the last cycle is outside.
    /// </summary>
    public int SettlingCycles(ReadOnlySpan<double> wantedDeg, double toleranceDeg)
    {
        int settled = -1;
        for (int c = Cycles - 1; c >= 0 && WorstDeg(wantedDeg, c) <= toleranceDeg; c--)
        {
            settled = c;
        }

        return settled;
    }

    /// <summary>Distance between two angles [deg], 0..180.</summary>
    public static double Distance(double aDeg, double bDeg) => Math.Abs(Math.IEEERemainder(aDeg - bDeg, 360));

    /// <summary>Measures signals around zero that were sampled together.</summary>
    /// <param name="signals">One array of samples for each oscillator, all of one length.</param>
    /// <param name="dt">Time between two samples [s].</param>
    /// <param name="reference">Index of the reference signal.</param>
    public static PhaseHistory Of(double[][] signals, double dt, int reference)
    {
        double[] clock = Waveform.UpwardCrossings(signals[reference], dt);
        int cycles = Math.Max(0, clock.Length - 1);
        double[][] leads = new double[signals.Length][];
        for (int i = 0; i < leads.Length; i++)
        {
            leads[i] = new double[cycles];
            double[] times = Waveform.UpwardCrossings(signals[i], dt);
            int k = 0;
            for (int c = 0; c < cycles; c++)
            {
                while (k < times.Length && times[k] < clock[c])
                {
                    k++;
                }

                bool crossed = k < times.Length && times[k] < clock[c + 1];
                // A crossing late in the cycle is the next one come early: a lead.
                leads[i][c] = crossed ? (1 - (times[k] - clock[c]) / (clock[c + 1] - clock[c])) * 360 % 360 : double.NaN;
            }
        }
        return new PhaseHistory(leads, cycles);
    }
}
