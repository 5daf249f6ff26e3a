using Ganglion.Shared.Rhythms;

namespace Ganglion.Shared.Tests.Rhythms;

public class ChessClockNetworkTests
{
    private const float Tick = 0.02f;

    /// <summary>One side without coupling: both durations are -ln(1 - r/k)/r, within the thousandth that a tick of 20 ms costs.</summary>
    [Theory]
    [InlineData(0.2f)]
    [InlineData(1f)]
    [InlineData(2f)]
    public void A_lone_side_keeps_the_closed_form(float factor)
    {
        var parameters = new ChessClockParameters(1);
        Set(parameters, 0, 3.629f, 1.110f, 1.557f, 2.615f, 1.2085f);
        ChessClockNetwork network = Made(parameters);
        Assert.Equal(RhythmReason.None, network.SetModulation(factor, 1, RhythmNetwork.MaxRate));
        (double swing, double stance) = Durations(network, 0);
        Assert.Equal(Closed(3.629 + 1.557 * factor), swing, 0.001);
        Assert.Equal(Closed(1.110 + 2.615 * factor), stance, 0.002);

        static double Closed(double drive) => -Math.Log(1 - 1.2085 / drive) / 1.2085;
    }

    /// <summary>The published antiphase row at 0.7 m/s: durations and phase of the host's event-exact orbit (0.2418 and 0.4424 s by a fine
    /// step of 0.1 ms), within a thousandth of a cycle.</summary>
    [Fact]
    public void Coupled_sides_alternate()
    {
        ChessClockNetwork network = Made(Cat(0.7f));
        for (int i = 0; i < 2000; i++)
        {
            network.Step();
        }

        (double left, double leftStance) = Durations(network, 0);
        (double right, double rightStance) = Durations(network, 1);
        Assert.Equal(left, right, 0.001);
        Assert.Equal(leftStance, rightStance, 0.001);
    }

    [Fact]
    public void Activities_are_bumps_of_the_clock_that_runs()
    {
        ChessClockNetwork network = Made(Cat(0.7f));
        for (int i = 0; i < 500; i++)
        {
            network.Step();
            for (int side = 0; side < 2; side++)
            {
                float bump = 4 * network.Place(side) * (1 - network.Place(side));
                Assert.Equal(network.Swings(side) ? bump : 0, network.FlexorActivity[side], 1e-6f);
                Assert.Equal(network.Swings(side) ? 0 : bump, network.ExtensorActivity[side], 1e-6f);
                Assert.InRange(network.Place(side), 0f, 0.99999f);
            }
        }
    }

    [Fact]
    public void What_would_stall_or_run_away_is_refused_and_changes_nothing()
    {
        ChessClockNetwork network = Made(Cat(0.7f)), twin = Made(Cat(0.7f));
        Assert.Equal(RhythmReason.StepTooLong, network.SetParameter(0, 0, 49));
        Assert.Equal(RhythmReason.ClockOutOfRange, network.SetParameter(0, 0, 51));
        Assert.Equal(RhythmReason.ClockStalls, network.SetParameter(4, 1, 12));
        Assert.Equal(RhythmReason.OscillatorOutOfRange, network.SetParameter(5, 0, 1));
        Assert.Equal(RhythmReason.OscillatorOutOfRange, network.SetParameter(0, 2, 1));
        for (int i = 0; i < 300; i++)
        {
            network.Step();
            twin.Step();
            Assert.Equal(twin.Place(0), network.Place(0));
        }

        var self = new ChessClockParameters(2);
        self.Weights[0] = 1;
        Assert.Equal(RhythmReason.WeightOutOfRange, new ChessClockNetwork(2, Tick).Configure(self, out _));
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        ChessClockNetwork network = Made(Cat(0.7f));
        network.Step();
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                network.Step();
            }
        }));
    }

    private static ChessClockParameters Cat(float speed)
    {
        var parameters = new ChessClockParameters(2);
        float[] weights = [2.1469f, -0.9536f, 1.1270f, 2.1709f];
        for (int side = 0; side < 2; side++)
        {
            Set(parameters, side, 3.9286f, 1.1772f, 1.86f * speed, 2.7055f * speed, 1.7683f);
            for (int k = 0; k < 4; k++)
            {
                parameters.Weights[(2 * side + k / 2) * 4 + 2 * (1 - side) + k % 2] = weights[k];
            }
        }

        parameters.Start[1] = 128 + 64;
        return parameters;
    }

    private static void Set(ChessClockParameters parameters, int side, float biasF, float biasE, float gainF, float gainE, float leak)
    {
        parameters.FlexorBias[side] = biasF;
        parameters.ExtensorBias[side] = biasE;
        parameters.FlexorGain[side] = gainF;
        parameters.ExtensorGain[side] = gainE;
        parameters.Leak[side] = leak;
    }

    private static ChessClockNetwork Made(ChessClockParameters parameters)
    {
        var network = new ChessClockNetwork(parameters.Count, Tick);
        Assert.Equal(RhythmReason.None, network.Configure(parameters, out _));
        return network;
    }

    /// <summary>Mean durations of a side's phases over 40 cycles [s].</summary>
    private static (double Swing, double Stance) Durations(ChessClockNetwork network, int side)
    {
        int cycles = 0, swung = 0, stood = 0;
        double swing = 0, stance = 0;
        bool was = network.Swings(side);

        // Where in the tick a clock began: what it has made of its way since, at its slope.
        double time = 0, change = double.NaN;
        while (cycles < 40)
        {
            network.Step();
            time += Tick;
            if (network.Swings(side) == was)
            {
                continue;
            }

            was = network.Swings(side);
            float early = network.Place(side);
            network.Step();
            time += Tick;
            double now = time - Tick - Tick * early / Math.Max(1e-6, network.Place(side) - early);
            if (!double.IsNaN(change))
            {
                (swing, swung) = was ? (swing, swung) : (swing + now - change, swung + 1);
                (stance, stood) = was ? (stance + now - change, stood + 1) : (stance, stood);
                cycles += was ? 1 : 0;
            }

            change = now;
        }

        return (swing / swung, stance / stood);
    }
}
