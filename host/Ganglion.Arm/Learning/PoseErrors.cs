using System.Globalization;
using Ganglion.Neurons.Passes;
using Ganglion.Neurons.Training;

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
    public static PoseErrors Measure(LsnnPass pass, ISampleSource samples, int poses, double normalisingLength,
        RecordedParts parts = RecordedParts.Modules)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(poses, 1);
        int joints = pass.Shape.Windows, first = parts == RecordedParts.Modules ? 0 : joints - 1;
        float[] inputs = new float[samples.InputLength], targets = new float[samples.TargetLength];
        double[] tips = new double[poses];
        double distances = 0, angles = 0;
        for (int sample = 0; sample < poses; sample++)
        {
            samples.Fill(sample, inputs, targets);
            pass.Forward(inputs);
            for (int joint = first; joint < joints; joint++)
            {
                int at = joint * PoseSamples.TargetsPerJoint;
                ReadOnlySpan<float> means = pass.Means[at..];
                double distance = normalisingLength * Distance(means, targets.AsSpan(at));
                distances += distance;
                angles += Angle(means[3..], targets.AsSpan(at + 3));
                tips[sample] = distance;
            }
        }

        double mean = tips.Average();
        Array.Sort(tips);
        return new PoseErrors(poses, mean, tips[poses / 2], distances / poses / (joints - first),
            parts == RecordedParts.Place ? double.NaN : angles / poses / (joints - first));
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
