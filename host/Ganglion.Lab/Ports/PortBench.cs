using System.Diagnostics;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Timing;

namespace Ganglion.Lab.Ports;

/// <summary>The two ways to open a serial port that .NET has here, our own over termios and Microsoft's package, in one run.</summary>
public static class PortBench
{
    /// <summary>Bytes of a setpoint frame of 40 channels.</summary>
    private const int FrameBytes = 90;
    private const int Baud = 921600, RoundTrips = 2000, WarmUp = 200, PacedFrames = 200, StreamMs = 3000, BytesEachMs = Baud / 10 / 1000;

    private static readonly int[] UnusualSpeeds = [74880, 250_000, 1_234_567, 1_500_000, 3_000_000];
    private static readonly TimeSpan FramePeriod = TimeSpan.FromMilliseconds(20), Patience = TimeSpan.FromSeconds(2);
    private static readonly MonotonicClock Clock = new();

    /// <summary>Measures both, one after the other; takes about half a minute.</summary>
    /// <param name="share">Part of the usual repetitions, above 0 and at most 1.</param>
    /// <exception cref="IOException">The system has no pseudo-terminal left, or a port lost a frame that it had been given.</exception>
    public static PortFigures[] Measure(double share = 1) =>
    [
        Measure("termios", (path, baud) => TermiosSerialPort.Open(path, baud), share),
        Measure("System.IO.Ports", SystemSerialPort.Open, share),
    ];

    private static PortFigures Measure(string name, Func<string, int, ISerialLink> open, double part)
    {
        int streamMs = (int)(part * StreamMs);
        double[] trips;
        double share, allocated;
        HeldPort? held;
        using (var board = new EchoBoard())
        {
            using ISerialLink port = open(board.Terminal.SlavePath, Baud);
            held = HeldPort.Look(board.Terminal);
            trips = Trips(port, (int)(part * RoundTrips), out allocated);
            share = Paced(port, board, (int)(part * PacedFrames));
        }

        return new PortFigures(name, trips[trips.Length / 2], trips[trips.Length * 99 / 100], share, allocated,
            Lost(open, streamMs, pauses: false), Lost(open, streamMs, pauses: true), BytesEachMs * streamMs, held?.HangsUpOnClose,
            held?.KeepsOthersOut, LossToldAfter(open), [.. UnusualSpeeds.Select(baud => new SpeedTaken(baud, IsInForce(open, baud)))]);
    }

    private static double[] Trips(ISerialLink port, int trips, out double allocated)
    {
        byte[] frame = Frame(), back = new byte[FrameBytes];
        double[] seconds = new double[trips];
        long bytes = 0;
        for (int trip = -WarmUp; trip < trips; trip++)
        {
            if (trip == 0)
            {
                bytes = GC.GetTotalAllocatedBytes(precise: true);
            }

            long start = Stopwatch.GetTimestamp();
            Exchange(port, frame, back);
            if (trip >= 0)
            {
                seconds[trip] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
        }

        allocated = (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)trips;
        Array.Sort(seconds);
        return seconds;
    }

    private static double Paced(ISerialLink port, EchoBoard board, int frames)
    {
        byte[] frame = Frame(), back = new byte[FrameBytes];
        long start = Clock.NowNanoseconds;
        double before = Processor(board);
        for (int n = 0; n < frames; n++)
        {
            Clock.WaitUntil(start + n * FramePeriod.Ticks * TimeSpan.NanosecondsPerTick);
            Exchange(port, frame, back);
        }

        return (Processor(board) - before) / ((Clock.NowNanoseconds - start) * 1e-9);
    }

    private static double Processor(EchoBoard board) => Environment.CpuUsage.TotalTime.TotalSeconds - board.Processor;

    private static void Exchange(ISerialLink port, byte[] frame, byte[] back)
    {
        int sent = 0, received = 0;
        while (received < frame.Length)
        {
            sent += port.Write(frame.AsSpan(sent));
            int count = port.Read(back.AsSpan(received));
            received += count;
            if (count == 0 && !port.WaitReadable(Patience))
            {
                throw new IOException($"{port.Name}: of a frame of {frame.Length} bytes, {received} came back in " +
                    $"{Patience.TotalSeconds} s.");
            }
        }
    }

    /// <summary>Bytes that a partner sent at the speed of the line, less those that the host read.</summary>
    private static int Lost(Func<string, int, ISerialLink> open, int streamMs, bool pauses)
    {
        using var board = new PseudoTerminal();
        using ISerialLink port = open(board.SlavePath, Baud);
        var sender = new Thread(() =>
        {
            byte[] bytes = new byte[BytesEachMs];
            long start = Clock.NowNanoseconds;
            for (int ms = 0; ms < streamMs; ms++)
            {
                Clock.WaitUntil(start + ms * 1_000_000L);
                board.Write(bytes); // what a full queue does not take is lost, as on an adapter
            }
        })
        { IsBackground = true, Name = "stream" };
        sender.Start();
        byte[] into = new byte[8192];
        long first = Clock.NowNanoseconds;
        int received = 0, last = streamMs / FramePeriod.Milliseconds + 10;
        for (int period = 0; period < last; period++)
        {
            // 25 periods are half a second, 5 of them 100 ms.
            if (!pauses || period % 25 >= 5)
            {
                for (int count; (count = port.Read(into)) > 0;)
                {
                    received += count;
                }
            }

            Clock.WaitUntil(first + (period + 1) * FramePeriod.Ticks * TimeSpan.NanosecondsPerTick);
        }

        sender.Join();
        for (int count; (count = port.Read(into)) > 0;)
        {
            received += count;
        }

        return BytesEachMs * streamMs - received;
    }

    private static double? LossToldAfter(Func<string, int, ISerialLink> open)
    {
        var board = new PseudoTerminal();
        using ISerialLink port = open(board.SlavePath, Baud);
        board.Dispose();
        long start = Stopwatch.GetTimestamp();
        try
        {
            byte[] into = new byte[64];
            while (Stopwatch.GetElapsedTime(start) < Patience)
            {
                port.WaitReadable(FramePeriod);
                port.Read(into);
            }

            return null;
        }
        catch (LinkLostException)
        {
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }

    private static bool IsInForce(Func<string, int, ISerialLink> open, int baud)
    {
        using var board = new PseudoTerminal();
        try
        {
            using ISerialLink port = open(board.SlavePath, baud);
            return HeldPort.Look(board)?.Baud == baud;
        }
        catch (PortException)
        {
            return false;
        }
    }

    private static byte[] Frame()
    {
        byte[] frame = new byte[FrameBytes];
        new Random(1).NextBytes(frame);
        return frame;
    }
}
