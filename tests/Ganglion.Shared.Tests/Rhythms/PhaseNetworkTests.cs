using Ganglion.Shared.Rhythms;

namespace Ganglion.Shared.Tests.Rhythms;

public class PhaseNetworkTests
{
    private const float Tick = 0.02f;

    /// <summary>The equation in double precision with the system's sine, at a hundredth of the step.</summary>
    [Fact]
    public void The_phases_are_those_of_the_equation()
    {
        float[] delays = [0, 0.6f, 0.1f, 0.7f], starts = [0.1f, 0.35f, 0.9f, 0.6f];
        PhaseNetwork network = Made(delays, starts, 1, 0.25f, 0.35f);
        double[] theta = [.. starts.Select(start => (double)start)];
        for (int step = 0; step < 100; step++)
        {
            network.Step();
            for (int part = 0; part < 100; part++)
            {
                double[] slope = [.. theta.Select((own, i) => 1 + 0.25 * theta.Where((_, j) => j != i)
                    .Zip(delays.Where((_, j) => j != i), (other, delay) => Math.Sin(2 * Math.PI * (other + delay - own - delays[i])))
                    .Sum())];
                theta = [.. theta.Select((own, i) => own + Tick / 100 * slope[i])];
            }
        }

        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(0, Math.IEEERemainder(theta[i] - network.Theta[i], 1), 0.01);
        }
    }

    [Fact]
    public void A_limb_stands_for_its_duty_and_swings_for_the_rest()
    {
        PhaseNetwork network = Made([0, 0, 0, 0], [0, 0, 0, 0], 1, 0.2f, 0.35f);
        int stood = 0;
        for (int step = 0; step < 5000; step++)
        {
            network.Step();
            float theta = network.Theta[0];
            bool stands = theta < 0.35f;
            stood += stands ? 1 : 0;
            double over = stands ? theta / 0.35 : (theta - 0.35) / 0.65;
            Assert.Equal(stands ? 4 * over * (1 - over) : 0, network.ExtensorActivity[0], 1e-4);
            Assert.Equal(stands ? 0 : 4 * over * (1 - over), network.FlexorActivity[0], 1e-4);
        }

        Assert.Equal(0.35, stood / 5000.0, 0.01);
    }

    [Fact]
    public void Couplings_that_could_turn_a_limb_back_are_refused()
    {
        PhaseParameters wild = Parameters([0, 0, 0, 0], [0, 0, 0, 0], 1, 0.32f, 0.5f);
        Assert.Equal(RhythmReason.WeightOutOfRange, new PhaseNetwork(4, Tick).Configure(wild, out _));
        PhaseParameters uneven = Parameters([0, 0, 0, 0], [0, 0, 0, 0], 1, 0.2f, 0.5f);
        uneven.Frequency[2] = 1.1f;
        Assert.Equal(RhythmReason.PhaseOutOfRange, new PhaseNetwork(4, Tick).Configure(uneven, out int where));
        Assert.Equal(2, where);
        PhaseNetwork network = Made([0, 0, 0, 0], [0, 0, 0, 0], 2, 0.2f, 0.5f);
        Assert.Equal(RhythmReason.StepTooLong, network.SetModulation(7, 1, 1));
        Assert.Equal(RhythmReason.PhaseOutOfRange, network.SetParameter(2, 0, 0.99f));
    }

    private static PhaseNetwork Made(float[] delays, float[] starts, float frequency, float coupling, float duty)
    {
        PhaseParameters parameters = Parameters(delays, starts, frequency, coupling, duty);
        var network = new PhaseNetwork(parameters.Count, Tick);
        Assert.Equal(RhythmReason.None, network.Configure(parameters, out _));
        return network;
    }

    private static PhaseParameters Parameters(float[] delays, float[] starts, float frequency, float coupling, float duty)
    {
        var parameters = new PhaseParameters(delays.Length);
        for (int i = 0; i < delays.Length; i++)
        {
            parameters.Frequency[i] = frequency;
            parameters.Delay[i] = delays[i];
            parameters.Start[i] = starts[i];
            parameters.Duty[i] = duty;
            for (int j = 0; j < delays.Length; j++)
            {
                parameters.Weights[i * delays.Length + j] = i == j ? 0 : coupling;
            }
        }

        return parameters;
    }
}
