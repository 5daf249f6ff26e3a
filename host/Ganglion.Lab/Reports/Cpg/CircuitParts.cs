using System.Diagnostics;
using Ganglion.Lab.Pictures;
using Ganglion.Rhythm.ChessClock;
using Ganglion.Rhythm.HalfCenters;
using Ganglion.Rhythm.Spiking;

namespace Ganglion.Lab.Reports.Cpg;

/// <summary>What is found out about a circuit of half-centers.</summary>
internal static class CircuitParts
{
    private const double Settle = 2, Cycles = 8, DrawnSeconds = 2.5, DrawnSpeed = 0.6;

    public static CircuitPart Of(string name, Func<IHalfCenterCircuit> create, CpgPlan plan)
    {
        var design = HalfCenterDesign.Build(create, plan.CircuitSpeeds, plan.CircuitRounds);
        var cat = PhaseDurations.CatAt([.. plan.Speeds]);
        double[] swings = new double[cat.Count], stances = new double[cat.Count], lags = new double[cat.Count];
        double seconds = 0, spikes = 0;
        long began = Stopwatch.GetTimestamp();
        for (int k = 0; k < cat.Count; k++)
        {
            IHalfCenterCircuit circuit = design.Start(cat.Speed[k]);
            PhaseMeter left = new(), right = new();
            Run(circuit, Settle + Cycles * (cat.Swing[k] + cat.Stance[k]), () =>
            {
                if (circuit.Seconds >= Settle)
                {
                    left.Add(circuit.Seconds, circuit.LeftFlexor);
                    right.Add(circuit.Seconds, circuit.RightFlexor);
                }
            });
            (swings[k], stances[k], lags[k]) = (left.Swing, left.Stance, left.LagOf(right));
            seconds += circuit.Seconds;
            spikes += circuit.Spikes / circuit.Seconds / cat.Count;
        }

        double processor = Stopwatch.GetElapsedTime(began).TotalSeconds / seconds;
        return new CircuitPart(name, new GeneratorRow(0, plan.CircuitRounds, swings, stances, lags, spikes, processor),
            [Change(design, 0.3, 1.2), Change(design, 1.2, 0.3)], Draw(name, design.Start(DrawnSpeed)));
    }

    private static CircuitChange Change(HalfCenterDesign design, double from, double to)
    {
        IHalfCenterCircuit circuit = design.Start(from), usual = design.Start(to);
        var settled = new PhaseMeter();
        Run(usual, 8, () => settled.Add(usual.Seconds, usual.LeftFlexor));
        Run(circuit, 5, () => { });
        design.Command(circuit, to);
        var meter = new PhaseMeter();
        Run(circuit, circuit.Seconds + 6, () => meter.Add(circuit.Seconds, circuit.LeftFlexor));
        return new CircuitChange(from, to, meter.Onsets[1] - meter.Onsets[0], settled.Cycle);
    }

    private static string Draw(string name, IHalfCenterCircuit circuit)
    {
        string[] cells = ["left flexor", "left extensor", "right flexor", "right extensor"];
        Run(circuit, Settle, () => { });
        double from = circuit.Seconds;
        var spikes = new List<(int Step, double Value)>();
        const int perSecond = 1000;
        Run(circuit, from + DrawnSeconds, () =>
        {
            for (int i = 0; i < circuit.Fired.Length; i++)
            {
                if (circuit.Fired[i])
                {
                    spikes.Add(((int)((circuit.Seconds - from) * perSecond), i + 0.5));
                }
            }
        });
        var chart = new TimeChart((int)(DrawnSeconds * perSecond), perSecond / 2);
        chart.Panel($"spikes of four {name} cells at {DrawnSpeed} m/s", 110, cells.Length, 0);
        for (int i = 0; i < cells.Length; i++)
        {
            chart.Ticks(spikes.Where(spike => (int)spike.Value == i), Palette.Series[i], 20);
        }

        chart.Legend([.. cells.Select((cell, i) => (cell, Palette.Series[i]))]);
        return chart.Render("half seconds");
    }

    private static void Run(IHalfCenterCircuit circuit, double until, Action each)
    {
        while (circuit.Seconds < until)
        {
            circuit.Advance();
            each();
        }
    }
}
