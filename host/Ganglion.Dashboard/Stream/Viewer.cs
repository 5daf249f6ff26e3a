using System.Net.WebSockets;
using System.Text.Json;

namespace Ganglion.Dashboard.Stream;

/// <summary>
/// One window that looks on: sends it the newest frame as fast as it takes them, on a task of its own, and reads what it says. What it
/// says is bounded: in length, and in how much comes a second.
/// </summary>
/// <param name="socket">Open.</param>
/// <param name="window">Takes what it says.</param>
internal sealed class Viewer(WebSocket socket, IPageWindow window)
{
    /// <summary>Longest message, bytes.</summary>
    public const int LongestMessage = 4096;

    /// <summary>Messages a second in the long run; twice as many at once. Inputs come 40 times a second.</summary>
    public const int MostMessages = 200;

    /// <summary>A window that takes no byte for so long is let go.</summary>
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(15);

    private string? _refusal;

    /// <summary>Tells the window its number, then sends frames until it is gone.</summary>
    public async Task Send(FrameExchange frames, CancellationToken end)
    {
        long number = 0;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(end);
        await Tell(JsonSerializer.SerializeToUtf8Bytes(new { you = window.Number }), end).ConfigureAwait(false);
        while (socket.State == WebSocketState.Open)
        {
            FrameBuffer frame;
            (frame, number) = await frames.Next(number, end).ConfigureAwait(false);
            try
            {
                if (socket.State != WebSocketState.Open)
                {
                    return;
                }

                late.CancelAfter(Stuck);
                if (Interlocked.Exchange(ref _refusal, null) is { } refusal)
                {
                    await Tell(JsonSerializer.SerializeToUtf8Bytes(new { refused = refusal }), late.Token).ConfigureAwait(false);
                }

                await socket.SendAsync(frame.Memory, WebSocketMessageType.Binary, endOfMessage: true, late.Token).ConfigureAwait(false);
                late.CancelAfter(Timeout.Infinite);
            }
            finally
            {
                frames.Return(frame);
            }
        }
    }

    /// <summary>Reads messages until the window is gone or says what no page of ours says; then it is told why and let go.</summary>
    public Task Receive(CancellationToken end) =>
        new BoundedReader(socket, LongestMessage, MostMessages, textOnly: true).Read((_, message) => Take(message), end);

    private void Take(ReadOnlyMemory<byte> message)
    {
        if (window.Take(message) is { } refusal)
        {
            // Told before the next frame; only the newest matters.
            Volatile.Write(ref _refusal, refusal);
        }
    }

    private ValueTask Tell(ReadOnlyMemory<byte> json, CancellationToken end) =>
        socket.SendAsync(json, WebSocketMessageType.Text, endOfMessage: true, end);
}
