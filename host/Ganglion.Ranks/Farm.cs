using System.Buffers.Binary;

namespace Ganglion.Ranks;

/// <summary>
/// Pieces of work that do not need each other, spread over ranks and threads as these become free: rank 0 hands them out in a given order
/// (longest first leaves nobody idle for long at the end: Graham 1969), works itself on threads of its own, and has all results. What
/// comes of a piece does not depend on who does it.
/// </summary>
public static class Farm
{
    private const int NoMore = -1;

    /// <summary>Does the pieces.</summary>
    /// <param name="ranks">All; each calls this with the same work.</param>
    /// <param name="threads">Threads of rank 0, at least 1; every other rank does one piece at a time.</param>
    /// <param name="order">The pieces' numbers, from 0, each once, in the order in which they are begun.</param>
    /// <param name="work">Does a piece; gives its result.</param>
    /// <param name="done">Called at rank 0 with each result, on one thread at a time.</param>
    /// <param name="stop">Asked of rank 0: no piece is begun any more.</param>
    /// <exception cref="RanksException">A rank is lost.</exception>
    public static void Run(IRanks ranks, int threads, IReadOnlyList<int> order, Func<int, byte[]> work, Action<int, byte[]> done,
        CancellationToken stop = default)
    {
        if (ranks.Rank == 0)
        {
            new Head(ranks, order, work, done, stop).Run(threads);
            return;
        }

        // Asks for its first piece with a result of none.
        byte[] message = Message(NoMore, []);
        for (int piece; ;)
        {
            ranks.Tell(0, message);
            piece = BinaryPrimitives.ReadInt32LittleEndian(ranks.Hear(0));
            if (piece == NoMore)
            {
                return;
            }

            message = Message(piece, work(piece));
        }
    }

    private static byte[] Message(int piece, ReadOnlySpan<byte> result)
    {
        byte[] message = new byte[sizeof(int) + result.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, piece);
        result.CopyTo(message.AsSpan(sizeof(int)));
        return message;
    }

    /// <summary>Rank 0.</summary>
    private sealed class Head(IRanks ranks, IReadOnlyList<int> order, Func<int, byte[]> work, Action<int, byte[]> done,
        CancellationToken stop)
    {
        /// <summary>Between looks for what other ranks tell while there is nothing, ms: little beside a piece, and no core spins.</summary>
        private const int Pause = 1;

        private readonly object _gate = new();
        private int _next;
        private Exception? _failure;

        public void Run(int threads)
        {
            Thread[] own = [.. Enumerable.Range(0, threads).Select(i => new Thread(Work) { IsBackground = true, Name = $"piece {i}" })];
            Array.ForEach(own, thread => thread.Start());
            for (int others = ranks.Count - 1; others > 0;)
            {
                if (!ranks.TryHear(out int from, out byte[] message))
                {
                    Thread.Sleep(Pause);
                    continue;
                }

                Take(BinaryPrimitives.ReadInt32LittleEndian(message), message[sizeof(int)..]);
                int piece = Next();
                ranks.Tell(from, Message(piece, []));
                others -= piece == NoMore ? 1 : 0;
            }

            Array.ForEach(own, thread => thread.Join());
            if (_failure != null)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
            }
        }

        private void Work()
        {
            try
            {
                for (int piece = Next(); piece != NoMore; piece = Next())
                {
                    Take(piece, work(piece));
                }
            }
            catch (Exception failure)
            {
                lock (_gate)
                {
                    _failure ??= failure;
                }
            }
        }

        private int Next()
        {
            lock (_gate)
            {
                return stop.IsCancellationRequested || _failure != null || _next == order.Count ? NoMore : order[_next++];
            }
        }

        private void Take(int piece, byte[] result)
        {
            if (piece == NoMore)
            {
                return;
            }

            lock (_gate)
            {
                done(piece, result);
            }
        }
    }
}
