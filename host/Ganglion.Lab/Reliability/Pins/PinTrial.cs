using Ganglion.Bridge.Messages;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;
using Ganglion.VirtualBoard.Boards;

namespace Ganglion.Lab.Reliability.Pins;

/// <summary>One board in one virtual world: episodes of arming, moving and disarming, with faults at every transition.</summary>
internal sealed class PinTrial : IDisposable
{
    private const long Ms = 1_000_000;

    /// <summary>What a board may take to acknowledge a Disarm after its last fault has ended, ns.</summary>
    private const long Patience = 3_000 * Ms;

    private readonly PinRobot _robot;
    private readonly PinBoard _pins;
    private readonly PinHost _host;
    private readonly Random _random;
    private readonly byte[] _configuration;
    private readonly short[] _values;
    private readonly List<int> _sent = [];
    private long _bootNs;
    private int _boots = 1;
    private bool _configured, _disarmed, _unknown;

    public PinTrial(PinRobot robot, int seed)
    {
        _robot = robot;
        _random = new Random(seed);
        _configuration = BoardConfigEncoder.Encode(robot.Configuration);
        _pins = new PinBoard(robot, _random);
        _host = new PinHost(_pins.World, _pins.Link) { StateSeen = See, Acknowledged = Acknowledge, Refused = Refuse };
        _values = new short[_pins.Watch.Probes.Count];
        Watch.Where = $"{robot.Robot.Name} seed {seed}";
        Run(450);
    }

    public PinWatch Watch => _pins.Watch;

    public IReadOnlyDictionary<string, long> Injected => _pins.Injected;

    public double Seconds => Now * 1e-9;

    public long Arms { get; private set; }

    public long Disarms { get; private set; }

    public long Refusals { get; private set; }

    private long Now => _pins.World.NowNanoseconds;

    /// <summary>From an idle board to an idle board.</summary>
    public void Episode()
    {
        if (!_configured || _random.Next(10) == 0)
        {
            Greet();
        }

        if (!_configured)
        {
            _configured = _host.Configure(_configuration);
        }

        MaybeInject(0.3);
        Arm();
        Begin();
        Move(_random.Next(60));
        if (!End())
        {
            return;
        }

        MaybeInject(0.5);
        Disarm();
        MaybeInject(0.2);
        Run(_random.Next(150));
        LookAtFirmware();
    }

    public void Dispose() => _pins.Dispose();

    private void Arm()
    {
        _pins.SupplyLostNs = long.MaxValue;
        Watch.Armed(Now);
        if (_host.Ask(MessageType.Arm, BitConverter.GetBytes(Crc32.Compute(_configuration))))
        {
            Arms++;
        }
    }

    private void Begin()
    {
        if (_robot.Mode == DriveMode.Rhythm)
        {
            _host.Ask(MessageType.RhythmStart);
        }
        else if (_robot.Mode == DriveMode.Walk)
        {
            _host.Ask(MessageType.WalkStart);
        }
    }

    private void Move(int frames)
    {
        for (int frame = 0; frame < frames; frame++)
        {
            MaybeInject(0.02);
            if (_robot.Mode == DriveMode.Stream)
            {
                Stream();
            }
            else if (frame % 5 == 0)
            {
                Modulate();
            }

            Run(20);
            if (_random.Next(200) == 0)
            {
                Greet();
                Arm();
                Begin();
            }
        }
    }

    private void Stream()
    {
        for (int i = 0; i < _values.Length; i++)
        {
            _values[i] = _random.Next(40) == 0 ? (short)_random.Next(short.MinValue, short.MaxValue + 1)
                : (short)Math.Clamp(_values[i] + _random.Next(-800, 801), 0, 16384);
        }

        _host.Setpoint((Now - _bootNs) / 1000 + 40_000, _values);
    }

    private void Modulate()
    {
        if (_robot.Mode == DriveMode.Rhythm)
        {
            _host.Send(MessageType.RhythmModulate, [.. Factor(0.3, 3), .. Factor(0, 2)]);
        }
        else
        {
            _host.Send(MessageType.WalkModulate,
                [.. BitConverter.GetBytes((short)_random.Next(-300, 301)), .. BitConverter.GetBytes((short)_random.Next(-300, 301)),
                    .. Factor(0.5, 2), .. Factor(0, 1.5)]);
        }
    }

