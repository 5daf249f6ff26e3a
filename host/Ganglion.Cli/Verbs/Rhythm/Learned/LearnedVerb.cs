using System.CommandLine;
using Ganglion.Cli.Parsing;
using Ganglion.Lab.Rhythms;
using Ganglion.Neurons.Files;
using Ganglion.Rhythm.Learned;

namespace Ganglion.Cli.Verbs.Rhythm.Learned;

/// <summary>`ganglion rhythm learned`: a learned network runs by itself.</summary>
internal static class LearnedVerb
{
    private const double Drawn = 10;
    private const int MostSpeeds = 100;
    private static readonly Bounds Speeds = new(0, 100, "m/s", Above: true), SecondsEach = new(1, 20_000, "s");

    private sealed record Options(string Model, double[]? Speeds, double Seconds, string? Test, bool Rectified, SignalFiles Files,
        bool Json);

    public static Command Create()
    {
        var model = new Argument<string>("model")
        {
            Description = "A network that ganglion rhythm learn wrote: a file, or the name of one in hardware/cpgs.",
            HelpName = "FILE|NAME",
            DefaultValueFactory = _ => "cat",
        };
        var speeds = new Option<double[]>("--speed")
        {
            Description = "Speeds, one after the other, within those that it has learned (default: three of them).",
            AllowMultipleArgumentsPerToken = true,
            CustomParser = result => Numeric.Row(result, "--speed", _ => Speeds),
            HelpName = "M/S ...",
        };
        Option<double> seconds = Numeric.Option("--seconds", "Time at each speed.", SecondsEach, 20.0);
        var test = new Option<FileInfo?>("--test")
        {
            Description = "A recording (see ganglion rhythm emg): run at its speeds, and hold the envelopes against it.",
            HelpName = "EMG.csv",
        };
        Option<bool> rectified = EmgSource.Rectified("The recording's muscles are envelopes, not raw EMG.");
        Option<bool> json = CommonOptions.Json();
        var files = new SignalFileOptions();
        var verb = new Command("learned",
            "A learned spiking network makes the activation of four muscles by itself, from one speed to the next without a break: " +
                "phases beside those of the strides that it learned from, and whether anything drifts.\n\n" +
            "Example: ganglion rhythm learned --speed 0.2 1.1 0.6 --seconds 20 --svg cpg.svg")
        {
            model, speeds, seconds, test, rectified, json,
        };
        files.AddTo(verb);
        verb.SetAction(result =>
        {
            double[]? given = result.GetValue(speeds);
            string? recording = result.GetValue(test)?.FullName;
            if (given is { Length: > 0 } && recording != null)
            {
                throw new UsageException("--test has its own speeds: leave out --speed, or it.");
            }

            return Run(new Options(ShippedFiles.Find(FileKind.Cpg, result.GetValue(model)!), given, result.GetValue(seconds), recording,
                result.GetValue(rectified), files.Of(result), result.GetValue(json)));
        });
        return verb;
    }

    private static int Run(Options options)
    {
        options.Files.Check();
        (CpgNetwork network, TrainedModel model) = CpgNetwork.Load(options.Model);
        RecordedStrides? judge = options.Test == null ? null : EmgSource.Load(options.Test, options.Rectified);
        double[] speeds = judge != null ? [.. judge.Groups.Select(group => group.Speed)]
            : options.Speeds is { Length: > 0 } given ? given : [.. network.Recorded.Where((_, k) => k % 3 == 1).Select(one => one.Speed)];
        if (speeds.Length > MostSpeeds)
        {
            throw new UsageException($"--speed has {speeds.Length} speeds: give 1 to {MostSpeeds}.");
        }

        // A recorded mean may lie a rounding beside the speed that was meant.
        if (speeds.FirstOrDefault(speed => speed < 0.999 * network.Slowest || speed > 1.001 * network.Fastest) is var beyond and > 0)
        {
            throw new UserException($"{Path.GetFileName(options.Model)} has learned {network.Slowest:0.00} to {network.Fastest:0.00} " +
                $"m/s, and {beyond:0.00} is beyond: it would guess. Give speeds between, or learn from a recording that has it.");
        }

        using var interrupt = new WorkInterrupt("nothing was written.");
        var cpg = new LearnedCpg(network, model.Weights);
        var run = new LearnedRun(cpg);
        var trace = new LearnedTrace(Math.Min(Drawn, options.Seconds));
        LearnedPart[] parts = [.. speeds.Select(speed => run.Play(speed, options.Seconds, () =>
        {
            interrupt.Token.ThrowIfCancellationRequested();
            trace.Add(cpg);
        }))];
        interrupt.Ended();
        EnvelopeScore[]? scores = judge == null ? null
            : [.. parts.Zip(judge.Groups, (part, group) => EnvelopeScore.Of(part, judge, group))];
        options.Files.Write(Table(trace), () => trace.Render(model.Weights.Shape.Hidden,
            $"{model.Weights.Shape.Hidden} neurons, learned from {network.Data}"), [new("model", Path.GetFileName(options.Model))]);
        new LearnedReport(network, model.Weights.Shape.Hidden, parts, scores, trace).Print(options.Json);
        return parts.All(part => part.Strides.Count > 0) ? Errors.Ok : Errors.Missed;
    }

    private static Signals Table(LearnedTrace trace)
    {
        return new Signals(MuscleEnvelopes.Step,
        [
            Of("m_s", "speed", m => m.Speed), Of("phase", "cos", m => m.Cos), Of("phase", "sin", m => m.Sin),
            .. EmgRecording.Names.Select((name, muscle) => Of("activation", name, m => m.Activations[muscle])),
            Of("in_10_ms", "spikes", m => m.Spikes),
        ]);

        Signal Of(string group, string name, Func<LearnedMoment, double> of) => new(group, name, [.. trace.Moments.Select(of)]);
    }
}
