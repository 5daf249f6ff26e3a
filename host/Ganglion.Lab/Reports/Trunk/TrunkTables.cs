using System.Globalization;
using System.Text;
using Ganglion.Arm.Paper;
using Ganglion.Arm.Trials;
using static Ganglion.Lab.Reports.Trunk.TrunkNumbers;

namespace Ganglion.Lab.Reports.Trunk;

/// <summary>Tables of the trunk reproduction.</summary>
internal static class TrunkTables
{
    /// <summary>Where the tables take the paper's scheme.</summary>
    private static readonly int[] Places = [200, 500, 1000, 5000];

    public static string ArmTable(TrunkReproduction run)
    {
        var table = new StringBuilder("<table><tr><th>model</th><th>scheme</th>");
        int[] places = [.. Places.Where(place => place <= run.Plan.Length)];
        foreach (int place in places)
        {
            table.Append($"<th class=\"n\">{place} it.</th>");
        }

        table.Append("<th class=\"n\">90 %</th><th class=\"n\">degrees</th><th class=\"n\">stuck</th></tr>\n");
        foreach (TrunkArmRun arm in run.Arms)
        {
            Row(arm.Model.Name, "the paper's: SD-AMSGrad, step 0.01, eq. (19)", arm.Paper);
            Row("", "the same from random postures", arm.Elsewhere);
            Row("", "the paper's, decay by the whole pose's error", arm.Pose);
            Row("", "the paper's without target correction", arm.Uncorrected);
            table.Append($"<tr><td></td><td>classical: least squares on the exact model</td><td " +
                $"colspan=\"{places.Length + 3}\">{arm.Ik.Reached} of {arm.Ik.Poses} poses to 0.001 mm with their orientation, " +
                    $"{1000 * arm.Ik.MedianTime:0.00} ms in the median</td></tr>\n");
        }
        return table.Append("</table>\n<p>Median tip error in mm after so many iterations, 90th percentile and median angle at the last; " +
            "stuck: share beyond 100 mm. Runs without target correction stop early, as they come to rest at the model's own error.</p>\n")
                .ToString();

        void Row(string name, string scheme, MotorTrial trial)
        {
            double[] medians = Scaled(trial.Errors, 0.5, 1000);
            table.Append($"<tr><td>{name}</td><td>{scheme}</td>");
            foreach (int place in places)
            {
                table.Append(place <= trial.Iterations[^1]
                    ? $"<td class=\"n\">{medians[Array.IndexOf(trial.Iterations, place)]:0.00}</td>" : "<td class=\"n\"></td>");
            }

            table.Append($"<td class=\"n\">{1000 * trial.P90Errors[^1]:0.0}</td><td class=\"n\">{LastAngle(trial):0.0}</td><td " +
                $"class=\"n\">{Share(trial.Stuck, trial):0} %</td></tr>\n");
        }
    }

