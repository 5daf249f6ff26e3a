using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.WebSockets;

namespace Ganglion.Lab.Pages;

/// <summary>What one window received.</summary>
/// <param name="Frames">Whole frames.</param>
/// <param name="Skipped">Frames that were published meanwhile and did not come.</param>
/// <param name="LongestGap">Between two of them, s.</param>
/// <param name="Bytes">Of all frames.</param>
/// <param name="Torn">Frames that were not what STREAM.md says, or older than one before.</param>
public readonly record struct PageFigures(long Frames, long Skipped, double LongestGap, long Bytes, long Torn);

/// <summary>A window that reads the stream as fast as it comes, or never.</summary>
internal sealed class PageReader : IDisposable
{
    private const uint Magic = 0x31474E47;
    private const int NumberAt = 4, LengthAt = 16;

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _bytes = new byte[1 << 20];
    private readonly CancellationTokenSource _end = new();
    private Task _reading = Task.CompletedTask;
    private PageFigures _figures;
    private long _last = -1, _came;

    /// <summary>What has come since the last <see cref="Restart"/>; from any thread, to a frame.</summary>
    public PageFigures Figures
    {
        get
        {
            lock (_socket)
            {
                return _figures;
            }
        }
    }

    /// <summary>Opens a window.</summary>
    /// <param name="address">Of the page.</param>
    /// <param name="reads">Else it never reads anything.</param>
    public async Task Open(Uri address, bool reads)
    {
        _socket.Options.SetRequestHeader("Origin", $"http://{address.Authority}");
        await _socket.ConnectAsync(new Uri($"ws://{address.Authority}/stream"), _end.Token);
        _reading = reads ? Task.Run(Read) : Task.CompletedTask;
    }

    /// <summary>Begins to count anew.</summary>
    public void Restart()
    {
        lock (_socket)
        {
            (_figures, _came, _last) = (default, 0, -1);
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _reading.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        _socket.Dispose();
        _end.Dispose();
    }

    private async Task Read()
    {
        while (!_end.IsCancellationRequested)
        {
            int length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(_bytes.AsMemory(length), _end.Token).ConfigureAwait(false);
                length += part.Count;
            }
            while (!part.EndOfMessage);

            if (part.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            if (part.MessageType == WebSocketMessageType.Binary)
            {
                Note(_bytes.AsSpan(0, length));
            }
        }
    }

    private void Note(ReadOnlySpan<byte> frame)
    {
        bool whole = frame.Length >= LengthAt + 4 && BinaryPrimitives.ReadUInt32LittleEndian(frame) == Magic
            && BinaryPrimitives.ReadInt32LittleEndian(frame[LengthAt..]) == frame.Length;
        long number = whole ? BinaryPrimitives.ReadUInt32LittleEndian(frame[NumberAt..]) : _last, now = Stopwatch.GetTimestamp();
        lock (_socket)
        {
            bool follows = whole && number > _last;
            double gap = _came == 0 ? 0 : Stopwatch.GetElapsedTime(_came, now).TotalSeconds;
            _figures = new PageFigures(_figures.Frames + 1, _figures.Skipped + (_last >= 0 && follows ? number - _last - 1 : 0),
                Math.Max(_figures.LongestGap, gap), _figures.Bytes + frame.Length, _figures.Torn + (follows ? 0 : 1));
            (_last, _came) = (number, now);
        }
    }
}
