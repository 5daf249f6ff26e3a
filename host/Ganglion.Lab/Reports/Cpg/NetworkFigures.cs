using System.Globalization;
using Ganglion.Lab.Pictures;
using Ganglion.Lab.Rhythms;
using Ganglion.Rhythm.Spiking;

namespace Ganglion.Lab.Reports.Cpg;

/// <summary>The spiking network on the page.</summary>
internal static class NetworkFigures
{
    public static void Durations(HtmlPage page, CpgReproduction run)
    {
        page.Section("The spiking network: four signals from a speed").Append("<p class=\"paper\">\"The task is to create a model that " +
            "receives low dimensional input like the desired speed of an animal and produces a never-ending pattern\"; \"The research " +
            "hypotheses is that SNNs could generalize well to biological CPGs.\"</p>\n");
        page.Append("<p>One ensemble of 200 spiking neurons represents the phase's cosine and sine and the speed; decoders make it turn " +
            "at the speed's frequency and give the level at which a swing ends. Four seconds, another speed in the " +
            "middle:</p>\n").Append(run.Trace);
        var rounds = new HtmlTable("seed", " rounds of calibration", " R2 swing", " R2 stance", " cycle off, worst %", " spikes/s");
        foreach (GeneratorRow row in run.Networks)
        {
            rounds.Row($"{row.Seed}", $"{row.Rounds}", Text(CpgBars.Swing(run, row), "0.000"), Text(CpgBars.Stance(run, row), "0.0000"),
                Text(CpgBars.PeriodError(run, row), "0.0"), Text(row.SpikesPerSecond, "0"));
        }

        page.Append(rounds.Render()).Append($"<p>Calibration measures at " +
            $"{new CpgSettings().CalibrationSpeeds} speeds and solves the decoders again. All figures here are at speeds between " +
            $"them:</p>\n");
        GeneratorRow first = run.Calibrated.First();
        var table = new HtmlTable(" speed, m/s", " cat: swing, s", " stance, s", " network: swing, s", " stance, s", " right limb's lag",
            " command at changes: swing, s", " stance, s");
        for (int k = 0; k < run.Plan.Speeds.Length; k++)
        {
            table.Row(Text(run.Plan.Speeds[k], "0.00"), Text(run.Cat.Swing[k], "0.000"), Text(run.Cat.Stance[k], "0.000"),
                Text(first.Swing[k], "0.000"), Text(first.Stance[k], "0.000"), Text(first.Lag[k], "0.000"),
                Text(run.Held[k].Swing, "0.000"), Text(run.Held[k].Stance, "0.000"));
        }

        page.Append(table.Render());
    }

    public static void Commands(HtmlPage page, CpgReproduction run)
    {
        page.Section("Two ways to give the command").Append("<p class=\"paper\">\"In the first one, some random synchronized patterns " +
            "with encoded speed will always feed to the network. Another approach would only give speed change signals once needed and " +
            "empty signal any other time.\" \"These patterns are then stable in time till later commands are received.\"</p>\n");
        var table = new HtmlTable(" commanded once, m/s", " held, m/s", " worst 5 s", " off, %", " drift, %");
        foreach (HeldRow row in run.Held)
        {
            table.Row(Text(row.Speed, "0.00"), Text(row.Held, "0.000"), Text(row.Worst, "0.000"),
                Text(100 * (row.Worst / row.Speed - 1), "0.00"), Text(100 * row.Drift / row.Speed, "0.00"));
        }

        page.Append(table.Render()).Append(string.Create(CultureInfo.InvariantCulture, $"<p>Each speed is given for 0.5 s and then " +
            $"nothing for {run.Plan.HeldSeconds - 0.5:0.0} s; a memory of eight binary digits, 480 spiking neurons, holds it. With the " +
            $"command given all the time at {run.Endurance.Speed} m/s the network made {run.Endurance.Cycles} steps in " +
            $"{run.Plan.EnduranceSeconds:0} s: {run.Endurance.First:0.000} s in the first tenth, {run.Endurance.Last:0.000} s in the " +
            $"last; from step to step they vary by {100 * run.Endurance.Spread:0.0} %.</p>\n"));
    }

