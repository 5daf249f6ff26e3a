using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Bridge.Words;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Bridge.Operations;

/// <summary>What is ordered of a board, whoever else has it.</summary>
public enum BoardOrderKind
{
    /// <summary>Outputs off; acknowledges what made it safe.</summary>
    Disarm,

    /// <summary>Safe at once, each channel as configured; an idle board stays idle.</summary>
    Stop,
}

/// <summary>
/// Stops or disarms a board from a port alone, without its description, and also while another program has the port and streams: greeting
/// and order leave together under a session of their own, so that the board carries them out in one tick, and again until the board itself
/// says that it did. The other program finds its session taken over.
/// </summary>
public sealed class BoardOrder
{
    /// <summary>Some ticks and the wire, ns.</summary>
    private const long Repeat = 60 * SessionTiming.Millisecond;

    private readonly string _name;
    private readonly IClock _clock;
    private readonly Random _random;
    private readonly FrameLink _link;
    private readonly byte _type;

    private BoardOrder(string name, ISerialLink port, IClock clock, Random random, byte type)
    {
        (_name, _clock, _random, _type) = (name, clock, random, type);
        _link = new FrameLink(name, clock, observer: null);
        _link.Open(port);
    }

    /// <summary>Gives the order, waits until it is carried out, and closes the port.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="name">What to call the board in messages.</param>
    /// <param name="port">Its port; may be shared with another program.</param>
    /// <param name="clock">Time of the host.</param>
    /// <param name="random">Draws session ids; null: at random.</param>
    /// <returns>What the board says of itself afterwards; its reason is the last one it had.</returns>
    /// <exception cref="BoardException">No board answers within 4 s, speaks another protocol, or does not do it.</exception>
    /// <exception cref="LinkLostException">The port went away.</exception>
    public static BoardIdentity Give(BoardOrderKind kind, string name, ISerialLink port, IClock clock, Random? random = null)
    {
        var order = new BoardOrder(name, port, clock, random ?? new Random(),
            kind == BoardOrderKind.Disarm ? MessageType.Disarm : MessageType.Stop);
        try
        {
            return order.Give();
        }
        finally
        {
            order._link.Close();
        }
    }

    private BoardIdentity Give()
    {
        long giveUp = _clock.NowNanoseconds + SessionTiming.ConnectTimeout;
        BoardIdentity? last = null;
        while (_clock.NowNanoseconds < giveUp)
        {
            Send();
            last = Listen() ?? last;
            if (last != null && (last.State == BoardState.Idle || (_type == MessageType.Stop && last.State == BoardState.Safe)))
            {
                return last;
            }
        }

        throw last == null
            ? new BoardException(_name, $"no board answers on {_link.PortName} ({_link.Parser.GarbageBytes} bytes came that are no frames)",
                "See that it has power and that this is its port (`ganglion ports`); if it moves, switch the supply of its outputs off.")
            : new BoardException(_name, $"it was told so and still says that it {StateWords.Predicate(last)}",
                "Switch the supply of its outputs off.");
    }

    /// <summary>Greeting, order, and a question without a session, to which it does not matter who has one by then: a board handles four
    /// frames a tick, in order.</summary>
    private void Send()
    {
        _link.Writer.Session = _random.Next(1, 256);
        _link.SendHello();
        int at = _link.Writer.Begin(_type, 0);
        if (at >= 0)
        {
            _link.Finish(at);
        }

        _link.Writer.Session = 0;
        _link.SendHello();
    }

    /// <summary>What the board said last; null if nothing of itself.</summary>
    private BoardIdentity? Listen()
    {
        BoardIdentity? last = null;
        for (long until = _clock.NowNanoseconds + Repeat; _clock.NowNanoseconds < until;)
        {
            _link.Send();
            _clock.WaitUntil(_clock.NowNanoseconds + SessionTiming.PollSlice);
            while (_link.Next())
            {
                last = Greeting.Read(_link.Parser, _name, out BoardException? error) ?? last;
                if (error != null)
                {
                    throw error;
                }
            }
        }

        _link.Parser.Expire();
        return last;
    }
}
