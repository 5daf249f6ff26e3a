using Ganglion.Shared.Rhythms;

namespace Ganglion.Shared.Tests.Rhythms;

/// <summary>What a network accepts, what it refuses without a trace, and how its modulation moves.</summary>
public class KimuraNetworkTests
{
    public static TheoryData<string, RhythmReason, int> Refusals => new()
    {
        { "riseNaN", RhythmReason.NotANumber, 2 },
        { "riseShort", RhythmReason.TimeConstantOutOfRange, 2 },
        { "riseZero", RhythmReason.TimeConstantOutOfRange, 2 },
        { "riseInfinite", RhythmReason.TimeConstantOutOfRange, 2 },
        { "adaptNaN", RhythmReason.NotANumber, 3 },
        { "adaptLong", RhythmReason.TimeConstantOutOfRange, 3 },
        { "driveNegative", RhythmReason.DriveOutOfRange, 1 },
        { "betaSigned", RhythmReason.AdaptationOutOfRange, 1 },
        { "aSigned", RhythmReason.InhibitionOutOfRange, 6 },
        { "weightNaN", RhythmReason.NotANumber, 48 },
        { "weightHuge", RhythmReason.WeightOutOfRange, 0 },
        { "quarter", RhythmReason.QuarterOutOfRange, 4 },
        { "countZero", RhythmReason.CountOutOfRange, 0 },
        { "countLarge", RhythmReason.CountOutOfRange, 0 },
        { "stiff", RhythmReason.StepTooLong, 5 },
        { "stiffAdaptation", RhythmReason.StepTooLong, 5 },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void ARefusedDefinitionNamesItsCauseAndChangesNothing(string fault, RhythmReason reason, int where)
    {
        KimuraNetwork network = Definitions.Network(Definitions.Walker()), twin = Definitions.Network(Definitions.Walker());
        for (int k = 0; k < 10; k++) { network.Step(); twin.Step(); }
        KimuraParameters p = Definitions.Walker();
        // Everything else differs as well, so that a half-taken definition would show.
        for (int i = 0; i < 7; i++)
        {
            p.Drive[i] *= 1.1f;
        }

        switch (fault)
        {
            case "riseNaN": p.RiseTime[2] = float.NaN; break;
            case "riseShort": p.RiseTime[2] = 0.004f; break;
            case "riseZero": p.RiseTime[2] = 0; break;
            case "riseInfinite": p.RiseTime[2] = float.PositiveInfinity; break;
            case "adaptNaN": p.AdaptationTime[3] = float.NaN; break;
            case "adaptLong": p.AdaptationTime[3] = 21; break;
            case "driveNegative": p.Drive[1] = -0.1f; break;
            case "betaSigned": p.Adaptation[1] = -3.614f; break;
            case "aSigned": p.Inhibition[6] = -1.93f; break;
            case "weightNaN": p.Weights[48] = float.NaN; break;
            case "weightHuge": p.Weights[0] = float.NegativeInfinity; break;
            case "quarter": p.Quarter[4] = 4; break;
            case "countZero": p.Count = 0; break;
            case "countLarge": p.Count = 8; break;
            case "stiff": p.RiseTime[5] = 0.06f; break;
            case "stiffAdaptation": p.AdaptationTime[5] = 0.05f; break;
        }
        Assert.Equal(reason, network.Configure(p, out int at));
        Assert.Equal(where, at);
        for (int k = 0; k < 50; k++) { network.Step(); twin.Step(); }
        Assert.Equal(Definitions.State(twin), Definitions.State(network));
    }

    [Fact]
    public void MoreOscillatorsThanTheNetworkHoldsAreRefused()
    {
        var network = new KimuraNetwork(4, 0.02f, IntegrationScheme.Heun);
        Assert.Equal(RhythmReason.CountOutOfRange, network.Configure(Definitions.Walker(), out _));
        Assert.Equal(0, network.Count);
        network.Step();
    }

    [Theory]
    [InlineData(0, 0.02f)]
    [InlineData(65, 0.02f)]
    [InlineData(7, float.NaN)]
    [InlineData(7, 0f)]
    [InlineData(7, 0.11f)]
    public void AnImpossibleNetworkIsNotConstructed(int capacity, float dt) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new KimuraNetwork(capacity, dt, IntegrationScheme.Heun));

    [Theory]
    [InlineData(float.NaN, 1f, 1f, RhythmReason.NotANumber)]
    [InlineData(1f, float.NaN, 1f, RhythmReason.NotANumber)]
    [InlineData(1f, 1f, float.NaN, RhythmReason.NotANumber)]
    [InlineData(0f, 1f, 1f, RhythmReason.FrequencyOutOfRange)]
    [InlineData(float.PositiveInfinity, 1f, 1f, RhythmReason.FrequencyOutOfRange)]
    [InlineData(1f, -0.1f, 1f, RhythmReason.AmplitudeOutOfRange)]
    [InlineData(1f, 1f, 0f, RhythmReason.RateOutOfRange)]
    [InlineData(3f, 1f, 1f, RhythmReason.StepTooLong)]
    public void ARefusedModulationChangesNothing(float frequency, float amplitude, float rate, RhythmReason reason)
    {
        KimuraNetwork network = Definitions.Network(Definitions.Walker()), twin = Definitions.Network(Definitions.Walker());
        Assert.Equal(reason, network.SetModulation(frequency, amplitude, rate));
        for (int k = 0; k < 50; k++) { network.Step(); twin.Step(); }
        Assert.Equal(Definitions.State(twin), Definitions.State(network));
    }

