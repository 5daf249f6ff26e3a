using System.CommandLine;
using Ganglion.Basics.Text;
using Ganglion.Cli.Parsing;
using Ganglion.Lab.Pictures;
using Ganglion.Rhythm.Cells;
using Ganglion.Rhythm.Pendulum;

namespace Ganglion.Cli.Verbs.Rhythm.Pendulum;

/// <summary>`ganglion rhythm pendulum drive` and `listing`: half-centers of Izhikevich cells move the leg and feel it.</summary>
internal static class DriveVerb
{
    // The end of a run, in which single spikes can be seen [turns of the leg].
    private const double Closely = 5;

    private static readonly string[] Muscles = ["shoulder +", "shoulder -", "elbow +", "elbow -"];

    public static Command Create()
    {
        Option<double> seconds = LegVerb.Seconds(LegStudy.Seconds);
        DriveOptions drive = new();
        SignalFileOptions files = new();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("drive",
            "Two half-centers move shoulder and elbow and feel the rods: angles, frequency of the cells and of the leg, phases of all " +
            "four muscles, work of a cycle; whether the leg's resonance entrains them. The last quarter is measured.\n\n" +
                    "Example: ganglion rhythm pendulum drive --time-scale 11 --feedback-size 5 --svg leg.svg")
        {
            seconds, json,
        };
        drive.AddTo(command);
        files.AddTo(command);
        command.SetAction(result => Run("drive", drive.Of(result), result.GetValue(seconds), files.Of(result), result.GetValue(json)));
        return command;
    }

    public static Command Listing()
    {
        Option<double> seconds = LegVerb.Seconds(200);
        Option<double> gain = Numeric.Option("--gain", "Moment for each mV of a cell above 0; the listing does not tell its own.",
            new Bounds(0, 10_000, "N m/mV"), 1.0);
        Option<LegScheme> scheme = Choice.Scheme(LegScheme.Euler);
        Option<ElbowDamping> law = Choice.ElbowLaw(ElbowDamping.Listing);
        SignalFileOptions files = new();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("listing",
            "The paper's listing with its missing lines: cells and leg in one time, a ms for a second, steps of 0.01. Its " +
            "half-centers are 8 times too slow for the leg, and Euler's steps pump it; --scheme rk4 shows what is left then.\n\n" +
                    "Example: ganglion rhythm pendulum listing --seconds 500")
        {
            seconds, gain, scheme, law, json,
        };
        files.AddTo(command);
        command.SetAction(result => Run("listing", HalfCenterLegOptions.Listing(result.GetValue(gain)) with
        {
            Scheme = result.GetValue(scheme),
            Body = new LegBody { Law = result.GetValue(law) },
        }, result.GetValue(seconds), files.Of(result), result.GetValue(json)));
        return command;
    }

