using Ganglion.Basics.Space;
using Ganglion.Shared.Walking;

namespace Ganglion.Live.Viewing;

/// <summary>Where a walker's body is, as a simulation knows it and no board does. The ground's frame, m, rad, N.</summary>
public sealed class BodyView : IView<BodyView>
{
    private readonly double[] _angles = new double[Walker.AngleCount];

    /// <summary>Hips, attitude and angles are known.</summary>
    public bool HasPose { get; set; }

    /// <summary>Middle between the hips.</summary>
    public Vec3 Hips { get; set; }

    /// <summary>Of the torso.</summary>
    public Quat Attitude { get; set; } = Quat.Identity;

    /// <summary>Of the joints, as <see cref="Walker.Angles"/>.</summary>
    public Span<double> Angles => _angles;

    /// <summary>What follows is known.</summary>
    public bool HasForces { get; set; }

    /// <summary>Centre of mass.</summary>
    public Vec3 Centre { get; set; }

    /// <summary>Centre of pressure of both soles, which is the zero-moment point of what stands on them; not a number while nothing carries
    /// load.</summary>
    public Vec3 Pressure { get; set; }

    /// <summary>Normal forces on the feet.</summary>
    public (double Left, double Right) Loads { get; set; }

    /// <summary>Of the torso against gravity, forward above 0.</summary>
    public double Pitch { get; set; }

    /// <summary>Of the ground under the hips against the horizon, uphill above 0.</summary>
    public double Slope { get; set; }

    public void CopyFrom(BodyView other)
    {
        (HasPose, Hips, Attitude) = (other.HasPose, other.Hips, other.Attitude);
        other._angles.CopyTo(_angles, 0);
        (HasForces, Centre, Pressure, Loads, Pitch, Slope) = (other.HasForces, other.Centre, other.Pressure, other.Loads, other.Pitch,
            other.Slope);
    }
}
