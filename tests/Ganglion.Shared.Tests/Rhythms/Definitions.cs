using Ganglion.Shared.Rhythms;

namespace Ganglion.Shared.Tests.Rhythms;

/// <summary>Networks that several tests use.</summary>
internal static class Definitions
{
    /// <summary>The walker of the paper: Table 2 at the feet, Table 1 at the centre of mass, ring strength 0.7, forward.</summary>
    public static KimuraParameters Walker()
    {
        var p = new KimuraParameters(7);
        WalkingNetwork.Fill(p, 0.7f, forward: true, withBody: true);
        for (int i = 0; i < 4; i++)
        {
            p.SetOscillator(i, 0.139f, 0.246f, 0.375f, 3.414f, 1.79f);
        }

        for (int i = 4; i < 7; i++)
        {
            p.SetOscillator(i, 0.123f, 0.255f, 0.365f, 3.614f, 1.93f);
        }

        return p;
    }

    public static KimuraNetwork Network(KimuraParameters p, float dt = 0.02f, IntegrationScheme scheme = IntegrationScheme.Heun)
    {
        var network = new KimuraNetwork(p.Capacity, dt, scheme);
        Assert.Equal(RhythmReason.None, network.Configure(p, out _));
        return network;
    }

    /// <summary>u_e, u_f, v_e, v_f of every oscillator in a row.</summary>
    public static float[] State(KimuraNetwork n)
    {
        float[] state = new float[4 * n.Count];
        for (int i = 0; i < n.Count; i++)
        {
            state[4 * i] = n.ExtensorPotential[i];
            state[4 * i + 1] = n.FlexorPotential[i];
            state[4 * i + 2] = n.ExtensorAdaptation[i];
            state[4 * i + 3] = n.FlexorAdaptation[i];
        }
        return state;
    }
}
