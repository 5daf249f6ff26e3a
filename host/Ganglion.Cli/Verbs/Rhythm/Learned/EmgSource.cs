using System.CommandLine;
using Ganglion.Rhythm.Learned;

namespace Ganglion.Cli.Verbs.Rhythm.Learned;

/// <summary>Where recordings come from: a file of the user's own, or a cat's that is made.</summary>
internal static class EmgSource
{
    /// <summary>Speeds of the recording that is learned from where there is no file, and of that which judges: none is in both.</summary>
    public static readonly double[] LearnedSpeeds = [0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1, 1.25, 1.5],
        HeldOutSpeeds = [0.13, 0.25, 0.38, 0.52, 0.7, 0.9, 1.12, 1.37];

    public const int StridesEach = 20;

    private const int LearnedSeed = 1, HeldOutSeed = 1001;

    public static Argument<FileInfo?> Argument() => new("emg")
    {
        Description = $"CSV with the columns time [s], {string.Join(", ", EmgRecording.Names)} and speed [m/s]; without it a cat's is " +
            "made.",
        HelpName = "EMG.csv",
        DefaultValueFactory = _ => null,
    };

    public static Option<bool> Rectified(string about) => new("--rectified") { Description = about };

    /// <summary>Reads a recording and cuts it.</summary>
    public static RecordedStrides Load(string file, bool rectified) =>
        RecordedStrides.Cut(MuscleEnvelopes.Of(EmgTable.Load(file, rectified)), file);

    /// <summary>The cat's that is learned from.</summary>
    public static RecordedStrides Learned() => Made(LearnedSpeeds, LearnedSeed);

    /// <summary>The cat's that judges: other speeds, other steps.</summary>
    public static RecordedStrides HeldOut() => Made(HeldOutSpeeds, HeldOutSeed);

    private static RecordedStrides Made(double[] speeds, int seed) => RecordedStrides.Cut(
        MuscleEnvelopes.Of(SyntheticEmg.Record(speeds, StridesEach, seed, rectified: false)), "the recording that was made");
}
