using Ganglion.Dashboard.Stream;
using Ganglion.Live.Viewing;

namespace Ganglion.Dashboard;

/// <summary>The robot behind the page: what it looks like, what it does, and who takes what windows say.</summary>
internal interface IPageRobot : IDisposable
{
    /// <summary>What does not change, as JSON: see Stream/STREAM.md.</summary>
    ReadOnlyMemory<byte> Scene { get; }

    /// <summary>What happened.</summary>
    EventLog Events { get; }

    /// <summary>Nanoseconds from the Unix epoch to the zero of the robot's clock, as it was at the last frame; 0 before the
    /// first, and of a recording, whose times are from its beginning.</summary>
    long Epoch { get; }

    /// <summary>What people may keep as a file of their own, as it is now; empty: nothing. From any thread.</summary>
    string Text => "";

    /// <summary>The same robot at moments that are over, oldest first, a frame each, for as long as it has more; null: it is no
    /// recording. From any thread.</summary>
    /// <param name="until">The last moment, s.</param>
    IPageRobot? Before(double until) => null;

    /// <summary>Writes the newest moment into a frame, if there is a newer one than before. On one thread at a time.</summary>
    /// <param name="frame">To be begun, filled and ended.</param>
    /// <param name="number">Of the frame.</param>
    /// <param name="windows">Windows that look on.</param>
    bool TryWrite(FrameBuffer frame, uint number, int windows);

    /// <summary>Nobody looks on: what only a picture needs may rest until the next <see cref="TryWrite"/>, on the same thread.</summary>
    void Rest();

    /// <summary>A window comes. From any thread.</summary>
    IPageWindow Open();
}

/// <summary>One window's half of the robot. Its calls come one at a time; disposed when the window is gone.</summary>
internal interface IPageWindow : IDisposable
{
    /// <summary>Its number among all who operate or watch, from 1.</summary>
    int Number { get; }

    /// <summary>Takes a message. Never waits.</summary>
    /// <param name="message">UTF-8 text as it came, at most <see cref="Viewer.LongestMessage"/> bytes.</param>
    /// <returns>Null, or why what it asks for is not done now, in words.</returns>
    /// <exception cref="PageMessageException">It is no message that a page sends; nothing was done.</exception>
    string? Take(ReadOnlyMemory<byte> message);
}

/// <summary>Something that came over a window's link and that no page of ours sends; the window is let go.</summary>
internal sealed class PageMessageException(string message) : FormatException(message);
