using Ganglion.Shared.Motion;

namespace Ganglion.Shared.Tests.Motion;

public class SetpointBufferTests
{
    private static void Add(SetpointBuffer buffer, int now, int time, int expected, params short[] values)
    {
        byte[] bytes = values.SelectMany(BitConverter.GetBytes).ToArray();
        Assert.Equal(expected, buffer.Add(now, time & 0xFFFF, bytes, 0));
    }

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
        buffer.Begin(start & 0xFFFF, knots[0].Select(v => (int)v).ToArray());
        for (int i = 1; i < knots.Length; i++)
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
        buffer.Begin(0, [0]);
        Add(buffer, 0, 100, SetpointBuffer.Added, 5000);
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
        buffer.Begin(1000, [0]);
        Add(buffer, 1000, 1100, SetpointBuffer.Added, 1);
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
}
