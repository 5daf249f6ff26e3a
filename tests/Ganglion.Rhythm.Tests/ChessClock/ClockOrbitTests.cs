using Ganglion.Rhythm.ChessClock;

namespace Ganglion.Rhythm.Tests.ChessClock;

public class ClockOrbitTests
{
    /// <summary>"Coupled, antiphase enforced" of the chess clock's published table.</summary>
    internal static readonly ClockParameters Antiphase =
        new(3.9286, 1.1772, 1.8600, 2.7055, 1.7683, 2.1469, -0.9536, 1.1270, 2.1709);

    /// <summary>"Coupled, swing weighted" of that table; it settles in several ways.</summary>
    internal static readonly ClockParameters SwingWeighted =
        new(2.6758, 1.5780, 1.7344, 2.9126, 1.6797, 0.1707, 5.1961, -4.3300, -0.0078);

    /// <summary>The closed form of a clock without coupling, -ln(1 - r/k)/r: the event-to-event run comes to it through couplings of
    /// nothing (1e-300 is not 0 to the code, and is to the sums).</summary>
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.7)]
    [InlineData(1.5)]
    public void Without_coupling_the_durations_are_the_closed_form(double speed)
    {
        ClockParameters uncoupled = new(3.629, 1.110, 1.557, 2.615, 1.2085);
        ClockOrbit closed = ClockOrbit.Find(uncoupled, speed, ClockStart.Usual)!.Value;
        Assert.Equal(-Math.Log(1 - 1.2085 / (3.629 + 1.557 * speed)) / 1.2085, closed.Swing, 12);
        Assert.Equal(-Math.Log(1 - 1.2085 / (1.110 + 2.615 * speed)) / 1.2085, closed.Stance, 12);
        ClockOrbit run = ClockOrbit.Find(uncoupled with { FromEtoE = 1e-300 }, speed, ClockStart.Usual)!.Value;
        Assert.Equal(closed.Swing, run.Swing, 10);
        Assert.Equal(closed.Stance, run.Stance, 10);
    }

    /// <summary>Against the same equations written down a second time, with a fixed step of 0.1 ms.</summary>
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(1.5)]
    public void Coupled_orbits_are_those_of_a_fine_step(double speed)
    {
        foreach (ClockParameters parameters in new[] { Antiphase, SwingWeighted })
        {
            ClockOrbit orbit = ClockOrbit.Find(parameters, speed, ClockStart.Usual)!.Value;
            (double swing, double stance, double phase) = FineClock.Run(parameters, speed, ClockStart.Usual, 60);
            Assert.True(orbit.Settled);
            Assert.Equal(swing, orbit.Swing, 4);
            Assert.Equal(stance, orbit.Stance, 4);
            Assert.Equal(0, Math.IEEERemainder(phase - orbit.Phase, 1), 3);
        }
    }

    /// <summary>The figures of the published table: stance within 0.0005, swing within 0.002. Its phases of up to 0.523 are of clocks that
    /// had not settled: at 1.5 m/s a distance from antiphase shrinks by 5 % a cycle.</summary>
    [Fact]
    public void The_published_rows_have_their_figures()
    {
        ClockScore uncoupled = Score(new(3.629, 1.110, 1.557, 2.615, 1.2085), ClockStart.Usual);
        Assert.Equal(0.803, uncoupled.SwingRSquared, 0.002);
        Assert.Equal(0.9999, uncoupled.StanceRSquared, 0.0005);
        ClockScore antiphase = Score(Antiphase, ClockStart.Usual);
        Assert.Equal(0.751, antiphase.SwingRSquared, 0.002);
        Assert.Equal(0.9999, antiphase.StanceRSquared, 0.0005);
        Assert.InRange(antiphase.LeastPhase, 0.499, 0.501);
        Assert.InRange(antiphase.MostPhase, 0.499, 0.501);
    }

    [Fact]
    public void A_clock_that_never_arrives_is_no_oscillation()
    {
        Assert.Null(ClockOrbit.Find(new(1, 1, 1, 1, 3), 0.1, ClockStart.Usual));
        Assert.Null(ClockOrbit.Find(new(1, 1, 1, 1, 3, 0.1, 0.1, 0.1, 0.1), 0.1, ClockStart.Usual));
        Assert.Null(ClockOrbit.Find(new(-1, 1, 1, 1, 0.5, 0.1, 0.1, 0.1, 0.1), 0.1, ClockStart.Usual));
    }

    private static ClockScore Score(ClockParameters parameters, ClockStart start) =>
        ClockScore.Of(parameters, PhaseDurations.Cat, start, out _)!;
}
