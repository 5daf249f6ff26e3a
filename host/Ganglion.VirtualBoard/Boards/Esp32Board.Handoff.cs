using System.Runtime.ExceptionServices;
using Ganglion.Nano;

namespace Ganglion.VirtualBoard.Boards;

// The firmware thread and the world take turns. The world grants a time (the horizon) and waits; the firmware runs until
// its next event lies past the horizon, parks, and lets the world go on. A parked board's Now is the time it waits for,
// so a board that sleeps past the horizon costs no switch at all. A board that is alone in its world does not park there:
// it takes the world's turn itself, on its own thread, until the world's run is over. A walk with its board in the loop
// spent two fifths of its processor time in the switches that this saves (perf, `walk flat`, 20 seeds).
public sealed partial class Esp32Board
{
    /// <summary>A stopped firmware that catches the stop this often is abandoned with its thread.</summary>
    private const int MaxStopsSwallowed = 1000;

    // They sleep at once. What spins first, as SemaphoreSlim does, gives its core away at each spin: a turn of 25 us took 300 us beside
    // other busy programs, and a walk of a minute four minutes.
    private readonly AutoResetEvent _go = new(false);
    private readonly AutoResetEvent _parked = new(false);
    private long _horizon;
    private Func<long>? _turn;
    private long _resetAt;
    private bool _resumed;
    private bool _stopping;
    private bool _disposed;
    private int _stopsSwallowed;
    private ExceptionDispatchInfo? _simulatorError;

    /// <summary>Lets the firmware run up to <paramref name="horizonNs"/>; <see cref="WaitParked"/> must follow.</summary>
    /// <param name="horizonNs">The horizon.</param>
    /// <param name="turn">For a board alone in its world: what the world does where the board has come to the horizon, which then is
    /// called on the firmware thread. It throws nothing and returns the next horizon, or an earlier time where the run is over.</param>
    internal void Resume(long horizonNs, Func<long>? turn)
    {
        _turn = turn;
        _horizon = horizonNs;
        if (Now <= horizonNs)
        {
            SwitchToFirmware();
        }
    }

    /// <summary>Waits until the firmware has parked again.</summary>
    internal void WaitParked()
    {
        if (_resumed)
        {
            _parked.WaitOne();
        }

        _resumed = false;
        _turn = null;
    }

    /// <summary>Rethrows an error of the simulation itself.</summary>
    internal void ThrowSimulatorError() => _simulatorError?.Throw();

    /// <summary>Ends the firmware thread for good. To be called while the world stands still.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        StopFirmware(Now);
    }

    /// <summary>Advances the clock to <paramref name="ns"/> and waits until the world has come there.</summary>
    internal void WaitUntil(long ns)
    {
        Now = ns;
        while (Now > _horizon || _stopping)
        {
            if (_stopping)
            {
                throw Stopped();
            }

            if (!TakeTurn())
            {
                Park();
            }
        }

        InstructionCounter.Restart((_horizon - Now) / Setup.Timing.InstructionNanoseconds);
    }

    /// <summary>Start of every API call: what the firmware executed since the last one becomes time.</summary>
    private void FoldInstructions()
    {
        if (_stopping)
        {
            throw Stopped();
        }

        Instructions += InstructionCounter.Executed;
        _dropped += InstructionCounter.TakeObjects();
        Now += InstructionCounter.Units * Setup.Timing.InstructionNanoseconds;
    }

    private void StartThread()
    {
        var thread = new Thread(RunThread) { IsBackground = true, Name = $"board {Setup.Name}" };
        thread.Start();
        _parked.WaitOne();
    }

    private void RunThread()
    {
        BindToCurrentThread();
        while (true)
        {
            RunFirmware();
            if (_disposed)
            {
                break;
            }

            _stopping = false;
            _stopsSwallowed = 0;
            BeginBoot(_resetAt);
        }

        _parked.Set();
    }

    /// <summary>Boots and runs Main until the board is reset; a board whose Main has ended waits for that.</summary>
    private void RunFirmware()
    {
        try
        {
            Boot();
            State = Esp32State.Running;
            _image.Run(Setup.FirmwareName);
        }
        catch (BoardStoppedException)
        {
        }
        catch (Exception exception)
        {
            Crash = exception;
        }

        if (_stopping)
        {
            return;
        }

        State = Esp32State.Halted;
        try
        {
            WaitUntil(long.MaxValue);
        }
        catch (BoardStoppedException)
        {
        }
    }

    private void SwitchToFirmware()
    {
        _resumed = true;
        _go.Set();
    }

    /// <summary>Takes the world's turn, where this board may.</summary>
    /// <returns>Whether the world has granted more time.</returns>
    private bool TakeTurn()
    {
        if (_turn == null || _simulatorError != null)
        {
            return false;
        }

        long horizon = _turn();
        bool granted = horizon > _horizon;
        (_horizon, _turn) = granted ? (horizon, _turn) : (_horizon, null);
        return granted;
    }

    private void Park()
    {
        _parked.Set();
        _go.WaitOne();
    }

    private void StopFirmware(long resetAtNs)
    {
        if (_turn != null)
        {
            throw new InvalidOperationException($"Board {Setup.Name} is reset while its world runs: only while that stands still.");
        }

        _stopping = true;
        _resetAt = resetAtNs;
        SwitchToFirmware();
        WaitParked();
    }

    private BoardStoppedException Stopped()
    {
        if (++_stopsSwallowed > MaxStopsSwallowed)
        {
            AbandonThread();
        }

        InstructionCounter.Restart(0); // every basic block from here on comes back and throws again
        return new BoardStoppedException();
    }

    /// <summary>The firmware keeps catching the stop: its thread is left behind, asleep, and a fresh one takes the board.</summary>
    private void AbandonThread()
    {
        var thread = new Thread(() =>
        {
            BindToCurrentThread();
            if (!_disposed)
            {
                _stopping = false;
                _stopsSwallowed = 0;
                BeginBoot(_resetAt);
                RunThread();
            }
            else
            {
                _parked.Set();
            }
        })
        { IsBackground = true, Name = $"board {Setup.Name}" };
        thread.Start();
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>Exception filter around simulated hardware. An error in it is the simulation's, not the firmware's: it is
    /// kept for the world, which rethrows it, since a catch-all of the firmware may swallow it here.</summary>
    private bool KeepForWorld(Exception exception)
    {
        _simulatorError ??= ExceptionDispatchInfo.Capture(exception);
        return false;
    }
}
