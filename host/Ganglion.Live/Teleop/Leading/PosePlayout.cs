using Ganglion.Basics.Space;

namespace Ganglion.Live.Teleop.Leading;

/// <summary>
/// Plays poses that come at uneven times evenly: as late as the slowest of the last seconds made necessary, and in straight lines from one
/// to the next. With D = the longest time from the sending of one pose to the arrival of the next, the next one is always there when the
/// one before is due, so that nothing stutters while poses are delayed, swapped or lost by no more than before; on a good link D is one
/// period of the sender. A quarter and a period of the loop come on top. D changes by playing a little faster or slower, never by a jump.
/// Allocates nothing.
/// </summary>
internal sealed class PosePlayout
{
    /// <summary>Poses kept: a quarter of a second at 120 Hz.</summary>
    private const int Length = 32;

    /// <summary>D is no longer than this (ns): then it stutters rather than lag behind.</summary>
    private const long MostDelay = 250_000_000;

    /// <summary>The next one may take so many times as long as the slowest until now.</summary>
    private const double Margin = 1.25;

    /// <summary>For so long the slowest is remembered at least, ns.</summary>
    private const long Memory = 3_000_000_000;

    /// <summary>How much faster or slower than time it is played at most to change D, and how far it must be off for twice as fast,
    /// ns.</summary>
    private const double Bend = 0.25, Soft = 50e6;

    private readonly Pose[] _poses = new Pose[Length];
    private readonly long[] _times = new long[Length];
    private long _count, _slowest, _slowestBefore, _remembered;
    private double _played;

    /// <summary>By how much poses are played late, ns.</summary>
    public long Delay { get; private set; }

    /// <summary>Forgets the poses, but not how they come.</summary>
    public void Restart() => (_count, _played) = (0, 0);

    /// <summary>Begins with the newest pose.</summary>
    public void Begin()
    {
        if (_count > 1)
        {
            (_poses[0], _times[0]) = (_poses[Slot(_count - 1)], _times[Slot(_count - 1)]);
            _count = 1;
        }

        _played = 0;
    }

    /// <summary>The newest pose has been played.</summary>
    public bool IsAtEnd => _count == 0 || _played >= _times[Slot(_count - 1)];

    /// <summary>Takes a pose in; one that was sent before the newest is left out.</summary>
    /// <param name="pose">The pose.</param>
    /// <param name="sent">When it was sent, host clock, ns.</param>
    /// <param name="arrival">When it came, host clock, ns.</param>
    public void Add(in Pose pose, long sent, long arrival)
    {
        if (_count > 0)
        {
            long before = _times[Slot(_count - 1)], needed = arrival - before;
            if (sent <= before)
            {
                return;
            }

            // Longer than a stale input is a pause of the person, not of the link.
            if (needed < TeleopMailbox.Stale)
            {
                Remember(needed, arrival);
            }
        }

        (_poses[Slot(_count)], _times[Slot(_count)]) = (pose, sent);
        _count++;
    }

    /// <summary>The pose that is due; there has to be one.</summary>
    /// <param name="now">Host clock, ns.</param>
    /// <param name="period">Since the last call, ns.</param>
    public Pose At(long now, long period)
    {
        // What comes in between two looks is seen at the second.
        Delay = Math.Min(MostDelay, (long)(Margin * Math.Max(_slowest, _slowestBefore))) + period;
        double due = now - Delay;
        _played = _played == 0 ? due : _played + period * Math.Clamp(1 + (due - _played - period) / Soft, 1 - Bend, 1 + Bend);
        long newest = _times[Slot(_count - 1)];
        if (_played >= newest)
        {
            _played = newest;
            return _poses[Slot(_count - 1)];
        }

        long next = _count - 1, first = Math.Max(0, _count - Length);
        while (next > first && _times[Slot(next - 1)] > _played)
        {
            next--;
        }

        if (next == first)
        {
            return _poses[Slot(first)];
        }

        Pose from = _poses[Slot(next - 1)], to = _poses[Slot(next)];
        double share = (_played - _times[Slot(next - 1)]) / (_times[Slot(next)] - _times[Slot(next - 1)]);
        Vec3 turn = (to.Orientation * from.Orientation.Conjugate).RotationVector;
        return new Pose(from.Position + share * (to.Position - from.Position),
            Quat.FromRotationVector(share * turn) * from.Orientation);
    }

    private void Remember(long needed, long now)
    {
        if (now - _remembered > Memory)
        {
            (_remembered, _slowestBefore, _slowest) = (now, _slowest, 0);
        }

        _slowest = Math.Max(_slowest, needed);
    }

    private static int Slot(long index) => (int)(index % Length);
}
