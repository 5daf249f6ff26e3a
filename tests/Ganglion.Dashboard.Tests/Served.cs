using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace Ganglion.Dashboard.Tests;

/// <summary>A served fake robot, and what a browser or somebody who is none says to it.</summary>
internal sealed class Served : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _patience = new(Patience);

    /// <param name="everywhere">Listen on every address, where a token is asked for; it is spoken to over loopback all the same.</param>
    /// <param name="body">Length of a frame's body, bytes.</param>
    public Served(bool everywhere = false, int body = FakeRobot.Body)
    {
        Robot = new FakeRobot(body);
        Server = new DashboardServer(new DashboardOptions(everywhere ? IPAddress.Any : IPAddress.Loopback, 0, OtherPort: false), Robot);
        var address = new Uri(Server.Address);
        Port = address.Port;
        Token = address.Fragment.Replace("#token=", "", StringComparison.Ordinal);
    }

    public FakeRobot Robot { get; }

    public DashboardServer Server { get; }

    public int Port { get; }

    public string Token { get; }

    public string Authority => $"127.0.0.1:{Port}";

    public CancellationToken End => _patience.Token;

    /// <summary>Sends a request as it is written and gives the whole answer.</summary>
    /// <param name="lines">Request line and headers; Connection: close is added.</param>
    /// <param name="body">Behind them.</param>
    public async Task<(int Status, string Text)> Raw(string[] lines, string body = "")
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Port, End);
        NetworkStream stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Join("\r\n", [.. lines, "Connection: close", "", body])), End);
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, End);
        }
        catch (IOException)
        {
            // Cut off: what came is the answer.
        }

        string text = Encoding.UTF8.GetString(answer.ToArray());
        return (text.Length > 12 ? int.Parse(text.AsSpan(9, 3)) : 0, text);
    }

    public Task<(int Status, string Text)> Get(string path, params string[] headers) =>
        Raw([$"GET {path} HTTP/1.1", $"Host: {Authority}", .. headers]);

    public Task<(int Status, string Text)> Post(string path, string body, params string[] headers) =>
        Raw([$"POST {path} HTTP/1.1", $"Host: {Authority}", $"Content-Length: {Encoding.UTF8.GetByteCount(body)}", .. headers], body);

    /// <summary>Opens a window as the page does.</summary>
    public async Task<ClientWebSocket> Open(string? origin = "own", string? cookie = null)
    {
        var socket = new ClientWebSocket();
        if (origin != null)
        {
            socket.Options.SetRequestHeader("Origin", origin == "own" ? $"http://{Authority}" : origin);
        }

        if (cookie != null)
        {
            socket.Options.SetRequestHeader("Cookie", cookie);
        }

        await socket.ConnectAsync(new Uri($"ws://{Authority}/stream"), End);
        return socket;
    }

    /// <summary>The status with which a window was refused.</summary>
    public async Task<HttpStatusCode> Refused(string? origin, string? cookie = null)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (origin != null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        if (cookie != null)
        {
            socket.Options.SetRequestHeader("Cookie", cookie);
        }

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri($"ws://{Authority}/stream"), End));
        return socket.HttpStatusCode;
    }

    /// <summary>Reads the next whole message.</summary>
    public async Task<(WebSocketMessageType Type, byte[] Bytes)> Read(ClientWebSocket socket)
    {
        byte[] buffer = new byte[65_536];
        int length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, 2 * length);
            }

            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(length), End);
            length += part.Count;
            if (part.EndOfMessage || part.MessageType == WebSocketMessageType.Close)
            {
                return (part.MessageType, buffer[..length]);
            }
        }
    }

    /// <summary>Reads until the host closes, and tells with what.</summary>
    public async Task<WebSocketCloseStatus?> ReadToClose(ClientWebSocket socket)
    {
        while ((await Read(socket)).Type != WebSocketMessageType.Close)
        {
        }

        return socket.CloseStatus;
    }

    public static ReadOnlyMemory<byte> Text(string text) => Encoding.UTF8.GetBytes(text);

    public void Dispose()
    {
        Server.Dispose();
        _patience.Dispose();
    }
}
