namespace Ganglion.Arm.Inference;

/// <summary>
/// What the network must predict for the arm to be at the target (trunk paper, eqs. 15 and 16, gamma = 1): p = p~ + (p* - p), q = q~ + (q*
/// - q), with ~ predicted, * wanted and no mark measured. q and -q are one rotation, so the measured quaternion takes the sign that is
/// nearer to the prediction, and the wanted one that which is nearer to the measured: otherwise their difference would be no small turn.
/// </summary>
public static class TargetCorrection
{
    /// <summary>All poses as <see cref="SpikingPoseModel.Write"/> gives them.</summary>
    /// <param name="predicted">What the network says of the present inputs.</param>
    /// <param name="measured">Where the tip is; its sign is aligned in place.</param>
    /// <param name="wanted">Where it shall be; receives the corrected target.</param>
    public static void Apply(ReadOnlySpan<float> predicted, Span<double> measured, Span<double> wanted)
    {
        double sign = 0;
        for (int k = 3; k < SpikingPoseModel.Outputs; k++)
        {
            sign += predicted[k] * measured[k];
        }

        if (sign < 0)
        {
            Turn(measured);
        }

        sign = 0;
        for (int k = 3; k < SpikingPoseModel.Outputs; k++)
        {
            sign += measured[k] * wanted[k];
        }

        if (sign < 0)
        {
            Turn(wanted);
        }

        for (int k = 0; k < SpikingPoseModel.Outputs; k++)
        {
            wanted[k] = predicted[k] + (wanted[k] - measured[k]);
        }
    }

    private static void Turn(Span<double> pose)
    {
        foreach (ref double component in pose[3..])
        {
            component = -component;
        }
    }
}
