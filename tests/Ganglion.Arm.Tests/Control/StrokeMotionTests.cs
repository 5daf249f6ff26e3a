using Ganglion.Arm.Control;

namespace Ganglion.Arm.Tests.Control;

public class StrokeMotionTests
{
    private static readonly double[] Slew = [2, 3, 1];

    [Fact]
    public void Gears_stay_within_their_bounds_while_the_goal_jumps_about()
    {
        var motion = new StrokeMotion(Slew, [0.5, 0.5, 0.5]);
        Random random = new(1);
        double[] last = [0.5, 0.5, 0.5], now = new double[3];
        for (int k = 0; k < 500; k++)
        {
            if (k % 7 == 0)
            {
                motion.MoveTo([random.NextDouble(), random.NextDouble(), random.NextDouble()]);
            }

            motion.Step(0.02, now);
            for (int i = 0; i < 3; i++)
            {
                Assert.InRange(Math.Abs(now[i] - last[i]) / 0.02, 0, Slew[i]);
            }

            now.CopyTo(last, 0);
        }
    }

    /// <summary>All gears are on the straight line to the goal, and arrive at it exactly and together.</summary>
    [Fact]
    public void The_way_is_a_straight_line()
    {
        var motion = new StrokeMotion(Slew, [0.2, 0.8, 0.5]);
        motion.MoveTo([0.6, 0.2, 0.55]);
        double[] now = new double[3];
        double last = 0;
        int steps = 0;
        while (!motion.Arrived)
        {
            motion.Step(0.02, now);
            double share = (now[0] - 0.2) / 0.4;
            Assert.Equal(share, (0.8 - now[1]) / 0.6, 1e-9);
            Assert.Equal(share, (now[2] - 0.5) / 0.05, 1e-9);
            Assert.True(share > last);
            last = share;
            steps++;
        }

        Assert.Equal([0.6, 0.2, 0.55], now);
        // 0.6 / 3 = 0.2 s at the full bound; nine tenths of it and the ramps are used.
        Assert.InRange(0.02 * steps, 0.2, 0.4);
    }
}
