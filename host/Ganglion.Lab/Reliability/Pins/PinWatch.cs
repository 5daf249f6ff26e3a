using Ganglion.VirtualBoard.Faults;

namespace Ganglion.Lab.Reliability.Pins;

/// <summary>What must hold at the pins of a board: it knows when the board may drive, which chips could not hear, and by when every
/// output has to be off.</summary>
internal sealed class PinWatch(double tickSeconds)
{
    private const long Ms = 1_000_000;

    /// <summary>From the moment at which an order to switch off is sent until every output that can be reached is off.</summary>
    private const long OffWithin = 120 * Ms;

    /// <summary>A hung bus blocks the board for the driver's second, and is tried again every 250 ticks.</summary>
    private const long Stall = 1_100 * Ms, RetryTicks = 250;

    /// <summary>Faults told in words; the rest are counted.</summary>
    private const int MostTold = 20;

    private readonly List<(int Chip, FaultWindow Window)> _deaf = [];
    private readonly List<FaultWindow> _hung = [];
    private readonly Dictionary<int, long> _unsettled = [];
    private bool _told;

    public double TickSeconds => tickSeconds;

    /// <summary>Changes at the pins.</summary>
    public long Events { get; set; }

    public long FaultCount { get; private set; }

    public List<string> Faults { get; } = [];

    /// <summary>The probes, one a channel.</summary>
    public List<PinProbe> Probes { get; } = [];

    /// <summary>Which situation this is, for the words.</summary>
    public string Where { get; set; } = "";

    /// <summary>Between an Arm that was sent and the acknowledgement of a Disarm.</summary>
    public bool MayBeOn { get; private set; }

    /// <summary>When it was armed last, ns.</summary>
    public long ArmedNs { get; private set; }

    /// <summary>When every output was ordered off, ns; max: it was not.</summary>
    public long OrderedOffNs { get; private set; } = long.MaxValue;

    /// <summary>When the board was seen safe, ns; max: it was not.</summary>
    public long SafeNs { get; set; } = long.MaxValue;

    /// <summary>When the last fault of chips and buses that is known ends, ns.</summary>
    public long ClearNs { get; private set; }

    public void Report(long ns, string what)
    {
        FaultCount++;
        if (Faults.Count < MostTold)
        {
            Faults.Add($"{Where}, {ns * 1e-9:0.000} s: {what}");
        }
    }

    /// <summary>A chip, or with -1 every chip, does not answer for a while.</summary>
    public void Deafen(int chip, long fromNs, long untilNs)
    {
        _deaf.Add((chip, new FaultWindow(fromNs, untilNs)));
        ClearNs = Math.Max(ClearNs, untilNs);
    }

    /// <summary>The bus hangs for a while: its transfers block the board.</summary>
    public void Hang(long fromNs, long untilNs)
    {
        _hung.Add(new FaultWindow(fromNs, untilNs));
        Deafen(-1, fromNs, Known(untilNs));
    }

    /// <summary>A chip that lost its supply has settings of its own until the board has noticed.</summary>
    public void Unsettle(int chip, long untilNs) => _unsettled[chip] = untilNs;

    /// <summary>Whether a chip's output can be judged.</summary>
    public bool IsSettled(int chip, long ns) => ns >= _unsettled.GetValueOrDefault(chip);

    public void Armed(long ns)
    {
        (MayBeOn, ArmedNs) = (true, ns);
        (OrderedOffNs, SafeNs) = (long.MaxValue, long.MaxValue);
        _told = false;

        // What is long over does not matter to any channel's next step.
        _deaf.RemoveAll(deaf => deaf.Window.UntilNs < ns - 1000 * Ms);
        _hung.RemoveAll(hung => Known(hung.UntilNs) < ns - 1000 * Ms);
    }

    public void OrderedOff(long ns) => OrderedOffNs = Math.Min(OrderedOffNs, ns);

    /// <summary>Disarm was acknowledged: nothing may be on.</summary>
    public void Idle(long ns)
    {
        MayBeOn = false;
        foreach (PinProbe probe in Probes)
        {
            if (probe.On)
            {
                Report(ns, $"Disarm is acknowledged and {probe.Name} is on");
                return;
            }
        }
    }

    /// <summary>The board was reset: its pin floats, and its valves are off when it has booted.</summary>
    public void Reset(long bootedNs)
    {
        MayBeOn = false;
        (OrderedOffNs, SafeNs) = (bootedNs, long.MaxValue);
    }

    /// <summary>Looks at the deadlines.</summary>
    public void Check(long ns)
    {
        if (_told)
        {
            return;
        }

        foreach (PinProbe probe in Probes)
        {
            long since = probe.ReleasesWhenSafe ? Math.Min(OrderedOffNs, SafeNs) : OrderedOffNs;
            if (probe.On && since != long.MaxValue && ns > Due(probe, since))
            {
                _told = true;
                Report(ns, $"{probe.Name} is still on {(ns - since) / Ms} ms after {(since == SafeNs ? "the board went safe" : "Disarm")}");
                return;
            }
        }
    }

    /// <summary>Ticks between two moments in which a chip could not hear.</summary>
    public long DeafTicks(int chip, long fromNs, long untilNs)
    {
        double ticks = 0;
        foreach ((int deaf, FaultWindow window) in _deaf)
        {
            if ((deaf < 0 || deaf == chip) && window.FromNs < untilNs && window.UntilNs > fromNs)
            {
                ticks += 1 + (Math.Min(untilNs, window.UntilNs) - Math.Max(fromNs, window.FromNs)) * 1e-9 / tickSeconds;
            }
        }

        return (long)Math.Ceiling(ticks);
    }

    private long Due(PinProbe probe, long since)
    {
        long due = since + OffWithin;
        foreach (FaultWindow hung in _hung)
        {
            if (hung.FromNs < due && Known(hung.UntilNs) > since - Stall)
            {
                due = Math.Max(due, since) + Stall;
            }
        }

        if (!probe.HasOutputEnable)
        {
            foreach ((int chip, FaultWindow window) in _deaf)
            {
                if ((chip < 0 || chip == probe.Chip) && window.FromNs < due)
                {
                    due = Math.Max(due, window.UntilNs + OffWithin);
                }
            }
        }

        return due;
    }

    /// <summary>When the board has found out at the latest that a bus is well again.</summary>
    private long Known(long untilNs) => untilNs + (long)(RetryTicks * tickSeconds * 1e9) + 2 * Stall;
}
