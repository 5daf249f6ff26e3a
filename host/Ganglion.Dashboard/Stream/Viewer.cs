using System.Net.WebSockets;
using System.Text;
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

    /// <summary>A close frame has room for so much, bytes (RFC 6455, 5.5).</summary>
    private const int LongestReason = 123;

    /// <summary>A window that takes no byte for so long is let go.</summary>
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(15);

    private readonly byte[] _message = new byte[LongestMessage];
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
    public async Task Receive(CancellationToken end)
    {
        var budget = new MessageBudget(2 * MostMessages, MostMessages);
        while (socket.State == WebSocketState.Open)
        {
            int length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(_message.AsMemory(length), end).ConfigureAwait(false);
                length += part.Count;
                if (length == LongestMessage && !part.EndOfMessage)
                {
                    await Close(WebSocketCloseStatus.MessageTooBig, $"a message is longer than {LongestMessage} bytes", end);
                    return;
                }
            }
            while (!part.EndOfMessage);

            if (part.MessageType == WebSocketMessageType.Close)
            {
                await Close(WebSocketCloseStatus.NormalClosure, "", end);
                return;
            }

            if (!budget.Spend(Environment.TickCount64))
            {
                await Close(WebSocketCloseStatus.PolicyViolation, $"more than {MostMessages} messages a second", end);
                return;
            }

            if (part.MessageType != WebSocketMessageType.Text)
            {
                await Close(WebSocketCloseStatus.InvalidMessageType, "a binary message, where text is expected", end);
                return;
            }

            try
            {
                if (window.Take(_message.AsMemory(0, length)) is { } refusal)
                {
                    // Told before the next frame; only the newest matters.
                    Volatile.Write(ref _refusal, refusal);
                }
            }
            catch (PageMessageException e)
            {
                await Close(WebSocketCloseStatus.InvalidPayloadData, e.Message, end);
                return;
            }
        }
    }

    private ValueTask Tell(ReadOnlyMemory<byte> json, CancellationToken end) =>
        socket.SendAsync(json, WebSocketMessageType.Text, endOfMessage: true, end);

    private Task Close(WebSocketCloseStatus status, string why, CancellationToken end) =>
        socket.CloseOutputAsync(status, Encoding.UTF8.GetByteCount(why) <= LongestReason ? why : "", end);
}
