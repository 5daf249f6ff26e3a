using Ganglion.Bridge.Messages;
using Ganglion.Shared.Config;
using Ganglion.Shared.Safety;

namespace Ganglion.Lab.Reliability.Core;

/// <summary>
/// A second model of a board, from the sections Session, States, Setpoints, Rhythm and Walk of shared/Link/PROTOCOL.md and G of
/// shared/README.md: state, latch, arming, timeouts. It shares no code with the board, has times of 64 bits, and knows nothing of how a
/// rhythm or a walk moves: only by when it has ended.
/// </summary>
internal sealed partial class CoreOracle
{
    private const long StopMs = 1000, EndMs = 20_000;

    private readonly BoardConfiguration _configuration;
    private readonly uint _hash;
    private readonly long _holdMs, _safeMs, _ownMs;
    private readonly int _frozenAfter, _imu;
    private readonly bool _blind;
    private bool _armedHere, _stopping;
    private long _lastFrame, _lastTaken, _endBy;
    private int _overruns, _repeats, _blindTicks;

    /// <param name="configuration">Of the board.</param>
    /// <param name="hash">Of its bytes.</param>
    /// <param name="chambers">What its pressure sensors measure; null without loops.</param>
    public CoreOracle(BoardConfiguration configuration, uint hash, FuzzChambers? chambers)
    {
        _configuration = configuration;
        _hash = hash;
        _chambers = chambers;
        _outside = new int[chambers?.Loops ?? 0];
        (_waiting, _counts) = (new bool[_outside.Length], new int[_outside.Length]);
        _bus = [.. configuration.Chips.Select(chip => chip.Bus)];
        _drives = [.. configuration.Chips.Select(chip => chip.Type is ChipType.Pca9685 or ChipType.Mcp4728)];
        _needed = [.. configuration.Chips.Select((chip, i) => _drives[i] || chip.Required)];
        _hasOutputs = [.. Enumerable.Range(0, 3).Select(bus => configuration.Chips.Where((_, i) => _drives[i] && _bus[i] == bus).Any())];
        (_failures, _hung, _off) = (new int[_needed.Length], new bool[_needed.Length], new bool[_needed.Length]);
        _allRelease = configuration.Channels.All(channel => channel.OnSafe == OnSafe.Release);
        _holdMs = (long)Math.Round(configuration.HoldTimeout * 1000);
        _safeMs = (long)Math.Round(configuration.SafeTimeout * 1000);
        _ownMs = Math.Max(_safeMs, (long)Math.Round(configuration.RhythmTimeout * 1000));
        _imu = configuration.Chips.ToList().FindIndex(chip => chip.Type == ChipType.Mpu6050);
        _frozenAfter = configuration.Walk != null ? 5 : 25;
        _blind = FuzzRhythm.IsBlind(configuration);
        Stream = new StreamOracle(configuration);
    }

    public byte State { get; private set; } = BoardState.Idle;

    public byte Mode { get; private set; }

    public byte Reason { get; private set; }

    public int Session { get; private set; }

    public StreamOracle Stream { get; }

    /// <summary>The outputs were switched on in this tick, at park.</summary>
    public bool Parked { get; private set; }

    /// <summary>The board's own motion has just made it safe, after the outputs of this tick were made: they follow in the next.</summary>
    public bool JustEnded { get; private set; }

    /// <summary>A fault has been told that ends the walk.</summary>
    public bool Ending { get; private set; }

    private bool Powered => State is BoardState.Armed or BoardState.Running or BoardState.Hold;

    private bool Own => State == BoardState.Running && Mode is DriveMode.Rhythm or DriveMode.Walk;

    /// <summary>A tick begins.</summary>
    /// <param name="overrun">By how much it is late, us, if that is a period or more; else 0.</param>
    /// <param name="deaf">Which chips do not answer in it.</param>
    /// <param name="hangs">Which buses hang in it, by bus id.</param>
    public void Begin(int overrun, bool[] deaf, bool[] hangs)
    {
        (Parked, JustEnded) = (false, false);
        (_deaf, _hangs, _acks, _nacks) = (deaf, hangs, 0, 0);
        _overruns = overrun > 0 ? _overruns + 1 : 0;

        // A board that is held up comes to its end that much later: it moves by its ticks.
        _endBy += overrun / 1000;
        if (_overruns >= 5)
        {
            Trip(Shared.Link.Reason.TickOverrun);
        }
    }

