namespace Ganglion.Basics;

/// <summary>
/// The two accelerations that are called gravity, m/s2. They differ by 0.03 %, so that a sensor of a body at rest measures 1.0003 g; that
/// is far below its noise, and one value for both would change every recorded trial or every scaled count.
/// </summary>
public static class Gravity
{
    /// <summary>What bodies fall with, in physics and in the equations of gaits: the value that is usual there. All shipped gaits were
    /// tuned and all trials were recorded with it.</summary>
    public const double OfBodies = 9.81;

    /// <summary>What data sheets call 1 g: standard gravity (CGPM 1901), by which a sensor's counts are scaled.</summary>
    public const double Standard = 9.80665;
}
