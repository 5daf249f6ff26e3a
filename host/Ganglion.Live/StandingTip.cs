using Ganglion.Basics.Space;

namespace Ganglion.Live;

/// <summary>
/// Whether a tip that is measured stands still, and where. Its last poses scatter by the noise of what measures them alone, which tells
/// itself by how far each is from the one before: of a tip on its way, or at a turn of it, that is much less than the scatter (the ratio of
/// both: J. von Neumann, Annals of Mathematical Statistics 12, 1941).
/// </summary>
internal sealed class StandingTip
{
    /// <summary>Poses that are looked at: 0.16 s of a tracker that measures each period.</summary>
    private const int Poses = 8;

    /// <summary>Scatter of each coordinate that stands still whatever the noise, m; and the greatest ratio of variances. Of noise it is 1
    /// and its inverse has a standard deviation of 0.18; of a tip that goes evenly it is 12.</summary>
    private const double Still = 0.1e-3, MostRatio = 2;

    private readonly Vec3[] _last = new Vec3[Poses];
    private int _count;
    private long _time;

    /// <summary>Mean of the last poses, m.</summary>
    public Vec3 Mean { get; private set; }

    /// <summary>Standard deviation of each coordinate of a pose, m.</summary>
    public double Noise { get; private set; }

    /// <summary>The same of the mean, m.</summary>
    public double Doubt => Noise / Math.Sqrt(Poses);

    /// <summary>Takes a measurement; the same one again says nothing.</summary>
    /// <param name="tip">Where the tip was, m.</param>
    /// <param name="time">When, ns.</param>
    /// <returns>Whether it stands: then <see cref="Mean"/> and <see cref="Doubt"/> tell where.</returns>
    public bool Take(in Vec3 tip, long time)
    {
        if (time == _time)
        {
            return false;
        }

        (_time, _last[_count % Poses]) = (time, tip);
        _count++;
        return _count >= Poses && Stands();
    }

    private bool Stands()
    {
        Vec3 sum = default;
        double steps = 0, scatter = 0;
        for (int i = _count - Poses; i < _count; i++)
        {
            sum += _last[i % Poses];
            steps += i == _count - Poses ? 0 : (_last[i % Poses] - _last[(i - 1) % Poses]).LengthSquared;
        }

        Mean = 1.0 / Poses * sum;
        foreach (Vec3 pose in _last)
        {
            scatter += (pose - Mean).LengthSquared;
        }

        // Variances of each of three coordinates; two poses differ by twice that.
        double noise = steps / (6 * (Poses - 1)), variance = scatter / (3 * (Poses - 1));
        Noise = Math.Sqrt(noise);
        return variance <= Math.Max(Still * Still, MostRatio * noise);
    }
}
