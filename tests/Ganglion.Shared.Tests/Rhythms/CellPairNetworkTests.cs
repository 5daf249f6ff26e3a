using Ganglion.Shared.Rhythms;

namespace Ganglion.Shared.Tests.Rhythms;

/// <summary>What pairs of cells take and refuse, and what they feel. Whether they are Izhikevich's cells is asked in Ganglion.Rhythm.Tests,
/// against the host's own model.</summary>
public class CellPairNetworkTests
{
    private const float Tick = 0.02f;

    [Fact]
    public void Cells_of_a_pair_take_turns()
    {
        CellPairNetwork network = Made(Bursting());
        int turns = 0;
        bool flexor = false;
        for (int i = 0; i < 1500; i++)
        {
            network.Step();
            Assert.InRange(network.Output(0), -7f, 7f);
            bool now = network.Output(0) > 0;
            turns += now && !flexor ? 1 : 0;
            flexor = now;
        }

        // 30 s of 40 ms each at 57.5 ms a turn.
        Assert.InRange(turns, 20, 22);
    }

    /// <summary>A factor of 2 is as good as a time scale twice as large, and an amplitude of a half halves what is told.</summary>
    [Fact]
    public void Modulation_is_time_and_size()
    {
        CellPairParameters fast = Bursting();
        fast.TimeScale[0] = 80;
        CellPairNetwork network = Made(Bursting()), twin = Made(fast);
        Assert.Equal(RhythmReason.None, network.SetModulation(2, 0.5f, RhythmNetwork.MaxRate));
        network.Step();
        network.Reset();
        for (int i = 0; i < 200; i++)
        {
            network.Step();
            twin.Step();
            Assert.Equal(twin.V[0], network.V[0], 1e-3f);
            Assert.Equal(0.5f * twin.FlexorActivity[0], network.FlexorActivity[0], 1e-3f);
        }
    }

    [Theory]
    [InlineData("a", 0f)]
    [InlineData("a", float.NaN)]
    [InlineData("b", -4f)]
    [InlineData("c", 31f)]
    [InlineData("d", 40f)]
    [InlineData("current", 400f)]
    [InlineData("time scale", 0f)]
    [InlineData("envelope", 0.5f)]
    [InlineData("step", 0f)]
    [InlineData("step", 0.6f)]
    [InlineData("feedback", 0.1f)]
    [InlineData("reach", 0.1f)]
    public void What_no_board_takes_is_refused(string what, float value)
    {
        CellPairParameters parameters = Bursting();
        Of(parameters, what)[0] = value;
        Assert.Equal(RhythmReason.CellOutOfRange, new CellPairNetwork(1, Tick).Configure(parameters, out _));
    }

    /// <summary>Two pairs have one time, and 128 steps of cells in a tick are the most: 64 of each of two are 3.2 ms.</summary>
    [Fact]
    public void What_does_not_go_together_is_refused_and_changes_nothing()
    {
        var two = new CellPairParameters(2);
        Fill(two, 0);
        Fill(two, 1);
        two.TimeScale[1] = 41;
        Assert.Equal(RhythmReason.CellOutOfRange, new CellPairNetwork(2, Tick).Configure(two, out int where));
        Assert.Equal(1, where);
        CellPairNetwork network = Made(Bursting()), twin = Made(Bursting());
        Assert.Equal(RhythmReason.None, network.SetParameter(3, 0, 160));
        Assert.Equal(RhythmReason.None, network.SetParameter(3, 0, 40));
        Assert.Equal(RhythmReason.StepTooLong, network.SetParameter(3, 0, 161));
        Assert.Equal(RhythmReason.StepTooLong, network.SetModulation(4.1f, 1, 1));
        Assert.Equal(RhythmReason.CellOutOfRange, network.SetParameter(1, 0, 3));
        Assert.Equal(RhythmReason.OscillatorOutOfRange, network.SetParameter(5, 0, 1));
        Assert.Equal(RhythmReason.OscillatorOutOfRange, network.SetParameter(0, 1, 1));
        CellPairParameters heavy = Bursting();
        heavy.Weights[2] = 51;
        Assert.Equal(RhythmReason.WeightOutOfRange, new CellPairNetwork(1, Tick).Configure(heavy, out where));
        Assert.Equal(2, where);
        two.TimeScale[1] = 40;
        two.Weights[2] = -1;
        Assert.Equal(RhythmReason.WeightOutOfRange, new CellPairNetwork(2, Tick).Configure(two, out where));
        Assert.Equal(2, where);
        for (int i = 0; i < 300; i++)
        {
            network.Step();
            twin.Step();
            Assert.Equal(twin.V[1], network.V[1]);
        }
    }

    /// <summary>q tanh(steepness (volts - zero)) in the flexor's cell and its negative in the other: cells that feel 2 are cells with a
    /// current of 17 and of 13.</summary>
    [Fact]
    public void A_felt_angle_is_a_current()
    {
        CellPairParameters felt = Feeling(), told = Bursting();
        int[] analog = [0, 0, 16000 + 400];
        CellPairNetwork network = Made(felt);
        network.Feel(analog);
        float expected = 2 * (float)Math.Tanh(40 * 400 * 2.048 / 32768);
        double[] v = [-50, -50], u = [-50 * 0.2 + 2, -50 * 0.2], s = [0, -10];
        float[] h = [0];
        network.Step();
        h[0] = network.CellStep;
        for (int step = 0; step < network.StepsPerTick; step++)
        {
            for (int i = 0; i < 2; i++)
            {
                double current = told.Current[0] + (i == 0 ? expected : -expected);
                v[i] += h[0] * (0.04 * v[i] * v[i] + 5 * v[i] + 140 - u[i] + s[i] + current);
                u[i] += h[0] * 0.02 * (0.2 * v[i] - u[i]);
                s[i] *= 1 - 0.3 * h[0];
            }
        }

        Assert.Equal(v[0], network.V[0], 2e-3);
        Assert.Equal(v[1], network.V[1], 2e-3);
    }

