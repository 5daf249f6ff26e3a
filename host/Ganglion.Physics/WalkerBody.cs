namespace Ganglion.Physics;

/// <summary>
/// The mechanical part of a walker: links, masses, feet and drives (figures: specification cpg.md D). Lengths in m, masses
/// in kg, axes by REP-103.
/// </summary>
public sealed record WalkerBody
{
    public double Thigh { get; init; } = 0.33;

    public double Shank { get; init; } = 0.33;

    /// <summary>Ankle above the sole.</summary>
    public double Ankle { get; init; } = 0.05;

    public double HipHalfWidth { get; init; } = 0.10;

    /// <summary>True for 12 joints, false for the 10 of the paper.</summary>
    public bool HasAnkleRoll { get; init; } = true;

    /// <summary>Torso box: depth (x), width (y), height (z); its lower face is at the hips.</summary>
    public double TorsoDepth { get; init; } = 0.16;

    public double TorsoWidth { get; init; } = 0.26;

    public double TorsoHeight { get; init; } = 0.42;

    public double TorsoMass { get; init; } = 16.0;

    public double ThighMass { get; init; } = 3.6;

    public double ShankMass { get; init; } = 2.4;

    public double FootMass { get; init; } = 0.9;

    public double FootLength { get; init; } = 0.20;

    public double FootWidth { get; init; } = 0.10;

    /// <summary>Radius of the four corners that a foot stands on.</summary>
    public double CornerRadius { get; init; } = 0.012;

    /// <summary>Friction coefficient between foot and ground.</summary>
    public double Friction { get; init; } = 1.0;

    /// <summary>Position servos: N m/rad, N m, no-load speed rad/s.</summary>
    public double ServoStiffness { get; init; } = 600.0;

    public double ServoTorque { get; init; } = 150.0;

    public double ServoSpeed { get; init; } = 12.0;

    /// <summary>Joints: N m s/rad, kg m2.</summary>
    public double JointDamping { get; init; } = 15.0;

    public double JointArmature { get; init; } = 0.05;
}
