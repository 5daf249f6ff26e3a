using Ganglion.Basics.Space;
using Ganglion.Live.Teleop;

namespace Ganglion.Dashboard.Steering;

/// <summary>One window as a client of the mailbox.</summary>
/// <param name="client">Its client.</param>
/// <param name="wanted">Is told of poses that the window wants while it steers.</param>
internal sealed class PageWindow(TeleopClient client, Action<Pose> wanted) : IPageWindow
{
    public int Number => client.Number;

    public string? Take(ReadOnlyMemory<byte> message)
    {
        var meant = PageMessage.Read(message);
        if (meant.Input is { } input)
        {
            string? refused = client.Offer(input);
            if (refused == null && input.Kind == TeleopKind.Pose)
            {
                wanted(input.Target);
            }

            return refused;
        }

        if (meant.Order is { } order)
        {
            return client.Order(order);
        }

        if (meant.Takes)
        {
            return client.Take(meant.Over);
        }

        client.LetGo();
        return null;
    }

    public void Dispose() => client.Dispose();
}

/// <summary>A window of a robot that nobody operates: it looks on, and may stop it.</summary>
/// <param name="number">Its number.</param>
/// <param name="stop">Stops the robot at once.</param>
internal sealed class WatchingWindow(int number, Action stop) : IPageWindow
{
    public int Number => number;

    public string? Take(ReadOnlyMemory<byte> message)
    {
        if (PageMessage.Read(message).Order is { Kind: TeleopOrderKind.Stop })
        {
            stop();
            return null;
        }

        return "this program moves the robot by itself: `ganglion teleop` hands it over";
    }

    public void Dispose()
    {
    }
}
