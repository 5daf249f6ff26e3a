using Ganglion.Basics.Space;

namespace Ganglion.Live.Tests.Teleop;

/// <summary>What a browser's link does to inputs, measured on the body, against the same inputs undisturbed.</summary>
public class BadLinkTests
{
    private const double From = 3, To = 11, Sender = 1 / 60.0, HandSpeed = 0.08;

    /// <summary>A hand draws a circle of 60 mm around a place above the base, at 80 mm/s.</summary>
    private static Vec3 Hand(double t)
    {
        double angle = HandSpeed / 0.06 * t;
        return new Vec3(0.06 * Math.Cos(angle), 0.06 * Math.Sin(angle), 0.48);
    }

    private static OperatedArm Draw(string controller, int seed, double delay, double jitter, double lost)
    {
        var arm = new OperatedArm(controller);
        arm.Client.Take();
        var random = new Random(seed);
        var onTheWay = new PriorityQueue<double, double>();
        double sent = 0;
        arm.Run(() =>
        {
            for (; sent <= arm.Now; sent += Sender)
            {
                if (random.NextDouble() >= lost)
                {
                    onTheWay.Enqueue(sent, sent + delay + jitter * (2 * random.NextDouble() - 1));
                }
            }

            while (onTheWay.TryPeek(out double stamp, out double arrival) && arrival <= arm.Now)
            {
                onTheWay.Dequeue();
                arm.Lead(Hand(stamp), 1000 + stamp);
            }

            if (arm.Now > To)
            {
                arm.End();
            }
        });
        return arm;
    }

    /// <summary>50 ms +- 40 ms, 10 % lost: while the deadman is held the tip keeps within its bound, never comes near a stand, and draws
    /// the same circle.</summary>
    [Theory]
    [InlineData("ik", 1)]
    [InlineData("ik", 2)]
    [InlineData("spiking", 3)]
    public void A_bad_link_neither_hurries_nor_stops_the_tip(string controller, int seed)
    {
        using OperatedArm good = Draw(controller, seed, 0.003, 0, 0), bad = Draw(controller, seed, 0.05, 0.04, 0.1);
        double[] smooth = [.. good.Speeds(From, To)], rough = [.. bad.Speeds(From, To)];
        Assert.InRange(smooth.Min(), 0.7 * HandSpeed, HandSpeed);
        Assert.InRange(smooth.Max(), HandSpeed, 1.3 * HandSpeed);
        Assert.InRange(rough.Min(), 0.5 * HandSpeed, HandSpeed);
        Assert.InRange(rough.Max(), HandSpeed, bad.Limits.Speed);
        Assert.InRange(rough.Average(), 0.97 * smooth.Average(), 1.03 * smooth.Average());
        Assert.All(bad.Way.Where(one => one.Time is > From and < To), one =>
            Assert.InRange(Math.Sqrt(one.Tip.X * one.Tip.X + one.Tip.Y * one.Tip.Y), 0.055, 0.0625));
    }
}
