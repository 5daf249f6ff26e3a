namespace Ganglion.Rhythm.Pendulum;

/// <summary>What resists at the elbow.</summary>
public enum ElbowDamping
{
    /// <summary>The speed of the joint.</summary>
    Relative,

    /// <summary>As the pendulum paper's listing has it: the lower segment's speed in space, as if the elbow turned against the
    /// room.</summary>
    Listing,
}

/// <summary>
/// The pendulum paper's leg: a double pendulum of two rods, angles from straight down [rad], both absolute. With half lengths l1, l2,
/// l3 = 2 l1 and I = m (2 l)² / 12 for each rod, by angular momentum about shoulder and elbow:
/// M11 = I1 + m1 l1² + m2 l3², M12 = m2 l3 l2 cos(t1 - t2), M22 = I2 + m2 l2²,
/// M11 t1'' + M12 t2'' = -m2 l3 l2 sin(t1 - t2) t2'² - (m1 l1 + m2 l3) g sin t1 + ms - me - ds t1' + de (t2' - t1'),
/// M12 t1'' + M22 t2'' = m2 l3 l2 sin(t1 - t2) t1'² - m2 l2 g sin t2 + me - de (t2' - t1').
/// </summary>
public sealed record LegBody
{
    /// <summary>Half length of the upper rod, m, above 0.</summary>
    public double UpperHalfLength { get; init; } = 4;

    /// <summary>Half length of the lower rod, m, above 0.</summary>
    public double LowerHalfLength { get; init; } = 3;

    /// <summary>Mass of the upper rod, kg, above 0.</summary>
    public double UpperMass { get; init; } = 30;

    /// <summary>Mass of the lower rod, kg, above 0.</summary>
    public double LowerMass { get; init; } = 15;

    /// <summary>m/s², above 0.</summary>
    public double Gravity { get; init; } = 9.8;

    /// <summary>Damping at the shoulder, N m s, not negative.</summary>
    public double ShoulderDamping { get; init; } = 10;

    /// <summary>Damping at the elbow, N m s, not negative.</summary>
    public double ElbowDampingFactor { get; init; } = 10;

    /// <summary>What the elbow's damping works against.</summary>
    public ElbowDamping Law { get; init; }

    /// <summary>M11, kg m².</summary>
    public double UpperInertia => UpperMass * UpperHalfLength * UpperHalfLength * (4.0 / 3) + LowerMass * Reach * Reach;

    /// <summary>M12 of a straight leg, kg m².</summary>
    public double SharedInertia => LowerMass * Reach * LowerHalfLength;

    /// <summary>M22, kg m².</summary>
    public double LowerInertia => LowerMass * LowerHalfLength * LowerHalfLength * (4.0 / 3);

    /// <summary>(m1 l1 + m2 l3) g, N m: by what gravity draws the upper rod down, times the sine of its angle.</summary>
    public double UpperWeight => (UpperMass * UpperHalfLength + LowerMass * Reach) * Gravity;

    /// <summary>m2 l2 g, N m.</summary>
    public double LowerWeight => LowerMass * LowerHalfLength * Gravity;

    /// <summary>Length of the upper rod, m: where the elbow is.</summary>
    public double Reach => 2 * UpperHalfLength;

    /// <summary>The leg without damping.</summary>
    public LegBody Undamped() => this with { ShoulderDamping = 0, ElbowDampingFactor = 0 };
}
