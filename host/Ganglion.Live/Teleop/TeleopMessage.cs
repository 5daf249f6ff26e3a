namespace Ganglion.Live.Teleop;

/// <summary>What one client put down for the loop: an input or an order.</summary>
/// <param name="client">Who.</param>
/// <param name="arrival">When it came, host clock, ns.</param>
internal sealed class TeleopMessage(TeleopClient client, long arrival)
{
    public TeleopClient Client { get; } = client;

    public long Arrival { get; } = arrival;

    /// <summary>When the input was sent, host clock, ns; its arrival where the device does not tell.</summary>
    public long Time { get; init; } = arrival;

    public TeleopInput Input { get; init; }

    /// <summary>Null: it is an input.</summary>
    public TeleopOrder? Order { get; init; }

    /// <summary>The one behind it in its row.</summary>
    public TeleopMessage? Next { get; set; }
}
