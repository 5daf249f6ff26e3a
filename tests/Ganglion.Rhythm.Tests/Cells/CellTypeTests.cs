using Ganglion.Rhythm.Cells;

namespace Ganglion.Rhythm.Tests.Cells;

/// <summary>Each of Izhikevich's types shows under its protocol what it is named for.</summary>
public class CellTypeTests
{
    private static CellTrace Run(string name)
    {
        CellType type = CellTypes.Find(name)!;
        return CellTrace.Of(type.Cell, type.Protocol);
    }

    private static double[] Gaps(double[] spikes) => [.. spikes.Zip(spikes.Skip(1), (one, next) => next - one)];

    /// <summary>
    /// First and last spike and their number with a step of 5 us, against SciPy 1.10 with exact resets: between the current's corners
    /// solve_ivp(f, (t, end), [v, u], method="LSODA", events=lambda t, y: y[0] - 30, rtol=1e-9, atol=1e-9), then v = c, u += d.
    /// </summary>
    [Theory]
    [InlineData("tonic-spiking", 5, 12.63, 82.66)]
    [InlineData("phasic-spiking", 1, 42.75, 42.75)]
    [InlineData("tonic-bursting", 29, 24.49, 187.91)]
    [InlineData("phasic-bursting", 8, 38.24, 68.83)]
    [InlineData("mixed-mode", 7, 19.45, 155.88)]
    [InlineData("spike-frequency-adaptation", 6, 9.99, 68.25)]
    [InlineData("class-1", 10, 83.94, 290.49)]
    [InlineData("spike-latency", 1, 16.59, 16.59)]
    [InlineData("subthreshold-oscillations", 1, 25.63, 25.63)]
    [InlineData("resonator", 1, 336.73, 336.73)]
    [InlineData("integrator", 1, 19.48, 19.48)]
    [InlineData("rebound-spike", 1, 57.63, 57.63)]
    [InlineData("rebound-burst", 14, 57.63, 102.89)]
    [InlineData("threshold-variability", 1, 91.89, 91.89)]
    [InlineData("accommodation", 1, 310.50, 310.50)]
    [InlineData("inhibition-induced-spiking", 4, 93.22, 254.58)]
    public void In_fine_steps_spikes_fall_where_an_independent_solver_has_them(string name, int count, double first, double last)
    {
        CellType type = CellTypes.Find(name)!;
        double[] spikes = CellTrace.Of(type.Cell, type.Protocol with { Step = 0.005 }).Spikes;
        Assert.Equal(count, spikes.Length);
        Assert.Equal(first, spikes[0], 0.2);
        Assert.Equal(last, spikes[^1], 0.015 * last);
    }

    [Fact]
    public void There_are_twenty_and_none_diverges()
    {
        Assert.Equal(20, CellTypes.All.Select(type => type.Name).Distinct().Count());
        Assert.All(CellTypes.All, type => Assert.False(CellTrace.Of(type.Cell, type.Protocol).Diverges, type.Name));
    }

    [Fact]
    public void Tonic_cells_fire_until_the_end_and_phasic_ones_only_at_the_onset()
    {
        CellTrace spiking = Run("tonic-spiking"), bursting = Run("tonic-bursting");
        Assert.True(spiking.Spikes[^1] > 80 && Gaps(spiking.Spikes)[^1] > 8);
        Assert.True(bursting.Bursts(8).Count(size => size > 1) >= 3 && bursting.Spikes[^1] > 180);
        Assert.InRange(Assert.Single(Run("phasic-spiking").Spikes), 20, 60);
        Assert.True(Assert.Single(Run("phasic-bursting").Bursts(12)) > 2);
    }

    [Fact]
    public void Mixed_mode_begins_with_a_burst_and_adaptation_slows_down()
    {
        double[] mixed = Gaps(Run("mixed-mode").Spikes), slower = Gaps(Run("spike-frequency-adaptation").Spikes);
        Assert.True(mixed[0] < 4 && mixed[^1] > 15, string.Join(' ', mixed));
        Assert.True(slower[^1] > 2 * slower[0], string.Join(' ', slower));
    }

    [Fact]
    public void Under_a_rising_current_class_1_begins_slowly_and_class_2_at_once_fast()
    {
        double[] first = Gaps(Run("class-1").Spikes), second = Gaps(Run("class-2").Spikes);
        Assert.True(first[0] > 35 && first[^1] < 20, string.Join(' ', first));
        Assert.True(second[0] < 22 && second[0] < 2 * second[^1], string.Join(' ', second));
    }

    [Fact]
    public void Latency_and_subthreshold_oscillations()
    {
        Assert.InRange(Assert.Single(Run("spike-latency").Spikes), 20, 60);
        CellTrace trace = Run("subthreshold-oscillations");
        double spike = Assert.Single(trace.Spikes);
        double[] after = [.. trace.V.Where((_, k) => trace.Time[k] > spike + 30)];
        int turns = Enumerable.Range(1, after.Length - 2).Count(k => after[k] > after[k - 1] && after[k] >= after[k + 1]);
        Assert.True(turns >= 3, $"{turns} peaks below the threshold");
    }

    [Fact]
    public void The_resonator_fires_at_its_own_period_and_the_integrator_at_close_pulses()
    {
        Assert.InRange(Assert.Single(Run("resonator").Spikes), 320, 345);
        Assert.InRange(Assert.Single(Run("integrator").Spikes), 14, 21);
    }

    [Fact]
    public void Inhibition_makes_fire_those_that_rebound()
    {
        Assert.True(Assert.Single(Run("rebound-spike").Spikes) > 25);
        Assert.True(Assert.Single(Run("rebound-burst").Bursts(12)) > 2 && Run("rebound-burst").Spikes[0] > 25);
        Assert.InRange(Assert.Single(Run("threshold-variability").Spikes), 80, 95);
        Assert.All(Run("inhibition-induced-spiking").Spikes, time => Assert.InRange(time, 50, 265));
        Assert.True(Run("inhibition-induced-spiking").Spikes.Length >= 3);
        CellTrace bursting = Run("inhibition-induced-bursting");
        Assert.All(bursting.Spikes, time => Assert.InRange(time, 50, 265));
        Assert.True(bursting.Bursts(12).Count(size => size > 1) >= 2, string.Join(' ', bursting.Spikes));
    }

    [Fact]
    public void A_pulse_starts_the_bistable_cell_and_a_second_one_stops_it()
    {
        double[] spikes = Run("bistability").Spikes;
        Assert.True(spikes.Length > 10 && spikes[0] > 37 && spikes[^1] is > 200 and < 225, string.Join(' ', spikes));
    }

    [Fact]
    public void The_after_potential_stays_raised_and_the_accommodating_cell_fires_only_at_a_steep_rise()
    {
        CellTrace trace = Run("depolarizing-after-potential");
        double spike = Assert.Single(trace.Spikes);
        Assert.True(trace.V[^1] < -69);
        Assert.True(trace.V[(int)((spike + 4) / 0.1)] > -62, "v some ms after the spike");
        Assert.InRange(Assert.Single(Run("accommodation").Spikes), 300, 315);
    }
}