    /// <summary>Twelve ticks in a row beyond its reach, and the sensor is lost until the next start.</summary>
    [Fact]
    public void A_sensor_beyond_its_reach_is_lost()
    {
        CellPairNetwork network = Made(Feeling());
        int[] analog = [0, 0, 16000];
        network.Feel(analog);
        Wait(11, 0);
        Wait(1, 16000);
        Wait(11, 32767);
        Assert.Equal(-1, network.LostPair);
        Assert.True(float.IsFinite(network.Output(0)));
        Wait(1, 32767);
        Assert.Equal(0, network.LostPair);
        Assert.True(float.IsNaN(network.FlexorActivity[0]));
        Wait(5, 16000);
        Assert.Equal(0, network.LostPair);
        network.Reset();
        Assert.Equal(-1, network.LostPair);

        void Wait(int ticks, int counts)
        {
            analog[2] = counts;
            for (int i = 0; i < ticks; i++)
            {
                network.Step();
            }
        }
    }

    [Fact]
    public void The_tanh_is_one()
    {
        for (float x = -6; x <= 6; x += 0.01f)
        {
            Assert.Equal(Math.Tanh(x), CellFeedback.Tanh(x), 1e-4);
        }
    }

    /// <summary>Whatever a definition within its ranges says, nothing becomes infinite or no number.</summary>
    [Fact]
    public void No_definition_runs_away()
    {
        var random = new Random(5);
        for (int trial = 0; trial < 300; trial++)
        {
            var parameters = new CellPairParameters(1 + random.Next(2));
            for (int i = 0; i < parameters.Count; i++)
            {
                parameters.A[i] = Draw(0.00002f, 1.31f);
                parameters.B[i] = Draw(-3.27f, 3.27f);
                parameters.C[i] = Draw(-100, 0);
                parameters.D[i] = Draw(-32.7f, 32.7f);
                parameters.Current[i] = Draw(-327, 327);
                parameters.TimeScale[i] = i == 0 ? Draw(0.01f, 200) : parameters.TimeScale[0];
                parameters.Envelope[i] = i == 0 ? Draw(1, 655) : parameters.Envelope[0];
                parameters.Step[i] = i == 0 ? Draw(0.3f, 0.5f) : parameters.Step[0];
            }

            for (int i = 0; i < parameters.Count; i++)
            {
                int cells = 2 * parameters.Count;
                parameters.Weights[2 * i * cells + 2 * i + 1] = Draw(-50, 50);
                parameters.Weights[(2 * i + 1) * cells + 2 * i] = Draw(-50, 50);
            }

            CellPairNetwork network = Made(parameters);
            for (int tick = 0; tick < 2000; tick++)
            {
                network.Step();
            }

            Assert.All(network.V, v => Assert.True(float.IsFinite(v)));
            Assert.All(network.U, u => Assert.True(float.IsFinite(u)));
            Assert.True(float.IsFinite(network.Output(0)));
        }

        // Ends of the ranges come more often than chance has them.
        float Draw(float low, float high) => random.Next(4) switch
        {
            0 => low,
            1 => high,
            _ => low + (high - low) * random.NextSingle(),
        };
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        CellPairNetwork network = Made(Feeling());
        network.Feel(new int[8]);
        network.Step();
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                network.Step();
            }
        }));
    }

    private static CellPairParameters Feeling()
    {
        CellPairParameters parameters = Bursting();
        parameters.Input[0] = 3;
        parameters.Feedback[0] = 2;
        parameters.Steepness[0] = 40;
        parameters.Zero[0] = 1;
        parameters.Reach[0] = 0.9f;
        return parameters;
    }

    private static CellPairParameters Bursting()
    {
        var parameters = new CellPairParameters(1);
        Fill(parameters, 0);
        parameters.Weights[1] = parameters.Weights[2] = -10;
        return parameters;
    }

    private static void Fill(CellPairParameters parameters, int pair)
    {
        (parameters.A[pair], parameters.B[pair], parameters.C[pair], parameters.D[pair]) = (0.02f, 0.2f, -50, 2);
        (parameters.Current[pair], parameters.TimeScale[pair], parameters.Envelope[pair], parameters.Step[pair]) = (15, 40, 6, 0.05f);
    }

    private static float[] Of(CellPairParameters parameters, string what) => what switch
    {
        "a" => parameters.A,
        "b" => parameters.B,
        "c" => parameters.C,
        "d" => parameters.D,
        "current" => parameters.Current,
        "time scale" => parameters.TimeScale,
        "envelope" => parameters.Envelope,
        "step" => parameters.Step,
        "feedback" => parameters.Feedback,
        _ => parameters.Reach,
    };

    private static CellPairNetwork Made(CellPairParameters parameters)
    {
        var network = new CellPairNetwork(parameters.Count, Tick);
        Assert.Equal(RhythmReason.None, network.Configure(parameters, out _));
        return network;
    }
}
