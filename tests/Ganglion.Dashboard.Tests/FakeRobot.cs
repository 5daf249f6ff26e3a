using System.Collections.Concurrent;
using System.Text;
using Ganglion.Dashboard.Steering;
using Ganglion.Dashboard.Stream;
using Ganglion.Live.Viewing;

namespace Ganglion.Dashboard.Tests;

/// <summary>A robot that is only counted: a frame a period with a body that tells its number, and what windows said.</summary>
/// <param name="body">Length of a frame's body, bytes.</param>
internal sealed class FakeRobot(int body = FakeRobot.Body) : IPageRobot
{
    /// <summary>Of 100 channels and 512 neurons.</summary>
    public const int Body = 4096;

    private int _opened;

    public ConcurrentQueue<PageMessage> Messages { get; } = new();

    public ReadOnlyMemory<byte> Scene { get; } = Encoding.UTF8.GetBytes("{\"robot\":\"fake\"}");

    public EventLog Events { get; } = new();

    public long Epoch => 0;

    public int Closed;

    public bool TryWrite(FrameBuffer frame, uint number, int windows)
    {
        frame.Begin(number, number);
        frame.Add(Section.Thresholds, 1, body).Fill((byte)number);
        frame.End();
        return true;
    }

    public IPageWindow Open() => new Window(this, Interlocked.Increment(ref _opened));

    public void Rest()
    {
    }

    public void Dispose()
    {
    }

    private sealed class Window(FakeRobot robot, int number) : IPageWindow
    {
        public int Number => number;

        public string? Take(ReadOnlyMemory<byte> message)
        {
            robot.Messages.Enqueue(PageMessage.Read(message));
            return null;
        }

        public void Dispose() => Interlocked.Increment(ref robot.Closed);
    }
}
