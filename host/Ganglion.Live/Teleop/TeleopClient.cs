using Ganglion.Live.Tracking;

namespace Ganglion.Live.Teleop;

/// <summary>One window, terminal or program that operates a robot or watches. Its own calls come one at a time.</summary>
public sealed class TeleopClient : IDisposable
{
    private const double MostSeconds = 1e9;

    private readonly TeleopMailbox _mailbox;
    private SenderClock _sender = new();
    private bool _hasLeft;

    internal TeleopClient(TeleopMailbox mailbox, int number, string name) => (_mailbox, Number, Name) = (mailbox, number, name);

    /// <summary>From 1, never the same again.</summary>
    public int Number { get; }

    public string Name { get; }

    /// <summary>What this client sends moves the robot.</summary>
    public bool HasControl => _mailbox.Holder == this;

    /// <summary>Takes control; whoever had it is told by the events.</summary>
    /// <param name="over">Also from a client that holds it.</param>
    /// <returns>Why not; null: it has it.</returns>
    public string? Take(bool over = false) => _hasLeft ? "this client has left" : _mailbox.Take(this, over);

    /// <summary>Gives control up; the robot holds.</summary>
    public void LetGo() => _mailbox.LetGo(this, "it let go");

    /// <summary>Why what only the one in control may do is not done for this client now; null: it has control.</summary>
    public string? WhyNot => HasControl ? null : _mailbox.NotHolder();

    /// <summary>Sends an input. The robot moves only while such come with the deadman held.</summary>
    /// <returns>Why it was refused; null: it was taken.</returns>
    public string? Offer(in TeleopInput input) => _mailbox.Offer(this, input);

    /// <summary>Sends an order.</summary>
    /// <returns>Why it was refused; null: it was taken.</returns>
    public string? Order(in TeleopOrder order) => _mailbox.Order(this, order);

    /// <summary>Leaves; control is given up.</summary>
    public void Dispose()
    {
        if (!_hasLeft)
        {
            _hasLeft = true;
            _mailbox.Leave(this);
        }
    }

    /// <summary>When an input was sent, host clock, ns: by its own clock, whose offset is that of the fastest message of the last seconds,
    /// or when it came. Null: it was on its way for too long, or its stamp does not fit the others.</summary>
    internal long? TimeOf(double sent, long arrival)
    {
        if (!(Math.Abs(sent) <= MostSeconds))
        {
            return arrival;
        }

        long stamp = (long)(sent * 1e9);
        long age = _sender.Age(stamp, arrival);
        if (age > TeleopMailbox.Stale && !_sender.Confirms(stamp, arrival))
        {
            return null;
        }

        // All so late, or so much faster than all before: its clock was set.
        if (Math.Abs(age) > TeleopMailbox.Stale)
        {
            _sender.Restart();
        }

        return _sender.ToHost(stamp, arrival);
    }
}
