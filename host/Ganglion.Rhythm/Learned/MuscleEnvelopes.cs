namespace Ganglion.Rhythm.Learned;

/// <summary>Activation of the muscles over time, from a recording: what a network learns from.</summary>
/// <param name="Muscles">One row a muscle, a value each <see cref="Step"/>, not negative, in the recording's unit.</param>
/// <param name="Speed">At the same times [m/s].</param>
public sealed record MuscleEnvelopes(double[][] Muscles, double[] Speed)
{
    /// <summary>Time between two values [s]: also one window of the network.</summary>
    public const double Step = 0.01;

    /// <summary>Below this frequency movement shakes the electrodes; up to this one activation varies [Hz].</summary>
    public const double HighPass = 20, LowPass = 10;

    /// <summary>
    /// Takes the activation out of a recording. Raw EMG: high-pass at 20 Hz, magnitude, low-pass at 10 Hz, both Butterworth of the fourth
    /// order run forward and back. Envelopes: the low-pass alone.
    /// </summary>
    public static MuscleEnvelopes Of(EmgRecording recording)
    {
        int count = (int)((recording.Samples - 1) / recording.Rate / Step) + 1;
        return new MuscleEnvelopes([.. recording.Muscles.Select(muscle =>
        {
            double[] rectified = recording.IsRectified ? muscle
                : [.. ZeroPhaseFilter.HighPass(muscle, recording.Rate, HighPass).Select(Math.Abs)];
            double[] smooth = ZeroPhaseFilter.LowPass(rectified, recording.Rate, LowPass);
            return Resample([.. smooth.Select(value => Math.Max(0, value))]);
        })], Resample(recording.Speed));

        double[] Resample(double[] values) => [.. Enumerable.Range(0, count).Select(k => At(values, k * Step * recording.Rate))];
    }

    /// <summary>Activation of a muscle at a time; the ends hold beyond them.</summary>
    /// <param name="muscle">0..3.</param>
    /// <param name="seconds">[s].</param>
    public double At(int muscle, double seconds) => At(Muscles[muscle], seconds / Step);

    private static double At(double[] values, double place)
    {
        int before = Math.Clamp((int)Math.Floor(place), 0, values.Length - 1), after = Math.Min(before + 1, values.Length - 1);
        return values[before] + (values[after] - values[before]) * Math.Clamp(place - before, 0, 1);
    }
}
