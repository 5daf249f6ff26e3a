using System.Buffers.Binary;
using System.Net.WebSockets;
using Ganglion.Dashboard.Stream;

namespace Ganglion.Dashboard.Tests.Stream;

/// <summary>Windows that never read do not hold up those that do.</summary>
public sealed class SlowClientTests
{
    private const int Readers = 15, Sleepers = 5, Frames = 100;

    [Fact]
    public async Task Twenty_windows_of_which_five_never_read()
    {
        using var served = new Served();
        var windows = new List<ClientWebSocket>();
        for (int i = 0; i < Readers + Sleepers; i++)
        {
            windows.Add(await served.Open());
        }

        await Task.WhenAll(windows.Skip(Sleepers).Select(window => ReadFrames(served, window)));

        // A sleeper holds at most one frame; the one who publishes, one; and there is the newest.
        Assert.InRange(served.Server.Buffers, 1, windows.Count + 2);
        windows.ForEach(window => window.Dispose());
    }

    /// <summary>Frames of which the system's own buffers hold but a few: one that slept is not sent what it missed.</summary>
    [Fact]
    public async Task A_window_that_slept_is_sent_the_newest_whole_and_not_what_it_missed()
    {
        const int body = 1_000_000, frames = 40;
        using var served = new Served(body: body);
        using ClientWebSocket sleeper = await served.Open(), reader = await served.Open();
        await ReadFrames(served, reader, body, frames);
        Assert.True(await ReadFrames(served, sleeper, body, frames) > 5, "the system's buffers held all that was missed");
    }

    /// <summary>Whole frames, each newer than the one before it.</summary>
    /// <returns>Frames that were skipped between them.</returns>
    private static async Task<long> ReadFrames(Served served, ClientWebSocket window, int body = FakeRobot.Body, int frames = Frames)
    {
        Assert.Equal(WebSocketMessageType.Text, (await served.Read(window)).Type);
        long first = -1, last = -1;
        for (int i = 0; i < frames; i++)
        {
            (WebSocketMessageType type, byte[] bytes) = await served.Read(window);
            Assert.Equal(WebSocketMessageType.Binary, type);
            uint number = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4));
            Assert.True(number > last, $"frame {number} came after {last}");
            (first, last) = (i == 0 ? number : first, number);
            Assert.Equal(FrameBuffer.HeaderSize + FrameBuffer.SectionHeaderSize + body, bytes.Length);
            Assert.Equal(bytes.Length, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(16)));
            Assert.True(bytes.AsSpan(FrameBuffer.HeaderSize + FrameBuffer.SectionHeaderSize).IndexOfAnyExcept((byte)number) < 0,
                "a frame holds bytes of another");
        }

        return last - first + 1 - frames;
    }

    [Fact]
    public async Task More_windows_than_there_may_be_are_refused()
    {
        using var served = new Served();
        var windows = new List<ClientWebSocket>();
        for (int i = 0; i < DashboardServer.MostWindows; i++)
        {
            windows.Add(await served.Open());
        }

        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, await served.Refused($"http://{served.Authority}"));
        Assert.Equal(DashboardServer.MostWindows, served.Server.Windows);
        windows.ForEach(window => window.Dispose());
    }

    [Fact]
    public async Task The_end_of_the_program_waits_for_no_window()
    {
        var served = new Served();
        using ClientWebSocket window = await served.Open();
        await served.Read(window);
        await Task.Run(served.Dispose).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(1, served.Robot.Closed);
    }
}
