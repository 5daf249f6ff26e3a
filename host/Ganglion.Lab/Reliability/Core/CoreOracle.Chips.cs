using Ganglion.Shared.Safety;

namespace Ganglion.Lab.Reliability.Core;

/// <summary>Transfers with chips and what follows: who is lost, which bus is left alone, when every output is off, and when Disarm may be
/// acknowledged.</summary>
internal sealed partial class CoreOracle
{
    /// <summary>How often a board looks whether every output is off before it refuses Disarm: in each tick, and when Disarm
    /// comes.</summary>
    private const int Looks = 20;

    private readonly int[] _bus, _failures;
    private readonly bool[] _needed, _drives, _hasOutputs, _hung, _off;
    private readonly bool[] _stuck = new bool[3];
    private readonly int[] _retry = new int[3];
    private readonly bool _allRelease;
    private bool[] _deaf = [], _hangs = [];
    private bool _entered, _waits;
    private int _left, _acks, _nacks, _asking;

    /// <summary>In Safe: some channel holds or parks.</summary>
    public bool HoldsOn { get; private set; }

    /// <summary>Disarm has been answered. Returns what is wrong with that, or null.</summary>
    /// <param name="acknowledged">Else it was refused with ChipMissing.</param>
    public string? DisarmAnswered(bool acknowledged) =>
        acknowledged && --_acks < 0 ? "Disarm was acknowledged while an output chip had not acknowledged off"
            : !acknowledged && --_nacks < 0 ? $"Disarm was refused after {Looks - _left} looks" : null;

    /// <summary>Whether Disarm should have been answered by now, in words; null: no.</summary>
    public string? Unanswered() => _acks > 0 ? "every output chip has acknowledged off, and Disarm was not acknowledged"
        : _nacks > 0 ? "an output chip cannot be switched off, and Disarm was not refused" : null;

    private Expected Disarm()
    {
        _asking = Session;
        if (!_waits)
        {
            (_waits, _left, _entered, HoldsOn) = (true, Looks, true, false);
            SwitchOff();
            Judge();
        }

        return new(0);
    }

    private void Judge()
    {
        int on = 0;
        while (on < _off.Length && (!_drives[on] || _off[on]))
        {
            on++;
        }

        if (on == _off.Length)
        {
            (_waits, _entered) = (false, false);
            _acks += _asking == Session ? 1 : 0;
            Enter(BoardState.Idle, DriveMode.None, Reason);
            return;
        }

        Trip(_hung[on] ? Shared.Link.Reason.BusStuck : Shared.Link.Reason.ChipLost);
        if (_hung[on] || --_left <= 0)
        {
            _waits = false;
            _nacks += _asking == Session ? 1 : 0;
        }
    }

    /// <summary>Outputs are written, or told to be off.</summary>
    private void Drive()
    {
        if (Powered)
        {
            Write();
            return;
        }

        for (int bus = 1; bus < _stuck.Length; bus++)
        {
            _stuck[bus] &= --_retry[bus] > 0;
        }

        if (State == BoardState.Safe && !_entered)
        {
            GoSafe();
        }

        if (State == BoardState.Idle || !HoldsOn)
        {
            Repeat();
            if (_waits)
            {
                Judge();
            }
        }

        if (State == BoardState.Safe)
        {
            Write();
        }
    }

    /// <summary>What has failed three times in a row, or hung, is lost.</summary>
    private void Faults(long now)
    {
        bool was = Powered;
        for (int i = 0; i < _failures.Length; i++)
        {
            if (_failures[i] < 3)
            {
                continue;
            }

            if (_drives[i] || (_hung[i] && _hasOutputs[_bus[i]]))
            {
                Trip(_hung[i] ? Shared.Link.Reason.BusStuck : Shared.Link.Reason.ChipLost);
            }
            else if (_hung[i] || _needed[i])
            {
                Lose(_hung[i] ? Shared.Link.Reason.BusStuck : Shared.Link.Reason.SensorLost, now);
            }
        }

        if (was && State == BoardState.Safe && !_entered)
        {
            GoSafe();
            if (HoldsOn)
            {
                Write();
            }
        }
    }

    private void GoSafe()
    {
        (_entered, HoldsOn) = (true, !_allRelease);
        if (_allRelease)
        {
            SwitchOff();
        }
    }

    /// <summary>From Idle every chip is asked, on buses that are tried anew.</summary>
    private bool Probe()
    {
        Array.Clear(_stuck);
        Array.Clear(_failures);
        Array.Clear(_hung);
        for (int i = 0; i < _needed.Length; i++)
        {
            if (!Meet(i))
            {
                (_entered, HoldsOn) = (true, false);
                SwitchOff();
                return false;
            }
        }

        Write();
        (_waits, _entered) = (false, false);
        return true;
    }

    private void Write()
    {
        for (int i = 0; i < _drives.Length; i++)
        {
            if (_drives[i])
            {
                Meet(i);
            }
        }
    }

    private void SwitchOff()
    {
        Array.Clear(_off);
        Repeat();
    }

    private void Repeat()
    {
        for (int i = 0; i < _drives.Length; i++)
        {
            if (_drives[i] && !_off[i])
            {
                _off[i] = Meet(i);
            }
        }
    }

    /// <summary>A transfer with a chip. Returns whether it was acknowledged.</summary>
    private bool Meet(int chip)
    {
        int bus = _bus[chip];
        if (_stuck[bus])
        {
            return false;
        }

        _hung[chip] = _hangs[bus];
        if (_hangs[bus])
        {
            (_stuck[bus], _retry[bus], _failures[chip]) = (true, FuzzHardware.RetryTicks, 3);
            return false;
        }

        _failures[chip] = _deaf[chip] ? Math.Min(3, _failures[chip] + 1) : 0;
        return !_deaf[chip];
    }
}
