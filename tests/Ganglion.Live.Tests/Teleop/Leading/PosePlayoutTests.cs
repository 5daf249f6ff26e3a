using Ganglion.Basics.Space;
using Ganglion.Live.Teleop.Leading;

namespace Ganglion.Live.Tests.Teleop.Leading;

public class PosePlayoutTests
{
    private const long Ms = 1_000_000, Period = 20 * Ms;

    private const double Speed = 0.1;

    /// <summary>A hand that goes 100 mm/s, over a link that delays, jitters and loses.</summary>
    private static (double Slowest, double Fastest, double Off, double Delay) Play(int seed, long every, double delay, double jitter,
        double lost)
    {
        var random = new Random(seed);
        var sent = new List<(long Sent, long Arrival)>();
        for (long t = 1000 * Ms; t < 12_000 * Ms; t += every)
        {
            if (random.NextDouble() >= lost)
            {
                sent.Add((t, t + (long)((delay + jitter * (2 * random.NextDouble() - 1)) * Ms)));
            }
        }

        // What a sender's clock makes of it: the fastest came at once.
        long fastest = sent.Min(one => one.Arrival - one.Sent);
        var playout = new PosePlayout();
        double slowestMotion = double.PositiveInfinity, fastestMotion = 0, off = 0, before = double.NaN;
        int next = 0;
        (long Sent, long Arrival)[] arrivals = [.. sent.OrderBy(one => one.Arrival)];
        for (long now = 1000 * Ms; now < 12_000 * Ms; now += Period)
        {
            for (; next < arrivals.Length && arrivals[next].Arrival <= now; next++)
            {
                playout.Add(new Pose(new Vec3(Speed * 1e-9 * arrivals[next].Sent, 0, 0), Quat.Identity),
                    arrivals[next].Sent + fastest, arrivals[next].Arrival);
            }

            if (next == 0)
            {
                continue;
            }

            double x = playout.At(now, Period).Position.X;
            if (now >= 5000 * Ms)
            {
                double motion = (x - before) / (1e-9 * Period);
                (slowestMotion, fastestMotion) = (Math.Min(slowestMotion, motion), Math.Max(fastestMotion, motion));
                off = Math.Max(off, Math.Abs(x - Speed * 1e-9 * (now - fastest - playout.Delay)));
            }

            before = x;
        }

        return (slowestMotion, fastestMotion, off, 1e-9 * playout.Delay);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(20)]
    [InlineData(33)]
    public void On_a_good_link_it_lags_by_a_period_of_each_side(int every)
    {
        (double slowest, double fastest, double off, double delay) = Play(1, every * Ms, 3, 0, 0);
        Assert.Equal(1.25e-3 * every + 0.02, delay, 1e-6);
        Assert.InRange(slowest, 0.99 * Speed, Speed);
        Assert.InRange(fastest, Speed, 1.01 * Speed);
        Assert.InRange(off, 0, 1e-4);
    }

    /// <summary>50 ms +- 40 ms, 10 % lost: played late enough, and never slower than where it lets itself fall back.</summary>
    [Theory]
    [InlineData(16)]
    [InlineData(20)]
    [InlineData(33)]
    public void Delay_jitter_and_loss_do_not_show(int every)
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            (double slowest, double fastest, _, double delay) = Play(seed, every * Ms, 50, 40, 0.1);
            Assert.InRange(delay, every * 1e-3, 0.27);
            Assert.InRange(slowest, 0.74 * Speed, Speed);
            Assert.InRange(fastest, Speed, 1.3 * Speed);
        }
    }

    [Fact]
    public void A_pose_that_was_overtaken_is_left_out_and_the_newest_is_the_last_word()
    {
        var playout = new PosePlayout();
        playout.Add(At(1), 100 * Ms, 100 * Ms);
        playout.Add(At(2), 120 * Ms, 121 * Ms);
        playout.Add(At(9), 110 * Ms, 122 * Ms);
        Pose pose = default;
        for (long now = 122 * Ms; now < 400 * Ms; now += Period)
        {
            pose = playout.At(now, Period);
            Assert.InRange(pose.Position.X, 1, 2);
        }

        Assert.Equal(At(2), pose);
        Assert.True(playout.IsAtEnd);

        static Pose At(double x) => new(new Vec3(x, 0, 0), Quat.Identity);
    }
}
