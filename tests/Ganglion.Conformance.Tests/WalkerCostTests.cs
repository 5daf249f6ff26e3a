using System.Reflection;
using System.Runtime.Loader;
using Ganglion.Conformance.Weaving;
using Ganglion.Nano;

namespace Ganglion.Conformance.Tests;

/// <summary>What a walker's tick costs on a board: network, feet, hips, both legs, twelve channels and the output stage.</summary>
public sealed class WalkerCostTests
{
    /// <summary>The bar of the walker without its reflexes.</summary>
    private const long MostInstructions = 9000;

    private static readonly Assembly Woven = Load();

    [Theory]
    [InlineData(0f)]
    [InlineData(0.3f)]
    public void A_tick_of_the_walker_stays_below_nine_thousand_instructions(float turn)
    {
        dynamic network = Network(), walker = New("Legs.Walker", 0.02f), map = New("Legs.JointMap", 12, 0.02f), channels = New("Motion.ChannelTable", 12);
        Assert.Equal("None", walker.Configure(Legs(), Gait()).ToString());
        Assert.Equal("None", walker.SetCommand(0.3f, turn, 1f).ToString());
        int[] all = [.. Enumerable.Range(0, 12)];
        int where;
        Assert.Equal("None", map.Configure(12, 12, 12, all, all, Same(0.5f), Same(0.3f), 1f, out where).ToString());
        for (int i = 0; i < 12; i++)
        {
            channels.High[i] = 16384;
            channels.Slew[i] = 600;
        }

        var targets = new int[12];
        map.Start(targets);
        walker.Start();
        var output = Type("Motion.OutputStage").GetMethod("Step")!;
        object[] outputArguments = [channels, targets, targets, 0, new byte[64]];
        long most = 0;
        for (int tick = 0; tick < 1000; tick++)
        {
            InstructionCounter.Restart(long.MaxValue);
            network.Step();
            Assert.True((bool)walker.Step(network));
            Assert.True((bool)map.Write(walker.Angles, targets));
            output.Invoke(null, outputArguments);
            most = Math.Max(most, InstructionCounter.Executed);
        }

        Assert.InRange(most, 3000, MostInstructions);
    }

    private static float[] Same(float value) => [.. Enumerable.Repeat(value, 12)];

    private static dynamic Network()
    {
        dynamic parameters = New("Rhythms.KimuraParameters", 7);
        Type("Rhythms.WalkingNetwork").GetMethod("Fill")!.Invoke(null, [parameters, 0.7f, true, true]);
        for (int i = 0; i < 7; i++)
            parameters.SetOscillator(i, 0.139f, 0.246f, 0.375f, 3.414f, 1.79f);
        dynamic network = New("Rhythms.KimuraNetwork", 7, 0.02f, Enum.ToObject(Type("Rhythms.IntegrationScheme"), 0));
        int where;
        Assert.Equal("None", network.Configure(parameters, out where).ToString());
        return network;
    }

    private static dynamic Legs()
    {
        dynamic leg = New("Legs.LegGeometry");
        (leg.Thigh, leg.Shank, leg.Ankle, leg.HipHalfWidth) = (0.33f, 0.33f, 0.05f, 0.1f);
        return leg;
    }

    private static dynamic Gait()
    {
        dynamic gait = New("Legs.WalkParameters");
        (gait.Lift, gait.FootY, gait.Height, gait.Sway, gait.Surge, gait.Bob, gait.Cycle) = (0.04f, 0.1f, 0.62f, 0.08f, 0.01f, 0.01f, 0.74f);
        (gait.MaxSpeed, gait.MaxTurn, gait.Sin2, gait.Cos2) = (0.4f, 0.4f, 0.05f, 0.05f);
        return gait;
    }

    private static Type Type(string name) => Woven.GetType("Ganglion.Shared." + name, throwOnError: true)!;

    private static dynamic New(string name, params object[] arguments) => Activator.CreateInstance(Type(name), arguments)!;

    private static Assembly Load()
    {
        var woven = InstructionWeaver.Weave(Images.Firmware(), CountMode.Total, InstructionCosts.Measured);
        return new AssemblyLoadContext("walker").LoadFromStream(new MemoryStream(woven.Image));
    }
}
