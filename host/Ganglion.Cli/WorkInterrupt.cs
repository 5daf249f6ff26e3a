namespace Ganglion.Cli;

/// <summary>
/// Ctrl-C and SIGTERM for verbs that compute and move nothing: they are asked to end well, and what does not look at the request ends all
/// the same, within two seconds of it.
/// </summary>
internal sealed class WorkInterrupt : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.8);

    private readonly Interrupt _interrupt = new();
    private readonly CancellationTokenRegistration _asked;
    private readonly Timer _end;

    /// <param name="left">What an end by force leaves behind, a sentence for the user.</param>
    public WorkInterrupt(string left)
    {
        _end = new Timer(_ =>
        {
            Console.Error.WriteLine($"stopped; {left}");
            Environment.Exit(Errors.Interrupted);
        });
        _asked = _interrupt.Token.Register(() => _end.Change(Patience, Timeout.InfiniteTimeSpan));
    }

    public CancellationToken Token => _interrupt.Token;

    /// <summary>The work has ended, and what it came to is being written: that is not cut off.</summary>
    public void Ended() => _end.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _asked.Dispose();
        _end.Dispose();
        _interrupt.Dispose();
    }
}
