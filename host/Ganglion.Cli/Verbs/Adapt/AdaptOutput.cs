using Ganglion.Arm.Adaptation;

namespace Ganglion.Cli.Verbs.Adapt;

/// <summary>What was learned of an arm, for people and for programs.</summary>
internal static class AdaptOutput
{
    /// <summary>All ways of knowing the arm, with their errors on the poses that were kept back.</summary>
    public static IEnumerable<(string Name, TipErrors Errors)> Ways(AdaptationResult result)
    {
        yield return ("described dimensions", result.Described);
        yield return ("calibrated dimensions", result.Calibrated);
        yield return ("dimensions with a learned residual", result.Learned);
        if (result.Before is { } before)
        {
            yield return ("spiking network before", before);
        }

        if (result.Recorded is { } recorded)
        {
            yield return ("spiking network, by the recording alone", recorded);
        }

        if (result.Network is { } network)
        {
            yield return ("spiking network, by what was learned", network.Errors);
        }
    }

    public static void Print(AdaptationResult result)
    {
        Output.Table(["tip error on the held-out poses of the recording", " mean mm", " median mm", " 95 % mm"],
            Ways(result).Select(way => Cells(way.Name, way.Errors)));
        if (result.Curve.Count > 0)
        {
            Output.Line("");
            Output.Table(["learned from", " calibrated mm", " with residual mm"], result.Curve.Select(point => new[]
            {
                $"{point.Poses} poses", $"{1e3 * point.Calibrated.Mean:0.00}", $"{1e3 * point.Learned.Mean:0.00}",
            }));
        }
    }

    public static object Errors(TipErrors errors) => new
    {
        MeanMm = Output.Round(1e3 * errors.Mean),
        MedianMm = Output.Round(1e3 * errors.Median),
        P95Mm = Output.Round(1e3 * errors.P95),
    };

    public static object Figures(AdaptationResult result) => new
    {
        result.Poses,
        result.HeldOut,
        JudgedOn = "held-out poses of the recording",
        Described = Errors(result.Described),
        Calibrated = Errors(result.Calibrated),
        Residual = Errors(result.Learned),
        SpikingBefore = result.Before is { } before ? Errors(before) : null,
        SpikingByRecording = result.Recorded is { } recorded ? Errors(recorded) : null,
        SpikingByLearned = result.Network is { } network ? Errors(network.Errors) : null,
        ByPoses = result.Curve.Select(point => new
        {
            point.Poses,
            CalibratedMm = Output.Round(1e3 * point.Calibrated.Mean),
            ResidualMm = Output.Round(1e3 * point.Learned.Mean),
        }),
    };

    private static string[] Cells(string name, TipErrors errors) =>
        [name, $"{1e3 * errors.Mean:0.00}", $"{1e3 * errors.Median:0.00}", $"{1e3 * errors.P95:0.00}"];
}
