using System.Runtime.InteropServices;
using Ganglion.Live;

namespace Ganglion.Cli;

/// <summary>
/// Ctrl-C, SIGTERM, SIGHUP (the terminal is gone) and SIGQUIT ask a verb to end well. A second one ends the process, and where robots move
/// it asks for outputs off at once; a person who goes on pressing keys does not keep that from being done.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    /// <summary>Switching outputs off takes a second or two, also where a board does not answer; whoever asks once more after this
    /// time gets the process ended.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly CancellationTokenSource _well = new(), _atOnce = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly bool _steers;
    private long _second;

    /// <param name="steers">Whether the verb moves robots, and heeds <see cref="End"/>.</param>
    public Interrupt(bool steers = false)
    {
        _steers = steers;
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Signalled))];
    }

    /// <summary>Cancelled at the first.</summary>
    public CancellationToken Token => _well.Token;

    /// <summary>Both requests, for what moves robots.</summary>
    public EndRequest End => new(_well.Token, _atOnce.Token);

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _well.Dispose();
        _atOnce.Dispose();
    }

    private void Signalled(PosixSignalContext context)
    {
        if (!_well.IsCancellationRequested)
        {
            context.Cancel = true;
            _well.Cancel();
        }
        else if (_steers && !_atOnce.IsCancellationRequested)
        {
            context.Cancel = true;
            _second = Environment.TickCount64;
            _atOnce.Cancel();
        }
        else if (_steers && Environment.TickCount64 - _second < Patience.TotalMilliseconds)
        {
            context.Cancel = true;
        }
        else if (_steers)
        {
            Console.Error.WriteLine("ganglion: ended before the boards were switched off: `ganglion disarm --port PORT` does it.");
        }
    }
}
