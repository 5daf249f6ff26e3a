using Ganglion.Live.Replay;
using Ganglion.Live.Teleop;

namespace Ganglion.Dashboard.Robots;

/// <summary>What windows may do to a robot.</summary>
public abstract record PageControl
{
    private PageControl()
    {
    }

    /// <summary>People operate it: one window at a time steers, any may stop it.</summary>
    /// <param name="Mailbox">Where inputs go.</param>
    public sealed record Operated(TeleopMailbox Mailbox) : PageControl;

    /// <summary>A program moves it: windows look on, and any may stop it.</summary>
    /// <param name="Stop">Stops it at once, from any thread.</param>
    public sealed record Watched(Action Stop) : PageControl;

    /// <summary>It is a recording: every window may play it, and all see the same place of it.</summary>
    /// <param name="Line">Where one is.</param>
    /// <param name="File">Its name, for people.</param>
    public sealed record Recorded(TimeLine Line, string File) : PageControl;
}
