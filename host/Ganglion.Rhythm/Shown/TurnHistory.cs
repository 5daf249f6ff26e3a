using System.Collections.Immutable;

namespace Ganglion.Rhythm.Shown;

/// <summary>The latest outputs of some oscillators, and how they turn.</summary>
/// <param name="names">Of the oscillators.</param>
/// <param name="dt">From one sample to the next [s].</param>
/// <param name="seconds">How long they are kept [s]; what is slower has no period.</param>
internal sealed class TurnHistory(ImmutableArray<string> names, double dt, double seconds)
{
    // What is faster is measured over less: the latest turns are news.
    private const int Short = 6;

    private readonly double[][] _ring = [.. names.Select(_ => new double[(int)Math.Ceiling(seconds / dt)])];
    private int _count, _next;

    /// <summary>Forgets all: what comes is another rhythm.</summary>
    public void Clear() => (_count, _next) = (0, 0);

    /// <summary>Takes the output of an oscillator at the present moment.</summary>
    public void Put(int oscillator, double output) => _ring[oscillator][_next] = output;

    /// <summary>The present moment is over.</summary>
    public void Move()
    {
        int length = _ring[0].Length;
        (_next, _count) = ((_next + 1) % length, Math.Min(length, _count + 1));
    }

    /// <summary>Period and lead of each.</summary>
    public ImmutableArray<ShownTurn> Measure()
    {
        double[][] latest = Latest(_count / Short), all = Latest(_count);
        PhaseHistory phases = PhaseHistory.Of(latest, dt, 0).Cycles > 0 ? PhaseHistory.Of(latest, dt, 0) : PhaseHistory.Of(all, dt, 0);
        return [.. names.Select((name, i) =>
        {
            double period = Waveform.Period(latest[i], dt);
            bool moves = _count > 0 && all[i].Max() - all[i].Min() > OscillatorPreview.AtRest;
            return new ShownTurn(name, !moves ? double.NaN : double.IsNaN(period) ? Waveform.Period(all[i], dt) : period,
                moves && phases.Cycles > 0 ? phases.LeadDeg(i, phases.Cycles - 1) : double.NaN);
        })];
    }

    private double[][] Latest(int count)
    {
        int length = _ring[0].Length, first = (_next - count + length) % length;
        return [.. _ring.Select(line => (double[])[.. Enumerable.Range(0, count).Select(k => line[(first + k) % length])])];
    }
}
