using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Adaptation;

/// <summary>How far predictions of the tip are from where it was.</summary>
/// <param name="Mean">m.</param>
/// <param name="Median">m.</param>
/// <param name="P95">95 of 100 are nearer, m.</param>
public readonly record struct TipErrors(double Mean, double Median, double P95)
{
    /// <summary>Of distances, at least one.</summary>
    public static TipErrors Of(double[] distances)
    {
        double[] sorted = [.. distances.Order()];
        return new TipErrors(sorted.Average(), sorted[sorted.Length / 2], sorted[(int)(0.95 * (sorted.Length - 1))]);
    }
}

/// <summary>Learns an arm from a recording of its tip, and judges on the part of the recording that was kept back.</summary>
public sealed class ArmAdaptation
{
    private readonly TrunkArm _described;
    private readonly IReadOnlyList<TipRow> _rows;
    private readonly double[][] _sides;

    /// <param name="described">The arm as its description has it.</param>
    /// <param name="rows">In the order of time.</param>
    /// <param name="learned">So many of them, the first ones, may be learned from; the others judge.</param>
    public ArmAdaptation(TrunkArm described, IReadOnlyList<TipRow> rows, int learned)
    {
        if (learned < 1 || learned >= rows.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(learned), learned,
                $"of {rows.Count} poses 1 to {rows.Count - 1} can be learned from");
        }

        (_described, _rows, Learned) = (described, rows, learned);
        var play = new GearPlay(described.StrokeCount);
        _sides = [.. rows.Select(row =>
        {
            double[] sides = new double[described.StrokeCount];
            play.Move(row.Strokes, sides);
            return sides;
        })];
    }

    /// <summary>Poses that may be learned from.</summary>
    public int Learned { get; }

    /// <summary>Poses that judge.</summary>
    public int HeldOut => _rows.Count - Learned;

    /// <summary>Least squares over the dimensions.</summary>
    /// <param name="poses">From so many poses, the first ones, at most <see cref="Learned"/>.</param>
    /// <param name="residual">Whether a residual is learned with them.</param>
    /// <param name="stop">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public AdaptedArm Fit(int poses, bool residual, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(poses, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(poses, Learned);
        return ArmCalibration.Fit(new ArmParameters(_described.Dimensions), [.. _rows.Take(poses)], _sides, residual, stop);
    }

    /// <summary>Errors of the description on the poses that were kept back.</summary>
    public TipErrors Described() => Judge((strokes, _) => _described.ForwardFromStrokes(strokes, []).Position);

    /// <summary>Errors of what was learned on the poses that were kept back.</summary>
    public TipErrors Of(AdaptedArm arm) => Judge((strokes, sides) => arm.Predict(strokes, sides, []).Position);

    /// <summary>Errors of any prediction on the poses that were kept back.</summary>
    /// <param name="predict">The tip's place, m, for what the gears are told.</param>
    public TipErrors Judge(Func<double[], double[], Vec3> predict) => TipErrors.Of([.. Enumerable.Range(Learned, HeldOut)
        .Select(i => (predict(_rows[i].Strokes, _sides[i]) - _rows[i].Tip).Length)]);
}
