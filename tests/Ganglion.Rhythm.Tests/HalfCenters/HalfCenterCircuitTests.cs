using Ganglion.Rhythm.ChessClock;
using Ganglion.Rhythm.HalfCenters;
using Ganglion.Rhythm.Spiking;

namespace Ganglion.Rhythm.Tests.HalfCenters;

public class HalfCenterCircuitTests
{
    /// <summary>
    /// Rates between 200 and 1000 ms by SciPy 1.10: solve_ivp(f, (0, 1000), [-65, m, h, n at rest], method="LSODA", rtol=1e-9,
    /// atol=1e-9, max_step=0.5, events=v upwards through 0); 3 and 100 uA/cm² give one spike and no more.
    /// </summary>
    [Theory]
    [InlineData(7, 58.307)]
    [InlineData(10, 68.314)]
    [InlineData(20, 86.465)]
    [InlineData(50, 117.033)]
    public void A_squids_membrane_fires_as_often_as_an_independent_solver_says(double current, double rate)
    {
        double[] spikes = Spikes(current);
        double[] settled = [.. spikes.Where(time => time > 200)];
        Assert.Equal(rate, 1000 * (settled.Length - 1) / (settled[^1] - settled[0]), 0.01 * rate);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    public void Too_little_and_too_much_current_give_one_spike(double current) => Assert.Single(Spikes(current));

    /// <summary>The closed form of a leaky integrate-and-fire cell: 2 ms and 20 ms ln(4 / 3), rounded up to whole steps.</summary>
    [Fact]
    public void An_integrate_and_fire_cell_fires_at_its_closed_forms_rate()
    {
        IntegrateAndFireCell<Plain> cell = IntegrateAndFireCell<Plain>.Resting;
        int spikes = Enumerable.Range(0, 8000).Count(_ => cell.Advance(0, 0));
        Assert.Equal(8000 / (2 + Math.Ceiling(20 * Math.Log(4.0 / 3))), spikes, 1.0);
    }

    [Fact]
    public void Counted_numbers_compute_the_same_and_count()
    {
        HodgkinHuxleyCell<Tallied> counted = HodgkinHuxleyCell<Tallied>.Resting;
        HodgkinHuxleyCell<Plain> plain = HodgkinHuxleyCell<Plain>.Resting;
        OperationTally before = Tallied.Tally;
        for (int k = 0; k < 1000; k++)
        {
            Assert.Equal(plain.Advance(0.1, 0.2), counted.Advance(0.1, 0.2));
        }

        OperationTally done = Tallied.Tally - before;
        Assert.Equal(plain.V.Value, counted.V.Value);

        // Six rates of which two begin with a series or an exponential, three gates and the potential: 10 a step.
        Assert.Equal(10_000, done.Exponentials);
        Assert.Equal(7_000, done.Divisions);
    }

    [Fact]
    public void A_circuit_of_integrate_and_fire_cells_steps_as_a_cat_at_speeds_that_calibrated_nothing()
    {
        var design = HalfCenterDesign.Build(() => new HalfCenterCircuit<Plain, IntegrateAndFireCell<Plain>>());
        var cat = PhaseDurations.CatAt([0.14, 0.3, 0.55, 0.9, 1.3]);
        PhaseMeter[] steps = [.. cat.Speed.Select((speed, k) => Steps(design.Start(speed), 2 + 5 * (cat.Swing[k] + cat.Stance[k])).Left)];
        Assert.InRange(PhaseDurations.RSquared(cat.Swing, [.. steps.Select(meter => meter.Swing)]), 0.9, 1);
        Assert.InRange(PhaseDurations.RSquared(cat.Stance, [.. steps.Select(meter => meter.Stance)]), 0.99, 1);
    }

    /// <summary>A clock that counts spikes to about 1: 18 of a flexor and 46 of an extensor at 68 a second.</summary>
    [Fact]
    public void A_circuit_of_hodgkin_huxley_cells_counts_its_spikes_and_the_sides_stay_half_a_cycle_apart()
    {
        var circuit = new HalfCenterCircuit<Plain, HodgkinHuxleyCell<Plain>> { FlexorGain = 1 / 21.0, ExtensorGain = 1 / 56.0 };
        (PhaseMeter left, PhaseMeter right) = Steps(circuit, 7);
        Assert.InRange(left.Swing, 15 / 68.3, 21 / 68.3);
        Assert.InRange(left.Stance, 40 / 68.3, 56 / 68.3);
        Assert.Equal(left.Swing, right.Swing, 0.002);
        Assert.InRange(circuit.Spikes / circuit.Seconds, 1.7 * 68.3, 2.1 * 68.3);
    }

    private static (PhaseMeter Left, PhaseMeter Right) Steps(IHalfCenterCircuit circuit, double seconds)
    {
        PhaseMeter left = new(), right = new();
        while (circuit.Seconds < seconds)
        {
            circuit.Advance();
            if (circuit.Seconds > 2)
            {
                left.Add(circuit.Seconds, circuit.LeftFlexor);
                right.Add(circuit.Seconds, circuit.RightFlexor);
            }
        }

        return (left, right);
    }

    private static double[] Spikes(double current)
    {
        var cell = HodgkinHuxleyCell<Plain>.At(current);
        var times = new List<double>();
        for (int k = 0; k < 20_000; k++)
        {
            if (cell.Advance(0, 0))
            {
                times.Add(k * HodgkinHuxleyCell<Plain>.Step);
            }
        }

        return [.. times];
    }
}
