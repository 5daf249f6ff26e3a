using System.Globalization;
using Ganglion.Lab.Pictures;
using Ganglion.Lab.Rhythms;
using Ganglion.Rhythm.ChessClock;

namespace Ganglion.Lab.Reports.Cpg;

/// <summary>The same circuit of Hodgkin-Huxley and of integrate-and-fire cells on the page.</summary>
internal static class CircuitFigures
{
    public static void Circuits(HtmlPage page, CpgReproduction run)
    {
        page.Section("The same circuit of Hodgkin-Huxley and of integrate-and-fire cells").Append("<p class=\"paper\">\"The resulting " +
            "model should be comparable with real biological CPGs and other low-level models like H-H or integrate-and-fire models.\" " +
            "They \"should ... be of the same accuracy as biophysical models\".</p>\n");
        page.Append("<p>Both are simulated: the chess clock's four neurons as spiking cells, the two of a side inhibiting each other. A " +
            "cell's spikes move its clock on (calcium), which at about 1 brakes it (potassium channels that calcium opens) until the " +
            "other escapes and its spikes clear the clock. The speed commands how far a spike moves a clock; calibrated at " +
            $"{run.Plan.CircuitSpeeds} speeds as the network is.</p>\n");
        var table = new HtmlTable(" speed, m/s", " cat: swing, s", " stance, s", " integrate-and-fire: swing, s", " stance, s",
            " Hodgkin-Huxley: swing, s", " stance, s");
        GeneratorRow fire = run.Circuits[0].Durations, squid = run.Circuits[1].Durations;
        for (int k = 0; k < run.Plan.Speeds.Length; k++)
        {
            table.Row(Text(run.Plan.Speeds[k], "0.00"), Text(run.Cat.Swing[k], "0.000"), Text(run.Cat.Stance[k], "0.000"),
                Text(fire.Swing[k], "0.000"), Text(fire.Stance[k], "0.000"), Text(squid.Swing[k], "0.000"), Text(squid.Stance[k], "0.000"));
        }

        page.Append(table.Render());
        var summary = new HtmlTable("", " R2 swing", " R2 stance", " cycle off, worst %", " spikes/s", " ms of processor time a second");
        foreach ((string name, GeneratorRow row) in (ReadOnlySpan<(string, GeneratorRow)>)[("spiking network, 200 " +
            "neurons", run.Calibrated.First()),
            ("half-centers, integrate-and-fire", fire), ("half-centers, Hodgkin-Huxley", squid)])
        {
            summary.Row(name, Text(CpgBars.Swing(run, row), "0.000"), Text(CpgBars.Stance(run, row), "0.0000"),
                Text(CpgBars.PeriodError(run, row), "0.0"), Text(row.SpikesPerSecond, "0"), Text(1000 * row.ProcessorSeconds, "0.00"));
        }

        page.Append(summary.Render());
        foreach (CircuitPart circuit in run.Circuits)
        {
            page.Append(circuit.Picture);
        }

        page.Append("<p>\"The disadvantage of [integrate-and-fire] is that it implements no time-dependent memory\": the clock, which " +
            "both kinds of cell have here, is that memory. A phase of four cells is a whole number of spikes, 8 to 15 ms apart, which is " +
            "why their swings are coarser than those of 200 neurons.</p>\n");
    }

    public static void Energy(HtmlPage page, CpgReproduction run)
    {
        page.Section("What a second costs").Append("<p class=\"paper\">Hodgkin-Huxley \"is very complicated and computationally " +
            "expensive\"; spiking networks \"are also computationally efficient\", their information \"is sparse in time and " +
            "concentrated in spikes\".</p>\n");
        var cat = PhaseDurations.CatAt([CpgEnergy.Speed]);
        double cycle = cat.Swing[0] + cat.Stance[0];
        var table = new HtmlTable("circuit", "operations", " spikes/s", " additions/s", " multiplications/s", " divisions/s",
            " exponentials/s", " µJ/s", " µJ a step");
        foreach (CircuitCost one in run.Energy.Circuits)
        {
            table.Row(one.Name, one.How, Text(one.Spikes, "0"), Text(one.Additions, "#,0"), Text(one.Multiplications, "#,0"),
                Text(one.Divisions, "#,0"), Text(one.Exponentials, "#,0"), Text(1e6 * one.Joules, "0.00"),
                Text(1e6 * one.Joules * cycle, "0.00"));
        }

        page.Append(table.Render()).Append(string.Create(CultureInfo.InvariantCulture, $"<p>The half-centers' operations are those that " +
            $"their simulations did in {CpgEnergy.Seconds:0} s at {CpgEnergy.Speed} m/s (Hodgkin-Huxley in steps of 0.05 ms, " +
            $"integrate-and-fire of 1 ms); the network's are counted by its equations and measured spikes. The last row puts " +
            $"Hodgkin-Huxley cells where the network's neurons are, by the operations of the simulated ones. 0.9 pJ an addition and 3.7 " +
            $"a multiplication (Horowitz 2014, recalled). By this the network takes {Times(run, 2, 0):0.0} times less than four " +
            $"Hodgkin-Huxley cells and {Times(run, 0, 1):0} times more than four that integrate and fire: what it buys with that is " +
            $"finer phases.</p>\n"));
    }

    private static double Times(CpgReproduction run, int dear, int cheap) =>
        run.Energy.Circuits[dear].Joules / run.Energy.Circuits[cheap].Joules;

    private static string Text(double value, string format) => CpgReport.Number(value, format);
}
