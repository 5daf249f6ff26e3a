using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ganglion.Lab.Pages;

/// <summary>What became of something that was said to a page's server.</summary>
internal enum Verdict
{
    /// <summary>Refused in words; the window stays.</summary>
    Refused,

    /// <summary>The window was let go, with a word of farewell.</summary>
    LetGo,

    /// <summary>The connection ended without one.</summary>
    CutOff,

    /// <summary>Nothing: it was taken.</summary>
    Taken,
}

/// <summary>
/// A window of a page as somebody may write one who means no good: a WebSocket from RFC 6455 alone, that can also say what is none. Its
/// connection is reset at its end, so that a hundred thousand of them leave no port behind.
/// </summary>
internal sealed class RawWindow : IDisposable
{
    /// <summary>Opcodes of frames.</summary>
    public const byte Continued = 0, Text = 1, Binary = 2, Close = 8;

    /// <summary>Set in the first byte of a message's last frame.</summary>
    public const byte Last = 0x80;

    private const byte Masked = 0x80;
    private const int Accepted = 101, TooMany = 503;

    private readonly Socket _socket;
    private byte[] _bytes = new byte[65_536];
    private int _from, _to;

    private RawWindow(Socket socket) => _socket = socket;

    /// <summary>Opens a window as the page does.</summary>
    /// <param name="at">The server.</param>
    /// <param name="patience">Longest wait for anything, s.</param>
    /// <exception cref="IOException">It was not let in.</exception>
    public static RawWindow Open(IPEndPoint at, double patience)
    {
        for (long start = Environment.TickCount64; ;)
        {
            RawWindow window = new(Connect(at, patience));
            int status = window.Greet(at);
            if (status == Accepted)
            {
                return window;
            }

            // Those that were let go may still be on their way out.
            window.Dispose();
            if (status != TooMany || Environment.TickCount64 - start > 1000 * patience)
            {
                throw new IOException($"a window of the page itself was answered with {status}");
            }

            Thread.Sleep(5);
        }
    }

    /// <summary>A connection that is reset when it is closed.</summary>
    public static Socket Connect(IPEndPoint at, double patience)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            LingerState = new LingerOption(true, 0),
            ReceiveTimeout = (int)(1000 * patience),
            SendTimeout = (int)(1000 * patience),
        };
        try
        {
            socket.Connect(at);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a frame.</summary>
    /// <param name="first">Opcode, with <see cref="Last"/> and whatever reserved bits.</param>
    /// <param name="payload">What it carries.</param>
    public void Send(byte first, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[14 + payload.Length];
        frame[0] = first;
        int at = payload.Length < 126 ? 2 : payload.Length <= ushort.MaxValue ? 4 : 10;
        frame[1] = (byte)(Masked | (at == 2 ? payload.Length : at == 4 ? 126 : 127));
        if (at == 4)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        }
        else if (at == 10)
        {
            BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(2), (ulong)payload.Length);
        }

        // A mask of zeros is one too.
        payload.CopyTo(frame.AsSpan(at + 4));
        Send(frame.AsSpan(0, at + 4 + payload.Length));
    }

    /// <summary>Sends bytes as they are; a server that has hung up by then says so to who waits for its answer.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[_socket.Send(bytes)..];
            }
        }
        catch (SocketException)
        {
            // Cut off while it still talked.
        }
    }

    /// <summary>Waits for what becomes of what was said last. It is taken if as many frames of the stream come as show that nobody
    /// minds.</summary>
    /// <param name="frames">Of the stream; a refusal stands before the next one.</param>
    public Verdict Await(int frames)
    {
        try
        {
            while (frames > 0)
            {
                (int opcode, int from, int length) = Next();
                switch (opcode)
                {
                    case Text when _bytes.AsSpan(from, length).StartsWith("{\"refused\":\""u8):
                        return Verdict.Refused;
                    case Binary:
                        frames--;
                        break;
                    case Close:
                        return Verdict.LetGo;
                    case -1:
                        return Verdict.CutOff;
                }
            }

            return Verdict.Taken;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
        {
            return Verdict.CutOff;
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Asks to be let in; the status of the answer.</summary>
    private int Greet(IPEndPoint at)
    {
        _socket.Send(Encoding.Latin1.GetBytes($"GET /stream HTTP/1.1\r\nHost: {at}\r\nOrigin: http://{at}\r\nConnection: Upgrade\r\n" +
            "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));
        int end;
        while ((end = _bytes.AsSpan(_from, _to - _from).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!Receive())
            {
                return 0;
            }
        }

        int status = int.Parse(_bytes.AsSpan(_from + 9, 3));
        _from += end + 4;
        return status;
    }

    /// <summary>The next frame of the server: its opcode, -1 at the end, and where its payload stands.</summary>
    private (int Opcode, int From, int Length) Next()
    {
        while (true)
        {
            ReadOnlySpan<byte> there = _bytes.AsSpan(_from, _to - _from);
            int header = there.Length < 2 ? int.MaxValue : there[1] < 126 ? 2 : there[1] == 126 ? 4 : 10;
            if (there.Length >= header)
            {
                long length = header == 2 ? there[1] : header == 4 ? BinaryPrimitives.ReadUInt16BigEndian(there[2..])
                    : BinaryPrimitives.ReadInt64BigEndian(there[2..]);
                if (there.Length >= header + length)
                {
                    int at = _from + header;
                    _from = at + (int)length;
                    return (there[0] & 0x0F, at, (int)length);
                }
            }

            if (!Receive())
            {
                return (-1, 0, 0);
            }
        }
    }

    /// <summary>Takes more bytes in; false at the end.</summary>
    private bool Receive()
    {
        if (_from > 0)
        {
            _bytes.AsSpan(_from, _to - _from).CopyTo(_bytes);
            (_from, _to) = (0, _to - _from);
        }

        if (_to == _bytes.Length)
        {
            Array.Resize(ref _bytes, 2 * _bytes.Length);
        }

        int count = _socket.Receive(_bytes.AsSpan(_to));
        _to += count;
        return count > 0;
    }
}
