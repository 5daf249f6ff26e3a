namespace Ganglion.Cli;

/// <summary>Ctrl-C and SIGTERM ask a verb to end well; a second Ctrl-C ends the process.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly System.Runtime.InteropServices.PosixSignalRegistration _terminate;
    private readonly ConsoleCancelEventHandler _handler;

    public Interrupt()
    {
        _handler = (_, e) =>
        {
            e.Cancel = !_source.IsCancellationRequested;
            _source.Cancel();
        };
        Console.CancelKeyPress += _handler;
        _terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM,
            context =>
        {
            context.Cancel = true;
            _source.Cancel();
        });
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        Console.CancelKeyPress -= _handler;
        _terminate.Dispose();
        _source.Dispose();
    }
}
