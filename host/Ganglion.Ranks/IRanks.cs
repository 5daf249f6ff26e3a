namespace Ganglion.Ranks;

/// <summary>
/// Processes that do one piece of work together: ranks 0, 1, ... of which each knows its own number. All of them make the same calls that
/// concern all, in the same order. What is sent or received is memory that stays where it is until <see cref="WaitAll"/> has returned.
/// Calls come from one thread at a time.
/// </summary>
public unsafe interface IRanks : IDisposable
{
    /// <summary>This one's number, 0 .. <see cref="Count"/> - 1. Rank 0 reads and writes files and tells the user.</summary>
    int Rank { get; }

    /// <summary>How many there are, at least 1.</summary>
    int Count { get; }

    /// <summary>How many of them share this machine's cores.</summary>
    int OnThisMachine { get; }

    /// <summary>Begins to send floats to another rank.</summary>
    /// <param name="to">The other's number.</param>
    /// <param name="tag">Tells this message from others between the two, 0 .. 32 765.</param>
    /// <param name="data">Floats.</param>
    /// <param name="length">How many.</param>
    void Send(int to, int tag, float* data, int length);

    /// <summary>Begins to receive what another rank sends with that tag.</summary>
    /// <param name="from">The other's number.</param>
    /// <param name="tag">As sent.</param>
    /// <param name="into">Receives the floats.</param>
    /// <param name="length">How many are sent.</param>
    void Receive(int from, int tag, float* into, int length);

    /// <summary>Returns when all that has begun is done.</summary>
    /// <exception cref="RanksException">A rank or the way to it is lost.</exception>
    void WaitAll();

    /// <summary>Every rank fills its part of an array, and has all of it afterwards. Concerns all.</summary>
    /// <param name="all">The array.</param>
    /// <param name="starts">Where each rank's part begins, and the array's length: <see cref="Count"/> + 1 indices that do not
    /// fall.</param>
    /// <exception cref="RanksException">A rank or the way to it is lost.</exception>
    void Share(float* all, ReadOnlySpan<int> starts);

    /// <inheritdoc cref="Share(float*, ReadOnlySpan{int})"/>
    void Share(Span<byte> all, ReadOnlySpan<int> starts);

    /// <summary>Tells another rank something, and returns when the message may be changed.</summary>
    /// <exception cref="RanksException">A rank or the way to it is lost.</exception>
    void Tell(int to, ReadOnlySpan<byte> message);

    /// <summary>Waits for what another rank tells.</summary>
    /// <exception cref="RanksException">A rank or the way to it is lost.</exception>
    byte[] Hear(int from);

    /// <summary>Takes what any rank has told, if there is something.</summary>
    /// <param name="from">Who told it.</param>
    /// <param name="message">What.</param>
    /// <exception cref="RanksException">A rank or the way to it is lost.</exception>
    bool TryHear(out int from, out byte[] message);
}

/// <summary>Ranks cannot work together, or not any more: what, and what to do.</summary>
public sealed class RanksException(string message) : IOException(message);
