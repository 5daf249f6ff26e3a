using Ganglion.Arm.Learning;
using Ganglion.Cli.Printing;
using Ganglion.Neurons.Training;

namespace Ganglion.Cli.Verbs.Learning;

/// <summary>What `ganglion train` prints on the way and at the end.</summary>
internal static class TrainingOutput
{
    public static void Report(List<TrainingRecord> records, bool json)
    {
        if (json)
        {
            Output.Json(new { Models = records });
            return;
        }

        foreach (TrainingRecord record in records)
        {
            string rotation = record.RotationDeg is { } turn ? $"{turn:0.0} degrees" : "not measured";
            Output.Line($"{record.Model}: tip mean {record.TipMeanMm:0.0} mm, median " +
                $"{record.TipMedianMm:0.0} mm, joints {record.JointMeanMm:0.0} mm, rotation {rotation}; " +
                    $"{record.Samples} samples in {record.ProcessorSeconds:0} s of processor time ({record.ElapsedSeconds:0} s).");
        }

        if (records.Count > 1)
        {
            double mean = records.Average(record => record.TipMeanMm);
            double spread = Math.Sqrt(records.Sum(record => (record.TipMeanMm - mean) * (record.TipMeanMm - mean)) / (records.Count - 1));
            Output.Line($"tip over {records.Count} seeds: {mean:0.0} mm, standard deviation {spread:0.0} mm.");
        }
    }

    public static string Line(TrainingProgress progress, TrainingSettings settings)
    {
        IReadOnlyDictionary<string, double> errors = progress.HeldOut.Named;
        return $"{100.0 * progress.Updates / settings.Recipe.Updates,5:0.0} %  {progress.SamplesPerSecond,6:0} samples/s  loss " +
            $"{progress.Figures.Loss:0.000}  tip {errors["tip_mm"]:0.0} mm  joints {errors["joint_mm"]:0.0} mm  rotation " +
            $"{errors["rotation_deg"]:0.0} deg  rate {1000 * progress.Figures.SpikeFraction:0} Hz  active " +
            $"{100 * progress.Figures.ActiveFraction:0.0} %  {Remaining.Span(progress.Elapsed)}, {Remaining.Span(progress.Remaining)} left";
    }
}
