using System.Net;
using System.Net.Sockets;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Timing;
using Ganglion.Robots.Trunk;

namespace Ganglion.Live.Tracking;

/// <summary>What a tracker has sent so far.</summary>
/// <param name="Accepted">Poses taken.</param>
/// <param name="Refused">Datagrams not taken, by reason.</param>
/// <param name="LastRefusal">What was wrong with the last one of them; null while there is none.</param>
public sealed record TrackerStatistics(long Accepted, IReadOnlyDictionary<TrackerRefusal, long> Refused, string? LastRefusal);

/// <summary>
/// Poses of an external tracker over UDP (TRACKER.md). A thread of its own takes datagrams in and stamps them; whoever asks gets the newest
/// pose that could be true. Without one for 250 ms there is nothing to go by, and after 5 s waiting ends.
/// </summary>
public sealed class UdpPoseSource : IPoseSource, IDisposable
{
    /// <summary>Silence after which the arm is parked, ns.</summary>
    private const long GiveUpNs = 5_000_000_000;

    private const int LookMs = 20;

    private readonly PoseEndpoint _endpoint;
    private readonly IClock _clock;
    private readonly int _modules;
    private readonly PoseGate _gate;
    private readonly Socket _socket;
    private readonly Thread _thread;
    private readonly Lock _lock = new();
    private readonly long[] _refused = new long[Enum.GetValues<TrackerRefusal>().Length];
    private readonly long _began;
    private Pose _tip;
    private Pose[] _moduleTips = [];
    private long _time, _accepted;
    private string? _lastRefusal;
    private volatile bool _closing;

    /// <summary>Starts to listen.</summary>
    /// <param name="endpoint">Where.</param>
    /// <param name="arm">The arm that is tracked.</param>
    /// <param name="slew">Slew bound of each gear, travel/s, joint-major.</param>
    /// <param name="clock">The host's.</param>
    /// <exception cref="PoseSourceException">The port cannot be had.</exception>
    public UdpPoseSource(PoseEndpoint endpoint, TrunkArm arm, ReadOnlySpan<double> slew, IClock clock)
    {
        (_endpoint, _clock, _modules, _began) = (endpoint, clock, arm.Joints, clock.NowNanoseconds);
        _gate = new PoseGate(arm, slew);
        _socket = new Socket(endpoint.Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            _socket.Bind(endpoint.Address);
        }
        catch (SocketException e)
        {
            _socket.Dispose();
            throw new PoseSourceException($"{endpoint}: the port cannot be opened ({e.Message}). Choose another one, or end the program " +
                $"that has it.");
        }

        _thread = new Thread(Receive) { IsBackground = true, Name = "tracker" };
        _thread.Start();
    }

    public bool MeasuresOrientation
    {
        get
        {
            lock (_lock)
            {
                return _gate.MeasuresOrientation;
            }
        }
    }

    public bool TryMeasure(out Pose tip, out long time)
    {
        lock (_lock)
        {
            (tip, time) = (_tip, _time);
            long silent = _clock.NowNanoseconds - (_accepted > 0 ? _time : _began);
            if (silent > GiveUpNs)
            {
                throw Silent(silent);
            }

            return _accepted > 0 && silent <= PoseGate.StaleNs;
        }
    }

    public MeasuredPosture? Posture()
    {
        lock (_lock)
        {
            return TryMeasure(out Pose tip, out long time) ? new MeasuredPosture(tip, _moduleTips, time) : null;
        }
    }

    /// <summary>Waits for a pose, before anything is switched on.</summary>
    /// <exception cref="PoseSourceException">None comes.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void WaitForPose(CancellationToken cancellation)
    {
        while (!TryMeasure(out _, out _))
        {
            if (cancellation.WaitHandle.WaitOne(LookMs))
            {
                throw new OperationCanceledException(cancellation);
            }
        }
    }

    public TrackerStatistics GetStatistics()
    {
        lock (_lock)
        {
            return new TrackerStatistics(_accepted, Enum.GetValues<TrackerRefusal>().ToDictionary(refusal => refusal, refusal =>
                _refused[(int)refusal]), _lastRefusal);
        }
    }

    public void Dispose()
    {
        _closing = true;
        _socket.Dispose();
        _thread.Join();
    }

    private void Receive()
    {
        byte[] datagram = new byte[TrackerMessage.MaxBytes + 1];
        EndPoint any = new IPEndPoint(_endpoint.Address.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!_closing)
        {
            try
            {
                EndPoint sender = any;
                int length = _socket.ReceiveFrom(datagram, ref sender);
                Take(datagram.AsMemory(0, length), _clock.NowNanoseconds);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.MessageSize)
            {
                Refuse(TrackerRefusal.Malformed, TooLong);
            }
            catch (SocketException)
            {
                // Closed, or an answer from the network that concerns no datagram of ours; silence is judged by who asks.
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static string TooLong => $"it is longer than {TrackerMessage.MaxBytes} bytes";

    private void Take(ReadOnlyMemory<byte> datagram, long arrival)
    {
        try
        {
            if (datagram.Length > TrackerMessage.MaxBytes)
            {
                throw new TrackerRefusedException(TrackerRefusal.Malformed, TooLong);
            }

            var message = TrackerMessage.Read(datagram, _endpoint.Token, _modules);
            lock (_lock)
            {
                _time = _gate.Admit(message, arrival);
                (_tip, _moduleTips) = (message.Tip, message.Modules);
                _accepted++;
            }
        }
        catch (TrackerRefusedException e)
        {
            Refuse(e.Refusal, e.Message);
        }
    }

    private void Refuse(TrackerRefusal refusal, string words)
    {
        lock (_lock)
        {
            _refused[(int)refusal]++;
            _lastRefusal = words;
        }
    }

    private PoseSourceException Silent(long nanoseconds)
    {
        long refused = _refused.Sum();
        string silent = _accepted == 0 ? "" : "the tracker fell silent, ";
        string seen = $"{_endpoint}: {silent}no usable pose of the tip has come for {nanoseconds * 1e-9:0.0} s";
        IEnumerable<string> counts = Enum.GetValues<TrackerRefusal>().Where(r => _refused[(int)r] > 0)
            .Select(r => $"{_refused[(int)r]} {Words(r)}");
        return new PoseSourceException(refused == 0
            ? $"{seen}, and nothing else either. Check that the tracker runs, sees its markers and sends to this port."
            : $"{seen}; {refused} datagrams were refused ({string.Join(", ", counts)}), the last one because {_lastRefusal}. Correct " +
                "what the tracker sends.");
    }

    private static string Words(TrackerRefusal refusal) => refusal switch
    {
        TrackerRefusal.Malformed => "malformed",
        TrackerRefusal.NotFinite => "not finite",
        TrackerRefusal.WrongToken => "without the token",
        TrackerRefusal.ForeignFrame => "in a foreign frame",
        TrackerRefusal.Jump => "jumps",
        _ => "late",
    };
}
