using Ganglion.Robots.Rhythms;
using Ganglion.Shared.Legs;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Robots.Gaits;

/// <summary>Part of a gait file.</summary>
public enum GaitPart
{
    /// <summary>Oscillators of the feet.</summary>
    Foot,
    /// <summary>Oscillators of the body.</summary>
    Body,
    /// <summary>The chess clock in their place.</summary>
    Clock,
    /// <summary>Steps.</summary>
    Walk,
    /// <summary>Gains of the reflexes.</summary>
    Reflexes,
    /// <summary>What was walked with which steps.</summary>
    Speeds,
    /// <summary>What is walked otherwise on slopes.</summary>
    Atlas,
}

/// <summary>A gait that a board would refuse.</summary>
/// <param name="reason">Why.</param>
/// <param name="where">Index of the oscillator, joint, sensor or entry of the speeds or the atlas that it is about.</param>
/// <param name="network">Why the network is refused, if it is.</param>
public sealed class GaitRefusedException(WalkReason reason, int where = 0, RhythmReason network = RhythmReason.None)
    : Exception(Words(reason, network))
{
    /// <summary>Which part is wrong.</summary>
    public GaitPart Part { get; } = reason switch
    {
        WalkReason.NetworkRefused or WalkReason.NotOscillating => where < WalkingNetwork.FootCount ? GaitPart.Foot
            : where < WalkingNetwork.BodyCount ? GaitPart.Body : GaitPart.Clock,
        WalkReason.TimedTwice => GaitPart.Clock,
        WalkReason.ReflexOutOfRange => GaitPart.Reflexes,
        WalkReason.SpeedOutOfRange => GaitPart.Speeds,
        WalkReason.GroundOutOfRange => GaitPart.Atlas,
        _ => GaitPart.Walk,
    };

    /// <summary>Index of the oscillator, joint, sensor or entry of the speeds or the atlas.</summary>
    public int Where { get; } = where;

    /// <summary>Cause and remedy of a reason.</summary>
    public static string Words(WalkReason reason, RhythmReason network = RhythmReason.None) => reason switch
    {
        WalkReason.None => "nothing is wrong; walk it",
        WalkReason.GeometryOutOfRange => "a length or the knee's limit is no leg's; correct legs and joints in the robot's file",
        WalkReason.CycleOutOfRange => "cycle_ms is not that of a walk; choose it within 200..10000",
        WalkReason.DutyOutOfRange => "a duty factor is 0.5 to 0.9; below there would be a time of flight",
        WalkReason.LiftOutOfRange => "lift_mm is no step's; choose it within 0..500",
        WalkReason.StanceOutOfRange => "the stance is none of a walker; choose foot_x_mm, foot_y_mm and height_mm nearer to the legs' size",
        WalkReason.BodyOutOfRange => "the hips' motion is none of a walker; choose surge, bob and sway within 2000 mm, lean within 28 " +
            "degrees and the corner within 0.5..20 Hz",
        WalkReason.BoundOutOfRange => "a bound on speed, turning or their changes is outside 0..10 m or rad; choose it within",
        WalkReason.RampOutOfRange => "ramp_ms is outside 100..60000; choose it within",
        WalkReason.PhaseOutOfRange => "a coefficient of the phase is outside -0.2..0.2 rad; measure the phase again",
        WalkReason.OutOfReach => "a foot would be further from its hip than the leg is long; lower height_mm, max_speed_mm_per_s " +
            "or cycle_ms",
        WalkReason.KneeTooFar => "a foot would come too close to its hip for the knee; raise height_mm or lower lift_mm",
        WalkReason.CommandOutOfRange => "the command is beyond the gait's bounds; ask for less speed, turning or amplitude, or for a " +
            "cadence of 0.5 to 2",
        WalkReason.JointOutOfRange => "a joint has no channel of its own or a calibration that is no usable number; correct joints in " +
            "the robot's file",
        WalkReason.StillWalking => "it walks; stop it before changing it",
        WalkReason.ReflexOutOfRange => "a gain of the reflexes is outside its range; see the ranges in hardware/schemas/gait.schema.json",
        WalkReason.NetworkRefused => $"the board cannot compute the oscillator: {RhythmRefusedException.Words(network)}",
        WalkReason.NotOscillating => "it does not oscillate; adaptation must be at least inhibition - 1, and inhibition above 1 + rise " +
            "time / adaptation time",
        WalkReason.SensorOutOfRange => "a force sensor has no analog input of its own or a scale that is no usable number; correct " +
            "foot_sensors in the robot's file",
        WalkReason.TimedTwice => "both oscillators and a chess clock would time the legs; give one of them",
        WalkReason.SpeedOutOfRange => "the speeds are no table: sort them by slope_deg within 24.9 and then by steps_mm_per_s within " +
            "max_speed_mm_per_s, with two or more for each slope, and let walked_mm_per_s grow with the steps",
        WalkReason.GroundOutOfRange => "what it would walk with there is beyond the ranges of steps and reflexes or of the legs, or the " +
            "atlas is not sorted; give each slope_deg within 24.9 once, in rising order, and height_mm and lift_mm that the legs reach",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "no such reason"),
    };
}
