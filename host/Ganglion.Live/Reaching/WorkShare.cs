using Ganglion.Bridge.Session;

namespace Ganglion.Live.Reaching;

/// <summary>What a period leaves room for of the controller's computing: all of it while the stream keeps its deadlines; where the machine
/// is too slow or too busy for that, less, until it keeps them. A plan then takes longer, and the boards are not left waiting.</summary>
/// <param name="stream">Whose deadlines count.</param>
internal sealed class WorkShare(SetpointStream stream)
{
    /// <summary>What stays where nothing helps; and by how much it falls after a period whose deadline was left out, and rises after one
    /// that was kept: slowly, because to find out whether there is room again costs a deadline where there is none.</summary>
    private const double Least = 0.1, Less = 0.7, More = 1.005;

    private long _skipped = stream.SkippedDeadlines;
    private double _share = 1;

    /// <summary>The share of this period, 0.1..1; to be asked once a period.</summary>
    public double Next()
    {
        _share = stream.SkippedDeadlines > _skipped ? Math.Max(Least, Less * _share) : Math.Min(1, More * _share);
        _skipped = stream.SkippedDeadlines;
        return _share;
    }
}
