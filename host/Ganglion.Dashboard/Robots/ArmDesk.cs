using Ganglion.Live.Viewing;
using Ganglion.Robots.Robot;

namespace Ganglion.Dashboard.Robots;

/// <summary>An arm to be looked at and operated.</summary>
/// <param name="Robot">A trunk arm.</param>
/// <param name="Views">What its loop publishes, or what was recorded of it.</param>
/// <param name="Events">What happens.</param>
/// <param name="Control">What windows may do to it.</param>
/// <param name="Controller">What finds its postures, in a word; empty: that is not known.</param>
/// <param name="IsVirtual">Its boards are virtual.</param>
public sealed record ArmDesk(RobotDescription Robot, IViews<ArmView> Views, EventLog Events, PageControl Control,
    string Controller, bool IsVirtual);
