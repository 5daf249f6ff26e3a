using Ganglion.Shared.Legs;
using Ganglion.Shared.Rhythms;
using Ganglion.Shared.Walking;

namespace Ganglion.Shared.Tests.Walking;

/// <summary>A walker with its network, standing, for tests.</summary>
internal static class WalkerOnSpot
{
    public const float Dt = 0.02f;

    public static Walker Standing(out LegGeometry leg, out KimuraNetwork network)
    {
        leg = new LegGeometry { Thigh = 0.33f, Shank = 0.33f, Ankle = 0.05f, HipHalfWidth = 0.1f };
        WalkParameters gait = new()
        {
            Cycle = 0.8f,
            Duty = 0.6f,
            Lift = 0.04f,
            FootX = 0.01f,
            FootY = 0.1f,
            Height = 0.62f,
            MaxSpeed = 0.3f,
            MaxTurn = 0.1f
        };
        Walker walker = new(Dt);
        Assert.Equal(WalkReason.None, walker.Configure(leg, gait));
        KimuraParameters parameters = new(7);
        WalkingNetwork.Fill(parameters, 0.7f, true, true);
        for (int i = 0; i < 7; i++)
        {
            parameters.SetOscillator(i, 0.139f, 0.246f, 0.375f, 3.414f, 1.79f);
        }

        network = new KimuraNetwork(7, Dt, IntegrationScheme.Heun);
        Assert.Equal(RhythmReason.None, network.Configure(parameters, out _));
        return walker;
    }
}
