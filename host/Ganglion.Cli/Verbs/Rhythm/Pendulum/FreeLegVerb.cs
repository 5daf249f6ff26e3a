using System.CommandLine;
using Ganglion.Basics.Text;
using Ganglion.Cli.Parsing;
using Ganglion.Rhythm.Pendulum;

namespace Ganglion.Cli.Verbs.Rhythm.Pendulum;

/// <summary>`ganglion rhythm pendulum free`: the leg is let go, without muscles.</summary>
internal static class FreeLegVerb
{
    public static Command Create()
    {
        Option<double> upper = Numeric.Option("--upper", "Where the upper rod starts, from straight down.",
            new Bounds(-3.1, 3.1, "rad"), 1.0);
        Option<double> lower = Numeric.Option("--lower", "Where the lower rod starts, from straight down.",
            new Bounds(-3.1, 3.1, "rad"), 0.5);
        Option<double> seconds = LegVerb.Seconds(100);
        Option<double> step = LegVerb.Step(0.01);
        Option<LegScheme> scheme = Choice.Scheme(LegScheme.RungeKutta4);
        var undamped = new Option<bool>("--undamped")
        {
            Description = "Without damping: what the energy gains then is the scheme's fault.",
        };
        LegBodyOptions body = new();
        SignalFileOptions files = new();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("free",
            "Modes of the double pendulum, and how it moves when it is let go: angles in the terminal, what its energy gained or " +
            "lost.\n\n" +
                "Example: ganglion rhythm pendulum free --undamped --scheme euler")
        {
            upper, lower, seconds, step, scheme, undamped, json,
        };
        body.AddTo(command);
        files.AddTo(command);
        command.SetAction(result =>
        {
            LegBody leg = body.Of(result);
            return Run(result.GetValue(undamped) ? leg.Undamped() : leg,
                new LegState(result.GetValue(upper), result.GetValue(lower)), result.GetValue(seconds),
                result.GetValue(step), result.GetValue(scheme), files.Of(result), result.GetValue(json));
        });
        return command;
    }

    private static int Run(LegBody body, LegState start, double seconds, double step, LegScheme scheme, SignalFiles files, bool json)
    {
        LegVerb.CheckLength(seconds, step);
        files.Check();
        using var interrupt = new WorkInterrupt("nothing is kept of it.");
        var run = FreeLeg.Run(body, start, seconds, step, scheme, interrupt.Token);
        interrupt.Ended();
        if (run.Diverged)
        {
            throw new UserException($"the leg left all bounds after {run.Record.Count * step:0.0} s: {scheme} in steps of {step} s " +
                $"puts in more energy than damping takes. Take a shorter --step, or --scheme rk4.");
        }

        (LegMode slow, LegMode fast) = LegMode.Of(body);
        files.Write(LegVerb.Signals(run.Record), () => LegVerb.Draw("the leg is let go", run.Record, 0), [new("scheme", $"{scheme}")]);
        if (json)
        {
            Output.Json(new
            {
                Scheme = $"{scheme}",
                Seconds = seconds,
                StepS = step,
                SlowHz = Output.Round(slow.Frequency, 6),
                FastHz = Output.Round(fast.Frequency, 6),
                SlowDecay = Output.Round(slow.Decay, 6),
                FastDecay = Output.Round(fast.Decay, 6),
                run.EnergyDrift,
                LargestRad = Output.Round(run.Record.Largest),
            });
            return Errors.Ok;
        }

        Output.Line($"modes: {slow.Frequency:0.0000} Hz, rods as 1 to {slow.Ratio:0.000}, and {fast.Frequency:0.0000} Hz, as 1 to " +
            $"{fast.Ratio:0.000}; they lose {slow.Decay:0.0000} and {fast.Decay:0.0000} of their size a second.");
        if (scheme == LegScheme.Euler)
        {
            Output.Line($"in Euler's steps of {step} s the slow mode grows by {slow.EulerGrowth(step):0.0000} a second; it would shrink " +
                $"below {slow.EulerLimit:0.0000} s.");
        }

        LegVerb.Print(new TextChart(0, seconds, "s").Panel("upper rod, rad", run.Record.Upper)
            .Panel("lower rod, rad", run.Record.Lower));
        Output.Line($"energy after {seconds:0.#} s: {run.EnergyDrift:0.000e+0} of the upper rod's weight ({body.UpperWeight:0} J) more " +
            $"than at first.");
        return Errors.Ok;
    }
}