    /// <summary>What follows from sensors, chips and time in this tick.</summary>
    /// <param name="nowUs">Board time.</param>
    /// <param name="frozen">The IMU repeats itself.</param>
    /// <param name="told">The board's reason, if it is safe: of its pressure sensors it knows more.</param>
    public string? Pass(long nowUs, bool frozen, byte told)
    {
        long now = nowUs / 1000;
        for (int i = 0; i < _needed.Length; i++)
        {
            if (!_drives[i] && Meet(i) && i == _imu)
            {
                _repeats = frozen && _repeats >= 0 ? _repeats + 1 : 0;
                if (_repeats >= _frozenAfter && _needed[_imu])
                {
                    Lose(Shared.Link.Reason.SensorFrozen, now);
                }
            }
        }

        string? wrong = Pressures(told);
        if (Powered && now - _lastFrame >= (Own ? _ownMs : _safeMs))
        {
            if (Own && Mode == DriveMode.Walk)
            {
                Announce(Shared.Link.Reason.HostLost, now + EndMs);
            }
            else
            {
                Trip(Shared.Link.Reason.HostLost);
            }
        }
        else if (State == BoardState.Running && Mode == DriveMode.Stream && now - _lastTaken >= _holdMs)
        {
            Enter(BoardState.Hold, DriveMode.Stream, Shared.Link.Reason.StreamStarved);
        }

        Drive();
        FeelNothing();
        Faults(now);
        return wrong;
    }

    /// <summary>The board says where it is: what only it can know, the end of its own motion, is taken over. Returns what is wrong, or
    /// null.</summary>
    public string? Compare(byte state, byte mode, byte reason, long nowUs)
    {
        if (Own && state != BoardState.Running)
        {
            if (Ending && state == BoardState.Safe)
            {
                Trip(Reason);
                JustEnded = true;
            }
            else if (_stopping && !Ending && state == BoardState.Armed)
            {
                Enter(BoardState.Armed, DriveMode.None, Shared.Link.Reason.None);
            }
        }

        if ((state, mode, reason) != (State, Mode, Reason))
        {
            return $"state {State}, mode {Mode}, reason {Reason} expected; the board has {state}, {mode}, {reason}";
        }

        // A rhythm that a host starts anew while it dies away goes on dying away; so the first deadline holds.
        return Own && (Ending || _stopping) && nowUs / 1000 > _endBy
            ? $"mode {Mode} should have ended {nowUs / 1000 - _endBy} ms ago by reason {Reason}" : null;
    }

    /// <summary>Cells whose sensor's wire is off make the board safe in the twelfth tick of their rhythm.</summary>
    private void FeelNothing()
    {
        if (_blind && Own && Mode == DriveMode.Rhythm && ++_blindTicks >= 12)
        {
            Trip(Shared.Link.Reason.SensorLost);
            JustEnded = true;
        }
    }

    private void Enter(byte state, byte mode, byte reason)
    {
        (State, Mode, Reason) = (state, mode, reason);
        (Ending, _stopping) = (false, false);
    }

    private void Trip(byte reason)
    {
        if (Powered)
        {
            Enter(BoardState.Safe, DriveMode.None, Ending ? Reason : reason);
        }
    }

    private void Announce(byte reason, long endBy)
    {
        if (!Ending)
        {
            (Ending, Reason) = (true, reason);
            _endBy = endBy;
        }

        _endBy = Math.Min(_endBy, endBy);
    }

    private void Lose(byte reason, long now)
    {
        if (Own && Mode == DriveMode.Walk)
        {
            Announce(reason, now + StopMs);
        }
        else
        {
            Trip(reason);
        }
    }
}
