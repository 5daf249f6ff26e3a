using Ganglion.Bridge.Messages;
using Ganglion.Shared.Control;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Lab.Reliability.Core;

/// <summary>One board of a fuzz, beside its model.</summary>
internal sealed class CoreFuzzRun
{
    /// <summary>Where clocks begin, us: anywhere, and shortly before microseconds and milliseconds of 31 and 32 bits end.</summary>
    private static readonly long[] Starts = [1_000_000, (1L << 31) - 3_000_000, (1L << 32) - 3_000_000, ((1L << 31) - 3000) * 1000,
        ((1L << 32) - 3000) * 1000];

    private const int HangUs = 1_000_000;

    /// <summary>Ticks for which a reading may be older than what made it.</summary>
    private const int ShakenFor = 12;

    private readonly Random _random;
    private readonly CoreFuzzCounts _counts;
    private readonly FuzzHardware _hardware = new();
    private readonly BoardCore _core;
    private readonly BoardConfiguration _configuration;
    private readonly CoreOracle _oracle;
    private readonly ImageOracle _image;
    private readonly FuzzFrames _frames;
    private readonly List<(Expected Answer, byte Type)> _expected = [];
    private readonly long _tickUs;
    private readonly Action<BoardCore>? _plant;
    private readonly int[] _before;
    private readonly int[] _deafFor, _hangsFor = new int[3];
    private int _frozenFor, _silentFor, _lateFor, _shaken;
    private long _nowUs;

    /// <param name="seed">Of all that happens.</param>
    /// <param name="counts">What it meets is added there.</param>
    /// <param name="plant">Is given the core after each tick, to do what a fault would do; null: nobody does.</param>
    public CoreFuzzRun(int seed, CoreFuzzCounts counts, Action<BoardCore>? plant = null)
    {
        _random = new Random(seed);
        (_counts, _plant) = (counts, plant);
        _configuration = FuzzConfiguration.Draw(_random, new Random(~seed));
        _tickUs = (long)Math.Round(_configuration.Tick * 1e6);
        _nowUs = Starts[_random.Next(Starts.Length)] + _random.Next(20_000);
        _core = new BoardCore(_hardware, new FuzzChecksum(), new FirmwareIdentity(1, 1, ""));
        _core.Safety.BootDone();

        // What is not under test here: a configuration is in force from the start.
        byte[] bytes = BoardConfigEncoder.Encode(_configuration);
        _core.Store.Begin(bytes.Length, Crc32.Compute(bytes), bytes, 0, 0);
        _core.Store.Block(0, bytes, 0, bytes.Length);
        _core.Store.Commit();
        _core.ApplyConfig();
        _before = new int[_core.Channels.Count];
        _deafFor = new int[_configuration.Chips.Length];
        _hardware.Chambers = _core.Pressures == null ? null : new FuzzChambers(_configuration);
        _oracle = new CoreOracle(_configuration, _core.Store.Hash, _hardware.Chambers);
        _image = new ImageOracle(_configuration);
        _frames = new FuzzFrames(_random, _configuration, _core.Store.Hash);
    }

    /// <summary>Runs so many ticks. Returns what the board did other than its model, or null.</summary>
    public string? Run(int ticks)
    {
        for (int tick = 0; tick < ticks; tick++)
        {
            string? wrong = Tick();
            if (wrong != null)
            {
                return $"tick {tick}: {wrong}";
            }
        }

        return null;
    }

