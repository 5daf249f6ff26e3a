using System.CommandLine;
using Ganglion.Cli.Parsing;
using Ganglion.Lab.Bench;
using Ganglion.Lab.Calibration;
using Ganglion.Sim.Calibration;

namespace Ganglion.Cli.Verbs.Bench;

/// <summary>`ganglion bench calibration`: how well a calibration finds how robots are built.</summary>
internal static class BenchCalibration
{
    private const string Robot = "trunk6-3g";

    public static Command Create()
    {
        Option<int> seed = Numeric.Option("--seed", "Seed of the first robot; the others follow.", Bounds.Seed, 20_000);
        Option<int> robots = Numeric.Option("--robots", "How many.", new Bounds(1, 100_000), 200);
        Option<bool> json = CommonOptions.Json();
        var command = new Command("calibration", "Virtual arms built otherwise than described, each by its seed: directions, ranges, " +
            "known places, oscillators. Of each a driver and a servo are calibrated by what is to be seen of the body.\n\n" +
            "Example: ganglion bench calibration --json")
        {
            seed, robots, json,
        };
        command.SetAction(result => Run(result.GetValue(seed), result.GetValue(robots), result.GetValue(json)));
        return command;
    }

    private static int Run(int seed, int robots, bool json)
    {
        CalibrationTrial[] trials = CalibrationBench.Measure(File.ReadAllText(ShippedFiles.Find(FileKind.Robot, Robot)), seed, robots);
        Bar[] bars = CalibrationBench.Bars(trials);
        double[] counts = [.. trials.Select(trial => trial.Counts).Order()];
        if (json)
        {
            Output.Json(new
            {
                Robots = trials.Length,
                RightWay = trials.Count(trial => trial.RightWay),
                MedianCounts = Output.Round(counts[counts.Length / 2], 2),
                MostCounts = Output.Round(counts[^1], 2),
                MostExcessCounts = Output.Round(trials.Max(trial => trial.Excess), 2),
                Pulses = trials.Sum(trial => (long)trial.Changes),
                MissedBars = BenchVerb.Missed(bars),
            });
            return BenchVerb.Code(bars);
        }

        Output.Line(FormattableString.Invariant($"{trials.Length} arms: {trials.Count(trial => trial.RightWay)} directions; ") +
            FormattableString.Invariant($"pulses beside the truth by {counts[counts.Length / 2]:0.00} counts in the median, ") +
            FormattableString.Invariant($"{counts[^1]:0.00} at most; ") +
            FormattableString.Invariant($"{trials.Sum(trial => (long)trial.Changes)} changes of pulse, at most ") +
            FormattableString.Invariant($"{trials.Max(trial => trial.Excess):0.00} counts beyond the calibration's speed."));
        return BenchVerb.Judge(bars);
    }
}
