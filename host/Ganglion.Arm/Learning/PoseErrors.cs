using System.Globalization;
using System.Runtime.InteropServices;
using Ganglion.Neurons.Passes;
using Ganglion.Neurons.Training;
using Ganglion.Ranks;

namespace Ganglion.Arm.Learning;

/// <summary>How far a model's predicted poses are from the true ones, over postures that training never sees.</summary>
/// <param name="Poses">Postures tested.</param>
/// <param name="TipMean">Mean distance at the tool tip, m.</param>
/// <param name="TipMedian">Median distance at the tool tip, m.</param>
/// <param name="JointMean">Mean distance over all joints, m: the figure that the authors report. Of the tip alone where no more was
/// measured.</param>
/// <param name="RotationMean">Mean angle over all joints, rad; of the tip alone where no more was measured; not a number where no
/// orientation was.</param>
public sealed record PoseErrors(int Poses, double TipMean, double TipMedian, double JointMean, double RotationMean)
{
    /// <summary>Tests a network on the first <paramref name="poses"/> samples of a source.</summary>
    /// <param name="pass">The network; its weights stay as they are.</param>
    /// <param name="samples">Held-out samples in the form that the network was trained for.</param>
    /// <param name="poses">Number of samples, at least 1.</param>
    /// <param name="normalisingLength">Length that positions were divided by, m.</param>
    /// <param name="parts">What of the samples was measured.</param>
    /// <param name="ranks">Who shares the samples, each with the same weights; null: this process alone. All get the same bits, for any
    /// number of ranks.</param>
    /// <exception cref="RanksException">A rank is lost.</exception>
    public static PoseErrors Measure(LsnnPass pass, ISampleSource samples, int poses, double normalisingLength,
        RecordedParts parts = RecordedParts.Modules, IRanks? ranks = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(poses, 1);
        ranks ??= new SoloRanks();
        int joints = pass.Shape.Windows, first = parts == RecordedParts.Modules ? 0 : joints - 1, tested = joints - first;
        float[] inputs = new float[samples.InputLength], targets = new float[samples.TargetLength];
        int[] starts = [.. Enumerable.Range(0, ranks.Count + 1).Select(rank => (int)((long)poses * rank / ranks.Count))];

        // Distance and angle of each joint, kept apart: they are added up below in one order whoever measured them.
        double[] measured = new double[poses * tested * 2];
        int next = starts[ranks.Rank] * tested * 2;
        for (int sample = starts[ranks.Rank]; sample < starts[ranks.Rank + 1]; sample++)
        {
            samples.Fill(sample, inputs, targets);
            pass.Forward(inputs);
            for (int joint = first; joint < joints; joint++)
            {
                int at = joint * PoseSamples.TargetsPerJoint;
                ReadOnlySpan<float> means = pass.Means[at..];
                measured[next++] = normalisingLength * Distance(means, targets.AsSpan(at));
                measured[next++] = Angle(means[3..], targets.AsSpan(at + 3));
            }
        }

        ranks.Share(MemoryMarshal.AsBytes(measured.AsSpan()), [.. starts.Select(start => start * tested * 2 * sizeof(double))]);
        double[] tips = new double[poses];
        double distances = 0, angles = 0;
        for (int i = 0; i < poses * tested; i++)
        {
            tips[i / tested] = measured[2 * i];
            distances += measured[2 * i];
            angles += measured[2 * i + 1];
        }

        double mean = tips.Average();
        Array.Sort(tips);
        return new PoseErrors(poses, mean, tips[poses / 2], distances / poses / tested,
            parts == RecordedParts.Place ? double.NaN : angles / poses / tested);
    }

    /// <summary>The errors as a training run shows them; <see cref="HeldOutErrors.Primary"/> is the mean at the tip, m.</summary>
    public HeldOutErrors ForRun() => new(TipMean, new Dictionary<string, double>
    {
        ["tip_mm"] = 1e3 * TipMean,
        ["tip_median_mm"] = 1e3 * TipMedian,
        ["joint_mm"] = 1e3 * JointMean,
        ["rotation_deg"] = RotationMean * 180 / Math.PI,
    });

    /// <summary>The errors that a model keeps (<see cref="Notes"/>): those on what it was judged by when it was trained. Null if it keeps
    /// none; what was not measured is not a number.</summary>
    public static PoseErrors? FromNotes(IReadOnlyDictionary<string, string> notes)
    {
        return !double.IsNaN(Of("error_tip_mm")) && int.TryParse(notes.GetValueOrDefault("test_poses"), CultureInfo.InvariantCulture,
            out int poses) ? new PoseErrors(poses, 1e-3 * Of("error_tip_mm"), 1e-3 * Of("error_tip_median_mm"),
                1e-3 * Of("error_joint_mm"), Of("error_rotation_deg") * Math.PI / 180) : null;

        double Of(string name) => double.TryParse(notes.GetValueOrDefault(name), CultureInfo.InvariantCulture, out double value) ? value
            : double.NaN;
    }

    /// <summary>The errors as a model keeps them.</summary>
    public Dictionary<string, string> Notes()
    {
        Dictionary<string, string> notes = new() { ["test_poses"] = Poses.ToString(CultureInfo.InvariantCulture) };
        foreach ((string name, double value) in ForRun().Named)
        {
            notes[$"error_{name}"] = value.ToString("0.###", CultureInfo.InvariantCulture);
        }

        return notes;
    }

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double x = a[0] - b[0], y = a[1] - b[1], z = a[2] - b[2];
        return Math.Sqrt(x * x + y * y + z * z);
    }

    /// <summary>Angle between two rotations; a predicted quaternion need not be of length 1. One that is 0 counts as half a turn.</summary>
    private static double Angle(ReadOnlySpan<float> predicted, ReadOnlySpan<float> unit)
    {
        double dot = 0, square = 0;
        for (int k = 0; k < 4; k++)
        {
            dot += predicted[k] * (double)unit[k];
            square += predicted[k] * (double)predicted[k];
        }

        return square > 0 ? 2 * Math.Acos(Math.Min(1, Math.Abs(dot) / Math.Sqrt(square))) : Math.PI;
    }
}
