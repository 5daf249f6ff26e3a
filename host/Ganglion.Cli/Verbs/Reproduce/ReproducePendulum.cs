using System.CommandLine;
using Ganglion.Cli.Printing;
using Ganglion.Cli.Verbs.Bench;
using Ganglion.Lab.Reports;
using Ganglion.Lab.Reports.Pendulum;

namespace Ganglion.Cli.Verbs.Reproduce;

/// <summary>`ganglion reproduce pendulum`: the paper of the half-centers that move a double pendulum.</summary>
internal static class ReproducePendulum
{
    public static Command Create()
    {
        var output = new Option<FileInfo>("--out", "-o")
        {
            Description = "The report, one HTML file; a JSON file of the same name is put beside it.",
            DefaultValueFactory = _ => new FileInfo("pendulum.html"),
            HelpName = "FILE"
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("pendulum",
            "Figures 1 to 11 of the paper on two half-centers and a double pendulum, its listing's 20 cell types, what its integrator " +
            "does, entrainment with position and rate feedback, and the energy minimum at resonance; exit code 3 if a figure misses its " +
            "bar.\n\nExample: ganglion reproduce pendulum --out pendulum.html")
        {
            output, json,
        };
        command.SetAction(result => Run(result.GetValue(output)!.FullName, result.GetValue(json)));
        return command;
    }

    private static int Run(string path, bool json)
    {
        Files.Check(path);
        using var interrupt = new WorkInterrupt("nothing is kept of it.");
        PendulumReproduction run = Output.Progress(json, "pendulum", ": Ctrl-C stops it.", show =>
            PendulumReproduction.Run(show, interrupt.Token));
        interrupt.Ended();
        string version = Output.Version;
        Files.WriteWhole(path, PendulumReport.Render(run, version));
        IReadOnlyList<ReproducedFigure> bars = PendulumBars.Of(run);
        object figures = new
        {
            Version = version,
            Figures = bars.Select(figure => new { figure.What, Before = figure.Expected, figure.Ours, figure.Met, figure.Note }),
            Entrainment = run.Position.Rows.Select(row => new
            {
                row.TimeScale,
                AloneHz = Output.Round(row.Alone),
                Cells = row.Cells.Select(cell => new
                {
                    cell.FeedbackSize,
                    CellHz = Output.Round(cell.CellFrequency),
                    AmplitudeRad = Output.Round(cell.Amplitude),
                    cell.Entrained,
                }),
            }),
        };
        Files.WriteWhole(Path.ChangeExtension(path, ".json"), Figures.ToJson(figures));
        if (json)
        {
            Output.Json(figures);
        }
        else
        {
            BenchVerb.Print("Figures as computed before and ours", ["figure", " before", " ours"], bars, figure =>
                BenchVerb.Cells($"{figure.What}{(figure.Met ? "" : " (missed)")}", $"{figure.Expected:G4}", $"{figure.Ours:G4}"));
            Output.Line($"The report is in {path}.");
        }

        return bars.All(figure => figure.Met) ? Errors.Ok : Errors.Missed;
    }
}
