using Ganglion.Basics.Space;

namespace Ganglion.Live;

/// <summary>
/// Whether a tip that is measured stands still, and where. Of its last poses the older half and the newer one lie at the same place, but
/// for what their noise makes of two means; that is told from how far each pose is from the one before, which of a tip on its way is less
/// than what the halves are apart.
/// </summary>
internal sealed class StandingTip
{
    /// <summary>Poses that are looked at: 0.16 s of a tracker that measures each period. Of a tip that goes evenly halves of fewer would
    /// not be told from noise.</summary>
    private const int Poses = 8;

    /// <summary>Halves that are no farther apart stand still, m; or so many standard deviations of their difference.</summary>
    private const double Still = 0.3e-3, Deviations = 2.5;

    private readonly Vec3[] _last = new Vec3[Poses];
    private int _count;
    private long _time;

    /// <summary>Mean of the last poses, m.</summary>
    public Vec3 Mean => 0.5 * (Half(0) + Half(1));

    /// <summary>Standard deviation of each of its coordinates, m.</summary>
    public double Doubt => Noise / Math.Sqrt(Poses);

    /// <summary>Of each coordinate of a pose, m: two of a tip at rest differ by sqrt(2) of it in each of three.</summary>
    private double Noise
    {
        get
        {
            double sum = 0;
            for (int i = _count - Poses + 1; i < _count; i++)
            {
                sum += (_last[i % Poses] - _last[(i - 1) % Poses]).LengthSquared;
            }

            return Math.Sqrt(sum / (6 * (Poses - 1)));
        }
    }

    /// <summary>Takes a measurement; the same one again says nothing.</summary>
    /// <param name="tip">Where the tip was, m.</param>
    /// <param name="time">When, ns.</param>
    /// <returns>Whether it stands.</returns>
    public bool Take(in Vec3 tip, long time)
    {
        if (time != _time)
        {
            (_time, _last[_count % Poses]) = (time, tip);
            _count++;
        }

        // A half's mean has a variance of 2/Poses of a pose's, in each of three coordinates, and a difference twice that.
        return _count >= Poses
            && (Half(1) - Half(0)).Length <= Math.Max(Still, Deviations * Math.Sqrt(12.0 / Poses) * Noise);
    }

    /// <summary>Mean of the older half (0) or the newer one (1), m.</summary>
    private Vec3 Half(int half)
    {
        Vec3 sum = default;
        for (int i = 0; i < Poses / 2; i++)
        {
            sum += _last[(_count + half * Poses / 2 + i) % Poses];
        }

        return 2.0 / Poses * sum;
    }
}
