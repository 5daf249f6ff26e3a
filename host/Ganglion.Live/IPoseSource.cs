using Ganglion.Robots.Space;

namespace Ganglion.Live;

/// <summary>Where the measured pose of the tip comes from: the simulated body, or a tracker.</summary>
public interface IPoseSource
{
    /// <summary>The newest measurement.</summary>
    /// <param name="tip">REP-103, base frame, m.</param>
    /// <returns>False while nothing has been measured.</returns>
    bool TryMeasure(out Pose tip);

    /// <summary>How long ago the newest measurement was made, s.</summary>
    double Age => 0;
}
