using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Unicode;
using Ganglion.Basics;
using Ganglion.Dashboard;
using Ganglion.Lab.Reliability.Soak;
using Ganglion.Live.Teleop;
using Ganglion.Robots.Robot;

namespace Ganglion.Lab.Pages;

/// <summary>What a fuzz of the page's server met.</summary>
/// <param name="Messages">Sent over windows.</param>
/// <param name="Requests">Forged ones.</param>
/// <param name="Refused">Messages that were refused in words.</param>
/// <param name="LetGo">Windows that were let go for what they said.</param>
/// <param name="Moved">How far the arm's tip was from where it stood, at most, m.</param>
/// <param name="Growth">Growth of the managed memory, bytes, at any look after it had settled.</param>
/// <param name="Faults">What must not be, in words.</param>
public sealed record PageFuzzResult(long Messages, long Requests, long Refused, long LetGo, double Moved, long Growth,
    IReadOnlyList<string> Faults);

/// <summary>
/// An armed arm's page under messages that no page sends, over real WebSockets on loopback, and under requests of other sites: damaged
/// messages, values of other types, no numbers and huge ones, nesting, too long ones, bytes, pieces, frames that are none, from windows
/// that watch and from one that steers; forged names, origins, sessions and tokens. Each is refused, the arm stands as it stood, and the
/// server goes on. Case k of a seed is always the same.
/// </summary>
/// <param name="robot">A trunk arm.</param>
public sealed class PageFuzz(RobotDescription robot)
{
    /// <summary>What it may grow by, bytes.</summary>
    public const long MostGrowth = 20_000_000;

    /// <summary>At rest the tip stands where it stood, m.</summary>
    private const double Still = 1e-9;

    /// <summary>Windows at a time: there may be more, and those that were let go are on their way out for a moment.</summary>
    private const int Windows = 12;

    /// <summary>One in so many cases comes from a window that steers.</summary>
    private const int Steering = 32;

    /// <summary>Frames of the stream after which a message that nobody refused was taken: a second of them.</summary>
    private const int Frames = 50;

    /// <summary>Longest wait for anything, s.</summary>
    private const double Patience = 20;

    private const int MostFaults = 10;

    private readonly ConcurrentQueue<string> _faults = [];
    private long _next, _messages, _requests, _refused, _letGo;

    /// <summary>Runs it. Real time: some thousand cases a second.</summary>
    /// <param name="cases">Messages and requests, at least 1.</param>
    /// <param name="seed">Of all cases.</param>
    /// <param name="progress">Is told the cases so far.</param>
    /// <param name="cancellation">Ends it early, with what it has come to.</param>
    /// <exception cref="DashboardException">The program was built without its page.</exception>
    public PageFuzzResult Run(long cases, int seed, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        using var arm = new ServedArm(robot);
        using TeleopClient holder = arm.Mailbox.Join("operator");
        holder.Take();
        var memory = new MemoryWatch(cases);
        long watching = cases - cases / Steering;
        Thread[] threads = [.. Enumerable.Range(0, Windows).Select(_ => new Thread(() =>
            Talk(arm, seed, watching, steers: false, cancellation)) { IsBackground = true })];
        Array.ForEach(threads, thread => thread.Start());
        foreach (Thread thread in threads)
        {
            while (!thread.Join(200))
            {
                Look();
            }
        }

        _next = watching;
        var steering = new Thread(() => Talk(arm, seed, cases, steers: true, cancellation)) { IsBackground = true };
        steering.Start();
        while (!steering.Join(200))
        {
            Look();
        }

        Look();
        End(arm);
        return new PageFuzzResult(_messages, _requests, _refused, _letGo, arm.Moved, memory.Growth, [.. _faults.Take(MostFaults)]);

        void Look()
        {
            long done = Math.Min(cases, Volatile.Read(ref _next));
            memory.Look(done);
            progress?.Invoke(done);
        }
    }