    /// <summary>A factor of a modulation, 4096 = 1.</summary>
    private byte[] Factor(double least, double most) =>
        BitConverter.GetBytes((short)(4096 * (least + (most - least) * _random.NextDouble())));

    /// <summary>How the motion ends before the Disarm; false: by a reset, after which there is nothing to disarm.</summary>
    private bool End()
    {
        switch (_random.Next(10))
        {
            case 0:
                MaybeInject(0.4);
                _host.Send(MessageType.Stop);
                Run(_random.Next(100));
                break;
            case 1:
                Run(700); // the host is silent
                break;
            case 2:
                Greet();
                break;
            case 3:
                _host.Send(_robot.Mode == DriveMode.Rhythm ? MessageType.RhythmStop : MessageType.WalkStop);
                Run(_random.Next(800));
                break;
            case 4:
                Reset();
                return false;
        }

        return true;
    }

    private void Reset()
    {
        _boots++;
        _pins.SupplyLostNs = long.MaxValue;
        _bootNs = Now;
        _configured = false;
        Watch.Reset(Now + _pins.Board.Setup.Timing.BootNanoseconds);
        _pins.Board.Reset(Now);
        MaybeInject(0.3);
        Run(600);
        LookAtFirmware();
    }

    private void Disarm()
    {
        Run(_random.Next(25));
        _disarmed = false;
        _sent.Clear();
        _pins.SupplyLostNs = long.MaxValue;
        Watch.OrderedOff(Now);
        long sent = Now;
        while (!_disarmed)
        {
            // While a hung bus blocked the board, the bytes of a Hello may have been lost with others.
            if (_unknown)
            {
                Greet();
            }

            _sent.Add(_host.Send(MessageType.Disarm));
            Run(100);
            if (Now > Math.Max(sent, Watch.ClearNs) + Patience)
            {
                Watch.Report(Now, $"Disarm is not acknowledged {(Now - sent) / Ms} ms after it was sent, and all chips answer again");
                break;
            }
        }

        Disarms++;
    }

    private void Greet()
    {
        _unknown = false;
        _host.Session = _random.Next(1, 256);
        _host.Hello();
        Run(60);
    }

    private void Refuse(byte type, byte reason)
    {
        Refusals++;
        _unknown |= reason == Reason.NoSession;
    }

    private void Acknowledge(byte type, byte sequence)
    {
        // A Disarm that was sent twice may be acknowledged twice, the second time when the board is on again.
        if (type == MessageType.Disarm && !_disarmed && _sent.Contains(sequence))
        {
            _disarmed = true;
            Watch.Idle(Now);
        }
    }

    private void See(byte state)
    {
        Watch.SafeNs = state == BoardState.Safe ? Math.Min(Watch.SafeNs, Now) : long.MaxValue;
        long noticed = Math.Max(_pins.SupplyLostNs, Watch.ClearNs) + (long)((_robot.Robot.Boards[0].Chips.Length + 5)
            * Watch.TickSeconds * 1e9) + 250 * Ms;
        if (_pins.SupplyLostNs != long.MaxValue && Now > noticed && state is BoardState.Armed or BoardState.Running or BoardState.Hold)
        {
            Watch.Report(Now, "a driver lost its supply and the board does not notice");
            _pins.SupplyLostNs = long.MaxValue;
        }
    }

    private void LookAtFirmware()
    {
        if (_pins.Board.State == Esp32State.Halted || _pins.Board.Crash != null || _pins.Board.Boots != _boots)
        {
            Watch.Report(Now, $"the firmware stopped or restarted: {_pins.Board.State}, {_pins.Board.Boots} boots of {_boots}, " +
                $"{_pins.Board.Crash?.Message}");
            _boots = _pins.Board.Boots;
            _configured = false;
        }
    }

    private void MaybeInject(double chance)
    {
        if (_random.NextDouble() < chance)
        {
            _pins.Inject();
            Run(_random.Next(30));
        }
    }

    private void Run(long ms)
    {
        long end = Now + ms * Ms + _random.Next((int)Ms);
        while (Now < end)
        {
            _pins.World.WaitUntil(Math.Min(end, Now + 20 * Ms));
            _host.Poll();
            Watch.Check(Now);
        }
    }
}