    public static string SolverTable(TrunkReproduction run)
    {
        var table = new StringBuilder("<table><tr><th>model</th><th>task</th><th class=\"n\">targets</th><th class=\"n\">reached</th><th " +
            "class=\"n\">median, mm</th><th class=\"n\">median, degrees</th><th class=\"n\">measured poses</th><th class=\"n\">90 " +
                "%</th><th class=\"n\">of</th><th class=\"n\">mean ms</th></tr>\n");
        foreach (TrunkArmRun arm in run.Arms)
        {
            Row(arm.Model.Name, "position", arm.Position, TrunkReproduction.Measurements(arm.Model, false));
            Row("", "position and orientation", arm.WholePose, TrunkReproduction.Measurements(arm.Model, true));
            table.Append($"<tr><td></td><td>the same, least squares on the exact model</td><td class=\"n\">{arm.Ik.Poses}</td><td " +
                $"class=\"n\">{100.0 * arm.Ik.Reached / arm.Ik.Poses:0.0} %</td><td class=\"n\">&lt; 0.001</td><td class=\"n\">&lt; " +
                    $"0.001</td><td class=\"n\">none</td><td></td><td></td><td class=\"n\">{1000 * arm.Ik.MedianTime:0.00}</td></tr>\n");
        }
        return table.Append("</table>\n<p>Reached: below 1 mm (and 2 degrees). Measured poses: median and 90th percentile until then, " +
            "out of the budget. Times are processor times until 0.001 mm or the end of the budget (the classical row: median on the " +
                "clock).</p>\n").ToString();

        void Row(string name, string task, InferenceTrial trial, int budget) => table
            .Append($"<tr><td>{name}</td><td>{task}</td><td class=\"n\">{trial.Poses}</td>")
            .Append($"<td class=\"n\">{100.0 * trial.Reached / trial.Poses:0.0} %</td>")
            .Append($"<td class=\"n\">{Small(1000 * trial.MedianError)}</td>")
            .Append($"<td class=\"n\">{Small(trial.MedianAngle * 180 / Math.PI)}</td>")
            .Append($"<td class=\"n\">{trial.MedianMeasurements}</td><td class=\"n\">{trial.P90Measurements}</td>")
            .Append($"<td class=\"n\">{budget}</td><td class=\"n\">{1000 * trial.MeanTime:0.0}</td></tr>\n");
    }

    public static string NoiseTable(TrunkReproduction run, TrunkArmRun ten)
    {
        var table = new StringBuilder($"<h2>Ours: noisy measurements, {ten.Model.Name}</h2>\n<table><tr><th>standard deviation of " +
            $"each coordinate</th><th class=\"n\">median</th><th class=\"n\">below 1 mm</th><th class=\"n\">aim</th></tr>\n");
        foreach (NoiseRun row in run.Noise)
        {
            table.Append($"<tr><td>{1000 * row.Noise:0.0} mm</td><td class=\"n\">{1000 * row.Trial.MedianError:0.00} mm</td><td " +
                $"class=\"n\">{100.0 * row.Trial.Reached / row.Trial.Poses:0} %</td><td class=\"n\">{1000 * row.Bar:0.00} mm</td></tr>\n");
        }

        return table.Append("<tr><td>classical: the exact model, which measures nothing</td><td class=\"n\">&lt; 0.001 mm</td><td " +
            "class=\"n\"></td><td class=\"n\"></td></tr>\n</table>\n<p>Errors are those of the true tip at the posture that was measured " +
                "best.</p>\n").ToString();
    }

    public static string RoundingTable(TrunkReproduction run)
    {
        var table = new StringBuilder("<h2>Ours: rounded commands</h2>\n<table><tr><th>arm</th><th class=\"n\">the authors' " +
            "protocol</th><th class=\"n\">nearest PWM counts</th><th class=\"n\">rounded together</th></tr>\n");
        foreach (TrunkArmRun arm in run.Arms.DistinctBy(arm => arm.Model.Robot.Name))
        {
            table.Append($"<tr><td>{arm.Model.Robot.Name}</td><td class=\"n\">{Pair(arm.Rounding.Authors)}</td><td " +
                $"class=\"n\">{Pair(arm.Rounding.Nearest)}</td><td class=\"n\">{Pair(arm.Rounding.Together)}</td></tr>\n");
        }

        return table.Append($"</table>\n<p>Tip error in mm, median / 90th percentile over {run.Arms[0].Rounding.Postures} random " +
            $"postures of the exact model (the classical solution), rounded: by the authors' serial protocol (8 bits a command; whole " +
                $"degrees), by each channel's 12-bit PWM at 50 Hz, and by all channels' counts chosen together so that their roundings " +
                    $"cancel at the tip.</p>\n").ToString();

        static string Pair(double[] errors) =>
            $"{1000 * errors[errors.Length / 2]:0.000} / {1000 * errors[errors.Length * 9 / 10]:0.000}";
    }

    private static string Small(double value) => value < 0.001 ? "&lt; 0.001" : value.ToString("0.000", CultureInfo.InvariantCulture);
}
