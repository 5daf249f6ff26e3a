using Ganglion.Basics.Space;
using Ganglion.Gait.Stability;
using Ganglion.Physics;

namespace Ganglion.Gait.Trials;

/// <summary>Where the weight of a walk is over its support, tick by tick, in the ground's frame (x forward, y left) [m]. Not a number while
/// nothing carries load.</summary>
public sealed class BalanceTrace
{
    /// <summary>Load from which a sole stands [N], as in <see cref="WalkMeter"/>.</summary>
    public const double LeastLoad = 5;

    // Accelerations are second differences over so many ticks to either side: over one, each landing is a spike.
    private const int Reach = 2;

    private BalanceTrace(int count)
    {
        (Centre, Moment) = (new Vec3[count], new Vec3[count]);
        (Back, Front) = (new double[count], new double[count]);
    }

    /// <summary>The centre of mass, projected along gravity down to the height of the support.</summary>
    public IReadOnlyList<Vec3> Centre { get; }

    /// <summary>The zero-moment point of one mass at the centre of mass (the biped paper's equation 11, on ground and under gravity that
    /// may be tilted); not a number at the ends of the trace.</summary>
    public IReadOnlyList<Vec3> Moment { get; }

    /// <summary>Hindmost and foremost edge of the soles that stand.</summary>
    public IReadOnlyList<double> Back { get; }

    /// <inheritdoc cref="Back"/>
    public IReadOnlyList<double> Front { get; }

    /// <summary>Of a walk in physics.</summary>
    /// <param name="samples">By tick, evenly spaced.</param>
    /// <param name="terrain">What was walked on.</param>
    /// <param name="halfSole">Half the length of a sole [m].</param>
    public static BalanceTrace Of(IReadOnlyList<WalkSample> samples, Terrain terrain, double halfSole)
    {
        var trace = new BalanceTrace(samples.Count);
        Vec3 none = new(double.NaN, double.NaN, double.NaN);
        Vec3[] centre = (Vec3[])trace.Centre, moment = (Vec3[])trace.Moment;
        double[] back = (double[])trace.Back, front = (double[])trace.Front;
        for (int i = 0; i < samples.Count; i++)
        {
            WalkSample now = samples[i];
            (centre[i], moment[i]) = (none, none);
            double[] soles = [.. Standing(now)];
            (back[i], front[i]) = soles.Length == 0 ? (double.NaN, double.NaN) : (soles.Min() - halfSole, soles.Max() + halfSole);
            if (soles.Length == 0)
            {
                continue;
            }

            // Down, with a length of 1 upward; the belt and a slope to the side tilt gravity, a ramp does not.
            double forward = Math.Tan(terrain.BeltAt(now.Time)), left = Math.Tan(terrain.Side) / Math.Cos(terrain.BeltAt(now.Time));
            double height = now.Centre.Z - now.Pressure.Z;
            centre[i] = new Vec3(now.Centre.X - height * forward, now.Centre.Y - height * left, now.Pressure.Z);
            if (i < Reach || i + Reach >= samples.Count)
            {
                continue;
            }

            double span = 0.5 * (samples[i + Reach].Time - samples[i - Reach].Time);
            Vec3 acceleration = 1 / (span * span) * (samples[i + Reach].Centre - 2 * now.Centre + samples[i - Reach].Centre);
            double down = Basics.Gravity.OfBodies * Math.Cos(terrain.BeltAt(now.Time)) * Math.Cos(terrain.Side);
            double lift = acceleration.Z + down - Basics.Gravity.OfBodies;
            moment[i] = new Vec3(ZeroMomentPoint.Of(now.Centre.X, acceleration.X + down * forward, height, lift),
                ZeroMomentPoint.Of(now.Centre.Y, acceleration.Y + down * left, height, lift), now.Pressure.Z);
        }

        return trace;
    }

    private static IEnumerable<double> Standing(WalkSample sample)
    {
        if (sample.LeftLoad > LeastLoad)
        {
            yield return sample.Left.X;
        }

        if (sample.RightLoad > LeastLoad)
        {
            yield return sample.Right.X;
        }
    }
}
