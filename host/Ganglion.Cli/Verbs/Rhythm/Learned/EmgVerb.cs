using System.CommandLine;
using System.Globalization;
using System.Text;
using Ganglion.Cli.Parsing;
using Ganglion.Cli.Printing;
using Ganglion.Lab.Rhythms;
using Ganglion.Rhythm.Learned;
using Ganglion.Rhythm.Spiking;

namespace Ganglion.Cli.Verbs.Rhythm.Learned;

/// <summary>`ganglion rhythm emg`: cuts a recording of muscles into strides, or makes one.</summary>
internal static class EmgVerb
{
    private static readonly Bounds Speeds = new(SpeedScale.Slowest, SpeedScale.Fastest, "m/s"), StridesEach = new(2, 1000);

    private sealed record Options(string? Table, bool Rectified, double[] Speeds, int Strides, int Seed, string? Out, string? Csv,
        string? Svg, bool Json);

    public static Command Create()
    {
        Argument<FileInfo?> table = EmgSource.Argument();
        Option<bool> rectified = EmgSource.Rectified("The muscles are envelopes, not raw EMG; without a file, envelopes are made.");
        var speeds = new Option<double[]>("--speed")
        {
            Description = $"Without a file: speeds that the cat walks at, one after the other ({Speeds}).",
            AllowMultipleArgumentsPerToken = true,
            CustomParser = result => Numeric.Row(result, "--speed", _ => Speeds),
            DefaultValueFactory = _ => EmgSource.LearnedSpeeds,
            HelpName = "M/S ...",
        };
        Option<int> strides = Numeric.Option("--strides", "Without a file: strides at each speed.", StridesEach, EmgSource.StridesEach);
        Option<int> seed = CommonOptions.Seed();
        var output = new Option<FileInfo?>("--out", "-o") { Description = "Write the made recording to this table.", HelpName = "FILE" };
        var csv = new Option<FileInfo?>("--csv")
        {
            Description = "Write each stride's speed, swing and stance to this table, as ganglion rhythm fit reads it.",
            HelpName = "FILE",
        };
        var svg = new Option<FileInfo?>("--svg") { Description = "Draw the first seconds, raw and filtered.", HelpName = "FILE" };
        Option<bool> json = CommonOptions.Json();
        var verb = new Command("emg",
            "Rectifies and filters EMG of two limbs and cuts it into strides (raw: high-pass 20 Hz, magnitude, low-pass 10 Hz; " +
                "Butterworth of order 4, forward and back). Without a file a cat's is made: phases by its law, varying from step to " +
                "step.\n\n" +
            "Example: ganglion rhythm emg --out cat.csv --svg cat.svg")
        {
            table, rectified, speeds, strides, seed, output, csv, svg, json,
        };
        verb.SetAction(result =>
        {
            string? file = result.GetValue(table)?.FullName;
            if (file != null && (result.GetValue(output) != null || result.GetResult(speeds) is { Implicit: false }
                || result.GetResult(strides) is { Implicit: false } || result.GetResult(seed) is { Implicit: false }))
            {
                throw new UsageException("--out, --speed, --strides and --seed make a recording, and there is one: leave out the " +
                    "file, or them.");
            }

            return Run(new Options(file, result.GetValue(rectified), result.GetValue(speeds)!, result.GetValue(strides),
                result.GetValue(seed), result.GetValue(output)?.FullName, result.GetValue(csv)?.FullName, result.GetValue(svg)?.FullName,
                result.GetValue(json)));
        });
        return verb;
    }

    private static int Run(Options options)
    {
        Files.Check(options.Out);
        Files.Check(options.Csv);
        Files.Check(options.Svg);
        using var interrupt = new WorkInterrupt("nothing was written.");
        EmgRecording recording = options.Table == null
            ? SyntheticEmg.Record(options.Speeds, options.Strides, options.Seed, options.Rectified)
            : EmgTable.Load(options.Table, options.Rectified);
        var strides = RecordedStrides.Cut(MuscleEnvelopes.Of(recording), options.Table ?? "the recording that was made");
        interrupt.Token.ThrowIfCancellationRequested();
        interrupt.Ended();
        if (options.Out != null)
        {
            EmgTable.Write(recording, options.Out);
        }

        if (options.Csv != null)
        {
            Files.WriteWhole(options.Csv, Durations(strides));
        }

        if (options.Svg != null)
        {
            Files.WriteWhole(options.Svg, EmgPicture.Render(recording, strides));
        }

        Report(options, recording, strides);
        return Errors.Ok;
    }

    private static string Durations(RecordedStrides strides)
    {
        var table = new StringBuilder("speed,swing,stance\n");
        foreach (Stride stride in strides.Groups.SelectMany(group => group.Strides))
        {
            double stance = stride.Cycle - stride.Swing;
            table.Append(CultureInfo.InvariantCulture, $"{stride.Speed:0.####},{stride.Swing:0.####},{stance:0.####}\n");
        }

        return table.ToString();
    }

    private static void Report(Options options, EmgRecording recording, RecordedStrides strides)
    {
        if (options.Json)
        {
            Output.Json(new
            {
                SamplesPerS = Output.Round(recording.Rate, 1),
                Seconds = Output.Round(recording.Seconds, 2),
                Strides = strides.Count,
                Speeds = strides.Groups.Select(group => new
                {
                    SpeedMS = Output.Round(group.Speed),
                    Strides = group.Strides.Length,
                    SwingS = Output.Round(group.Swing),
                    StanceS = Output.Round(group.Cycle - group.Swing),
                    CycleSpreadPercent = Output.Round(Spread(group), 1),
                }),
            });
            return;
        }

        Output.Line($"{recording.Seconds:0} s at {recording.Rate:0} samples a second, " +
            $"{(recording.IsRectified ? "envelopes" : "raw EMG")}: {strides.Count} strides.");
        Output.Table([" speed m/s", " strides", " swing s", " stance s", " cycle s", " spread %"], strides.Groups.Select(group => new[]
        {
            $"{group.Speed:0.00}", $"{group.Strides.Length}", $"{group.Swing:0.000}", $"{group.Cycle - group.Swing:0.000}",
            $"{group.Cycle:0.000}", $"{Spread(group):0.0}",
        }));
        StrideGroup middle = strides.Groups[strides.Groups.Length / 2];
        Stride first = middle.Strides[0];
        Output.Line($"Three strides at {first.Speed:0.00} m/s:");
        for (int m = 0; m < EmgRecording.Names.Length; m++)
        {
            double[] values = [.. Enumerable.Range(0, 200).Select(k => strides.Envelopes.At(m, first.Start + k * 3 * first.Cycle / 200))];
            Output.Line(Traces.Level(EmgRecording.Names[m].Replace('_', ' '), values, 0, values.Max()));
        }

        if (options.Out != null)
        {
            Output.Line($"{options.Out}: learn from it with ganglion rhythm learn {Path.GetFileName(options.Out)}" +
                $"{(options.Rectified ? " --rectified" : "")}.");
        }
    }

    private static double Spread(StrideGroup group) => 100 / group.Cycle * Math.Sqrt(group.Strides.Average(stride =>
        (stride.Cycle - group.Cycle) * (stride.Cycle - group.Cycle)));
}
