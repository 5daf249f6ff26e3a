using System.Net.WebSockets;
using System.Text;

namespace Ganglion.Dashboard.Stream;

/// <summary>Reads what a client says, bounded in length and in how much comes a second; a client that goes beyond, or says what it must
/// not, is told why and let go.</summary>
/// <param name="socket">Open.</param>
/// <param name="longest">Longest message, bytes.</param>
/// <param name="perSecond">Messages a second in the long run; twice as many at once.</param>
/// <param name="textOnly">Whether bytes are such a thing that it must not say.</param>
internal sealed class BoundedReader(WebSocket socket, int longest, int perSecond, bool textOnly)
{
    /// <summary>A close frame has room for so much, bytes (RFC 6455, 5.5).</summary>
    private const int LongestReason = 123;

    private readonly byte[] _message = new byte[longest];

    /// <summary>Reads until the client is gone.</summary>
    /// <param name="take">Is given each message, text or bytes; a <see cref="FormatException"/> says why the client is let go.</param>
    /// <param name="end">Ends it.</param>
    public async Task Read(Action<WebSocketMessageType, ReadOnlyMemory<byte>> take, CancellationToken end)
    {
        var budget = new MessageBudget(2 * perSecond, perSecond);
        while (socket.State == WebSocketState.Open)
        {
            int length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(_message.AsMemory(length), end).ConfigureAwait(false);
                length += part.Count;
                if (length == longest && !part.EndOfMessage)
                {
                    await Close(WebSocketCloseStatus.MessageTooBig, $"a message is longer than {longest} bytes", end);
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
                await Close(WebSocketCloseStatus.PolicyViolation, $"more than {perSecond} messages a second", end);
                return;
            }

            if (textOnly && part.MessageType != WebSocketMessageType.Text)
            {
                await Close(WebSocketCloseStatus.InvalidMessageType, "a binary message, where text is expected", end);
                return;
            }

            try
            {
                take(part.MessageType, _message.AsMemory(0, length));
            }
            catch (FormatException e)
            {
                await Close(WebSocketCloseStatus.InvalidPayloadData, e.Message, end);
                return;
            }
        }
    }

    private Task Close(WebSocketCloseStatus status, string why, CancellationToken end) =>
        socket.CloseOutputAsync(status, Encoding.UTF8.GetByteCount(why) <= LongestReason ? why : "", end);
}
