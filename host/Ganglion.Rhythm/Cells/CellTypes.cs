namespace Ganglion.Rhythm.Cells;

/// <summary>
/// The 20 cell types of the pendulum paper's listing (Izhikevich 2004, "Which model to use for cortical spiking neurons?", figure 1). The
/// listing has one steady current for each and starts at v = c, under which 11 of them do not show what they are named for; start, current
/// and step here are those of Izhikevich's own script for his figure, but where a constant of the listing is another one. These differ:
/// bistability (listing a 1, b 1.5 and a current of -65 that holds both states; his script a 0.1, b 0.26) and inhibition-induced bursting
/// (d 0 for -2). Where a pulse hardly reaches the threshold, the step is a part of the protocol: the latency is 16 ms for 5 in fine steps,
/// and the raised potential after a spike becomes more spikes.
/// </summary>
public static class CellTypes
{
    private const double End = double.PositiveInfinity;

    /// <summary>All, in the listing's order.</summary>
    public static readonly CellType[] All =
    [
        Of("tonic-spiking", new(0.02, 0.2, -65, 6), 14, "fires as long as the current lasts",
            Start(100, 0.25, -70), new CurrentPart(10, End, 14)),
        Of("phasic-spiking", new(0.02, 0.25, -65, 6), 0.5, "one spike where the current begins",
            Start(200, 0.25, -64), new CurrentPart(20, End, 0.5)),
        Of("tonic-bursting", new(0.02, 0.2, -50, 2), 15, "bursts as long as the current lasts",
            Start(220, 0.25, -70), new CurrentPart(22, End, 15)),
        Of("phasic-bursting", new(0.02, 0.25, -55, 0.05), 0.6, "one burst where the current begins",
            Start(200, 0.2, -64), new CurrentPart(20, End, 0.6)),
        Of("mixed-mode", new(0.02, 0.2, -55, 4), 10, "a burst where the current begins, then single spikes",
            Start(160, 0.25, -70), new CurrentPart(16, End, 10)),
        Of("spike-frequency-adaptation", new(0.01, 0.2, -65, 8), 30, "fires slower and slower",
            Start(85, 0.25, -70), new CurrentPart(8.5, End, 30)),
        Of("class-1", Integrating(), 0, "under a rising current it begins to fire at a low rate",
            Start(300, 0.25, -60), new CurrentPart(30, End, 0, 0.075)),
        Of("class-2", new(0.2, 0.26, -65, 0), 0, "under a rising current it begins to fire at a high rate",
            Start(300, 0.25, -64), new CurrentPart(-1, End, -0.5), new CurrentPart(30, End, 0, 0.015)),
        Of("spike-latency", new(0.02, 0.2, -65, 6), 7, "a short pulse, and a spike long after it",
            Start(100, 0.2, -70), new CurrentPart(10, 13, 7.04)),
        Of("subthreshold-oscillations", new(0.05, 0.26, -60, 0), 0, "a spike, then oscillations below the threshold",
            Start(200, 0.25, -62), new CurrentPart(20, 25, 2)),
        Of("resonator", new(0.1, 0.26, -60, -1), 0, "fires at two pulses as far apart as its own period, not at others",
            Start(400, 0.25, -62), Pulse(40, 4, 0.65), Pulse(60, 4, 0.65), Pulse(280, 4, 0.65), Pulse(320, 4, 0.65)),
        Of("integrator", Integrating(), 0, "fires at two pulses close together, not at two far apart",
            Start(100, 0.25, -60), Pulse(100 / 11.0, 2, 9), Pulse(100 / 11.0 + 5, 2, 9), Pulse(70, 2, 9), Pulse(80, 2, 9)),
        Of("rebound-spike", new(0.03, 0.25, -60, 4), 0, "a spike after inhibition",
            Start(200, 0.2, -64), Pulse(20, 5, -15)),
        Of("rebound-burst", new(0.03, 0.25, -52, 0), 0, "a burst after inhibition",
            Start(200, 0.2, -64), Pulse(20, 5, -15)),
        Of("threshold-variability", new(0.03, 0.25, -60, 4), 0, "the same pulse makes it fire only after inhibition",
            Start(100, 0.25, -64), Pulse(10, 5, 1), Pulse(70, 5, -6), Pulse(80, 5, 1)),
        Of("bistability", new(1, 1.5, -60, 0), -65, "a pulse starts it firing, a second one stops it",
            Start(300, 0.05, -50, -75), new CurrentPart(-1, End, -65), Pulse(37.5, 2, 26), Pulse(216, 2, 26)),
        Of("depolarizing-after-potential", new(1, 0.2, -60, -21), 0, "after its spike v stays raised",
            Start(50, 0.1, -70), Pulse(9, 2, 20)),
        Of("accommodation", new(0.02, 1, -55, 4) { Rest = -65, Leak = 0 }, 0, "silent under a slow rise, fires at a steep one",
            Start(400, 0.5, -65, -16), new CurrentPart(0, 200, 0, 0.04), new CurrentPart(300, 312.5, 0, 0.32)),
        Of("inhibition-induced-spiking", new(-0.02, -1, -60, 8), 80, "fires while it is inhibited",
            Start(350, 0.5, -63.8), new CurrentPart(-1, End, 80), Pulse(50, 200, -5)),
        Of("inhibition-induced-bursting", new(-0.026, -1, -45, 0), 80, "bursts while it is inhibited",
            Start(350, 0.5, -64), new CurrentPart(-1, End, 80), Pulse(50, 200, -5)),
    ];

    /// <summary>The type of a name; null if there is none.</summary>
    public static CellType? Find(string name) => Array.Find(All, type => type.Name == name);

    // Both have quieter membranes: 4.1 v + 108 for 5 v + 140.
    private static IzhikevichCell Integrating() => new(0.02, -0.1, -55, 6) { Linear = 4.1, Constant = 108 };

    private static CellProtocol Start(double duration, double step, double v, double u = double.NaN) => new(duration, step, v, u);

    private static CurrentPart Pulse(double from, double length, double value) => new(from, from + length, value);

    private static CellType Of(string name, IzhikevichCell cell, double steady, string behaviour, CellProtocol start,
        params CurrentPart[] parts) => new(name, cell, start with
        {
            U = double.IsNaN(start.U) ? cell.B * start.V : start.U,
            Parts = parts,
        }, behaviour, steady);
}
