using System.Buffers;
using System.Net.Sockets;
using System.Text.Json;
using Ganglion.Live.Tracking;
using Ganglion.VirtualBoard.Bodies;
using Ganglion.VirtualBoard.Time;

namespace Ganglion.Sim;

/// <summary>Plays an external tracker for a virtual arm: sends the true poses of its tip and modules, 100 a second, as TRACKER.md has
/// it.</summary>
public sealed class PosePublisher : IWorldBody, IDisposable
{
    private const long PeriodNs = 10_000_000;

    private readonly TrunkBody _body;
    private readonly PoseEndpoint _endpoint;
    private readonly Socket _socket;
    private readonly ArrayBufferWriter<byte> _text = new(4096);
    private readonly Utf8JsonWriter _json;
    private long _next;

    /// <param name="body">What is tracked; to be advanced before this.</param>
    /// <param name="endpoint">Where the poses go.</param>
    public PosePublisher(TrunkBody body, PoseEndpoint endpoint)
    {
        (_body, _endpoint) = (body, endpoint);
        _socket = new Socket(endpoint.Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _json = new Utf8JsonWriter(_text);
    }

    public void Advance(long nowNs)
    {
        if (nowNs < _next)
        {
            return;
        }

        _next = nowNs + PeriodNs;
        _text.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteNumber("t", nowNs * 1e-9);
        if (_endpoint.Token != null)
        {
            _json.WriteString("token", _endpoint.Token);
        }

        PoseJson.Write(_json, _body.Tip, _body.Modules);
        _json.WriteEndObject();
        _json.Flush();
        try
        {
            _socket.SendTo(_text.WrittenSpan, _endpoint.Address);
        }
        catch (SocketException)
        {
            // Nobody listens at the moment; a tracker does not care.
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _json.Dispose();
    }
}
