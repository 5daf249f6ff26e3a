using Ganglion.Arm.Inference;
using Ganglion.Basics.Space;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;
using Ganglion.Shared.Tests;

namespace Ganglion.Live.Tests.Viewing;

public class ViewExchangeTests
{
    private static readonly RobotDescription Robot = ShippedFiles.Robot("trunk10-4g");

    private static SpikingPoseModel Network() =>
        SpikingPoseModel.Load(ShippedFiles.Model("trunk10-4g-128"), TrunkArm.FromDescription(Robot));

    /// <summary>All that a view holds, made of one number.</summary>
    private static void Fill(ArmView view, long number)
    {
        (view.Frame, view.Time, view.Words, view.Speed) = (number, 20 * number, number % 2 == 0 ? "even" : "odd", number);
        view.Activity = (ArmActivity)(number % 8);
        view.Commanded = new Pose(new Vec3(number, -number, number), Quat.Identity);
        view.Modules.Fill(view.Commanded);
        view.Strokes.Fill(number);
        foreach (BoardView board in view.Boards)
        {
            (board.Rate, board.Sent, board.Words) = (number, number, view.Words);
        }

        if (view.Network is { } network)
        {
            network.Runs = number;
            network.Spikes.Fill((byte)number);
            network.Thresholds.Fill(number);
        }

        (view.Operation.Holder, view.Operation.Played) = ((int)number, number);
    }

    private static bool IsWhole(ArmView view)
    {
        long number = view.Frame;
        var other = new ArmView(Robot, null);
        Fill(other, number);
        return view.Time == other.Time && view.Words == other.Words && view.Speed == number && view.Activity == other.Activity
            && view.Commanded == other.Commanded && view.Modules.SequenceEqual(other.Modules)
            && view.Strokes.SequenceEqual(other.Strokes) && view.Boards.All(board => board.Rate == number && board.Words == view.Words)
            && (view.Network == null || (view.Network.Runs == number && !view.Network.Spikes.ContainsAnyExcept((byte)number)
                && !view.Network.Thresholds.ContainsAnyExcept(number)))
            && view.Operation.Holder == number && view.Operation.Played == number;
    }

    [Fact]
    public void A_reader_gets_the_newest_view_once_and_knows_what_it_skipped()
    {
        var exchange = new ViewExchange<ArmView>(() => new ArmView(Robot, Network()));
        ArmView mine = exchange.Make();
        long last = 0;
        Assert.False(exchange.TryRead(mine, ref last));
        for (long number = 1; number <= 11; number++)
        {
            Fill(exchange.Begin(), number);
            exchange.Publish();
        }

        Assert.True(exchange.TryRead(mine, ref last));
        Assert.Equal(11, last);
        Assert.Equal(11, mine.Frame);
        Assert.True(IsWhole(mine));
        Assert.False(exchange.TryRead(mine, ref last));

        // The next is being written: what was read stays what it was.
        Fill(exchange.Begin(), 12);
        Assert.True(IsWhole(mine));
        Assert.False(exchange.TryRead(mine, ref last));
        exchange.Publish();
        Assert.True(exchange.TryRead(mine, ref last) && mine.Frame == 12 && exchange.Published == 12);
    }

    /// <summary>The loop writes as fast as it can, thousands of times faster than a control loop, and three readers copy: none sees half
    /// of one view and half of another, and none goes back.</summary>
    [Fact]
    public void No_reader_sees_half_a_view_however_fast_the_loop_writes()
    {
        var exchange = new ViewExchange<ArmView>(() => new ArmView(Robot, null));
        const long views = 30_000;
        int torn = 0, back = 0, read = 0;
        Thread[] readers = [.. Enumerable.Range(0, 3).Select(_ => new Thread(() =>
        {
            ArmView mine = exchange.Make();
            for (long last = 0, before = 0; last < views; before = last)
            {
                if (exchange.TryRead(mine, ref last))
                {
                    Interlocked.Increment(ref read);
                    Interlocked.Add(ref torn, IsWhole(mine) && mine.Frame == last ? 0 : 1);
                    Interlocked.Add(ref back, last > before ? 0 : 1);
                }
            }
        }))];
        Array.ForEach(readers, reader => reader.Start());
        for (long number = 1; number <= views; number++)
        {
            Fill(exchange.Begin(), number);
            exchange.Publish();
        }

        Array.ForEach(readers, reader => reader.Join());
        Assert.Equal(0, torn);
        Assert.Equal(0, back);
        Assert.True(read >= 3);
    }

    [Fact]
    public void Neither_writing_nor_reading_allocates()
    {
        var exchange = new ViewExchange<ArmView>(() => new ArmView(Robot, Network()));
        ArmView mine = exchange.Make();
        long last = 0;
        int written = 0;
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                Fill(exchange.Begin(), ++written);
                exchange.Publish();
                exchange.TryRead(mine, ref last);
            }
        }));
        Assert.Equal(written, last);
    }

    [Fact]
    public void It_knows_whether_anybody_looks()
    {
        var exchange = new ViewExchange<ArmView>(() => new ArmView(Robot, null));
        Assert.False(exchange.IsWatched);
        using (exchange.Watch())
        {
            IDisposable second = exchange.Watch();
            second.Dispose();
            second.Dispose();
            Assert.True(exchange.IsWatched);
        }

        Assert.False(exchange.IsWatched);
    }

    [Fact]
    public void The_latest_events_are_kept_and_numbered_whoever_adds_them()
    {
        var events = new EventLog();
        Assert.Equal(0, events.Last);
        Parallel.For(0, 4, source =>
        {
            for (int i = 0; i < 200; i++)
            {
                events.Add(i, $"{source}", EventLevel.Warning, $"{i}");
            }
        });
        Assert.Equal(800, events.Last);
        Assert.Equal(Enumerable.Range(800 - EventLog.Most + 1, EventLog.Most), events.Events.Select(one => (int)one.Number));
        Assert.All(events.Events.GroupBy(one => one.Source), of => Assert.Equal(of.OrderBy(one => one.Time), of));
    }
}