    public static void Answers(HtmlPage page, CpgReproduction run)
    {
        page.Section("Sensory signals that alter phases").Append("<p class=\"paper\">\"Signals from environmental sensors could alter " +
            "flexor and extensor phase patterns without intervention from higher-order systems.\"</p>\n");
        var contacts = new HtmlTable("the left foot meets the ground", " speed, m/s", " at, s", " swing, s", " otherwise", " stance, s",
            " otherwise", " next swing, s");
        foreach (ContactAnswer one in run.Response.Contacts)
        {
            contacts.Row(one.Early ? "early" : "late", Text(one.Speed, "0.0"), Text(one.Contact, "0.000"), Text(one.Swing, "0.000"),
                Text(one.UsualSwing, "0.000"), Text(one.Stance, "0.000"), Text(one.UsualStance, "0.000"), Text(one.NextSwing, "0.000"));
        }

        page.Append(contacts.Render());
        page.Section("A sudden change, and a push");
        var changes = new HtmlTable("", " from, m/s", " to, m/s", " first cycle, s", " usual, s", " cycles to 5 %", " after, s");
        foreach (SpeedChange one in run.Response.Changes)
        {
            changes.Row("spiking network", Text(one.From, "0.0"), Text(one.To, "0.0"), Text(one.FirstCycle, "0.000"),
                Text(one.Usual, "0.000"), $"{one.Cycles}", Text(one.Seconds, "0.00"));
        }

        foreach (CircuitPart circuit in run.Circuits)
        {
            foreach (CircuitChange one in circuit.Changes)
            {
                changes.Row($"half-centers, {circuit.Name}", Text(one.From, "0.0"), Text(one.To, "0.0"), Text(one.FirstCycle, "0.000"),
                    Text(one.Usual, "0.000"), "", "");
            }
        }

        page.Append(changes.Render());
        PushAnswer[] pushes = run.Response.Pushes;
        page.Append(new PlaneChart("a push of 0.5 along the cosine for 0.1 s, at 0.5 m/s: what it moves later steps by", "when, share of " +
            "the cycle behind the swing's beginning", "earlier by, % of a cycle").Line(pushes.Select(one => one.Place),
            pushes.Select(one => 100 * one.Shift), Palette.DarkBlue, null, 2).Line([0, 1], [0, 0], Palette.Frame).Render());
        page.Append($"<p>Cycles that a push put off by more than 10 %: {pushes.Max(one => one.Cycles)} at most. What it leaves is a " +
            "shift of all later steps.</p>\n");
    }

    public static void Similarity(HtmlPage page, CpgReproduction run)
    {
        CpgSimilarity one = run.Similarity.Overall;
        page.Section("Similarity of the baseline's states and the network's activations").Append("<p class=\"paper\">\"Research " +
            "similarities between neurons activation of baseline model and SNNs\"</p>\n");
        page.Append(CpgDrawings.Distances(("chess clock, distances of its four states", run.Similarity.Clock),
            ("spiking network, distances of 200 rates", run.Similarity.Network)));
        page.Append(string.Create(CultureInfo.InvariantCulture, $"<p>Both at 0.6 m/s, dark where two moments of the cycle are far apart. " +
            $"Over five speeds the order of the distances correlates by {one.ClockToNetwork:0.00} (Spearman); two networks of other " +
            $"neurons by {one.NetworkToNetwork:0.00}, moments in random order by {one.ClockToShuffled:0.00}. The clock jumps where a " +
            $"phase ends, the network turns evenly.</p>\n"));
    }

    private static string Text(double value, string format) => CpgReport.Number(value, format);
}
