using System.Net.WebSockets;
using Ganglion.Dashboard.Stream;

namespace Ganglion.Dashboard.Foxglove;

/// <summary>
/// One client of the Foxglove protocol: what it subscribed to, and what is on its way to it. It is sent to by a task of its own, which
/// looks a hundred times a second whether there is something: so who writes messages has nobody to wake.
/// </summary>
/// <param name="socket">Open.</param>
/// <param name="server">Tells the channels and the parameters.</param>
internal sealed class FoxgloveClient(WebSocket socket, IFoxgloveOffer server)
{
    /// <summary>Longest message of a client, bytes: subscriptions to hundreds of channels.</summary>
    private const int LongestMessage = 64 * 1024;

    /// <summary>Seconds of a large robot's messages.</summary>
    private const int RingBytes = 4 << 20;

    /// <summary>Messages of a client a second.</summary>
    private const int MostMessages = 100;

    /// <summary>Answers that may wait for a client that goes on asking and does not read.</summary>
    private const int MostWaiting = 256;

    /// <summary>Subscriptions at a time.</summary>
    private const int MostSubscriptions = 1000;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10), Stuck = TimeSpan.FromSeconds(15);

    private readonly MessageRing _ring = new(RingBytes);
    private readonly Queue<byte[]> _words = [];
    private volatile (uint Id, ushort Channel)[] _subscriptions = [];

    /// <summary>Whether it takes the messages of a channel. From any thread.</summary>
    public bool Wants(ushort channel)
    {
        foreach ((_, ushort one) in _subscriptions)
        {
            if (one == channel)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A message of a channel, if the client takes it. Never waits, allocates nothing. From any thread.</summary>
    public void Add(ushort channel, long time, ReadOnlySpan<byte> data)
    {
        foreach ((uint id, ushort one) in _subscriptions)
        {
            if (one == channel)
            {
                _ring.Add(id, time, data);
            }
        }
    }

    /// <summary>Something in text. From any thread.</summary>
    public void Tell(byte[] words)
    {
        lock (_words)
        {
            _words.Enqueue(words);
        }
    }

    /// <summary>Sends until it is gone.</summary>
    public async Task Send(CancellationToken end)
    {
        byte[] message = new byte[4096];
        using var timer = new PeriodicTimer(Look);
        while (socket.State == WebSocketState.Open && await timer.WaitForNextTickAsync(end).ConfigureAwait(false))
        {
            while (Next() is { } words)
            {
                await Send(words, WebSocketMessageType.Text, end).ConfigureAwait(false);
            }

            for (int length; socket.State == WebSocketState.Open && (length = _ring.Take(ref message)) > 0;)
            {
                await Send(message.AsMemory(0, length), WebSocketMessageType.Binary, end).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads what it asks for until it is gone, or says what no client says; then it is told why and let go.</summary>
    public Task Receive(CancellationToken end)
    {
        // Bytes would be messages for us or calls of services, of which none was offered.
        return new BoundedReader(socket, LongestMessage, MostMessages, textOnly: false).Read((type, message) =>
            Take(type == WebSocketMessageType.Text ? FoxgloveRequest.Read(message) : new FoxgloveRequest.Unserved("binary")), end);
    }

    private void Take(FoxgloveRequest request)
    {
        lock (_words)
        {
            if (_words.Count > MostWaiting)
            {
                throw new FormatException($"more than {MostWaiting} answers wait to be read");
            }
        }

        switch (request)
        {
            case FoxgloveRequest.Subscribe subscribe:
                (uint Id, ushort Channel)[] wanted = [.. _subscriptions.Concat(subscribe.Subscriptions.Where(one =>
                    server.Offers(one.Channel))).DistinctBy(one => one.Id)];
                if (wanted.Length > MostSubscriptions)
                {
                    throw new FormatException($"more than {MostSubscriptions} subscriptions");
                }

                _subscriptions = wanted;
                foreach ((_, ushort channel) in subscribe.Subscriptions.Where(one => server.Offers(one.Channel)))
                {
                    server.Welcome(this, channel);
                }

                break;
            case FoxgloveRequest.Unsubscribe unsubscribe:
                _subscriptions = [.. _subscriptions.Where(one => !unsubscribe.Ids.Contains(one.Id))];
                break;
            case FoxgloveRequest.GetParameters get:
                Tell(FoxgloveText.ParameterValues(server.Parameters.Where(one => get.Names.Count == 0 || get.Names.Contains(one.Key)),
                    get.Id));
                break;
            case FoxgloveRequest.Unserved unserved:
                Tell(FoxgloveText.Refusal($"'{unserved.Op}' is not done here: this stream is for watching; the page moves the robot."));
                break;
        }
    }

    private byte[]? Next()
    {
        lock (_words)
        {
            return _words.TryDequeue(out byte[]? words) ? words : null;
        }
    }

    private async Task Send(ReadOnlyMemory<byte> message, WebSocketMessageType type, CancellationToken end)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(end);
        late.CancelAfter(Stuck);
        await socket.SendAsync(message, type, endOfMessage: true, late.Token).ConfigureAwait(false);
    }
}

/// <summary>What a client can ask for.</summary>
internal interface IFoxgloveOffer
{
    /// <summary>Whether there is such a channel.</summary>
    bool Offers(ushort channel);

    /// <summary>Gives a client that has just subscribed the message that it came too late for, if the channel has had but one.</summary>
    void Welcome(FoxgloveClient client, ushort channel);

    /// <summary>What is known of the robot and the run, by name.</summary>
    IReadOnlyList<KeyValuePair<string, string>> Parameters { get; }
}
