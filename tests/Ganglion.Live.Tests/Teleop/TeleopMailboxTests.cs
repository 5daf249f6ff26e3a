using Ganglion.Basics.Space;
using Ganglion.Live.Teleop;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Trunk;

namespace Ganglion.Live.Tests.Teleop;

public class TeleopMailboxTests
{
    private static readonly TrunkArm Arm = TrunkArm.FromDescription(ShippedFiles.Robot("trunk10-4g"));
    private readonly HandClock _clock = new();
    private readonly EventLog _events = new();
    private readonly TeleopMailbox _mailbox;

    public TeleopMailboxTests() => _mailbox = new TeleopMailbox(_clock, TeleopBounds.Of(Arm), _events);

    private static TeleopInput To(double z, double sent = double.NaN) => new(true, TeleopKind.Pose, sent)
    {
        Target = new Pose(new Vec3(0, 0, z), Quat.Identity),
    };

    private List<TeleopMessage> Taken()
    {
        var taken = new List<TeleopMessage>();
        while (_mailbox.TryTake(out TeleopMessage message))
        {
            taken.Add(message);
        }

        return taken;
    }

    [Fact]
    public void What_the_client_in_control_sends_comes_in_its_order()
    {
        using TeleopClient client = _mailbox.Join("window 1");
        Assert.Contains("take control first", client.Offer(To(0.5)));
        Assert.Null(client.Take());
        Assert.Null(client.Offer(To(0.5)));
        Assert.Null(client.Order(new TeleopOrder(TeleopOrderKind.Home)));
        _clock.Seconds += 0.01;
        Assert.Null(client.Offer(To(0.6)));
        List<TeleopMessage> taken = Taken();
        Assert.Equal([0.5, 0, 0.6], taken.Select(one => one.Input.Target.Position.Z));
        Assert.Equal(TeleopOrderKind.Home, taken[1].Order!.Value.Kind);
        Assert.Equal(10_000_000, taken[2].Arrival - taken[0].Arrival);
        Assert.Empty(Taken());
    }

    /// <summary>Two windows: the second cannot move anything, takes over only if it means it, and both hear of it; what the first had sent
    /// before moves nothing any more.</summary>
    [Fact]
    public void One_client_holds_control_and_takeover_is_explicit()
    {
        using TeleopClient first = _mailbox.Join("window 1"), second = _mailbox.Join("window 2");
        Assert.Null(first.Take());
        Assert.Equal("window 1 holds control; this client watches", second.Offer(To(0.5)));
        Assert.Contains("window 1 holds control", second.Order(new TeleopOrder(TeleopOrderKind.Home)));
        Assert.Contains("take it over", second.Take());
        Assert.True(first.HasControl);
        Assert.Null(first.Offer(To(0.4)));
        Assert.Null(second.Take(over: true));
        Assert.Empty(Taken());
        Assert.False(first.HasControl);
        Assert.Contains("window 2 holds control", first.Offer(To(0.4)));
        Assert.Contains(_events.Events, one => one.Words.Contains("window 2 took control over from window 1"));
        second.Dispose();
        Assert.Null(_mailbox.Holder);
        Assert.Contains("left", second.Take());
        Assert.Equal(1, _mailbox.Clients);
    }

    /// <summary>A stop is heard from a window that only watches, and behind a full box.</summary>
    [Fact]
    public void Anybody_may_stop()
    {
        using TeleopClient first = _mailbox.Join("window 1"), second = _mailbox.Join("window 2");
        first.Take();
        string? refusal = null;
        for (int i = 0; refusal == null; i++)
        {
            refusal = first.Offer(To(0.5));
            Assert.InRange(i, 0, 1000);
        }

        Assert.Contains("does not keep up", refusal);
        Assert.Null(second.Order(new TeleopOrder(TeleopOrderKind.Stop)));
        Assert.True(_mailbox.IsStopAsked);
        Assert.Equal("window 2 stopped it", _mailbox.TakeStop());
        Assert.Null(_mailbox.TakeStop());
        Assert.Equal(256, Taken().Count);
        Assert.Null(first.Offer(To(0.5)));
    }

    /// <summary>A connection that stalls for a second and then delivers all at once: what was sent before does not move the robot, though
    /// it has just arrived.</summary>
    [Fact]
    public void An_input_that_was_long_on_its_way_is_refused()
    {
        using TeleopClient client = _mailbox.Join("window 1");
        client.Take();
        for (int i = 0; i < 50; i++)
        {
            _clock.Seconds += 0.02;
            Assert.Null(client.Offer(To(0.5, 100 + 0.02 * i)));
        }

        Assert.Equal(50, Taken().Count);
        _clock.Seconds += 1;
        Assert.Contains("too slow", client.Offer(To(0.5, 101.02)));
        Assert.Null(client.Offer(To(0.6, 101.94)));
        TeleopMessage late = Assert.Single(Taken());
        Assert.Equal(0.6, late.Input.Target.Position.Z);
        Assert.InRange((late.Arrival - late.Time) * 1e-9, 0.03, 0.05);
    }

