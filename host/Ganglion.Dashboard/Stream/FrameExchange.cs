namespace Ganglion.Dashboard.Stream;

/// <summary>
/// Hands the newest frame to every viewer. A viewer that still sends an old one keeps it, and gets the newest of all afterwards: what came
/// between is skipped whole. Buffers are used again, so there are at most two more than viewers, however long any of them takes.
/// </summary>
internal sealed class FrameExchange
{
    private readonly Lock _lock = new();
    private readonly Stack<FrameBuffer> _free = new();
    private TaskCompletionSource _next = Fresh();
    private FrameBuffer? _newest;
    private long _published;

    /// <summary>Buffers that exist.</summary>
    public int Buffers { get; private set; }

    /// <summary>A buffer to write the next frame into, for the one who publishes.</summary>
    public FrameBuffer Rent()
    {
        lock (_lock)
        {
            if (_free.TryPop(out FrameBuffer? free))
            {
                return free;
            }

            Buffers++;
            return new FrameBuffer();
        }
    }

    /// <summary>Makes a rented frame the newest.</summary>
    public void Publish(FrameBuffer frame)
    {
        TaskCompletionSource told;
        lock (_lock)
        {
            frame.Users = 1;
            FrameBuffer? old = _newest;
            _newest = frame;
            _published++;
            Release(old);
            told = _next;
            _next = Fresh();
        }

        told.SetResult();
    }

    /// <summary>Waits until there is a frame that is newer than one that was had, and takes the newest.</summary>
    /// <param name="after">Number in the order of publishing, 0: none was had yet.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The frame, to be given back, and its number in that order.</returns>
    public async ValueTask<(FrameBuffer Frame, long Number)> Next(long after, CancellationToken cancellation)
    {
        while (true)
        {
            Task next;
            lock (_lock)
            {
                if (_published > after && _newest is { } newest)
                {
                    newest.Users++;
                    return (newest, _published);
                }

                next = _next.Task;
            }

            await next.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Gives a frame back that was taken.</summary>
    public void Return(FrameBuffer frame)
    {
        lock (_lock)
        {
            Release(frame);
        }
    }

    private void Release(FrameBuffer? frame)
    {
        if (frame != null && --frame.Users == 0)
        {
            _free.Push(frame);
        }
    }

    // Whoever waits goes on elsewhere: the one who publishes is not held up by it.
    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
