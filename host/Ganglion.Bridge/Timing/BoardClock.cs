using Ganglion.Shared.Motion;

namespace Ganglion.Bridge.Timing;

/// <summary>
/// A board's clock as the host knows it: board time = host time + offset, with the offset drifting at a steady rate.
/// </summary>
/// <remarks>
/// A ping that leaves the host at t0 and whose answer, stamped with board time T, is there at t1 puts T somewhere between t0
/// and t1. The board handles frames once a tick, so the way there takes anything from the wire's time to a whole tick more,
/// while the way back takes the tick's work and the wire. The shortest round trip therefore says most: pings are sent at
/// changing phases of the tick, the best of each second is kept, and a line through the best of 24 s gives offset and
/// drift. The offset is off by at most half of the shortest round trip, and typically by half the difference of the two
/// ways (work of a tick / 2: the board's clock is taken for early). Boards of one arm share most of that error.
/// </remarks>
public sealed class BoardClock
{
    private const int Buckets = 24;
    private const long BucketTime = 1_000_000_000;

    /// <summary>Round trips this much above the shortest are left out of the line, ns.</summary>
    private const long Tolerance = 3_000_000;

    /// <summary>A drift is estimated from this much time on, ns.</summary>
    private const long DriftSpan = 5_000_000_000;

    /// <summary>Crystals are within 100 ppm; beyond this it is no drift.</summary>
    private const double MaxDrift = 500e-6;

    /// <summary>Pings after which the clock is good enough for a stream.</summary>
    private const int Enough = 8;

    private readonly long[] _time = new long[Buckets];
    private readonly long[] _offset = new long[Buckets];
    private readonly long[] _roundTrip = new long[Buckets];
    private int _count;
    private long _newestBucket;
    private long _lastBoardTime;
    private bool _started;
    private long _referenceTime;
    private double _referenceOffset;

    /// <summary>Answered pings.</summary>
    public long Samples { get; private set; }

    /// <summary>True once enough pings were answered to stream by it.</summary>
    public bool IsReady => Samples >= Enough;

    /// <summary>Rate of the board's clock against the host's, minus 1.</summary>
    public double Drift { get; private set; }

    /// <summary>Shortest round trip within the window, ns.</summary>
    public long ShortestRoundTrip { get; private set; }

    /// <summary>Longest round trip of all, ns.</summary>
    public long LongestRoundTrip { get; private set; }

    /// <summary>Mean of all round trips, ns.</summary>
    public double MeanRoundTrip { get; private set; }

    /// <summary>Bound on the error of the offset, ns: half the shortest round trip.</summary>
    public long ErrorBound => ShortestRoundTrip / 2;

    /// <summary>Board time, us since its clock was last at 0 before the session, at a host time in ns.</summary>
    public long ToBoard(long hostTime)
    {
        double offset = _referenceOffset + Drift * (hostTime - _referenceTime);
        return (hostTime + (long)offset) / 1000;
    }

    /// <summary>Host time, ns, of a board time in us.</summary>
    public long ToHost(long boardTime)
    {
        long host = boardTime * 1000 - (long)_referenceOffset;
        return host - (long)(Drift * (host - _referenceTime));
    }

    /// <summary>Execution time of a setpoint frame: 16 bits in units of 128 us of the board's clock.</summary>
    public ushort ToLink(long hostTime) => (ushort)(ToBoard(hostTime) >> FixedPoint.TimeShift);

    /// <summary>Full board time, us, of its low 32 bits; times are to be given about as they come.</summary>
    internal long Unwrap(uint boardTime)
    {
        _lastBoardTime = _started ? _lastBoardTime + (int)(boardTime - (uint)_lastBoardTime) : boardTime;
        _started = true;
        return _lastBoardTime;
    }

    /// <summary>Forgets everything: a new session, perhaps after a reset.</summary>
    internal void Restart()
    {
        _started = false;
        _count = 0;
        _newestBucket = 0;
        Samples = 0;
        Drift = 0;
        ShortestRoundTrip = LongestRoundTrip = 0;
        MeanRoundTrip = 0;
    }

    /// <summary>An answered ping.</summary>
    /// <param name="sent">Host time, ns.</param>
    /// <param name="received">Host time, ns.</param>
    /// <param name="boardTime">From <see cref="Unwrap"/>, us.</param>
    internal void Add(long sent, long received, long boardTime)
    {
        long roundTrip = received - sent;
        long middle = sent + roundTrip / 2;
        Samples++;
        LongestRoundTrip = Math.Max(LongestRoundTrip, roundTrip);
        MeanRoundTrip += (roundTrip - MeanRoundTrip) / Samples;

        int slot = Slot(middle / BucketTime);
        if (roundTrip < _roundTrip[slot])
        {
            _time[slot] = middle;
            _offset[slot] = boardTime * 1000 - middle;
            _roundTrip[slot] = roundTrip;
        }
        Fit();
    }

    private int Slot(long bucket)
    {
        if (_count == 0 || bucket != _newestBucket)
        {
            _newestBucket = bucket;
            if (_count == Buckets)
            {
                Array.Copy(_time, 1, _time, 0, Buckets - 1);
                Array.Copy(_offset, 1, _offset, 0, Buckets - 1);
                Array.Copy(_roundTrip, 1, _roundTrip, 0, Buckets - 1);
                _count--;
            }
            _roundTrip[_count++] = long.MaxValue;
        }
        return _count - 1;
    }

    private void Fit()
    {
        int best = 0;
        for (int i = 1; i < _count; i++)
        {
            if (_roundTrip[i] < _roundTrip[best])
            {
                best = i;
            }
        }

        ShortestRoundTrip = _roundTrip[best];
        long limit = ShortestRoundTrip + Tolerance;

        // Relative to the best sample, so that the sums stay small.
        double n = 0, st = 0, so = 0, stt = 0, sto = 0;
        long first = long.MaxValue, last = long.MinValue;
        for (int i = 0; i < _count; i++)
        {
            if (_roundTrip[i] > limit)
            {
                continue;
            }

            double t = _time[i] - _time[best], o = _offset[i] - _offset[best];
            n++;
            st += t;
            so += o;
            stt += t * t;
            sto += t * o;
            first = Math.Min(first, _time[i]);
            last = Math.Max(last, _time[i]);
        }

        if (last - first >= DriftSpan)
        {
            Drift = Math.Clamp((n * sto - st * so) / (n * stt - st * st), -MaxDrift, MaxDrift);
        }

        if (Drift == 0)
        {
            _referenceTime = _time[best];
            _referenceOffset = _offset[best];
        }
        else
        {
            _referenceTime = _time[best] + (long)(st / n);
            _referenceOffset = _offset[best] + so / n;
        }
    }
}
