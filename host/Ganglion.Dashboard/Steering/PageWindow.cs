using System.Globalization;
using Ganglion.Basics.Space;
using Ganglion.Dashboard.Robots;
using Ganglion.Live.Replay;
using Ganglion.Live.Teleop;

namespace Ganglion.Dashboard.Steering;

/// <summary>Makes windows.</summary>
internal static class PageWindows
{
    /// <summary>A window of a robot.</summary>
    /// <param name="control">What it may do.</param>
    /// <param name="number">Counts windows from 1.</param>
    /// <param name="wanted">Is told of poses that it wants while it steers, and its number among all who operate or watch.</param>
    public static IPageWindow Open(PageControl control, int number, Action<int, Pose> wanted) => control switch
    {
        PageControl.Operated operated => new PageWindow(operated.Mailbox.Join($"window {number}"), wanted),
        PageControl.Watched watched => new WatchingWindow(number, watched.Stop),
        PageControl.Recorded recorded => new RecordingWindow(number, recorded.Line),
        _ => throw new ArgumentException($"Windows know no control of the kind {control.GetType().Name}.", nameof(control)),
    };
}

/// <summary>One window as a client of the mailbox.</summary>
/// <param name="client">Its client.</param>
/// <param name="wanted">Is told of poses that the window wants while it steers.</param>
internal sealed class PageWindow(TeleopClient client, Action<int, Pose> wanted) : IPageWindow
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
                wanted(client.Number, input.Target);
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

        if (!meant.Leaves)
        {
            return "this robot has no knobs and no time line";
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

/// <summary>A window of a recording: it plays it.</summary>
/// <param name="number">Its number.</param>
/// <param name="line">Where one is.</param>
internal sealed class RecordingWindow(int number, TimeLine line) : IPageWindow
{
    public int Number => number;

    public string? Take(ReadOnlyMemory<byte> message)
    {
        if (PageMessage.Read(message).Line is not { } asked)
        {
            return "this is a recording: nothing moves";
        }

        if (asked.Speed is { } speed)
        {
            if (!(speed >= TimeLine.SlowestSpeed && speed <= TimeLine.FastestSpeed))
            {
                return string.Create(CultureInfo.InvariantCulture,
                    $"it plays at {TimeLine.SlowestSpeed} to {TimeLine.FastestSpeed} times its speed, not at {speed}");
            }

            line.SetSpeed(speed);
        }

        if (asked.At is { } place)
        {
            line.Seek(place);
        }

        if (asked.Plays is { } plays)
        {
            if (plays)
            {
                line.Play();
            }
            else
            {
                line.Pause();
            }
        }

        return null;
    }

    public void Dispose()
    {
    }
}
