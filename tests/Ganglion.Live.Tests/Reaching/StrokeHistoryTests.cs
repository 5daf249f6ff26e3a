using Ganglion.Live.Reaching;

namespace Ganglion.Live.Tests.Reaching;

public class StrokeHistoryTests
{
    [Fact]
    public void Between_setpoints_it_goes_in_straight_lines()
    {
        var history = new StrokeHistory(2);
        history.Add(100, [0, 1]);
        history.Add(200, [1, 0.5]);
        history.Add(400, [0.5, 0.5]);
        Assert.Equal([0, 1], At(history, 50));
        Assert.Equal([0, 1], At(history, 100));
        Assert.Equal([0.25, 0.875], At(history, 125));
        Assert.Equal([1, 0.5], At(history, 200));
        Assert.Equal([0.75, 0.5], At(history, 300));
        Assert.Equal([0.5, 0.5], At(history, 999));
    }

    [Fact]
    public void A_setpoint_for_the_same_time_replaces_the_last()
    {
        var history = new StrokeHistory(1);
        history.Add(100, [0]);
        history.Add(100, [1]);
        history.Add(200, [2]);
        Assert.Equal([1.5], At(history, 150));
    }

    [Fact]
    public void The_oldest_are_forgotten_and_the_last_second_is_not()
    {
        var history = new StrokeHistory(1);
        for (int i = 0; i < 1000; i++)
        {
            history.Add(20 * i, [i]);
        }

        Assert.Equal([949.5], At(history, 20 * 949 + 10));
        Assert.InRange(At(history, 0)[0], 900, 949);
    }

    [Fact]
    public void It_is_read_by_the_number_of_setpoints_too_whatever_their_times()
    {
        var history = new StrokeHistory(1);
        history.Add(100, [8]);
        history.Add(101, [4]);
        history.Add(500, [2]);
        Assert.Equal([2, 4, 8, 8], Enumerable.Range(0, 4).Select(back => history.Setpoint(back)[0]));
        Assert.Equal([2, 3, 5, 8, 8], new[] { -1, 0.5, 1.25, 2, 99 }.Select(setpoints =>
        {
            double[] strokes = new double[1];
            history.Back(setpoints, strokes);
            return strokes[0];
        }));
    }

    private static double[] At(StrokeHistory history, long time)
    {
        double[] strokes = new double[history.Gears];
        history.At(time, strokes);
        return strokes;
    }
}
