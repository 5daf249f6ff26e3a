using Ganglion.Bridge.Serial;
using Ganglion.Nano;

namespace Ganglion.HostBoard;

/// <summary>The firmware's UART on a link to the host.</summary>
/// <param name="link">Stays open when the firmware closes its port.</param>
/// <param name="bufferSize">Bytes that wait here; more wait in the link.</param>
internal sealed class LinkUart(ISerialLink link, int bufferSize) : NanoUart
{
    private readonly byte[] _received = new byte[bufferSize];
    private int _count;

    protected override int BytesToRead() => _count += link.Read(_received.AsSpan(_count));

    protected override int Read(Span<byte> destination)
    {
        while (_count < destination.Length)
        {
            link.WaitReadable(TimeSpan.FromMilliseconds(10));
            BytesToRead();
        }

        _received.AsSpan(0, destination.Length).CopyTo(destination);
        _count -= destination.Length;
        _received.AsSpan(destination.Length, _count).CopyTo(_received);
        return destination.Length;
    }

    // What a full queue does not take is lost, as on an adapter whose host does not read.
    protected override void Write(ReadOnlySpan<byte> source) => link.Write(source);

    protected override void Close() => _count = 0;
}
