using System.CommandLine;
using System.Globalization;
using System.Text;
using Ganglion.Cli.Parsing;
using Ganglion.Cli.Printing;
using Ganglion.Lab.Rhythms;
using Ganglion.Rhythm.ChessClock;
using Ganglion.Rhythm.Spiking;

namespace Ganglion.Cli.Verbs.Rhythm;

/// <summary>`ganglion rhythm spiking`: a network of spiking neurons makes a cat's steps from one speed.</summary>
internal static class RhythmSpiking
{
    private const string Always = "always", Changes = "changes";
    private const int TableStep = 5, MostSpeeds = 100;
    private static readonly Bounds Speeds = new(SpeedScale.Slowest, SpeedScale.Fastest, "m/s"), Neurons = new(20, 2000),
        SecondsEach = new(1, 3600, "s");

    private sealed record Options(double[] Speeds, double Seconds, CpgSettings Settings, bool Remembers, string? Csv, string? Svg,
        string? Log, bool Study, bool Json);

    public static Command Create()
    {
        var speeds = new Option<double[]>("--speed")
        {
            Description = $"Speeds, one after the other ({Speeds}).",
            AllowMultipleArgumentsPerToken = true,
            CustomParser = result => Numeric.Row(result, "--speed", _ => Speeds),
            DefaultValueFactory = _ => [0.2, 0.5, 1],
            HelpName = "M/S ...",
        };
        Option<double> seconds = Numeric.Option("--seconds", "Time at each speed.", SecondsEach, 20.0);
        Option<int> neurons = Numeric.Option("--neurons", "Neurons of the oscillator.", Neurons, 200);
        var command = new Option<string>("--command")
        {
            Description = $"{Always}: the network is given the speed all the time; {Changes}: only for half a second at each change, and " +
                "a memory of spiking neurons holds it.",
            DefaultValueFactory = _ => Always,
        };
        command.AcceptOnlyFromAmong(Always, Changes);
        Option<int> seed = CommonOptions.Seed();
        Option<string?> csv = File("--csv", "Write every signal to this table, a row each 5 ms.");
        Option<string?> svg = File("--svg", "Draw every signal and all spikes of the last 10 s.");
        Option<FileInfo?> log = CommonOptions.Log("decoded waveforms, signals and spikes");
        var study = new Option<bool>("--study")
        {
            Description = "Also: answers to a change of speed, pushes and the ground; likeness to the chess clock's states; energy.",
        };
        Option<bool> json = CommonOptions.Json();
        var verb = new Command("spiking",
            "Spiking neurons make flexor and extensor signals of two limbs from a commanded speed: an ensemble by the Neural Engineering " +
                "Framework, calibrated to a cat's phase durations, which stand beside.\n\n" +
            "Example: ganglion rhythm spiking --speed 0.15 0.6 1.2 --seconds 20 --svg cpg.svg")
        {
            speeds, seconds, neurons, command, seed, csv, svg, log, study, json,
        };
        verb.SetAction(result => Run(new Options(result.GetValue(speeds)!, result.GetValue(seconds),
            new CpgSettings(result.GetValue(neurons), result.GetValue(seed)), result.GetValue(command) == Changes, result.GetValue(csv),
            result.GetValue(svg), result.GetValue(log)?.FullName,
            result.GetValue(study), result.GetValue(json))));
        return verb;

        static Option<string?> File(string name, string about) => new(name) { Description = about, HelpName = "FILE" };
    }

    private static int Run(Options options)
    {
        if (options.Speeds.Length is 0 or > MostSpeeds)
        {
            throw new UsageException($"--speed has {options.Speeds.Length} speeds: give 1 to {MostSpeeds}.");
        }

        Files.Check(options.Csv);
        Files.Check(options.Svg);
        using var interrupt = new WorkInterrupt("nothing was written.");
        CpgDesign design;
        try
        {
            design = CpgCalibration.Build(options.Settings);
        }
        catch (NoOscillationException e)
        {
            throw new UserException(e.Message);
        }

        using CpgLog? log = options.Log == null ? null : new CpgLog(options.Log, options.Settings, Output.Version);
        var run = new CpgRun(design, options.Remembers ? new SpeedMemory(options.Settings.Seed) : null);
        var trace = new CpgTrace((int)(10 / LifPopulation.Step));
        StringBuilder? table = options.Csv == null ? null : new StringBuilder("time_s,commanded_m_s,given_m_s,cos,sin,level," +
            "left_flexor,left_extensor,right_flexor,right_extensor\n");
        CpgPart[] parts = [.. options.Speeds.Select(speed => run.Play(speed, options.Seconds, () =>
        {
            interrupt.Token.ThrowIfCancellationRequested();
            trace.Add(run);
            log?.Add(run);
            if (table != null && run.Cpg.Steps % TableStep == 0)
            {
                AppendRow(table, run);
            }
        }))];
        SpikingStudy? study = options.Study ? SpikingStudy.Of(design, parts) : null;
        interrupt.Ended();
        if (table != null)
        {
            Files.WriteWhole(options.Csv!, table.ToString());
        }

        if (options.Svg != null)
        {
            Files.WriteWhole(options.Svg, trace.Render(options.Settings.Neurons));
        }

        Report(options, parts, trace, study);
        return log?.Failure is { } failure ? throw new UserException(failure.Message) : Errors.Ok;
    }

