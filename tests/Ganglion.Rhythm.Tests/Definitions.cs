using Ganglion.Robots.Rhythms;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Rhythm.Tests;

/// <summary>Configured networks that several tests use.</summary>
internal static class Definitions
{
    public static KimuraNetwork Single(OscillatorParameters p, float dt, IntegrationScheme scheme)
    {
        var definition = new KimuraParameters(1) { Count = 1 };
        p.WriteTo(definition, 0);
        definition.Quarter[0] = 1;
        return Network(definition, dt, scheme);
    }

    public static KimuraNetwork Walker(OscillatorParameters feet, double q, float dt, IntegrationScheme scheme,
        bool forward = true, OscillatorParameters? body = null)
    {
        var definition = new KimuraParameters(WalkingNetwork.BodyCount);
        WalkingNetwork.Fill(definition, (float)q, forward, withBody: true);
        for (int i = 0; i < WalkingNetwork.BodyCount; i++)
        {
            (i < WalkingNetwork.FootCount ? feet : body ?? feet).WriteTo(definition, i);
        }

        return Network(definition, dt, scheme);
    }

    public static KimuraNetwork Network(KimuraParameters definition, float dt, IntegrationScheme scheme)
    {
        var network = new KimuraNetwork(definition.Count, dt, scheme);
        Assert.Equal(RhythmReason.None, network.Configure(definition, out _));
        return network;
    }

    public static OscillatorParameters Set(string name) => name switch
    {
        "F5" => OscillatorParameters.Figure5,
        "T1" => OscillatorParameters.Table1,
        "T2" => OscillatorParameters.Table2,
        _ => throw new ArgumentException(name),
    };

    /// <summary>Asserts a relative deviation in percent.</summary>
    public static void Within(double wanted, double got, double percent) =>
        Assert.InRange(100 * (got / wanted - 1), -percent, percent);
}
