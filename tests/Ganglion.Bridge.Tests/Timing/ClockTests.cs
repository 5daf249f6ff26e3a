using Ganglion.Bridge.Tests.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Shared.Motion;

namespace Ganglion.Bridge.Tests.Timing;

public class ClockTests
{
    /// <summary>The true board time is known to the simulation; the estimate must keep within its own bound, and the bound small.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(-100)]
    [InlineData(0)]
    public void Offset_stays_within_its_bound_with_drift(double ppm)
    {
        var bench = new Bench(driftPpm: ppm);
        bench.Session.Await(bench.Session.Connect());
        bench.Poll(300);
        Assert.True(bench.Session.Clock.IsReady);
        double worst = 0;
        for (int i = 0; i < 600; i++)
        {
            bench.Poll(100);
            long now = bench.Time.NowNanoseconds;
            double error = Math.Abs(bench.Session.Clock.ToBoard(now) - bench.Board.Time(now));
            Assert.InRange(error, 0, bench.Session.Clock.ErrorBound * 1e-3 + 100);
            worst = Math.Max(worst, error);
        }
        Assert.InRange(worst, 0, 2_500); // us: half the work of a tick (3 ms), the poll slice and the wait that remains
        Assert.InRange(bench.Session.Clock.Drift * 1e6, ppm - 15, ppm + 15);
    }

    [Fact]
    public void Host_and_board_time_convert_back_and_forth()
    {
        var bench = new Bench(driftPpm: 70);
        bench.Session.Await(bench.Session.Connect());
        bench.Poll(20_000);
        for (long host = 0; host < 100_000_000_000; host += 7_777_777_777)
        {
            Assert.InRange(bench.Session.Clock.ToHost(bench.Session.Clock.ToBoard(host)) - host, -3000, 3000);
        }
    }

    [Fact]
    public void Board_time_is_unwrapped_over_many_wraps()
    {
        var clock = new BoardClock();
        long truth = 4_000_000_000;
        for (int i = 0; i < 100; i++, truth += 1_000_000_000)
        {
            Assert.Equal(truth, clock.Unwrap((uint)truth));
        }

        Assert.Equal(truth - 1_500_000_000, clock.Unwrap((uint)(truth - 1_500_000_000)));
    }

    [Fact]
    public void Execution_times_are_low_bits_of_128_us()
    {
        var clock = new BoardClock();
        clock.Add(0, 0, clock.Unwrap(0));
        Assert.Equal(0, clock.ToLink(127_999));
        Assert.Equal(1, clock.ToLink(128_000));
        Assert.Equal(0xFFFF, clock.ToLink(65535L * 128_000));
        Assert.Equal(0, clock.ToLink(65536L * 128_000));
        Assert.Equal(7, FixedPoint.TimeShift);
    }

    /// <summary>Against arithmetic: a perfect line with symmetric round trips is found to the rounding.</summary>
    [Fact]
    public void A_clean_line_is_found_exactly()
    {
        var clock = new BoardClock();
        for (int i = 0; i < 300; i++)
        {
            long sent = i * 100_000_000L, middle = sent + 2_000_000;
            clock.Add(sent, sent + 4_000_000, (long)Math.Round((middle * (1 + 50e-6) + 9e9) / 1000));
        }
        Assert.InRange(clock.Drift * 1e6, 49.9, 50.1);
        long at = 300 * 100_000_000L;
        Assert.InRange(clock.ToBoard(at) - (at * (1 + 50e-6) + 9e9) / 1000, -2, 2);
    }
}
