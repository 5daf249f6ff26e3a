using System.Buffers.Binary;

namespace Ganglion.Dashboard.Foxglove;

/// <summary>
/// Messages on their way to one client, as the protocol has them, in a ring of bytes that is there from the start. Who adds never waits for
/// the client and allocates nothing: a message that finds no room is left out, whole, and counted.
/// </summary>
/// <param name="capacity">Bytes, a power of two.</param>
internal sealed class MessageRing(int capacity)
{
    private const byte MessageData = 1;

    /// <summary>Opcode, subscription, time.</summary>
    private const int HeaderBytes = 1 + 4 + 8, LengthBytes = 4;

    private readonly Lock _gate = new();
    private readonly byte[] _ring = new byte[capacity];
    private long _read, _written;

    /// <summary>Messages that were left out.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Adds a message.</summary>
    /// <param name="subscription">The client's number of it.</param>
    /// <param name="time">When it was received, ns from the Unix epoch.</param>
    /// <param name="data">In the channel's encoding.</param>
    public void Add(uint subscription, long time, ReadOnlySpan<byte> data)
    {
        Span<byte> header = stackalloc byte[LengthBytes + HeaderBytes];
        BinaryPrimitives.WriteInt32LittleEndian(header, HeaderBytes + data.Length);
        header[LengthBytes] = MessageData;
        BinaryPrimitives.WriteUInt32LittleEndian(header[(LengthBytes + 1)..], subscription);
        BinaryPrimitives.WriteInt64LittleEndian(header[(LengthBytes + 5)..], time);
        lock (_gate)
        {
            if (_written - _read + header.Length + data.Length > capacity)
            {
                LeftOut++;
                return;
            }

            Put(header);
            Put(data);
        }
    }

    /// <summary>Takes the oldest message.</summary>
    /// <param name="message">Grows as it must; receives the message.</param>
    /// <returns>Its length, bytes; 0: there is none.</returns>
    public int Take(ref byte[] message)
    {
        lock (_gate)
        {
            if (_written == _read)
            {
                return 0;
            }

            Span<byte> length = stackalloc byte[LengthBytes];
            Get(length);
            int bytes = BinaryPrimitives.ReadInt32LittleEndian(length);
            if (message.Length < bytes)
            {
                message = new byte[Math.Max(bytes, 2 * message.Length)];
            }

            Get(message.AsSpan(0, bytes));
            return bytes;
        }
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        int at = (int)(_written & (capacity - 1)), first = Math.Min(bytes.Length, capacity - at);
        bytes[..first].CopyTo(_ring.AsSpan(at));
        bytes[first..].CopyTo(_ring);
        _written += bytes.Length;
    }

    private void Get(Span<byte> bytes)
    {
        int at = (int)(_read & (capacity - 1)), first = Math.Min(bytes.Length, capacity - at);
        _ring.AsSpan(at, first).CopyTo(bytes);
        _ring.AsSpan(0, bytes.Length - first).CopyTo(bytes[first..]);
        _read += bytes.Length;
    }
}
