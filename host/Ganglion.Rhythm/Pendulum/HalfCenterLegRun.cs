using Ganglion.Rhythm.Cells;

namespace Ganglion.Rhythm.Pendulum;

/// <summary>A run of half-centers and leg: signals at each step of the leg, and what they come to once they have settled.</summary>
public sealed class HalfCenterLegRun
{
    /// <summary>Within so much of the slow mode's frequency the motion is entrained, as in the table of the specification.</summary>
    public const double Tolerance = 0.05;

    private readonly double[][] _v, _feedback;
    private readonly List<double>[] _spikes;

    private HalfCenterLegRun(HalfCenterLegOptions options, int steps)
    {
        Options = options;
        Leg = new LegRecord(options.Step, steps);
        _v = [.. Enumerable.Range(0, HalfCenterLeg.Cells).Select(_ => new double[steps])];
        _feedback = [.. Enumerable.Range(0, HalfCenterLeg.Cells).Select(_ => new double[steps])];
        _spikes = [.. Enumerable.Range(0, HalfCenterLeg.Cells).Select(_ => new List<double>())];
    }

    /// <summary>What was run.</summary>
    public HalfCenterLegOptions Options { get; }

    /// <summary>The leg.</summary>
    public LegRecord Leg { get; }

    /// <summary>From here on it counts as settled [s]: the last quarter.</summary>
    public double Settled => 0.75 * Leg.Count * Options.Step;

    /// <summary>Whether the leg left all bounds, at which the run ends.</summary>
    public bool Diverged { get; private set; }

    /// <summary>At which the shoulder's half-center alternates once settled [Hz]; NaN if it does not.</summary>
    public double CellFrequency => Alternation.Frequency(Spikes(0), Spikes(1), Options.TimeScale, Settled);

    /// <summary>At which the upper rod swings once settled [Hz]; NaN if it does not.</summary>
    public double LegFrequency => 1 / Waveform.Period(SettledUpper, Options.Step);

    /// <summary>Of the upper rod once settled [rad].</summary>
    public double Amplitude => 0.5 * Waveform.PeakToPeak(SettledUpper);

    /// <summary>Largest angle of the upper and of the lower rod in the whole run [rad].</summary>
    public (double Upper, double Lower) Largest => (LegRecord.Size(Leg.Upper), LegRecord.Size(Leg.Lower));

    /// <summary>What the muscles put in once settled, by moving the leg forward [J a swing]; NaN if it does not swing.</summary>
    public double WorkPerCycle => Leg.Work(SettledFrom) / (LegFrequency * (Leg.Count - SettledFrom) * Options.Step);

    /// <summary>Whether the half-center goes with the slow mode.</summary>
    public bool IsEntrained => Math.Abs(CellFrequency / LegMode.Of(Options.Body).Slow.Frequency - 1) < Tolerance;

    private int SettledFrom => (int)Math.Round(Settled / Options.Step);

    private ReadOnlySpan<double> SettledUpper => Leg.Upper[SettledFrom..];

    /// <summary>Membrane potential of a cell at each step [mV]; where it fired within the step, 30.</summary>
    public ReadOnlySpan<double> V(int cell) => _v[cell].AsSpan(0, Leg.Count);

    /// <summary>What a cell was told by the leg at each step [mV/ms].</summary>
    public ReadOnlySpan<double> Feedback(int cell) => _feedback[cell].AsSpan(0, Leg.Count);

    /// <summary>Times of a cell's spikes [s of the leg].</summary>
    public ReadOnlySpan<double> Spikes(int cell) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_spikes[cell]);

    /// <summary>Where in the swing of the rod that it moves a cell fires once settled.</summary>
    public SpikePhase Phase(int cell) => SpikePhase.Of(Spikes(cell), (cell < 2 ? Leg.Upper : Leg.Lower)[SettledFrom..], Settled,
        Options.Step);

    /// <summary>Runs.</summary>
    /// <param name="options">What.</param>
    /// <param name="seconds">For how long, s of the leg.</param>
    /// <param name="look">Told the time now and then, s.</param>
    /// <param name="cancellation">Ends it.</param>
    public static HalfCenterLegRun Of(HalfCenterLegOptions options, double seconds, Action<double>? look = null,
        CancellationToken cancellation = default)
    {
        int steps = (int)Math.Round(seconds / options.Step);
        var run = new HalfCenterLegRun(options, steps);
        var leg = new HalfCenterLeg(options);
        for (int k = 0; k < steps; k++)
        {
            if (k % 4096 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                look?.Invoke(leg.Time);
            }

            leg.Step();
            if (!leg.State.IsFinite)
            {
                run.Diverged = true;
                break;
            }

            run.Take(leg, k);
        }

        return run;
    }

    private void Take(HalfCenterLeg leg, int sample)
    {
        Leg.Add(leg.State, leg.Moments);
        for (int i = 0; i < HalfCenterLeg.Cells; i++)
        {
            _v[i][sample] = leg.Spikes[i] > 0 ? IzhikevichCell.Peak : leg.V[i];
            _feedback[i][sample] = leg.Feedback[i];
            for (int spike = 0; spike < leg.Spikes[i]; spike++)
            {
                _spikes[i].Add(leg.Time);
            }
        }
    }
}