    private string? Tick()
    {
        byte before = _oracle.State;
        int lateness = Disturb();
        _nowUs += _tickUs + lateness;
        Array.Copy(_core.Channels.Command, _before, _before.Length);
        _oracle.Begin(lateness >= _tickUs ? lateness : 0, _hardware.Deaf, _hardware.Hangs);
        _expected.Clear();
        if (_silentFor > 0)
        {
            _silentFor--;
        }
        else
        {
            for (int i = _random.Next(5); i > 0; i--)
            {
                Send();
            }
        }

        _core.Tick((int)_nowUs, (int)(_nowUs / 1000), lateness);
        _plant?.Invoke(_core);
        _counts.Ticks++;
        SafetyMachine safety = _core.Safety;
        string? wrong = _oracle.Pass(_nowUs, _hardware.Frozen, safety.State == BoardState.Safe ? safety.Reason : (byte)0)
            ?? Answers() ?? _oracle.Compare(safety.State, safety.Mode, safety.Reason, _nowUs) ?? Motion(before);
        _counts.TicksByState[safety.State]++;
        _counts.Walked += safety.Mode == DriveMode.Walk ? 1 : 0;
        _counts.SafeReasons[safety.Reason] += safety.State == BoardState.Safe && before != BoardState.Safe ? 1 : 0;
        return wrong;
    }

    /// <summary>Chips, sensors and the clock do what they do on bad days. Returns by how much the tick is late, us.</summary>
    private int Disturb()
    {
        for (int i = 0; i < _deafFor.Length; i++)
        {
            _deafFor[i] = _deafFor[i] > 0 ? _deafFor[i] - 1 : _random.Next(3000) == 0
                ? 1 + _random.Next(_random.Next(4) == 0 ? 200 : 5) : 0;
            _hardware.Deaf[i] = _deafFor[i] > 0;
        }

        for (int bus = 1; bus < _hangsFor.Length; bus++)
        {
            _hangsFor[bus] = _hangsFor[bus] > 0 ? _hangsFor[bus] - 1 : _random.Next(4000) == 0 ? 1 + _random.Next(400) : 0;
            _hardware.Hangs[bus] = _hangsFor[bus] > 0;
        }

        _frozenFor = _frozenFor > 0 ? _frozenFor - 1 : _random.Next(2000) == 0 ? 1 + _random.Next(60) : 0;
        _hardware.Frozen = _frozenFor > 0;
        if (_silentFor == 0 && _random.Next(400) == 0)
        {
            _silentFor = _random.Next(_random.Next(8) == 0 ? 400 : 40);
        }

        _lateFor = _lateFor > 0 ? _lateFor - 1 : _random.Next(1500) == 0 ? 1 + _random.Next(7) : 0;

        // A transfer that hung held the board up for the driver's second.
        int lateness = HangUs * _hardware.HeldUp + (_lateFor > 0 ? (int)_tickUs + _random.Next(5000) : _random.Next(300));
        _hardware.HeldUp = 0;
        if (_hardware.Chambers is { } chambers)
        {
            chambers.Pass(_random, (_tickUs + lateness) * 1e-6, _hardware);
            if (chambers.AnyLies || lateness >= _tickUs || Array.IndexOf(_hardware.Deaf, true) >= 0
                || Array.IndexOf(_hardware.Hangs, true) >= 0)
            {
                _shaken = ShakenFor;
            }

            if (_shaken-- > 0)
            {
                _oracle.Shake();
            }
        }

        return lateness;
    }

    private void Send()
    {
        int length = _frames.Draw(_oracle, _nowUs);
        FrameParser parser = _core.Parser;
        parser.Prepare();
        Array.Copy(_frames.Bytes, 0, parser.Buffer, parser.WriteOffset, length + FrameFormat.Overhead);
        parser.Written(length + FrameFormat.Overhead);
        Expected answer = _oracle.Take(_frames.Type, _frames.Session, _frames.Bytes.AsSpan(FrameFormat.HeaderSize, length), _nowUs,
            _oracle.Parked ? _core.Store.Config.Channels.Park : _core.Channels.Command);
        _expected.Add((answer, _frames.Type));
        _counts.Frames++;
    }

