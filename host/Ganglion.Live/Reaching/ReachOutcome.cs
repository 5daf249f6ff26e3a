using System.Globalization;
using Ganglion.Arm.Control;
using Ganglion.Basics.Space;

namespace Ganglion.Live.Reaching;

/// <summary>How the arm fared with one target.</summary>
/// <param name="Target">Wanted pose.</param>
/// <param name="Measured">Measured pose at rest; null where nothing measures it.</param>
/// <param name="Solution">What the controller expected.</param>
/// <param name="TipError">Measured distance from the target, m; NaN where nothing measures it.</param>
/// <param name="AngleError">Measured angle from the target, rad; NaN likewise.</param>
/// <param name="NearestRoundingError">Distance that rounding every gear to its nearest count would leave at this posture, by the exact
/// model, m.</param>
/// <param name="Corrections">Measurements at rest after which counts were rounded anew.</param>
/// <param name="MotionSeconds">Time under way.</param>
/// <param name="SolveSeconds">Time that the controller computed; processor time of this machine also where the clock is virtual.</param>
/// <param name="TravelSeconds">Time that the servos alone would have needed for the way, at their slew bound.</param>
/// <param name="ReachedAfter">When the tip was last measured farther than <see cref="Tolerance"/> from the target, s after it was given;
/// NaN where nothing measures it.</param>
/// <param name="Orientation">Whether the target's orientation was asked for.</param>
public sealed record ReachOutcome(
    Pose Target, Pose? Measured, ControllerResult Solution, double TipError, double AngleError, double NearestRoundingError,
    int Corrections, double MotionSeconds, double SolveSeconds, double TravelSeconds, double ReachedAfter,
    bool Orientation)
{
    /// <summary>How near the tip must be, m.</summary>
    public const double Tolerance = 1e-3;

    /// <summary>How near its orientation must be where it was asked for, rad.</summary>
    public const double AngleTolerance = 2 * Math.PI / 180;

    /// <summary>Why the controller left its learned model for the exact geometry, in words; null: it did not.</summary>
    public string? Fallback { get; init; }

    /// <summary>The tip is where the target is, and turned as it is where that was asked for.</summary>
    public bool Reached => TipError <= Tolerance && (!Orientation || AngleError <= AngleTolerance);
}

/// <summary>No posture within the limits puts the tip at the target; nothing was moved.</summary>
/// <param name="target">Wanted pose.</param>
/// <param name="best">The nearest that was found.</param>
/// <param name="orientation">Whether the target's orientation was asked for.</param>
public sealed class UnreachableTargetException(in Pose target, in ControllerResult best, bool orientation)
    : IOException(Words(target, best, orientation))
{
    public Pose Target { get; } = target;

    /// <summary>Whether the target's orientation was asked for.</summary>
    public bool Orientation { get; } = orientation;

    /// <summary>The nearest that was found.</summary>
    public ControllerResult Best { get; } = best;

    private static string Words(in Pose target, in ControllerResult best, bool orientation)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        string where = string.Create(plain, $"the target ({1000 * target.Position.X:0.0}, {1000 * target.Position.Y:0.0}, " +
            $"{1000 * target.Position.Z:0.0}) mm");
        return best.Touches is { } touches
            ? $"{where} cannot be reached without touching: {touches}. The arm holds. Choose another target" +
                $"{(orientation ? ", leave the orientation free" : "")}, or move what is in the way."
            : string.Create(plain, $"{where} is out of reach: the nearest posture found is {1000 * best.PositionError:0.00} " +
                $"mm{(orientation ? $" and {best.OrientationError * 180 / Math.PI:0.00} degrees" : "")} away. The arm holds. Choose a " +
                $"nearer target{(orientation ? ", or leave the orientation free" : "")}.");
    }
}
