using System.Buffers.Binary;
using System.Runtime.ExceptionServices;

namespace Ganglion.Ranks;

/// <summary>
/// Pieces of work that do not need each other, spread over ranks and threads as these become free: rank 0 hands them out in a given order
/// (longest first leaves nobody idle for long at the end: Graham 1969), works itself on threads of its own, and has all results. What
/// comes of a piece does not depend on who does it. Rank 0 calls <see cref="Run"/> as often as it likes and then <see cref="Dispose"/>;
/// all others call <see cref="Serve"/>.
/// </summary>
/// <param name="ranks">All.</param>
/// <param name="threads">Threads of rank 0, at least 1; every other rank does one piece at a time.</param>
/// <param name="work">Does a piece, by what is told of it; gives its result. Called on several threads.</param>
public sealed class Farm(IRanks ranks, int threads, Func<byte[], byte[]> work) : IDisposable
{
    private const int None = -1;

    /// <summary>Between looks for what other ranks tell while there is nothing, ms: little beside a piece, and no core spins.</summary>
    private const int Pause = 1;

    private readonly object _gate = new();
    private readonly Queue<int> _free = new();
    private bool _isLost;

    /// <summary>Does pieces that rank 0 hands out until it has no more.</summary>
    /// <exception cref="RanksException">A rank is lost.</exception>
    public void Serve()
    {
        for (byte[] message = Message(None, []); ;)
        {
            ranks.Tell(0, message);
            byte[] piece = ranks.Hear(0);
            int number = BinaryPrimitives.ReadInt32LittleEndian(piece);
            if (number == None)
            {
                return;
            }

            message = Message(number, work(piece[sizeof(int)..]));
        }
    }

    /// <summary>Has pieces done; of rank 0.</summary>
    /// <param name="order">Their numbers, 0 or more, each once, in the order in which they are begun.</param>
    /// <param name="task">What the one who does a piece has to be told; called on several threads, one at a time.</param>
    /// <param name="done">Called with each result, on one thread at a time.</param>
    /// <param name="stop">No piece is begun any more.</param>
    /// <exception cref="RanksException">A rank is lost.</exception>
    public void Run(IReadOnlyList<int> order, Func<int, byte[]> task, Action<int, byte[]> done, CancellationToken stop = default)
    {
        int next = 0, away = 0;
        Exception? failure = null;
        Thread[] own = [.. Enumerable.Range(0, threads).Select(i => new Thread(Work) { IsBackground = true, Name = $"piece {i}" })];
        Array.ForEach(own, thread => thread.Start());
        try
        {
            while (Hand() || away > 0 || ranks.Count > 1 && IsMore())
            {
                if (!ranks.TryHear(out int from, out byte[] message))
                {
                    Thread.Sleep(Pause);
                    continue;
                }

                _free.Enqueue(from);
                if (BinaryPrimitives.ReadInt32LittleEndian(message) is not None and int piece)
                {
                    away--;
                    Take(piece, message[sizeof(int)..]);
                }
            }
        }
        catch
        {
            _isLost = true;
            throw;
        }

        Array.ForEach(own, thread => thread.Join());
        if (failure != null)
        {
            _isLost = true;
            ExceptionDispatchInfo.Throw(failure);
        }

        // Gives pieces to those who are free; false: there was nobody, or nothing.
        bool Hand()
        {
            bool any = false;
            while (_free.Count > 0 && Next(out byte[] told) is not None and int piece)
            {
                ranks.Tell(_free.Dequeue(), Message(piece, told));
                (any, away) = (true, away + 1);
            }

            return any;
        }

        void Work()
        {
            try
            {
                while (Next(out byte[] told) is not None and int piece)
                {
                    Take(piece, work(told));
                }
            }
            catch (Exception one)
            {
                lock (_gate)
                {
                    failure ??= one;
                }
            }
        }

        bool IsMore()
        {
            lock (_gate)
            {
                return !stop.IsCancellationRequested && failure == null && next < order.Count;
            }
        }

        int Next(out byte[] told)
        {
            lock (_gate)
            {
                bool isMore = !stop.IsCancellationRequested && failure == null && next < order.Count;
                told = isMore ? task(order[next]) : [];
                return isMore ? order[next++] : None;
            }
        }

        void Take(int piece, byte[] result)
        {
            lock (_gate)
            {
                done(piece, result);
            }
        }
    }

    /// <summary>Lets the other ranks go; of rank 0. Where a rank was lost nobody is waited for.</summary>
    public void Dispose()
    {
        if (ranks.Rank > 0)
        {
            return;
        }

        while (!_isLost && _free.Count < ranks.Count - 1)
        {
            if (ranks.TryHear(out int from, out _))
            {
                _free.Enqueue(from);
            }
            else
            {
                Thread.Sleep(Pause);
            }
        }

        while (!_isLost && _free.TryDequeue(out int rank))
        {
            ranks.Tell(rank, Message(None, []));
        }
    }

    private static byte[] Message(int piece, ReadOnlySpan<byte> told)
    {
        byte[] message = new byte[sizeof(int) + told.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, piece);
        told.CopyTo(message.AsSpan(sizeof(int)));
        return message;
    }
}
