using Ganglion.Live.Reaching;

namespace Ganglion.Cli.Verbs.Arm;

/// <summary>Each target of a run of known length and how the arm fared with it, for --json.</summary>
internal sealed class TargetList
{
    private readonly List<object> _targets = [];

    /// <summary>In the order in which they were given.</summary>
    public IReadOnlyList<object> All => _targets;

    /// <summary>Takes what was told of a target that came to its end; anything else is left out.</summary>
    public void Note(ReachProgress progress)
    {
        if (progress.Last is { } last)
        {
            _targets.Add(new
            {
                progress.Target,
                Pose = PoseOf(last.Target, last.Orientation),
                Seconds = Output.Round(last.MotionSeconds, 2),
                TipErrorMm = last.Measured == null ? (double?)null : Output.Round(1000 * last.TipError),
                AngleErrorDeg = last.Measured == null || !last.Orientation ? (double?)null
                    : Output.Round(last.AngleError * 180 / Math.PI),
                Verdict = Verdict(last),
                last.Fallback,
            });
        }
        else if (progress.Refusal is { } refusal)
        {
            _targets.Add(new
            {
                progress.Target,
                Pose = PoseOf(refusal.Target, refusal.Orientation),
                Verdict = "refused",
                NearestMm = Output.Round(1000 * refusal.Best.PositionError),
            });
        }
    }

    /// <summary>In a word.</summary>
    public static string Verdict(ReachOutcome outcome) =>
        outcome.Measured == null ? "not measured" : outcome.Reached ? "reached" : "missed";

    /// <summary>Position in mm, and the quaternion w x y z where it was asked for.</summary>
    private static double[] PoseOf(in Ganglion.Basics.Space.Pose pose, bool orientation) =>
    [
        Output.Round(1000 * pose.Position.X, 2), Output.Round(1000 * pose.Position.Y, 2), Output.Round(1000 * pose.Position.Z, 2),
        .. orientation ? new[] { pose.Orientation.W, pose.Orientation.X, pose.Orientation.Y, pose.Orientation.Z }
            .Select(part => Output.Round(part, 5)) : [],
    ];
}
