using System.CommandLine;
using Ganglion.Cli.Parsing;
using Ganglion.Lab.Bench;
using Ganglion.Lab.Reports;

namespace Ganglion.Cli.Verbs.Bench;

/// <summary>`ganglion bench reliability`: everything that can go wrong, by a seed, and how often it ended otherwise than it has
/// to.</summary>
internal static class BenchReliability
{
    public static Command Create()
    {
        var parts = new Option<string[]>("--part")
        {
            Description = $"Only this part: {string.Join(", ", ReliabilityParts.Names)}; may be given several times.",
            HelpName = "PART",
            AllowMultipleArgumentsPerToken = true,
        };
        parts.AcceptOnlyFromAmong([.. ReliabilityParts.Names]);
        Option<double> share = Numeric.Option("--share", "Share of the long form's cases, hours or runs (of all parts but boards and " +
            "processes, which are whole or not there).", new Bounds(1e-6, 1), 1.0);
        Option<int> seed = Numeric.Option("--seed", "Seed of everything random.", Bounds.Seed, 1);
        var keep = new Option<DirectoryInfo?>("--keep")
        {
            Description = "Keep what is finished in this folder (of flakes each run): the same command of the same build goes on from it.",
            HelpName = "FOLDER",
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("reliability", $"core: frames of any content against a second model of the board " +
            $"({ReliabilityParts.CoreFrames:0}). pins: failures of chips and buses watched at the pins ({ReliabilityParts.PinEvents:0} " +
            $"changes). boards: boards that lie to each verb. readers: damaged datagrams ({ReliabilityParts.Datagrams}) and files " +
            $"({ReliabilityParts.ReaderCases} each). page: what no page sends, and forged requests, to the page of an armed arm " +
            $"({ReliabilityParts.PageCases}); it listens on every address meanwhile, with a token. processes: signals, pauses and full " +
            $"disks for each verb. resume: trainings and tunings killed at random moments ({ReliabilityParts.Kills} each). soak: " +
            $"{ReliabilityParts.SoakHours:0} h of virtual time. " +
            $"flakes: the tests with real ports {ReliabilityParts.FlakeRounds} times beside busy loops, in a built checkout. Exit code 3 " +
            $"if there was a fault. The long form takes hours: name a part, or a share.\n\n" +
            $"Example: ganglion bench reliability --part core --share 0.01")
        {
            parts, share, seed, keep, json,
        };
        command.SetAction(result => Run(result.GetValue(parts) is { Length: > 0 } some ? some : ReliabilityParts.Here(),
            result.GetValue(share), result.GetValue(seed), result.GetValue(keep)?.FullName, result.GetValue(json)));
        return command;
    }

    private static int Run(string[] parts, double share, int seed, string? folder, bool json)
    {
        if (folder == null)
        {
            using var interrupt = new WorkInterrupt("nothing is kept of it: --keep FOLDER keeps what is finished.");
            List<ReliabilityFigure> all = Figures(parts, share, seed, json, null, interrupt.Token);
            interrupt.Ended();
            return Report(all, seed, json);
        }

        using var work = new KeptWork(folder, "--keep");
        List<ReliabilityFigure>? figures;
        using (PartStore store = work.Open($"{Output.Version} {ReliabilityParts.Build()} {share} {seed}"))
        {
            work.TellKept(store.Count, json);
            figures = work.Compute(() => Figures(parts, share, seed, json, store, work.Token));
        }

        return figures == null ? Errors.Interrupted : Report(figures, seed, json);
    }

    private static List<ReliabilityFigure> Figures(string[] parts, double share, int seed, bool json, PartStore? store,
        CancellationToken cancellation)
    {
        var figures = new List<ReliabilityFigure>();
        foreach (string part in ReliabilityParts.Names.Intersect(parts))
        {
            figures.AddRange(Output.Progress(json, part, "", show =>
                new ReliabilityParts(share, seed, show, store, cancellation).Run(part).ToArray()));
            cancellation.ThrowIfCancellationRequested();
            if (!json)
            {
                Output.Line($"{part}: {figures.Sum(figure => figure.Count)} faults so far.");
            }
        }

        return figures;
    }

    private static int Report(List<ReliabilityFigure> figures, int seed, bool json)
    {
        Bar[] bars = [.. figures.Select(figure => Bar.AtMost($"{figure.What}: faults in {figure.Cases}", figure.Count, 0))];
        if (json)
        {
            var values = new Dictionary<string, object>();
            foreach (ReliabilityFigure figure in figures)
            {
                values[$"{figure.Name}Cases"] = figure.Cases;
                values[$"{figure.Name}Faults"] = figure.Count;
                values[$"{figure.Name}Seconds"] = Output.Round(figure.Seconds, 1);
                if (figure.Growth is { } growth)
                {
                    values[$"{figure.Name}GrowthMb"] = Output.Round(growth * 1e-6, 2);
                }
            }

            values["seed"] = seed;
            values["faults"] = figures.SelectMany(figure => figure.Faults);
            values["missedBars"] = BenchVerb.Missed(bars);
            Output.Json(values);
            return BenchVerb.Code(bars);
        }

        BenchVerb.Print($"Reliability, seed {seed}", ["what", " tried", " faults", " s"], figures, figure =>
            BenchVerb.Cells(figure.What, $"{figure.Cases}", $"{figure.Count}", $"{figure.Seconds:0.0}"));
        foreach (string fault in figures.SelectMany(figure => figure.Faults))
        {
            Output.Line($"{fault}");
        }

        return BenchVerb.Judge(bars);
    }
}