    [Fact]
    public void Messages_of_many_threads_are_all_taken_once()
    {
        using TeleopClient client = _mailbox.Join("window 1");
        client.Take();
        const int each = 5000;
        int given = 0, taken = 0, running = 3;
        Thread[] threads = [.. Enumerable.Range(0, 3).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < each; i++)
            {
                Interlocked.Add(ref given, client.Order(new TeleopOrder(TeleopOrderKind.Teach)) == null ? 1 : 0);
            }

            Interlocked.Decrement(ref running);
        }))];
        Array.ForEach(threads, thread => thread.Start());
        while (Volatile.Read(ref running) > 0)
        {
            taken += Taken().Count;
        }

        Array.ForEach(threads, thread => thread.Join());
        taken += Taken().Count;
        Assert.Equal(given, taken);
        Assert.InRange(given, 256, 3 * each);
    }

    [Theory]
    [InlineData(double.NaN, 1, "metres")]
    [InlineData(double.PositiveInfinity, 1, "metres")]
    [InlineData(500, 1, "metres")]
    [InlineData(0.4, 0.5, "unit")]
    [InlineData(0.4, double.NaN, "unit")]
    public void A_pose_that_nobody_can_mean_is_refused(double z, double w, string words)
    {
        using TeleopClient client = _mailbox.Join("window 1");
        client.Take();
        TeleopInput input = To(z) with { Target = new Pose(new Vec3(0, 0, z), new Quat(w, 0, 0, 0)) };
        Assert.Contains(words, client.Offer(input));
        Assert.Empty(Taken());
    }

    [Fact]
    public void Other_inputs_and_orders_out_of_bounds_are_refused()
    {
        var bounds = TeleopBounds.Of(Arm);
        Assert.Contains("a stick is -1 to 1, not 1.5", bounds.Fault(new TeleopInput(true, TeleopKind.Stick) { Way = new(0, 1.5, 0) }));
        Assert.Contains("not NaN", bounds.Fault(new TeleopInput(true, TeleopKind.Stick) { Turn = new(0, 0, double.NaN) }));
        Assert.Null(bounds.Fault(new TeleopInput(true, TeleopKind.Stick) { Way = new(1, -1, 0), Turn = new(0, 0, 1) }));
        Assert.Contains("no gear 40", bounds.Fault(new TeleopInput(true, TeleopKind.Gear) { Index = 40 }));
        Assert.Contains("no gear -1", bounds.Fault(new TeleopInput(true, TeleopKind.Gear) { Index = -1 }));
        Assert.Contains("a stroke is 0 to 1", bounds.Fault(new TeleopInput(true, TeleopKind.Gear) { Values = new(1.01, 0, 0) }));
        Assert.Contains("no joint 10", bounds.Fault(new TeleopInput(true, TeleopKind.Joint) { Index = 10 }));
        Assert.Null(bounds.Fault(new TeleopInput(true, TeleopKind.Joint) { Index = 9, Values = new(-1, 1, 0) }));
        Assert.Contains("takes no input", bounds.Fault(new TeleopInput(true, TeleopKind.Modulation)));
        Assert.Contains("takes no input", bounds.Fault(new TeleopInput(true, (TeleopKind)77)));
        Assert.Contains("no order 77", bounds.Fault(new TeleopOrder((TeleopOrderKind)77)));
        Assert.Contains("factor on the speed", bounds.Fault(new TeleopOrder(TeleopOrderKind.Play, Factor: double.NaN)));
        Assert.Contains("nothing that this robot", bounds.Fault(new TeleopOrder(TeleopOrderKind.Start)));
        foreach (string name in new[] { "../x.mcap", "/etc/x.mcap", "..", "x", "a\\b.mcap", "c:x.mcap", "a\nb.mcap", "\u001b.mcap" })
        {
            Assert.Contains("plain name", bounds.Fault(new TeleopOrder(TeleopOrderKind.Replay, name)));
        }

        Assert.Null(bounds.Fault(new TeleopOrder(TeleopOrderKind.Replay, "teleop-1.mcap", 2)));
        Assert.Null(bounds.Fault(new TeleopOrder(TeleopOrderKind.Replay)));
        Assert.Null(TeleopBounds.OfWalker().Fault(new TeleopInput(true, TeleopKind.Modulation) { Values = new(1, 1, 0) }));
        Assert.Contains("0.5 to 2", TeleopBounds.OfWalker().Fault(new TeleopInput(true, TeleopKind.Modulation) { Values = new(3, 1, 0) }));
        Assert.Contains("nothing that this robot", TeleopBounds.OfRhythm().Fault(new TeleopOrder(TeleopOrderKind.Home)));
        Assert.Null(TeleopBounds.OfRhythm().Fault(new TeleopOrder(TeleopOrderKind.Start)));
    }
}
