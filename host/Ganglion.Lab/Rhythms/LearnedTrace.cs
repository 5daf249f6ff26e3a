using Ganglion.Lab.Pictures;
using Ganglion.Rhythm.Learned;

namespace Ganglion.Lab.Rhythms;

/// <summary>The run of a learned pattern generator: its signals window by window, and the spikes of the last seconds.</summary>
/// <param name="shownSeconds">So much of the end is drawn [s].</param>
public sealed class LearnedTrace(double shownSeconds)
{
    private readonly List<LearnedMoment> _moments = [];
    private readonly Queue<int[][]> _spikes = [];

    /// <summary>All windows, in order.</summary>
    public IReadOnlyList<LearnedMoment> Moments => _moments;

    private int Shown => (int)(shownSeconds / MuscleEnvelopes.Step);

    /// <summary>Takes the window that it has run.</summary>
    public void Add(LearnedCpg cpg)
    {
        int[][] spikes = [.. Enumerable.Range(0, CpgNetwork.WindowSteps).Select(step => cpg.Fired(step).ToArray())];
        _moments.Add(new LearnedMoment(cpg.Seconds, cpg.Speed, cpg.Cos, cpg.Sin, cpg.Activations.ToArray(), spikes.Sum(one => one.Length)));
        _spikes.Enqueue(spikes);
        if (_spikes.Count > Shown)
        {
            _spikes.Dequeue();
        }
    }

    /// <summary>One SVG of the end: speed, phase, activations, and a row of spikes a neuron.</summary>
    /// <param name="neurons">Of the network.</param>
    /// <param name="title">Under it.</param>
    public string Render(int neurons, string title)
    {
        LearnedMoment[] moments = [.. _moments.TakeLast(Shown)];
        var chart = new TimeChart(moments.Length * CpgNetwork.WindowSteps, (int)Math.Round(1 / CpgNetwork.Step));
        Panel("commanded speed [m/s]", 60, 0, 1.05 * moments.Max(m => m.Speed), ("speed", m => m.Speed, Palette.Grey));
        Panel("phase that is fed back", 120, -1.5, 1.5, ("cosine", m => m.Cos, Palette.Orange), ("sine", m => m.Sin, Palette.Blue));
        for (int limb = 0; limb < 2; limb++)
        {
            (int flexor, int extensor) = (2 * limb, 2 * limb + 1);
            double high = Math.Max(1e-9, 1.05 * moments.Max(m => Math.Max(m.Activations[flexor], m.Activations[extensor])));
            Panel($"{(limb == 0 ? "left" : "right")} limb: activation, in the recording's unit", 120, 0, high,
                ("flexor", m => m.Activations[flexor], Palette.Series[0]), ("extensor", m => m.Activations[extensor], Palette.Series[1]));
        }

        chart.Panel("spikes, one row a neuron; the lower half adapts", 320, neurons, 0);
        chart.Ticks(from one in _spikes.Select((spikes, window) => (spikes, window))
                    from step in Enumerable.Range(0, one.spikes.Length)
                    from neuron in one.spikes[step]
                    select (one.window * CpgNetwork.WindowSteps + step, neuron + 0.5), Palette.DarkBlue, 1.6);
        return chart.Render($"seconds of the end of the run, the first from {moments[0].Seconds:0.0} s on. {title}");

        void Panel(string name, double height, double low, double high,
            params (string Name, Func<LearnedMoment, double> Of, string Colour)[] lines)
        {
            chart.Panel(name, height, low, high);
            foreach ((_, Func<LearnedMoment, double> of, string colour) in lines)
            {
                chart.Line([.. moments.SelectMany(m => Enumerable.Repeat(of(m), CpgNetwork.WindowSteps))], colour);
            }

            chart.Legend([.. lines.Select(line => (line.Name, line.Colour))]);
        }
    }
}

/// <summary>One window of a learned pattern generator.</summary>
/// <param name="Seconds">Its end [s].</param>
/// <param name="Speed">Commanded [m/s].</param>
/// <param name="Cos">Of the phase that is fed back.</param>
/// <param name="Sin">The same.</param>
/// <param name="Activations">Of the muscles.</param>
/// <param name="Spikes">Of all neurons.</param>
public sealed record LearnedMoment(double Seconds, double Speed, double Cos, double Sin, double[] Activations, int Spikes);