    private static void AppendRow(StringBuilder table, CpgRun run)
    {
        SpikingCpg cpg = run.Cpg;
        (int left, int right) = (cpg.LeftFlexor ? 1 : 0, cpg.RightFlexor ? 1 : 0);
        table.Append(CultureInfo.InvariantCulture, $"{run.Seconds:0.000},{run.Speed:0.0000},{SpeedScale.SpeedAt(cpg.Place):0.0000}," +
            $"{cpg.Cos:0.00000},{cpg.Sin:0.00000},{cpg.Level:0.00000},{left},{1 - left},{right},{1 - right}\n");
    }

    private static void Report(Options options, CpgPart[] parts, CpgTrace trace, SpikingStudy? study)
    {
        var cat = PhaseDurations.CatAt([.. parts.Select(part => part.Speed)]);
        double swingR2 = PhaseDurations.RSquared(cat.Swing, [.. parts.Select(part => part.Left.Swing)]);
        double stanceR2 = PhaseDurations.RSquared(cat.Stance, [.. parts.Select(part => part.Left.Stance)]);
        double[] off = [.. parts.Select((part, k) => 100 * (part.Left.Cycle / (cat.Swing[k] + cat.Stance[k]) - 1))];
        if (options.Json)
        {
            Output.Json(new
            {
                options.Settings.Neurons,
                options.Settings.Seed,
                Command = options.Remembers ? Changes : Always,
                SecondsEach = options.Seconds,
                Speeds = parts.Select((part, k) => new
                {
                    SpeedMS = part.Speed,
                    SwingS = Output.Round(part.Left.Swing),
                    CatSwingS = Output.Round(cat.Swing[k]),
                    StanceS = Output.Round(part.Left.Stance),
                    CatStanceS = Output.Round(cat.Stance[k]),
                    CycleOffPercent = Output.Round(off[k], 2),
                    RightLag = Output.Round(part.Left.LagOf(part.Right)),
                    Cycles = Math.Min(part.Left.Swings.Count, part.Left.Stances.Count),
                    HeldMS = Output.Round(part.HeldSpeed),
                    WorstHeldMS = Output.Round(part.WorstHeld),
                    DriftMS = Output.Round(part.Drift),
                    SpikesPerS = Output.Round(part.OscillatorSpikesPerSecond, 0),
                    MemorySpikesPerS = Output.Round(part.MemorySpikesPerSecond, 0),
                }),
                SwingR2 = Output.Round(swingR2),
                StanceR2 = Output.Round(stanceR2),
                Study = study?.Figures(options.Speeds),
            });
            return;
        }

        Output.Line($"{options.Settings.Neurons} spiking neurons of seed {options.Settings.Seed}, calibrated in " +
            $"{options.Settings.Rounds} rounds at {options.Settings.CalibrationSpeeds} speeds; beside them the cat's law.");
        Output.Table([" speed m/s", " swing s", " cat's", " stance s", " cat's", " off %", " right lag", " cycles"],
            parts.Select((part, k) => new[]
            {
                $"{part.Speed:0.00}", $"{part.Left.Swing:0.000}", $"{cat.Swing[k]:0.000}", $"{part.Left.Stance:0.000}",
                $"{cat.Stance[k]:0.000}", $"{off[k]:0.0}", $"{part.Left.LagOf(part.Right):0.000}",
                $"{Math.Min(part.Left.Swings.Count, part.Left.Stances.Count)}",
            }));
        if (parts.Length > 2)
        {
            Output.Line($"R2 over these speeds: swing {swingR2:0.000}, stance {stanceR2:0.0000}.");
        }

        if (options.Remembers)
        {
            Output.Table([" speed m/s", " held m/s", " worst 5 s m/s", " off %", " drift %"], parts.Select(part => new[]
            {
                $"{part.Speed:0.000}", $"{part.HeldSpeed:0.000}", $"{part.WorstHeld:0.000}",
                $"{100 * (part.WorstHeld / part.Speed - 1):0.0}", $"{100 * part.Drift / part.Speed:0.00}",
            }));
        }

        Draw(parts[^1], trace);
        study?.Print(options.Speeds);
    }

    /// <summary>The end of the run: three of the cat's cycles.</summary>
    private static void Draw(CpgPart last, CpgTrace trace)
    {
        var cat = PhaseDurations.CatAt([last.Speed]);
        int steps = (int)(3 * (cat.Swing[0] + cat.Stance[0]) / LifPopulation.Step);
        CpgMoment[] moments = [.. trace.Moments.TakeLast(steps)];
        Output.Line($"The last {moments.Length * LifPopulation.Step:0.0} s, at {last.Speed:0.00} m/s:");
        Output.Line(Traces.OnOff("left flexor", [.. moments.Select(m => m.Left)]));
        Output.Line(Traces.OnOff("left extensor", [.. moments.Select(m => !m.Left)]));
        Output.Line(Traces.OnOff("right flexor", [.. moments.Select(m => m.Right)]));
        Output.Line(Traces.OnOff("right extensor", [.. moments.Select(m => !m.Right)]));
        Output.Line(Traces.Level("cosine", [.. moments.Select(m => m.Cos)], -1.2, 1.2));
        Output.Line(Traces.Level("level of swing", [.. moments.Select(m => m.Level)], -1.2, 1.2));
        double most = Math.Max(1, moments.Max(m => m.Fired.Length));
        Output.Line(Traces.Level("spikes a ms", [.. moments.Select(m => (double)m.Fired.Length)], 0, most));
    }
}
