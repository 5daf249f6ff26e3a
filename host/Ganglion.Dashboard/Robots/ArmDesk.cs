using Ganglion.Live.Teleop;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Robot;

namespace Ganglion.Dashboard.Robots;

/// <summary>An arm to be looked at and operated.</summary>
/// <param name="Robot">A trunk arm.</param>
/// <param name="Views">What its loop publishes.</param>
/// <param name="Events">What happens.</param>
/// <param name="Mailbox">Where inputs go; null: nobody operates it, and the page looks on and stops it.</param>
/// <param name="Stop">Without a mailbox: stops it at once, from any thread.</param>
/// <param name="Controller">What finds its postures, in a word.</param>
/// <param name="IsVirtual">Its boards are virtual.</param>
public sealed record ArmDesk(RobotDescription Robot, ViewExchange<ArmView> Views, EventLog Events, TeleopMailbox? Mailbox,
    Action Stop, string Controller, bool IsVirtual);
