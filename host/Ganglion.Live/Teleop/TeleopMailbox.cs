using Ganglion.Bridge.Timing;
using Ganglion.Live.Viewing;

namespace Ganglion.Live.Teleop;

/// <summary>
/// Between the people who operate a robot and the loop that moves it: clients join, one of them holds control, and what it sends is checked
/// and put down here for the loop, which takes it once a period and never waits. Everything but what the loop calls may be called from any
/// thread. What is refused is refused in words.
/// </summary>
public sealed class TeleopMailbox
{
    /// <summary>An input that is older is treated as a released deadman, ns.</summary>
    public const long Stale = 300_000_000;

    /// <summary>Messages that may wait: the loop takes them all every 20 ms.</summary>
    private const int MostWaiting = 256;

    /// <summary>Clients at a time.</summary>
    private const int MostClients = 64;

    private readonly IClock _clock;
    private readonly EventLog _events;
    private readonly Lock _clients = new();
    private TeleopClient? _holder;
    private TeleopMessage? _newest, _taken;
    private string? _stop;
    private int _waiting, _joined, _present;

    /// <param name="clock">Host clock.</param>
    /// <param name="bounds">What may be asked of the robot.</param>
    /// <param name="events">Is told who has control.</param>
    public TeleopMailbox(IClock clock, TeleopBounds bounds, EventLog events)
    {
        (_clock, Bounds, _events) = (clock, bounds, events);
    }

    public TeleopBounds Bounds { get; }

    /// <summary>The client that holds control; null: none.</summary>
    public TeleopClient? Holder => Volatile.Read(ref _holder);

    /// <summary>Clients that have joined and not left.</summary>
    public int Clients => Volatile.Read(ref _present);

    /// <summary>Adds a client, which watches until it takes control.</summary>
    /// <param name="name">For people, such as "terminal" or "window 2".</param>
    /// <exception cref="InvalidOperationException">There are as many as there may be.</exception>
    public TeleopClient Join(string name)
    {
        lock (_clients)
        {
            if (_present == MostClients)
            {
                throw new InvalidOperationException($"{MostClients} clients are here already: close one.");
            }

            _present++;
            return new TeleopClient(this, ++_joined, name);
        }
    }

    internal void Leave(TeleopClient client)
    {
        LetGo(client, "it left");
        lock (_clients)
        {
            _present--;
        }
    }

    internal string? Take(TeleopClient client, bool over)
    {
        lock (_clients)
        {
            TeleopClient? before = _holder;
            if (before == client)
            {
                return null;
            }

            if (before != null && !over)
            {
                return $"{before.Name} holds control: take it over if you mean it";
            }

            Volatile.Write(ref _holder, client);
            Tell(before == null ? $"{client.Name} has control." : $"{client.Name} took control over from " +
                $"{before.Name}. The robot holds until {client.Name} moves it.");
            return null;
        }
    }

    internal void LetGo(TeleopClient client, string why)
    {
        lock (_clients)
        {
            if (_holder == client)
            {
                Volatile.Write(ref _holder, null);
                Tell($"{client.Name} gave control up: {why}. The robot holds.");
            }
        }
    }

    internal string? Offer(TeleopClient client, in TeleopInput input)
    {
        if (Holder != client)
        {
            return NotHolder();
        }

        if (Bounds.Fault(input) is { } fault)
        {
            return fault;
        }

        long arrival = _clock.NowNanoseconds;
        if (client.TimeOf(input.Sent, arrival) is not { } sent)
        {
            return $"it was more than {Stale / 1_000_000} ms on its way: the network is too slow to operate a robot";
        }

        return Put(new TeleopMessage(client, arrival) { Input = input, Time = sent });
    }

    internal string? Order(TeleopClient client, in TeleopOrder order)
    {
        if (Bounds.Fault(order) is { } fault)
        {
            return fault;
        }

        if (order.Kind == TeleopOrderKind.Stop)
        {
            // Anybody may stop it, and nothing that waits or is full keeps it from being heard.
            Interlocked.CompareExchange(ref _stop, $"{client.Name} stopped it", null);
            return null;
        }

        return Holder == client ? Put(new TeleopMessage(client, _clock.NowNanoseconds) { Order = order }) : NotHolder();
    }

    /// <summary>For the loop: why it is to stop at once, once; null: it is not.</summary>
    internal string? TakeStop() => Volatile.Read(ref _stop) == null ? null : Interlocked.Exchange(ref _stop, null);

    /// <summary>For the loop: whether it is to stop.</summary>
    internal bool IsStopAsked => Volatile.Read(ref _stop) != null;

    /// <summary>For the loop: the next message of the client that holds control, in the order in which they came.</summary>
    internal bool TryTake(out TeleopMessage message)
    {
        while (true)
        {
            if (_taken == null)
            {
                _taken = Turned(Interlocked.Exchange(ref _newest, null));
            }

            if (_taken is not { } next)
            {
                message = null!;
                return false;
            }

            _taken = next.Next;
            Interlocked.Decrement(ref _waiting);
            if (next.Client == Holder)
            {
                message = next;
                return true;
            }
        }
    }

    private string? Put(TeleopMessage message)
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return "the robot's loop does not keep up with what is sent: send less";
        }

        TeleopMessage? before;
        do
        {
            before = Volatile.Read(ref _newest);
            message.Next = before;
        }
        while (Interlocked.CompareExchange(ref _newest, message, before) != before);
        return null;
    }

    /// <summary>The newest stands first where they are put down; the oldest is to be taken first.</summary>
    private static TeleopMessage? Turned(TeleopMessage? newest)
    {
        TeleopMessage? oldest = null;
        while (newest is { } message)
        {
            (newest, message.Next, oldest) = (message.Next, oldest, message);
        }

        return oldest;
    }

    internal string NotHolder() => Holder is { } holder ? $"{holder.Name} holds control; this client watches" : "take control first";

    private void Tell(string words) => _events.Add(_clock.NowNanoseconds, "operator", EventLevel.Information, words);
}
