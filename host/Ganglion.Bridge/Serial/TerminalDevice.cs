using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Ganglion.Bridge.Serial;

/// <summary>What one look at a device gave.</summary>
internal enum Readiness { Nothing, Readable, HungUp }

/// <summary>An open terminal device: non-blocking reads, writes and waits that allocate nothing and ride out EINTR.
/// What a hang-up means is for the caller: a lost cable on a port, no client yet on a pseudo-terminal.</summary>
internal sealed unsafe class TerminalDevice : SafeHandle
{
    /// <summary>Returned by <see cref="Read"/> and <see cref="Write"/> when the other side is not there.</summary>
    public const int HungUp = -1;

    public TerminalDevice(int fd) : base(-1, ownsHandle: true) => SetHandle(fd);

    public override bool IsInvalid => handle == -1;

    protected override bool ReleaseHandle() => Libc.close((int)handle) == 0;

    /// <returns>Bytes read, 0 when there are none now, or <see cref="HungUp"/>.</returns>
    public int Read(Span<byte> destination)
    {
        if (destination.IsEmpty)
        {
            return 0;
        }

        fixed (byte* at = destination)
        {
            while (true)
            {
                nint count = Libc.read(this, at, (nuint)destination.Length);
                if (count > 0)
                {
                    return (int)count;
                }
                // With VMIN = 1 "no bytes yet" is EAGAIN, and 0 is the end of file that a hung-up terminal gives.
                if (count == 0)
                {
                    return HungUp;
                }

                int error = Libc.LastError;
                if (error == Libc.EAGAIN)
                {
                    return 0;
                }

                if (error != Libc.EINTR)
                {
                    return Gone(error);
                }
            }
        }
    }

    /// <returns>Bytes taken, 0 when the queue is full, or <see cref="HungUp"/>.</returns>
    public int Write(ReadOnlySpan<byte> source)
    {
        if (source.IsEmpty)
        {
            return 0;
        }

        fixed (byte* at = source)
        {
            while (true)
            {
                nint count = Libc.write(this, at, (nuint)source.Length);
                if (count >= 0)
                {
                    return (int)count;
                }

                int error = Libc.LastError;
                if (error == Libc.EAGAIN)
                {
                    return 0;
                }

                if (error != Libc.EINTR)
                {
                    return Gone(error);
                }
            }
        }
    }

    /// <summary>Waits for bytes or a hang-up. Bytes that came before a hang-up count as readable.</summary>
    public Readiness Wait(TimeSpan timeout)
    {
        bool held = false;
        try
        {
            DangerousAddRef(ref held);
            var poll = new Libc.PollFd { Fd = (int)handle, Events = Libc.PollIn };
            long deadline = Stopwatch.GetTimestamp() + (long)(timeout.TotalSeconds * Stopwatch.Frequency);
            TimeSpan left = timeout;
            while (true)
            {
                int count = Poll(&poll, left > TimeSpan.Zero ? left : TimeSpan.Zero);
                if (count > 0)
                {
                    if ((poll.Returned & Libc.PollIn) != 0)
                    {
                        return Readiness.Readable;
                    }

                    return (poll.Returned & (Libc.PollHup | Libc.PollErr | Libc.PollNval)) != 0 ? Readiness.HungUp : Readiness.Nothing;
                }
                if (count < 0 && Libc.LastError != Libc.EINTR)
                {
                    throw new IOException($"poll failed: {Libc.Describe(Libc.LastError)}");
                }

                left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), deadline);
                if (left <= TimeSpan.Zero)
                {
                    return Readiness.Nothing;
                }
            }
        }
        finally
        {
            if (held)
            {
                DangerousRelease();
            }
        }
    }

    // ppoll waits to the nanosecond; macOS has only poll, in milliseconds, rounded up so that it does not spin.
    private static int Poll(Libc.PollFd* poll, TimeSpan timeout)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Libc.poll(poll, 1, (int)Math.Min(Math.Ceiling(timeout.TotalMilliseconds), int.MaxValue));
        }

        var time = new Libc.TimeSpec
        {
            Seconds = timeout.Ticks / TimeSpan.TicksPerSecond,
            Nanoseconds = timeout.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick,
        };
        return Libc.ppoll(poll, 1, &time, null);
    }

    private static int Gone(int error) => error is Libc.EIO or Libc.ENXIO or Libc.ENODEV or Libc.EBADF
        ? HungUp
        : throw new IOException($"serial device: {Libc.Describe(error)} (errno {error})");
}
