namespace Ganglion.Rhythm.Learned;

/// <summary>Muscles of two limbs while an animal walks, sampled evenly.</summary>
/// <param name="Rate">Samples a second [Hz].</param>
/// <param name="Muscles">One row a muscle in the order of <see cref="Names"/>, all of one length; in any unit, as a rule mV.</param>
/// <param name="Speed">Speed of the animal at each sample [m/s], above 0.</param>
/// <param name="IsRectified">Whether these are envelopes already; if not, raw EMG, which has both signs.</param>
public sealed record EmgRecording(double Rate, double[][] Muscles, double[] Speed, bool IsRectified)
{
    /// <summary>The four muscles, as files, tables and pictures call them; the first one's bursts begin the strides.</summary>
    public static readonly string[] Names = ["left_flexor", "left_extensor", "right_flexor", "right_extensor"];

    public int Samples => Speed.Length;

    /// <summary>Length [s].</summary>
    public double Seconds => Samples / Rate;
}
