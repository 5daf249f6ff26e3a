using Ganglion.Basics.Space;

namespace Ganglion.Live;

/// <summary>Where the measured pose of the tip comes from: the simulated body, or a tracker.</summary>
public interface IPoseSource
{
    /// <summary>Whether orientations are measured; if not, every pose has the identity.</summary>
    bool MeasuresOrientation { get; }

    /// <summary>The newest measurement; the same one again until there is a newer one.</summary>
    /// <param name="tip">REP-103, base frame, m; finite, unit quaternion.</param>
    /// <param name="time">When the tip was there, host clock, ns; 0 where nothing was measured.</param>
    /// <returns>False while there is nothing to go by: nothing was measured yet, or what was has become stale. The arm holds
    /// then.</returns>
    /// <exception cref="PoseSourceException">Nothing has come for so long that waiting is no use; the arm is to be parked.</exception>
    bool TryMeasure(out Pose tip, out long time);

    /// <summary>The same with the modules; null where there is nothing to go by.</summary>
    MeasuredPosture? Posture();
}

/// <summary>Where an arm was measured to be.</summary>
/// <param name="Tip">REP-103, base frame, m.</param>
/// <param name="Modules">All modules, base first; empty where only the tip is measured.</param>
/// <param name="Time">When it was there, host clock, ns.</param>
public sealed record MeasuredPosture(Pose Tip, Pose[] Modules, long Time);

/// <summary>The tip is no longer measured. The message says what came last, from where, and what to do.</summary>
public sealed class PoseSourceException(string message) : IOException(message);
