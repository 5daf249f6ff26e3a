using Ganglion.Arm.Learning;
using Ganglion.Neurons.Files;
using Ganglion.Robots.Editing;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Adaptation;

/// <summary>How an arm is learned.</summary>
/// <param name="Start">Model that the network starts from; null: from nothing.</param>
/// <param name="Updates">Updates of the network; 0 trains none.</param>
/// <param name="Seed">Of the network's postures and weights.</param>
/// <param name="Threads">Threads of the network's training.</param>
/// <param name="Curve">Whether errors against the number of poses are wanted too.</param>
public sealed record AdaptationPlan(TrainedModel? Start, long Updates, ulong Seed, int Threads, bool Curve);

/// <summary>Errors after so many poses.</summary>
public readonly record struct CurvePoint(int Poses, TipErrors Calibrated, TipErrors Learned);

/// <summary>What was learned of an arm, judged on the poses that were kept back.</summary>
/// <param name="Poses">Learned from so many poses.</param>
/// <param name="HeldOut">Judged on so many.</param>
/// <param name="Described">The arm as it is described.</param>
/// <param name="Calibrated">Least squares over its dimensions.</param>
/// <param name="Learned">Dimensions and residual learned together.</param>
/// <param name="Before">The network that training started from; null: none.</param>
/// <param name="Recorded">The network after training by the recorded poses alone; null: none was trained.</param>
/// <param name="Network">The network after training by all that was learned; null: none was trained.</param>
/// <param name="Curve">By number of poses; empty where it was not wanted.</param>
/// <param name="Arm">What was learned: the dimensions have the digits that a description keeps.</param>
/// <param name="Calibration">Dimensions of the arm that was calibrated without a residual, likewise.</param>
public sealed record AdaptationResult(int Poses, int HeldOut, TipErrors Described, TipErrors Calibrated, TipErrors Learned,
    TipErrors? Before, TipErrors? Recorded, AdaptedModel? Network, IReadOnlyList<CurvePoint> Curve, AdaptedArm Arm,
    TrunkDimensions Calibration);

/// <summary>Learns an arm in all the ways there are, and compares them.</summary>
public static class AdaptationRun
{
    /// <summary>Share of the updates that the network gets from the recorded poses alone: there are so few that more do not help.</summary>
    private const int RecordedShare = 8;

    private static readonly int[] CurvePoses = [20, 50, 100, 200, 500, 1000];

    /// <param name="described">The arm as it is described.</param>
    /// <param name="recorded">Where its tip was.</param>
    /// <param name="learned">So many poses, the first ones, are learned from; the others judge.</param>
    /// <param name="plan">How.</param>
    /// <param name="look">Is told what is being done, and which share of that is.</param>
    /// <param name="stop">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The model to start from is of another arm.</exception>
    public static AdaptationResult Run(TrunkArm described, RecordedPoses recorded, int learned, AdaptationPlan plan,
        Action<string, double> look, CancellationToken stop = default)
    {
        TipRow[] rows = [.. Enumerable.Range(0, recorded.Count).Select(i => new TipRow(recorded.Strokes(i), recorded.Tip(i)))];
        ArmAdaptation adaptation = new(described, rows, learned);
        look("calibrating the dimensions", 0);
        AdaptedArm calibrated = Rounded(adaptation.Fit(learned, residual: false, stop));
        look("learning the residual", 0);
        AdaptedArm arm = Rounded(adaptation.Fit(learned, residual: true, stop).Folded());
        List<CurvePoint> curve = [];
        int[] counts = plan.Curve ? [.. CurvePoses.Where(count => count < learned)] : [];
        foreach (int count in counts)
        {
            look("errors against the number of poses", (double)curve.Count / counts.Length);
            curve.Add(new CurvePoint(count, adaptation.Of(adaptation.Fit(count, residual: false, stop)),
                adaptation.Of(adaptation.Fit(count, residual: true, stop))));
        }

        TipErrors atCalibrated = adaptation.Of(calibrated), atLearned = adaptation.Of(arm);
        if (plan.Curve)
        {
            curve.Add(new CurvePoint(learned, atCalibrated, atLearned));
        }

        TipErrors? before = null, alone = null;
        AdaptedModel? network = null;
        if (plan.Updates > 0)
        {
            TargetForm form = plan.Start == null ? new TargetForm() : ArmModel.Trained("the model", plan.Start).Form;
            before = plan.Start == null ? null : SpikingAdaptation.Judge(adaptation, described, plan.Start.Weights, form);
            SpikingBudget budget = new(Math.Max(1, plan.Updates / RecordedShare), null, plan.Seed, plan.Threads, recorded.Hash);
            alone = SpikingAdaptation.Recorded(adaptation, described, recorded.First(learned, form, plan.Seed), recorded.Loss, plan.Start,
                budget, share => look("training the network by the recording alone", share), stop).Errors;
            network = SpikingAdaptation.Taught(adaptation, () => arm.With(arm.Arm.Dimensions), plan.Start,
                budget with { Updates = plan.Updates }, share => look("training the network by what was learned", share), stop);
        }

        return new AdaptationResult(learned, adaptation.HeldOut, adaptation.Described(), atCalibrated, atLearned, before, alone, network,
            curve, arm, calibrated.Arm.Dimensions);
    }

    private static AdaptedArm Rounded(AdaptedArm arm) => arm.With(DimensionText.Rounded(arm.Arm.Dimensions));
}