    private static int Run(string name, HalfCenterLegOptions options, double seconds, SignalFiles files, bool json)
    {
        LegVerb.CheckLength(seconds, options.Step);
        files.Check();
        using var interrupt = new WorkInterrupt("nothing is kept of it.");
        HalfCenterLegRun run = Output.Progress(json, name, ": Ctrl-C stops it.", show => HalfCenterLegRun.Of(options, seconds,
            now => show($"{now:0} of {seconds:0} s"), interrupt.Token));
        interrupt.Ended();
        if (run.Diverged)
        {
            throw new UserException($"the leg left all bounds after {run.Leg.Count * options.Step:0.0} s: the moments are too large " +
                $"for steps of {options.Step} s. Lower --gain.");
        }

        if (Alternation.Problem(run.Spikes(0), run.Spikes(1), options.TimeScale, run.Settled) is { } problem)
        {
            throw new UserException($"the cells of the shoulder {problem} in the last {seconds / 4:0} s. Change --current, --forth, " +
                $"--back, --pulse or --start, or give more --seconds.");
        }

        // The listing's own gain is unknown, and that its leg can turn over is a finding of the paper; here it is a wrong gain.
        if (name == "drive" && run.Leg.Largest > Math.PI)
        {
            throw new UserException($"the leg turns over (it reached {run.Leg.Largest:0.0} rad) and does not swing: the muscles are " +
                $"stronger than its weight. Lower --gain or --feedback-size.");
        }

        files.Write(new Signals(options.Step, [.. LegVerb.All(run.Leg), .. Enumerable.Range(0, HalfCenterLeg.Cells).SelectMany(i => new[]
        {
            new Signal("mv", $"cell_{i + 1}", run.V(i).ToArray()), new Signal("mv_ms", $"feedback_{i + 1}", run.Feedback(i).ToArray()),
        })]), () => Draw(name, run), [new("time_scale", $"{options.TimeScale}"), new("feedback", $"{options.FeedbackSize}")]);
        LegMode slow = LegMode.Of(options.Body).Slow;
        SpikePhase[] phases = [.. Enumerable.Range(0, HalfCenterLeg.Cells).Select(run.Phase)];
        if (json)
        {
            Output.Json(new
            {
                options.TimeScale,
                options.Gain,
                Feedback = $"{options.Feedback}",
                options.FeedbackSize,
                Scheme = $"{options.Scheme}",
                Seconds = seconds,
                SlowHz = Output.Round(slow.Frequency, 6),
                CellHz = Output.Round(run.CellFrequency, 6),
                LegHz = Output.Round(run.LegFrequency, 6),
                AmplitudeRad = Output.Round(run.Amplitude),
                LargestUpperRad = Output.Round(run.Largest.Upper),
                LargestLowerRad = Output.Round(run.Largest.Lower),
                WorkPerCycleJ = Output.Round(run.WorkPerCycle),
                Entrained = run.IsEntrained,
                PhasesDeg = phases.Select(phase => Output.Round(phase.Degrees, 1)),
                PhaseStrengths = phases.Select(phase => Output.Round(phase.Strength)),
            });
            return Errors.Ok;
        }

        int close = Math.Min(run.Leg.Count, (int)(Closely / slow.Frequency / options.Step)), from = run.Leg.Count - close;
        LegVerb.Print(new TextChart(0, seconds, "s").Panel("upper rod, rad", run.Leg.Upper).Panel("lower rod, rad", run.Leg.Lower));
        LegVerb.Print(new TextChart(from * options.Step, close * options.Step, "s, the end").Panel("upper rod, rad", run.Leg.Upper[from..])
            .Panel("shoulder +, mV", run.V(0)[from..]).Panel("shoulder -, mV", run.V(1)[from..]));
        Output.Table(["muscle", " spikes", " phase degrees", " strength"], Muscles.Select((muscle, i) => new[]
        {
            muscle, $"{run.Spikes(i).Length}", $"{phases[i].Degrees:0}", $"{phases[i].Strength:0.00}",
        }));
        Output.Line($"cells {run.CellFrequency:0.0000} Hz, leg {run.LegFrequency:0.0000} Hz (slow mode {slow.Frequency:0.0000}), " +
            $"amplitude {run.Amplitude:0.000} rad, work {run.WorkPerCycle:0.00} J a cycle: " +
            (run.IsEntrained ? "entrained." : "not entrained."));
        Output.Line("phase: of the mean spike after its rod passed the bottom forward; 0 pulls with the motion; strength: 1 locked, 0 " +
            "not.");
        return Errors.Ok;
    }

    private static string Draw(string name, HalfCenterLegRun run)
    {
        double step = run.Options.Step;
        int from = (int)(run.Settled / step);
        int close = Math.Min(run.Leg.Count, (int)(Closely / LegMode.Of(run.Options.Body).Slow.Frequency / step));
        double start = (run.Leg.Count - close) * step;
        PlotSheet sheet = LegVerb.Rods(new PlotSheet($"{name}: cells {run.CellFrequency:0.0000} Hz, leg {run.LegFrequency:0.0000} Hz, " +
            $"amplitude {run.Amplitude:0.000} rad", 1, 210), run.Leg, from);
        for (int i = 0; i < HalfCenterLeg.Cells; i++)
        {
            sheet.Panel($"{Muscles[i]}, the end", "s", "mV; orange: what it feels, mV/ms")
                .Trace(start, step, run.V(i)[^close..].ToArray(), Palette.DarkBlue)
                .Trace(start, step, run.Feedback(i)[^close..].ToArray(), Palette.Orange);
        }

        return sheet.Render();
    }
}
