namespace Ganglion.Live.Reaching;

/// <summary>What a <see cref="ReachLoop"/> is at.</summary>
internal enum ReachPhase
{
    /// <summary>Nothing is asked of it, or the gears are led by somebody else.</summary>
    Idle,

    /// <summary>The controller steers to one target.</summary>
    Steering,

    /// <summary>The controller follows a target that moves.</summary>
    Following,

    /// <summary>At rest, choosing counts.</summary>
    Polishing,

    /// <summary>On the way to park, to be disarmed there.</summary>
    Parking,
}
