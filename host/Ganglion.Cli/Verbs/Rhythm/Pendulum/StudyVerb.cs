using System.CommandLine;
using Ganglion.Cli.Parsing;
using Ganglion.Cli.Printing;
using Ganglion.Rhythm.Entrainment;
using Ganglion.Rhythm.Pendulum;

namespace Ganglion.Cli.Verbs.Rhythm.Pendulum;

/// <summary>`ganglion rhythm pendulum study` and `reciprocal`: which oscillators are entrained to which pendulums.</summary>
internal static class StudyVerb
{
    public static Command Create()
    {
        Option<double> seconds = Numeric.Option("--seconds", "Length of each run; its last quarter is measured.", new Bounds(60, 5000, "s"),
            LegStudy.Seconds);
        DriveOptions drive = new();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("study",
            "Half-centers of several speeds (time scale) against the size of what they feel of the leg: frequency of the cells, " +
            "amplitude, and which are entrained to the leg's slow mode.\n\nExample: ganglion rhythm pendulum study --feedback rate")
        {
            seconds, json,
        };
        drive.AddTo(command);
        command.SetAction(result => Run(drive.Of(result), result.GetValue(seconds), result.GetValue(json)));
        return command;
    }

    public static Command Reciprocal()
    {
        Option<bool> json = CommonOptions.Json();
        var command = new Command("reciprocal",
            "Iwasaki and Zheng's study: a reciprocal inhibition oscillator, with complete or partial adaptation, that feels the " +
            "position or " +
                "the rate of a pendulum of a fifth to twice its own frequency. Exit code 3 if rate feedback does not lock all nine.\n\n" +
                    "Example: ganglion rhythm pendulum reciprocal")
        {
            json,
        };
        command.SetAction(result => RunReciprocal(result.GetValue(json)));
        return command;
    }

    private static int Run(HalfCenterLegOptions options, double seconds, bool json)
    {
        LegVerb.CheckLength(seconds, options.Step);
        using var interrupt = new WorkInterrupt("nothing is kept of it.");
        var remaining = new Remaining();
        LegStudy study = Output.Progress(json, "study", ": Ctrl-C stops it.", show => LegStudy.Run(options, seconds,
            (done, all) => show($"{done} of {all} runs{remaining.After(done, all)}"), interrupt.Token));
        interrupt.Ended();
        double slow = LegMode.Of(options.Body).Slow.Frequency;
        if (json)
        {
            Output.Json(new
            {
                SlowHz = Output.Round(slow, 6),
                Feedback = $"{options.Feedback}",
                Rows = study.Rows.Select(row => new
                {
                    row.TimeScale,
                    AloneHz = Output.Round(row.Alone, 6),
                    Cells = row.Cells.Select(cell => new
                    {
                        cell.FeedbackSize,
                        CellHz = Output.Round(cell.CellFrequency, 6),
                        LegHz = Output.Round(cell.LegFrequency, 6),
                        AmplitudeRad = Output.Round(cell.Amplitude),
                        WorkPerCycleJ = Output.Round(cell.WorkPerCycle),
                        cell.Entrained,
                    }),
                }),
            });
            return Errors.Ok;
        }

        Output.Table([" ms/s", " alone Hz", .. LegStudy.FeedbackSizes.Select(size => $" q = {size}")], study.Rows.Select(row => (string[])
        [
            $"{row.TimeScale}", $"{row.Alone:0.000}",
            .. row.Cells.Select(cell => $"{cell.CellFrequency:0.000} ({cell.Amplitude:0.00}){(cell.Entrained ? " *" : "  ")}"),
        ]));
        Output.Line($"frequency of the cells in Hz (amplitude of the upper rod in rad); *: within 5 % of the slow mode, {slow:0.0000} Hz.");
        return Errors.Ok;
    }

    private static int RunReciprocal(bool json)
    {
        using var interrupt = new WorkInterrupt("nothing is kept of it.");
        var remaining = new Remaining();
        int done = 0, all = EntrainmentStudy.Variants.Length * EntrainmentStudy.Ratios.Length;
        (string Name, EntrainmentRun[] Runs)[] variants = Output.Progress(json, "reciprocal", ": Ctrl-C stops it.", show =>
            EntrainmentStudy.Variants.Select(variant => (variant.Name, EntrainmentStudy.Of(variant.Oscillator, _ =>
                show($"{++done} of {all} runs{remaining.After(done, all)}"), interrupt.Token))).ToArray());
        interrupt.Ended();
        if (json)
        {
            Output.Json(new
            {
                Variants = variants.Select(variant => new
                {
                    variant.Name,
                    Runs = variant.Runs.Select(run => new
                    {
                        NaturalHz = Output.Round(run.Oscillator.NaturalFrequency, 6),
                        Hz = Output.Round(run.Frequency, 6),
                        AmplitudeRad = Output.Round(run.Amplitude),
                        Spread = Output.Round(run.Spread, 6),
                        TurnsPerSwing = Output.Round(run.TurnsPerSwing),
                        Entrained = run.IsEntrained,
                    }),
                }),
            });
        }
        else
        {
            foreach ((string name, EntrainmentRun[] runs) in variants)
            {
                Output.Line($"{name}: {runs.Count(run => run.IsEntrained)} of {runs.Length} entrained");
                Output.Table([" natural Hz", " swings Hz", " amplitude rad", " off", " swings differ", " turns a swing", "entrained"],
                    runs.Select(run => new[]
                    {
                        $"{run.Oscillator.NaturalFrequency:0.000}", $"{run.Frequency:0.000}", $"{run.Amplitude:0.000}",
                        $"{Math.Round(100 * run.Detuning, 1) + 0.0:+0.0;-0.0;0.0} %", $"{100 * run.Spread:0.00} %",
                        $"{run.TurnsPerSwing:0.0}",
                        run.IsEntrained ? "yes" : "no",
                    }));
            }
        }

        return variants[^1].Runs.All(run => run.IsEntrained) ? Errors.Ok : Errors.Missed;
    }
}
