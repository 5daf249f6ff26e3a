using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Bridge.Tests.Session;

/// <summary>Only setpoints that were taken are a stream: PROTOCOL.md, sections States and Setpoints.</summary>
public class RefusedSetpointTests
{
    private const int Ahead = 40_000;

    private static CoreBench Armed()
    {
        var bench = new CoreBench(Bench.Servos(2));
        Assert.Equal(Reason.None, bench.Arm());
        return bench;
    }

    /// <summary>One frame and one tick; the time is that of the tick and so much more, us.</summary>
    private static void Send(CoreBench bench, long ahead, short value, int channels = 2) => bench.Send(MessageType.Setpoint,
        [.. BitConverter.GetBytes((ushort)((bench.NowUs + CoreBench.TickMs * 1000 + ahead) >> 7)),
            .. Enumerable.Repeat(value, channels).SelectMany(BitConverter.GetBytes)]);

    private static void Stream(CoreBench bench, int frames)
    {
        for (int i = 0; i < frames; i++)
        {
            Send(bench, Ahead, (short)(9000 + 10 * i));
        }

        Assert.Equal(BoardState.Running, bench.Core.Safety.State);
    }

    /// <summary>Every way in which a frame is not taken; the first number is how far it lies ahead in each of 250 ticks.</summary>
    public static TheoryData<string, int> Refusals => new()
    {
        { "too far", 3_000_000 },
        { "as far as 16 bits go", 4_190_000 },
        { "too late to tell", -4_300_000 },
        { "another number of channels", Ahead },
        { "out of order", 0 },
        { "no room", 1_500_000 },
    };

    private static void Refused(CoreBench bench, string how, int ahead, int tick) => Send(bench,
        how switch { "out of order" => Ahead - 20_000L * (tick + 1), "no room" => ahead + 128, _ => ahead }, 100,
        how == "another number of channels" ? 3 : 2);

    /// <summary>The input: 5 s of frames that are refused, and then good ones.</summary>
    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_stream_of_refused_setpoints_is_a_pause(string how, int ahead)
    {
        CoreBench bench = Armed();
        Stream(bench, 50);
        for (int i = 0; how == "no room" && i < 7; i++)
        {
            Send(bench, 1_500_000 + 128 * i, 9500);
        }

        int before = bench.Core.Statistics.RefusedFrames, held = -1;
        for (int i = 0; i < 250; i++)
        {
            if (how == "no room" && bench.Core.Safety.State == BoardState.Hold)
            {
                break; // a frame would begin a stream of its own
            }

            Refused(bench, how, ahead, i);
            held = held < 0 && bench.Core.Safety.State == BoardState.Hold ? i : held;
        }

        Assert.Equal((BoardState.Hold, Reason.StreamStarved), (bench.Core.Safety.State, bench.Core.Safety.Reason));
        Assert.InRange(held, 2, 4); // the hold timeout is 80 ms, 4 ticks
        if (how != "another number of channels")
        {
            Assert.InRange(bench.Core.Statistics.RefusedFrames - before, 3, 250);
        }

        // What is good goes on at once, and none of it is refused.
        before = bench.Core.Statistics.RefusedFrames;
        Stream(bench, 150);
        Assert.Equal(before, bench.Core.Statistics.RefusedFrames);
        Assert.InRange(bench.Core.Channels.Command[0], 9000 + 10 * 145, 9000 + 10 * 149);
    }

    /// <summary>Nothing is armed into motion by a frame that is refused.</summary>
    [Theory]
    [InlineData(3_000_000, 2)]
    [InlineData(-4_300_000, 2)]
    [InlineData(Ahead, 1)]
    public void A_refused_setpoint_begins_no_stream(int ahead, int channels)
    {
        CoreBench bench = Armed();
        for (int i = 0; i < 10; i++)
        {
            Send(bench, ahead, 9000, channels);
            Assert.Equal(BoardState.Armed, bench.Core.Safety.State);
        }

        Assert.Equal(0, bench.Core.Setpoints.Count);
    }

    /// <summary>A host whose clock is seconds behind: every frame is late, is the newest word, and is told as late.</summary>
    [Theory]
    [InlineData(-20_000)]
    [InlineData(-2_500_000)]
    [InlineData(-4_100_000)]
    public void Late_setpoints_are_taken(int ahead)
    {
        CoreBench bench = Armed();
        for (int i = 0; i < 300; i++)
        {
            Send(bench, ahead, (short)(9000 + i));
        }

        Assert.Equal(BoardState.Running, bench.Core.Safety.State);
        Assert.Equal((300, 0), (bench.Core.Statistics.LateFrames, bench.Core.Statistics.RefusedFrames));
        Assert.Equal(9299, bench.Core.Channels.Command[0]);
    }
}
