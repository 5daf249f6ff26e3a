using System.Net;
using System.Net.WebSockets;
using Ganglion.Bridge.Log;
using Ganglion.Dashboard.Guard;
using Microsoft.AspNetCore.Http;

namespace Ganglion.Dashboard.Foxglove;

/// <summary>
/// A running robot for Foxglove and what else speaks its WebSocket protocol (github.com/foxglove/ws-protocol; subprotocols
/// foxglove.sdk.v1 and foxglove.websocket.v1): the channels, schemas and messages that a log of the same run would have. Clients watch;
/// they cannot move anything. It listens on this machine alone. Of web pages only Foxglove's own may connect; programs send no Origin.
/// </summary>
public sealed class FoxgloveServer : IMessageSink, IFoxgloveOffer, IDisposable
{
    /// <summary>Where Foxglove looks by itself.</summary>
    public const int UsualPort = 8765;

    /// <summary>Clients at a time; each has some megabytes of messages on their way.</summary>
    private const int MostClients = 32;

    private static readonly string[] Protocols = ["foxglove.sdk.v1", "foxglove.websocket.v1"];
    private static readonly string[] Pages = ["https://app.foxglove.dev", "https://studio.foxglove.dev"];
    private static readonly TimeSpan Goodbye = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly List<(string Name, string Encoding, string Text)> _schemas = [];
    private readonly List<KeyValuePair<string, string>> _parameters = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly string _name;
    private readonly string _session = Guid.NewGuid().ToString("N");
    private readonly WebHost _web;
    private readonly List<KeptMessage> _kept = [];
    private volatile FoxgloveChannel[] _channels = [];
    private volatile FoxgloveClient[] _clients = [];

    /// <param name="name">What clients show, such as the robot's name.</param>
    /// <param name="port">0: any free one.</param>
    /// <exception cref="DashboardException">The port cannot be had.</exception>
    public FoxgloveServer(string name, int port)
    {
        _name = name;
        try
        {
            _web = new WebHost(IPAddress.Loopback, port, MostClients, Answer);
        }
        catch (IOException e)
        {
            throw new DashboardException($"Foxglove cannot be served at port {port}: {(e.InnerException ?? e).Message.TrimEnd('.')}. " +
                "Choose another with --foxglove PORT.", e);
        }

        Address = $"ws://{_web.At}";
    }

    /// <summary>What to give to Foxglove: "open connection", "Foxglove WebSocket".</summary>
    public string Address { get; }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters
    {
        get
        {
            lock (_gate)
            {
                return [.. _parameters];
            }
        }
    }

    /// <inheritdoc/>
    public ushort AddSchema(string name, string encoding, ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            _schemas.Add((name, encoding, FoxgloveText.Utf8(data)));
            return checked((ushort)_schemas.Count);
        }
    }

    /// <inheritdoc/>
    public ushort AddChannel(string topic, string messageEncoding, ushort schema = 0,
        IEnumerable<KeyValuePair<string, string>>? metadata = null)
    {
        lock (_gate)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(schema, _schemas.Count);
            (string name, string encoding, string text) = schema == 0 ? ("", "", "") : _schemas[schema - 1];
            var channel = new FoxgloveChannel(checked((ushort)(_channels.Length + 1)), topic, messageEncoding, name, encoding, text);
            _kept.Add(new KeptMessage());
            _channels = [.. _channels, channel];
            foreach (FoxgloveClient client in _clients)
            {
                client.Tell(FoxgloveText.Advertise([channel]));
            }

            return channel.Id;
        }
    }

    /// <inheritdoc/>
    public void AddMetadata(string name, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        lock (_gate)
        {
            _parameters.AddRange(pairs.Select(pair => KeyValuePair.Create($"{name}.{pair.Key}", pair.Value)));
        }
    }

    /// <inheritdoc/>
    public bool Offers(ushort channel) => channel > 0 && channel <= _channels.Length;

    /// <inheritdoc/>
    void IFoxgloveOffer.Welcome(FoxgloveClient client, ushort channel)
    {
        KeptMessage kept = Kept(channel);
        if (kept is { Count: 1, Data: { } data })
        {
            client.Add(channel, kept.Time, data);
        }
    }

    /// <inheritdoc/>
    public bool IsWanted(ushort channel)
    {
        if (Kept(channel).Count == 0)
        {
            return true;
        }

        foreach (FoxgloveClient client in _clients)
        {
            if (client.Wants(channel))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Write(ushort channel, uint sequence, long logTime, long publishTime, ReadOnlySpan<byte> data)
    {
        KeptMessage kept = Kept(channel);
        if (kept.Count++ == 0)
        {
            (kept.Time, kept.Data) = (logTime, data.ToArray());
        }

        foreach (FoxgloveClient client in _clients)
        {
            client.Add(channel, logTime, data);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _web.Dispose();
        _stop.Dispose();
    }

    private KeptMessage Kept(ushort channel)
    {
        lock (_gate)
        {
            return _kept[channel - 1];
        }
    }

    private async Task Answer(HttpContext context)
    {
        string? protocol = Protocols.FirstOrDefault(context.WebSockets.WebSocketRequestedProtocols.Contains);
        if (!RequestGuard.IsForThisServer(context))
        {
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        }
        else if (context.Request.Headers.Origin is [{ } origin, ..] && !Pages.Contains(origin, StringComparer.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
        else if (!context.WebSockets.IsWebSocketRequest || protocol == null)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            await context.Response.WriteAsync($"This is for Foxglove: a WebSocket with the protocol {string.Join(" or ", Protocols)}.\n");
        }
        else if (_clients.Length >= MostClients)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        else
        {
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(protocol);
            await Serve(socket, context.RequestAborted);
        }
    }

    private async Task Serve(WebSocket socket, CancellationToken aborted)
    {
        var client = new FoxgloveClient(socket, this);
        lock (_gate)
        {
            client.Tell(FoxgloveText.ServerInfo(_name, _session));
            client.Tell(FoxgloveText.Advertise(_channels));
            _clients = [.. _clients, client];
        }

        try
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, aborted);
            Task[] both = [client.Send(end.Token), client.Receive(end.Token)];
            await Task.WhenAny(both);
            end.CancelAfter(Goodbye);
            await Task.WhenAll(both);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or IOException)
        {
            // It is gone, by itself or because the program ends.
        }
        finally
        {
            lock (_gate)
            {
                _clients = [.. _clients.Where(one => one != client)];
            }
        }
    }

    /// <summary>The first message of a channel: as long as it is the only one, it is what who subscribes later wants to know, such as what
    /// a board is.</summary>
    private sealed class KeptMessage
    {
        public long Count { get; set; }

        public long Time { get; set; }

        public byte[]? Data { get; set; }
    }
}
