using Ganglion.Live.Viewing;

namespace Ganglion.Dashboard.Tests.Page;

/// <summary>Virtual time that waits for a hand on a page: a browser that a busy machine keeps from speaking finds the robot where it would
/// have been, and one that really is gone is found so a little later.</summary>
/// <typeparam name="T">The robot's view.</typeparam>
internal sealed class Patience<T> : IDisposable
    where T : class, IView<T>
{
    /// <summary>A page speaks every 25 ms while it is held, s.</summary>
    private const double Late = 0.1;

    /// <summary>What is waited each period from then on, ms: some seconds until the input counts as let go of.</summary>
    private const int Wait = 250;

    private readonly ViewExchange<T> _exchange;
    private readonly IDisposable _watch;
    private readonly T _view;
    private readonly OperationView _operation;
    private long _seen;

    /// <param name="exchange">Where the robot is shown.</param>
    /// <param name="operation">How a view says that it is operated.</param>
    public Patience(ViewExchange<T> exchange, Func<T, OperationView> operation)
    {
        (_exchange, _watch, _view) = (exchange, exchange.Watch(), exchange.Make());
        _operation = operation(_view);
    }

    /// <summary>Whether the robot took its deadman for held in the last period.</summary>
    public bool IsHeld => _operation.IsHeld;

    /// <summary>For the robot's loop, after each period.</summary>
    public void Look()
    {
        _exchange.TryRead(_view, ref _seen);
        if (_operation is { IsHeld: true, InputAge: > Late })
        {
            Thread.Sleep(Wait);
        }
    }

    public void Dispose() => _watch.Dispose();
}