    /// <summary>What must hold in the end.</summary>
    private void End(ServedArm arm)
    {
        // The page's own window still sees it live.
        try
        {
            using var last = RawWindow.Open(Place(arm.Server), Patience);
            if (last.Await(2) != Verdict.Taken)
            {
                _faults.Enqueue("the page's own window sees nothing any more");
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            _faults.Enqueue($"the page's own window is not let in any more: {e.Message}");
        }

        if (arm.End() is { } wrong)
        {
            _faults.Enqueue(wrong);
        }

        if (!(arm.Moved <= Still))
        {
            _faults.Enqueue($"the tip moved by {1000 * arm.Moved:0.###} mm");
        }
    }

    /// <summary>One window after another, up to a case.</summary>
    private void Talk(ServedArm arm, int seed, long end, bool steers, CancellationToken cancellation)
    {
        RawWindow? window = null;
        try
        {
            while (_faults.Count < MostFaults && !cancellation.IsCancellationRequested)
            {
                long k = Interlocked.Increment(ref _next) - 1;
                if (k >= end)
                {
                    break;
                }

                var random = new SeededRandom(unchecked((ulong)seed), (ulong)k);
                if (!steers && random.NextBelow(8) == 0)
                {
                    Interlocked.Increment(ref _requests);
                    if (ForgedRequest.Try(ref random, Place(arm.Server).Port, Place(arm.Guarded).Port, robot.Name) is { } wrong)
                    {
                        _faults.Enqueue($"case {k}: {wrong}");
                    }

                    continue;
                }

                if (window == null)
                {
                    window = RawWindow.Open(Place(arm.Server), Patience);
                    if (steers)
                    {
                        window.Send(RawWindow.Last | RawWindow.Text, "{\"t\":\"take\",\"over\":true}"u8);
                        if (!SpinWait.SpinUntil(() => arm.Mailbox.Holder is { } now && now.Name.StartsWith("window",
                            StringComparison.Ordinal), TimeSpan.FromSeconds(Patience)))
                        {
                            _faults.Enqueue("a window was not given control over, which any may take");
                        }
                    }
                }

                Verdict verdict = Say(window, ref random, steers, out string what, out bool mayBeCut);
                Interlocked.Increment(ref _messages);
                switch (verdict)
                {
                    case Verdict.Refused:
                        Interlocked.Increment(ref _refused);
                        continue;
                    case Verdict.LetGo:
                    case Verdict.CutOff when mayBeCut:
                        Interlocked.Increment(ref _letGo);
                        break;
                    default:
                        _faults.Enqueue($"case {k}: {what} was " +
                            (verdict == Verdict.Taken ? "taken" : "answered with a broken connection"));
                        break;
                }

                window.Dispose();
                window = null;
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            _faults.Enqueue($"the server: {e.Message}");
        }
        finally
        {
            window?.Dispose();
        }
    }

    private static Verdict Say(RawWindow window, ref SeededRandom random, bool steers, out string what, out bool mayBeCut)
    {
        int kind = steers ? 1 : random.NextBelow(6);
        byte[] message = kind switch
        {
            1 => WindowTalk.Wrong(ref random),
            2 => WindowTalk.Oversized(ref random),
            3 => WindowTalk.Broken(ref random),
            _ => random.NextBelow(2) == 0 ? WindowTalk.Damaged(ref random) : WindowTalk.Wrong(ref random),
        };

        // Who still talks when he is let go may miss the farewell; and what .NET's own WebSocket cannot take, as text that is no UTF-8, it
        // cuts off as soon as it has said why.
        mayBeCut = kind is 2 or 3 || !Utf8.IsValid(message);
        what = $"{(kind is 2 or 3 ? $"{message.Length} bytes" : $"'{Encoding.Latin1.GetString(message)}'")} (kind {kind})";
        switch (kind)
        {
            case 3:
                window.Send(message);
                break;
            case 4:
                window.Send(RawWindow.Last | RawWindow.Binary, message);
                break;
            case 5:
                InPieces(window, message, ref random);
                break;
            default:
                window.Send(RawWindow.Last | RawWindow.Text, message);
                break;
        }

        return window.Await(Frames);
    }

    /// <summary>A message in frames of a few bytes, empty ones and pings between them.</summary>
    private static void InPieces(RawWindow window, byte[] message, ref SeededRandom random)
    {
        const byte ping = 0x89;
        byte opcode = RawWindow.Text;
        for (int at = 0; ;)
        {
            int count = Math.Min(message.Length - at, random.NextBelow(40));
            bool last = at + count == message.Length;
            window.Send((byte)((last ? RawWindow.Last : 0) | opcode), message.AsSpan(at, count));
            if (last)
            {
                return;
            }

            at += count;
            opcode = RawWindow.Continued;
            if (random.NextBelow(8) == 0)
            {
                window.Send(ping, "?"u8);
            }
        }
    }

    private static IPEndPoint Place(DashboardServer server) => new(IPAddress.Loopback, new Uri(server.Address).Port);
}
