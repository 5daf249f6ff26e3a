using System.CommandLine;
using Ganglion.Basics.Text;
using Ganglion.Cli.Parsing;
using Ganglion.Rhythm.Pendulum;

namespace Ganglion.Cli.Verbs.Rhythm.Pendulum;

/// <summary>`ganglion rhythm pendulum forced`: a sine moves the shoulder, near a mode or over a range of frequencies.</summary>
internal static class ForcedLegVerb
{
    public static Command Create()
    {
        Option<double?> frequency = Numeric.Option<double?>("--frequency", "Of the moment (default: 3 % below the slow mode).",
            new Bounds(0.001, 50, "Hz"));
        Option<double?> moment = Numeric.Option<double?>("--moment", "Largest moment at the shoulder (default: 5, and 0.5 with " +
            "--sweep, where swings are to stay small).", new Bounds(0.001, 1e5, "N m"));
        Option<double> seconds = LegVerb.Seconds(400);
        Option<double> step = LegVerb.Step(0.01);
        var sweep = new Option<bool>("--sweep")
        {
            Description = "Nine frequencies about the slow mode instead of one, each for 8 of the mode's time constants: what it costs " +
                "to keep the leg swinging.",
        };
        LegBodyOptions body = new();
        SignalFileOptions files = new();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("forced",
            "The leg, at rest first, under a sine of a moment at its shoulder: near a mode both rods beat; with --sweep the work of a " +
            "cycle on and off resonance, measured and in closed form for small swings.\n\n" +
                    "Example: ganglion rhythm pendulum forced --frequency 0.16")
        {
            frequency, moment, seconds, step, sweep, json,
        };
        body.AddTo(command);
        files.AddTo(command);
        command.SetAction(result =>
        {
            LegBody leg = body.Of(result);
            double at = result.GetValue(frequency) ?? 0.97 * LegMode.Of(leg).Slow.Frequency;
            return result.GetValue(sweep)
                ? Sweep(leg, result.GetValue(moment) ?? 0.5, result.GetValue(step), files.Of(result), result.GetValue(json))
                : One(leg, at, result.GetValue(moment) ?? 5, result.GetValue(seconds), result.GetValue(step), files.Of(result),
                    result.GetValue(json));
        });
        return command;
    }

    private static int One(LegBody body, double frequency, double moment, double seconds, double step, SignalFiles files, bool json)
    {
        LegVerb.CheckLength(seconds, step);
        if (frequency * step > 0.05)
        {
            throw new UsageException($"--frequency {frequency} Hz has fewer than 20 steps of {step} s in a cycle: give a shorter --step.");
        }

        files.Check();
        using var interrupt = new WorkInterrupt("nothing is kept of it.");
        var run = ForcedLeg.Run(body, frequency, moment, seconds, step, interrupt.Token);
        interrupt.Ended();
        (LegMode slow, LegMode fast) = LegMode.Of(body);
        files.Write(LegVerb.Signals(run.Record), () => LegVerb.Draw($"forced at {frequency:0.0000} Hz; modes {slow.Frequency:0.0000} and " +
            $"{fast.Frequency:0.0000} Hz", run.Record, 0), [new("frequency_hz", $"{frequency}")]);
        if (json)
        {
            Output.Json(new
            {
                FrequencyHz = Output.Round(frequency, 6),
                SlowHz = Output.Round(slow.Frequency, 6),
                FastHz = Output.Round(fast.Frequency, 6),
                UpperLargestRad = Output.Round(LegRecord.Size(run.Record.Upper)),
                LowerLargestRad = Output.Round(LegRecord.Size(run.Record.Lower)),
                BeatSeconds = Output.Round(1 / Math.Abs(frequency - slow.Frequency)),
            });
            return Errors.Ok;
        }

        LegVerb.Print(new TextChart(0, seconds, "s").Panel("upper rod, rad", run.Record.Upper)
            .Panel("lower rod, rad", run.Record.Lower));
        Output.Line($"forced at {frequency:0.0000} Hz; modes at {slow.Frequency:0.0000} and {fast.Frequency:0.0000} Hz. The rods reach " +
            $"{LegRecord.Size(run.Record.Upper):0.000} and {LegRecord.Size(run.Record.Lower):0.000} rad; a beat with the slow mode lasts " +
                $"{1 / Math.Abs(frequency - slow.Frequency):0} s.");
        return Errors.Ok;
    }

    private static int Sweep(LegBody body, double moment, double step, SignalFiles files, bool json)
    {
        if (files is not { Csv: null, Log: null, Svg: null })
        {
            throw new UsageException("--sweep is a table, without --csv, --svg or --log: give --json, or one --frequency.");
        }

        if (body is { ShoulderDamping: 0, ElbowDampingFactor: 0 })
        {
            throw new UserException("without damping a forced leg never settles: there is no work of a cycle to measure. Give " +
                "--shoulder-damping.");
        }

        LegVerb.CheckLength(ForcedSweep.Seconds(body), step);
        using var interrupt = new WorkInterrupt("nothing is kept of it.");
        ForcedPoint[] points = Output.Progress(json, "sweep", ": Ctrl-C stops it.", show => ForcedSweep.Run(body, moment, step,
            (done, all) => show($"{done} of {all} frequencies"), interrupt.Token));
        interrupt.Ended();
        if (json)
        {
            Output.Json(new
            {
                SlowHz = Output.Round(LegMode.Of(body).Slow.Frequency, 6),
                Points = points.Select(point => new
                {
                    FrequencyHz = Output.Round(point.Frequency, 6),
                    AmplitudeRad = Output.Round(point.Amplitude, 6),
                    WorkPerCycleJ = Output.Round(point.WorkPerCycle, 6),
                    CostOfSwing = Output.Round(point.CostOfSwing, 2),
                    InClosedForm = Output.Round(point.Closed, 2),
                }),
            });
            return Errors.Ok;
        }

        Output.Table([" frequency Hz", " of the slow mode", " amplitude rad", " work J/cycle", " J/rad2", " in closed form"],
            points.Select(point => new[]
            {
                $"{point.Frequency:0.0000}", $"{point.Frequency / LegMode.Of(body).Slow.Frequency:0.00}",
                $"{point.Amplitude:0.00000}", $"{point.WorkPerCycle:0.0000}", $"{point.CostOfSwing:0.0}",
                $"{point.Closed:0.0}",
            }));
        Output.Line("work: what the muscle puts in by moving the leg forward; J/rad2: for a swing of one size, least at resonance.");
        return Errors.Ok;
    }
}
