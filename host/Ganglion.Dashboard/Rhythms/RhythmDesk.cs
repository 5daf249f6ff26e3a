using Ganglion.Live.Rhythms;
using Ganglion.Live.Teleop;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Robot;

namespace Ganglion.Dashboard.Rhythms;

/// <summary>A rhythm to be looked at and set, and perhaps a board that plays it.</summary>
/// <param name="Show">Runs it.</param>
/// <param name="Mailbox">Where the one who has control sends inputs and orders.</param>
/// <param name="Events">What happens.</param>
/// <param name="Board">Null: no board plays it.</param>
public sealed record RhythmDesk(RhythmShow Show, TeleopMailbox Mailbox, EventLog Events, RhythmBoard? Board);

/// <summary>The board of a shown rhythm.</summary>
/// <param name="Robot">Its first board is meant.</param>
/// <param name="Views">What its loop publishes.</param>
/// <param name="Motion">What it was given.</param>
/// <param name="IsVirtual">It is virtual.</param>
public sealed record RhythmBoard(RobotDescription Robot, IViews<OwnMotionView> Views, ShownMotion Motion, bool IsVirtual);
