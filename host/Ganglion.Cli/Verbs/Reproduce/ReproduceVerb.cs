using System.CommandLine;
using Ganglion.Cli.Parsing;
using Ganglion.Cli.Printing;
using Ganglion.Cli.Verbs.Bench;
using Ganglion.Lab.Reports;

namespace Ganglion.Cli.Verbs.Reproduce;

/// <summary>`ganglion reproduce`: figures and tables of the papers beside ours.</summary>
internal static class ReproduceVerb
{
    public static Command Create() => new("reproduce", "Computes published figures and tables again.") { ReproduceTrunk.Create(), Gait(),
        ReproduceSlope.Create(), ReproducePendulum.Create(), ReproduceRhythm.Create(), ReproduceBody.Create() };

    private static Command Gait()
    {
        var output = new Option<FileInfo>("--out", "-o")
        {
            Description = "The report, one HTML file; a JSON file of the same name is put " +
                "beside it.",
            DefaultValueFactory = _ => new FileInfo("gait.html"),
            HelpName = "FILE"
        };
        Option<int> seed = CommonOptions.Seed();
        Option<int> threads = Numeric.Threads("Threads of the search.");
        Option<bool> json = CommonOptions.Json();
        var command = new Command("gait",
            "Tables 1 and 2 and Figures 5 and 8 to 13 of the Kimura-CPG biped paper; exit code 3 if a figure that follows from the " +
                "tables is off by more than 1 %.\n\nExample: ganglion reproduce gait --out gait.html")
        {
            output, seed, threads, json,
        };
        command.SetAction(result => Run(result.GetValue(output)!.FullName, result.GetValue(seed), result.GetValue(threads),
            result.GetValue(json)));
        return command;
    }

    private static int Run(string path, int seed, int threads, bool json)
    {
        Files.Check(path);
        var run = GaitReproduction.Run(seed, threads);
        string version = Output.Version;
        Files.WriteWhole(path, GaitReport.Render(run, version));
        object figures = new
        {
            Version = version,
            Seed = seed,
            Problem = Ganglion.Gait.Planned.GaitCheckpoint.HashOf(run.Main.Problem),
            Figures = run.Figures.Select(figure => new
            {
                figure.What,
                figure.Paper,
                FromItsTables = figure.Expected,
                Ours = Output.Round(figure.Ours),
                figure.Met,
                figure.Note
            }),
        };
        Files.WriteWhole(Path.ChangeExtension(path, ".json"), Figures.ToJson(figures));
        if (json)
        {
            Output.Json(figures);
        }
        else
        {
            BenchVerb.Print("Figures of the paper and ours", ["figure", " paper", " from its tables", " ours"], run.Figures,
                figure => BenchVerb.Cells($"{figure.What}", $"{Shown(figure.Paper)}", $"{Shown(figure.Expected)}",
                    $"{figure.Ours:0.####}"));
            Output.Line($"The report is in {path}.");
        }
        return run.Figures.All(figure => figure.Met) ? Errors.Ok : Errors.Missed;
    }

    private static string Shown(double value) => double.IsNaN(value) ? "" : $"{value:0.####}";
}
