using System.CommandLine;
using Ganglion.Lab.Bench;

namespace Ganglion.Cli.Verbs.Bench;

/// <summary>`ganglion bench muscles`: how well a joint on pneumatic muscles follows a sine.</summary>
internal static class BenchMuscles
{
    public static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        var command = new Command("muscles", "A joint on a pair of pneumatic muscles follows a sine of 0.35 rad, on the test rig of " +
            "shared/README.md H3.\n\nExample: ganglion bench muscles --json") { json };
        command.SetAction(result => Run(result.GetValue(json)));
        return command;
    }

    private static int Run(bool json)
    {
        MuscleFigure[] figures = MuscleBench.Measure(Descriptions.Robot("muscle-rig"));
        Bar[] bars = MuscleBench.Bars(figures);
        if (json)
        {
            Output.Json(new
            {
                Tracking = figures.Select(figure => new
                {
                    figure.Control,
                    figure.Hz,
                    RmsRad = Output.Round(figure.Rms, 4),
                    RmsOffRad = Output.Round(figure.RmsOff, 4),
                    OtherProgramRad = figure.OtherProgram,
                }),
                MissedBars = BenchVerb.Missed(bars),
            });
            return BenchVerb.Code(bars);
        }

        BenchVerb.Print("Rms error of a joint on pneumatic muscles that follows a sine of 0.35 rad; off: valves give 5 % and muscles " +
            "pull 10 % less than the controller thinks",
            ["control", " Hz", " rad", " rad, off", " another program"],
            figures, figure => BenchVerb.Cells($"{figure.Control}", $"{figure.Hz:0.0}", $"{figure.Rms:0.0000}", $"{figure.RmsOff:0.0000}",
                figure.OtherProgram is { } other ? $"{other:0.000}" : "-"));
        return BenchVerb.Judge(bars);
    }
}
