using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Timing;

namespace Ganglion.HostBoard.Tests.Boards;

/// <summary>Two ends of a link in memory.</summary>
/// <param name="host">The host's clock, which its waiting lets go on.</param>
internal sealed class Cable(IClock host)
{
    private readonly Queue<byte> _toBoard = new(), _toHost = new();

    public ISerialLink BoardEnd => new End(_toBoard, _toHost, null);

    public ISerialLink HostEnd => new End(_toHost, _toBoard, host);

    private sealed class End(Queue<byte> from, Queue<byte> to, IClock? clock) : ISerialLink
    {
        private const long LookNs = 1_000_000;

        public string Name => "cable";

        public int Read(Span<byte> destination)
        {
            lock (from)
            {
                int count = Math.Min(from.Count, destination.Length);
                for (int i = 0; i < count; i++)
                {
                    destination[i] = from.Dequeue();
                }

                return count;
            }
        }

        public int Write(ReadOnlySpan<byte> source)
        {
            lock (to)
            {
                foreach (byte one in source)
                {
                    to.Enqueue(one);
                }

                return source.Length;
            }
        }

        public bool WaitReadable(TimeSpan timeout)
        {
            for (long left = timeout.Ticks * 100; clock != null && left > 0 && Empty(); left -= LookNs)
            {
                clock.WaitUntil(clock.NowNanoseconds + LookNs);
            }

            return !Empty();
        }

        public void Dispose()
        {
        }

        private bool Empty()
        {
            lock (from)
            {
                return from.Count == 0;
            }
        }
    }
}
