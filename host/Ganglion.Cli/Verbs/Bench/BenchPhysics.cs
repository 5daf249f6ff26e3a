using System.CommandLine;
using Ganglion.Lab.Bench;
using Ganglion.Sim.Walking;

namespace Ganglion.Cli.Verbs.Bench;

/// <summary>`ganglion bench physics`: how fast walkers are simulated.</summary>
internal static class BenchPhysics
{
    public static Command Create()
    {
        var trial = new Argument<string>("trial")
        {
            Description = "Trial whose first run is timed: a file, or the name of one in " +
                "hardware/trials.",
            HelpName = "FILE|NAME",
            DefaultValueFactory = _ => "flat"
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("physics", "Steps of a walker's body a second, and how much faster than real time a walker walks with " +
            "its board in the loop.\n\nExample: ganglion bench physics --json") { trial, json };
        command.SetAction(result => Run(Descriptions.Plan(Descriptions.Trial(result.GetValue(trial)!)), result.GetValue(json)));
        return command;
    }

    private static int Run(TrialPlan plan, bool json)
    {
        PhysicsFigures figures = PhysicsBench.Measure(plan);
        Bar[] bars = figures.Bars();
        if (json)
        {
            Output.Json(new
            {
                StepsPerSecond = Output.Round(figures.StepsPerSecond, 0),
                figures.AllocatedBytes,
                TimesRealTimePerCore = Output.Round(figures.TimesRealTime, 2),
                TrialSeconds = Output.Round(figures.TrialSeconds, 1),
                MissedBars = BenchVerb.Missed(bars),
            });
            return BenchVerb.Code(bars);
        }

        return BenchVerb.Judge(bars);
    }
}
