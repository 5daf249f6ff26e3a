using Ganglion.Lab.Pictures;
using Ganglion.Rhythm.Spiking;

namespace Ganglion.Lab.Rhythms;

/// <summary>The last seconds of a spiking pattern generator, step by step: its signals, and the spikes of its neurons.</summary>
/// <param name="capacity">Steps that are kept.</param>
public sealed class CpgTrace(int capacity)
{
    private readonly Queue<CpgMoment> _moments = new(capacity);

    /// <summary>Steps that are kept, the oldest first.</summary>
    public IReadOnlyList<CpgMoment> Moments => [.. _moments];

    /// <summary>Takes the step that a run has made.</summary>
    public void Add(CpgRun run)
    {
        if (_moments.Count == capacity)
        {
            _moments.Dequeue();
        }

        SpikingCpg cpg = run.Cpg;
        _moments.Enqueue(new CpgMoment(run.Seconds, run.Speed, SpeedScale.SpeedAt(cpg.Place), cpg.Cos, cpg.Sin, cpg.Level,
            cpg.LeftFlexor, cpg.RightFlexor, cpg.Fired.ToArray()));
    }

    /// <summary>All signals and the spikes of every neuron as one SVG.</summary>
    /// <param name="neurons">Neurons of the oscillator.</param>
    /// <param name="every">Of which each so many-th is shown.</param>
    public string Render(int neurons, int every = 1)
    {
        const int second = (int)(1 / LifPopulation.Step);
        IReadOnlyList<CpgMoment> moments = Moments;
        var chart = new TimeChart(moments.Count, second);
        Panel("speed [m/s]", 60, 0, SpeedScale.Fastest, ("commanded", m => m.Commanded, Palette.Grey), ("given", m => m.Given,
            Palette.Violet));
        Panel("decoded phase, and the level above which a flexor is active", 160, -1.5, 1.5, ("cos", m => m.Cos, Palette.Orange),
            ("sin", m => m.Sin, Palette.Blue), ("level", m => m.Level, Palette.Green));
        chart.Panel("signals", 100, 0, 4);
        string[] names = ["left flexor", "left extensor", "right flexor", "right extensor"];
        for (int k = 0; k < names.Length; k++)
        {
            int limb = k / 2, row = names.Length - 1 - k;
            bool extensor = k % 2 == 1;
            chart.Line([.. moments.Select(m => row + 0.1 + ((limb == 0 ? m.Left : m.Right) != extensor ? 0.75 : 0))], Palette.Series[k]);
        }

        chart.Legend([.. names.Select((name, k) => (name, Palette.Series[k]))]);
        chart.Panel(every == 1 ? "spikes, one row a neuron" : $"spikes of one neuron in {every}, a row each", 320, neurons, 0);
        chart.Ticks(from step in Enumerable.Range(0, moments.Count)
                    from i in moments[step].Fired
                    where i % every == 0
                    select (step, i + every / 2.0), Palette.DarkBlue, every == 1 ? 1.6 : 0.7 * 320 * every / neurons);
        return chart.Render($"seconds of the part that is shown, the first from {moments[0].Seconds:0.0} s of the run on");

        void Panel(string title, double height, double low, double high, params (string Name, Func<CpgMoment, double> Of, string Colour)[]
            lines)
        {
            chart.Panel(title, height, low, high);
            foreach ((_, Func<CpgMoment, double> of, string colour) in lines)
            {
                chart.Line([.. moments.Select(of)], colour);
            }

            chart.Legend([.. lines.Select(line => (line.Name, line.Colour))]);
        }
    }
}

/// <summary>One step of a spiking pattern generator.</summary>
/// <param name="Seconds">When [s].</param>
/// <param name="Commanded">Commanded speed [m/s].</param>
/// <param name="Given">Speed that the oscillator was given: the memory's where there is one [m/s].</param>
/// <param name="Cos">State of the recurrent synapse.</param>
/// <param name="Sin">The same, a quarter behind.</param>
/// <param name="Level">Decoded level that it is held against.</param>
/// <param name="Left">Whether the left flexor is active; if not, the extensor is.</param>
/// <param name="Right">Of the right limb.</param>
/// <param name="Fired">Neurons that fired.</param>
public sealed record CpgMoment(double Seconds, double Commanded, double Given, double Cos, double Sin, double Level, bool Left,
    bool Right, int[] Fired);