    /// <summary>The answers of the tick, in order; telemetry between them is the board's own.</summary>
    private string? Answers()
    {
        FrameWriter writer = _core.Writer;
        byte[] bytes = writer.Buffer;
        int at = writer.PendingOffset, end = at + writer.PendingCount, next = 0;
        for (; at < end; at += bytes[at + FrameFormat.LengthOffset] + FrameFormat.Overhead)
        {
            byte type = bytes[at + FrameFormat.TypeOffset];
            if (type is MessageType.Telemetry or MessageType.WalkTelemetry)
            {
                continue;
            }

            int payload = at + FrameFormat.HeaderSize;
            bool names = type is MessageType.Ack or MessageType.Nack;
            if (names && bytes[payload] == MessageType.Disarm && (type == MessageType.Ack || bytes[payload + 2] == Reason.ChipMissing))
            {
                // When it is answered is a matter of the chips.
                _counts.DisarmsRefused += type == MessageType.Nack ? 1 : 0;
                if (_oracle.DisarmAnswered(type == MessageType.Ack) is { } wrong)
                {
                    return wrong;
                }

                continue;
            }

            while (next < _expected.Count && _expected[next].Answer.Type == 0)
            {
                next++;
            }

            if (next == _expected.Count)
            {
                return $"an answer 0x{type:X2} to nothing";
            }

            (Expected answer, byte of) = _expected[next++];
            if ((names && bytes[payload] != of) || (answer.Type != Expected.Anything &&
                (type != answer.Type || (type == MessageType.Nack && !IsRefusal(bytes.AsSpan(payload), answer)))))
            {
                return $"0x{of:X2} was answered by 0x{type:X2}{(names ? $" to 0x{bytes[payload]:X2}" : "")}" +
                    $"{(type == MessageType.Nack ? $", reason {bytes[payload + 2]}, detail {bytes[payload + 4]}" : "")} " +
                    $"instead of 0x{answer.Type:X2}, reason {answer.Reason}, detail {answer.Detail}";
            }
        }

        writer.Clear();
        int missing = _expected.FindIndex(next, expected => expected.Answer.Type is not 0);
        return missing >= 0 ? $"0x{_expected[missing].Type:X2} was not answered" : _oracle.Unanswered();
    }

    private static bool IsRefusal(ReadOnlySpan<byte> payload, Expected answer) => payload[MessageLayout.NackReasonAt] == answer.Reason
        && (answer.Detail < 0 || BitConverter.ToUInt16(payload[MessageLayout.NackDetailAt..]) == answer.Detail);

    private string? Motion(byte before)
    {
        byte state = _oracle.State;
        int[] command = _core.Channels.Command;
        bool still = state != BoardState.Running && state == before && state != BoardState.Safe;
        string? wrong = _oracle.Stream.Bounds(_before, command, still, _oracle.Parked);
        if (wrong == null && state == BoardState.Running && _oracle.Mode == DriveMode.Stream && !_oracle.Parked)
        {
            wrong = _oracle.Stream.Step(_nowUs >> 7, _before, command);
        }

        return wrong ?? (_oracle.JustEnded ? null : Outputs(state));
    }

    private string? Outputs(byte state)
    {
        bool powered = state is BoardState.Armed or BoardState.Running or BoardState.Hold;
        for (int i = 0; i < _configuration.Channels.Length; i++)
        {
            int count = _hardware.Count(i), off = _hardware.Off(i);
            if (powered)
            {
                if (_image.Judge(i, count, _core.Channels.Command[i]) is { } wrong)
                {
                    return wrong;
                }

                continue;
            }

            bool released = state == BoardState.Idle || !_oracle.HoldsOn || _configuration.Channels[i].OnSafe == 0;
            if (released && count != off)
            {
                return $"channel {i} has an output in state {state}";
            }

            // What was told "off" gives nothing as soon as its chip can be reached; in Idle every chip has acknowledged it.
            if (released && _hardware.Given(i) != off && (state == BoardState.Idle || _hardware.Reaches(i)))
            {
                return $"the chip of channel {i} goes on giving {_hardware.Given(i)} in state {state}";
            }
        }

        bool on = powered || (state == BoardState.Safe && _oracle.HoldsOn);
        return _hardware.On == on ? null : $"outputs are {(_hardware.On ? "on" : "off")} in state {state}";
    }
}
