using Ganglion.Live.Replay;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;

namespace Ganglion.Dashboard.Robots;

/// <summary>A board that walks, plays a rhythm or makes pressures, to be looked at and operated.</summary>
/// <param name="Robot">Its first board is meant.</param>
/// <param name="Views">What its loop publishes, or what was recorded of it.</param>
/// <param name="Events">What happens.</param>
/// <param name="Control">What windows may do to it.</param>
/// <param name="Motion">Name of the gait or rhythm; empty: not known.</param>
/// <param name="Rhythm">The rhythm that it plays; null: it plays none, or one that is not known.</param>
/// <param name="Ground">What a walker walks on.</param>
/// <param name="IsVirtual">Its board is virtual.</param>
public sealed record MotionDesk(RobotDescription Robot, IViews<OwnMotionView> Views, EventLog Events, PageControl Control, string Motion,
    RhythmDescription? Rhythm, RecordedGround Ground, bool IsVirtual);