    [Fact]
    public void ModulationMovesByABoundedAmountAndArrives()
    {
        KimuraNetwork network = Definitions.Network(Definitions.Walker());
        Assert.Equal(RhythmReason.None, network.SetModulation(1.5f, 0.25f, 0.5f));
        float frequency = 1, amplitude = 1;
        for (int k = 0; k < 76; k++)
        {
            network.Step();
            Assert.InRange(network.Frequency - frequency, 0, 0.5f * 0.02f + 1e-6f);
            Assert.InRange(amplitude - network.Amplitude, 0, 0.5f * 0.02f + 1e-6f);
            // 0.5 in frequency and 0.75 in amplitude at 0.5 a second
            Assert.Equal(Math.Min(1 + 0.01 * (k + 1), 1.5), network.Frequency, 1e-4);
            Assert.Equal(Math.Max(1 - 0.01 * (k + 1), 0.25), network.Amplitude, 1e-4);
            frequency = network.Frequency;
            amplitude = network.Amplitude;
        }
        Assert.Equal(1.5f, network.Frequency);
        Assert.Equal(0.25f, network.Amplitude);
    }

    [Fact]
    public void AFasterNetworkIsTheSameNetworkWithLongerSteps()
    {
        KimuraNetwork fast = Definitions.Network(Definitions.Walker(), 0.01f), plain = Definitions.Network(Definitions.Walker(), 0.02f);
        Assert.Equal(RhythmReason.None, fast.SetModulation(2f, 1f, 100f));
        fast.Step();
        fast.Reset();
        for (int k = 0; k < 500; k++) { fast.Step(); plain.Step(); }
        Assert.Equal(Definitions.State(plain), Definitions.State(fast));
    }

    [Fact]
    public void NewParametersKeepTheStateAndNewCountsStartAfresh()
    {
        KimuraNetwork network = Definitions.Network(Definitions.Walker());
        for (int k = 0; k < 33; k++)
        {
            network.Step();
        }

        float[] before = Definitions.State(network);
        KimuraParameters p = Definitions.Walker();
        for (int i = 0; i < 7; i++)
        {
            p.RiseTime[i] *= 1.2f;
        }

        Assert.Equal(RhythmReason.None, network.Configure(p, out _));
        Assert.Equal(before, Definitions.State(network));
        WalkingNetwork.Fill(p, 0.7f, true, false);
        Assert.Equal(RhythmReason.None, network.Configure(p, out _));
        Assert.Equal(4, network.Count);
        float[] start = Definitions.State(network);
        for (int k = 0; k < 33; k++)
        {
            network.Step();
        }

        network.Reset();
        Assert.Equal(start, Definitions.State(network));
    }

    [Fact]
    public void TheCanonicalStartIsThePublishedStateByQuarters()
    {
        float[] state = Definitions.State(Definitions.Network(Definitions.Walker()));
        // shared/README.md A5, feet: u_e, u_f, v_e, v_f of lx, ly, rx, ry
        float[] feet =
        {
            0.1291f, -0.1436f, 0.0896f, 0.0341f, 0.0431f, 0.0513f, 0.083f, 0.0186f,
            -0.1436f, 0.1291f, 0.0341f, 0.0896f, 0.0513f, 0.0431f, 0.0186f, 0.083f,
        };
        for (int i = 0; i < feet.Length; i++)
        {
            Assert.Equal(feet[i], state[i], 1e-6f);
        }
        // cx starts like lx, in proportion to its own s
        Assert.Equal(0.1291f * 0.365f / 0.375f, state[16], 1e-6f);
    }

    [Theory]
    [InlineData(-1, 0f, 0f, RhythmReason.OscillatorOutOfRange)]
    [InlineData(7, 0f, 0f, RhythmReason.OscillatorOutOfRange)]
    [InlineData(0, float.NaN, 0f, RhythmReason.NotANumber)]
    [InlineData(0, 0f, float.NaN, RhythmReason.NotANumber)]
    [InlineData(0, 51f, 0f, RhythmReason.InputOutOfRange)]
    [InlineData(0, 0f, -51f, RhythmReason.InputOutOfRange)]
    public void RefusedFeedsAndStatesChangeNothing(int i, float e, float f, RhythmReason reason)
    {
        KimuraNetwork network = Definitions.Network(Definitions.Walker()), twin = Definitions.Network(Definitions.Walker());
        Assert.Equal(reason, network.SetFeed(i, e, f));
        Assert.Equal(reason, network.SetState(i, 0.1f, 0.1f, e, f));
        for (int k = 0; k < 10; k++) { network.Step(); twin.Step(); }
        Assert.Equal(Definitions.State(twin), Definitions.State(network));
    }
}
