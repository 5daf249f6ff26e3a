namespace Ganglion.Rhythm.Pendulum;

/// <summary>Where a leg is and how it moves.</summary>
/// <param name="Upper">Angle of the upper rod from straight down, rad.</param>
/// <param name="Lower">Angle of the lower rod from straight down, rad.</param>
/// <param name="UpperSpeed">rad/s.</param>
/// <param name="LowerSpeed">rad/s.</param>
public readonly record struct LegState(double Upper, double Lower, double UpperSpeed = 0, double LowerSpeed = 0)
{
    /// <summary>Whether all of it is a number that a leg can have.</summary>
    public bool IsFinite => double.IsFinite(Upper + Lower + UpperSpeed + LowerSpeed);
}

/// <summary>Moments of the muscles, N m.</summary>
/// <param name="Shoulder">On the upper rod, against the room.</param>
/// <param name="Elbow">On the lower rod, against the upper one.</param>
public readonly record struct LegMoments(double Shoulder, double Elbow)
{
    /// <summary>What the muscles put in by moving the leg forward, W: each joint's share where it is above 0. What the leg does to a
    /// muscle is not won back.</summary>
    public double Power(LegState state) => Math.Max(0, Shoulder * state.UpperSpeed)
        + Math.Max(0, Elbow * (state.LowerSpeed - state.UpperSpeed));
}
