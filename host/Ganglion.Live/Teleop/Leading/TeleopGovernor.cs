using Ganglion.Basics.Space;

namespace Ganglion.Live.Teleop.Leading;

/// <summary>
/// Leads the tip: towards a target, along a stick, or to rest, with bounded speed and acceleration whatever is asked of it. Towards a
/// target it goes no faster than it can still brake for (v = sqrt(2 a d), in steps of time), so that it comes to rest there and not
/// beyond. Rotation is led the same way by itself. One step a period; allocates nothing.
/// </summary>
/// <param name="limits">Bounds.</param>
/// <param name="period">From one step to the next, s.</param>
public sealed class TeleopGovernor(TeleopLimits limits, double period)
{
    private Vec3 _velocity, _turning;

    /// <summary>Where the tip is led now.</summary>
    public Pose At { get; private set; }

    /// <summary>m/s.</summary>
    public Vec3 Velocity => _velocity;

    /// <summary>rad/s.</summary>
    public Vec3 Turning => _turning;

    public bool IsAtRest => _velocity == default && _turning == default;

    /// <summary>Begins at rest.</summary>
    /// <param name="at">Where the tip is.</param>
    public void Start(in Pose at) => (At, _velocity, _turning) = (at, default, default);

    /// <summary>A step towards a target, which may be another one each time.</summary>
    public void Toward(in Pose target)
    {
        Vec3 way = target.Position - At.Position, turn = (target.Orientation * At.Orientation.Conjugate).RotationVector;
        Move(Approach(way, _velocity, limits.Speed, limits.Acceleration), Approach(turn, _turning, limits.TurnRate,
            limits.TurnAcceleration));
        At = new Pose((target.Position - At.Position).Length < Nothing ? target.Position : At.Position,
            Quat.Angle(target.Orientation, At.Orientation) < Nothing ? target.Orientation : At.Orientation);
    }

    /// <summary>A step the way that a stick points.</summary>
    /// <param name="way">Share of the largest speed; longer than 1 counts as 1.</param>
    /// <param name="turn">Share of the largest turn rate, likewise.</param>
    public void Along(in Vec3 way, in Vec3 turn) => Move(
        Changed(_velocity, limits.Speed / Math.Max(1, way.Length) * way, limits.Acceleration),
        Changed(_turning, limits.TurnRate / Math.Max(1, turn.Length) * turn, limits.TurnAcceleration));

    /// <summary>A step to rest, as soon as the bound on the acceleration allows.</summary>
    public void Brake() => Along(default, default);

    /// <summary>The tip cannot go where the last step led it: it is led from elsewhere instead, no farther from where it was.</summary>
    /// <param name="before">Where it was before the step.</param>
    /// <param name="at">The nearest that it can go.</param>
    public void Yield(in Pose before, in Pose at)
    {
        Vec3 way = at.Position - before.Position;
        double most = (At.Position - before.Position).Length, share = way.Length > most ? most / way.Length : 1;
        Vec3 turn = (at.Orientation * before.Orientation.Conjugate).RotationVector;
        double mostTurn = Quat.Angle(At.Orientation, before.Orientation), shareTurn = turn.Length > mostTurn ? mostTurn / turn.Length : 1;
        (_velocity, _turning) = (share / period * way, shareTurn / period * turn);
        At = new Pose(before.Position + share * way, Quat.FromRotationVector(shareTurn * turn) * before.Orientation);
    }

    /// <summary>m and rad that are no way any more; what sums of speeds lose.</summary>
    private const double Nothing = 1e-12, Rounding = 1e-9;

    /// <summary>The velocity of the next step on a way that is left.</summary>
    private Vec3 Approach(in Vec3 way, in Vec3 velocity, double most, double acceleration)
    {
        double left = way.Length, change = acceleration * period;
        if (left < Nothing)
        {
            return Changed(velocity, default, acceleration);
        }

        // The last step but one ends here at no more than what the last can brake.
        Vec3 straight = 1 / period * way;
        if (left <= change * period && (straight - velocity).Length <= change)
        {
            return straight;
        }

        double fast = Math.Min(most, TeleopLimits.Approach(left, change, period));
        return Changed(velocity, fast / left * way, acceleration);
    }

    private Vec3 Changed(in Vec3 velocity, in Vec3 wanted, double acceleration)
    {
        Vec3 change = wanted - velocity;
        double length = change.Length, most = acceleration * period;
        return length <= most * (1 + Rounding) ? wanted : velocity + most / length * change;
    }

    private void Move(in Vec3 velocity, in Vec3 turning)
    {
        (_velocity, _turning) = (velocity, turning);
        At = new Pose(At.Position + period * velocity, turning == default ? At.Orientation
            : Quat.FromRotationVector(period * turning) * At.Orientation);
    }
}
