using Ganglion.Shared.Motion;

namespace Ganglion.Shared.Tests.Motion;

public class SetpointBufferTests
{
    private static void Add(SetpointBuffer buffer, int now, int time, int expected, params short[] values)
    {
        byte[] bytes = values.SelectMany(BitConverter.GetBytes).ToArray();
        Assert.Equal(expected, buffer.Add(now, time & 0xFFFF, bytes, 0));
    }

    /// <summary>Begins with a first frame and says how it was judged.</summary>
    private static int Begin(SetpointBuffer buffer, int now, int time, int[] command, params short[] values) =>
        buffer.Begin(now & 0xFFFF, time & 0xFFFF, command, values.SelectMany(BitConverter.GetBytes).ToArray(), 0);

    private static bool Sample(SetpointBuffer buffer, int now, int[] target)
    {
        bool ahead = buffer.Sample(now);
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = buffer.From[i] + ((buffer.To[i] - buffer.From[i]) * buffer.Fraction >> 12);
        }

        return ahead;
    }

    /// <summary>The target lies on the polyline through the frames; times wrap at 16 bits on the way.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(65400)]
    public void Targets_lie_on_the_polyline(int start)
    {
        var buffer = new SetpointBuffer(2);
        int[] target = new int[2];
        short[][] knots = [[1000, -30000], [1000, 32000], [-32000, 0], [16384, 16384], [0, -16384]];
        int[] at = [0, 156, 470, 626, 640];
        Assert.Equal(SetpointBuffer.Added, Begin(buffer, start, start + at[1], knots[0].Select(v => (int)v).ToArray(), knots[1]));
        for (int i = 2; i < knots.Length; i++)
        {
            Add(buffer, start & 0xFFFF, start + at[i], SetpointBuffer.Added, knots[i]);
        }

        for (int t = 0; t <= 700; t++)
        {
            Sample(buffer, (start + t) & 0xFFFF, target);
            int next = Array.FindIndex(at, x => x > t);
            for (int c = 0; c < 2; c++)
            {
                double expected = next < 0
                    ? knots[^1][c]
                    : knots[next - 1][c] + (knots[next][c] - knots[next - 1][c]) * (double)(t - at[next - 1]) / (at[next] - at[next - 1]);
                // The fraction has 12 bits: 2^16 of travel times 2^-12, and one for rounding down.
                Assert.InRange(target[c], expected - 17, expected + 17);
            }
        }
    }

    [Fact]
    public void Stays_at_the_newest_frame_and_says_so()
    {
        var buffer = new SetpointBuffer(1);
        int[] target = new int[1];
        Assert.Equal(SetpointBuffer.Added, Begin(buffer, 0, 100, [0], 5000));
        Assert.True(Sample(buffer, 99, target));
        Assert.False(Sample(buffer, 100, target));
        Assert.Equal(5000, target[0]);
        Assert.False(Sample(buffer, 3000, target));
        Assert.Equal(5000, target[0]);
    }

    [Fact]
    public void Judges_frames_by_their_time()
    {
        var buffer = new SetpointBuffer(1);
        Assert.Equal(SetpointBuffer.TooFar, Begin(buffer, 1000, 1000 + SetpointBuffer.MaxAhead + 1, [0], 0));
        Assert.Equal(0, buffer.Count);
        Assert.Equal(SetpointBuffer.Added, Begin(buffer, 1000, 1100, [0], 1));
        Add(buffer, 1000, 1100, SetpointBuffer.OutOfOrder, 2);
        Add(buffer, 1000, 900, SetpointBuffer.OutOfOrder, 3);
        Add(buffer, 1000, 1000 + SetpointBuffer.MaxAhead + 1, SetpointBuffer.TooFar, 4);
        Add(buffer, 1500, 1400, SetpointBuffer.Late, 5);
        for (int i = 3; i < SetpointBuffer.Capacity; i++)
        {
            Add(buffer, 1500, 1500 + i, SetpointBuffer.Added, 6);
        }

        Add(buffer, 1500, 2000, SetpointBuffer.Full, 7);
    }

    /// <summary>A first frame whose time has passed is the newest word too, whatever the clock.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-32767)]
    public void A_late_first_frame_is_taken(int ahead)
    {
        var buffer = new SetpointBuffer(1);
        int[] target = new int[1];
        Assert.Equal(ahead < 0 ? SetpointBuffer.Late : SetpointBuffer.Added, Begin(buffer, 20, 20 + ahead, [0], 5000));
        Sample(buffer, 20, target);
        Assert.Equal(5000, target[0]);
    }

    /// <summary>What is 16 bits of 128 us: a time means the moment within 4.19 s of now. Every lateness of a second frame, for every age
    /// of the newest that a stream can have, against the same in whole numbers.</summary>
    [Fact]
    public void Times_are_judged_as_the_moment_nearest_to_now()
    {
        const int half = 32768, mostAge = half + SetpointBuffer.MaxAhead;
        for (int age = -SetpointBuffer.MaxAhead; age < mostAge; age += 389)
        {
            for (int ahead = 1 - half; ahead < half; ahead += 127)
            {
                var buffer = new SetpointBuffer(1);
                const int now = 300_000;
                int first = now - age;
                Begin(buffer, Math.Min(first, now), first, [0], 1);
                int expected = ahead > SetpointBuffer.MaxAhead ? SetpointBuffer.TooFar
                    : now + ahead <= first ? SetpointBuffer.OutOfOrder
                    : ahead < 0 ? SetpointBuffer.Late : SetpointBuffer.Added;
                Add(buffer, now & 0xFFFF, now + ahead, expected, 2);
            }
        }
    }
}
