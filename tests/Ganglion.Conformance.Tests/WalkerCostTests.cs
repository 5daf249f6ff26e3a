using System.Reflection;
using System.Runtime.Loader;
using Ganglion.Metering;
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
        dynamic walk = New("Walking.WalkPlayer", 0.02f), channels = New("Motion.ChannelTable", 12);
        int where;
        Assert.Equal("None", walk.Configure(Definition(), 12, 8, out where).ToString());
        for (int i = 0; i < 12; i++)
        {
            channels.High[i] = 16384;
            channels.Bound(i, 600);
        }

        int[] targets = new int[12];
        walk.Start(targets);
        Assert.Equal("None", walk.Modulate(0.3f, turn, 1f, 1f).ToString());
        MethodInfo output = Type("Motion.OutputStage").GetMethod("Step")!;
        object[] outputArguments = [channels, targets, targets, 0, new byte[64]];
        long most = 0;
        for (int tick = 0; tick < 1000; tick++)
        {
            InstructionCounter.Restart(long.MaxValue);
            Assert.True((bool)walk.Step(targets));
            output.Invoke(null, outputArguments);
            most = Math.Max(most, InstructionCounter.Executed);
        }

        Assert.InRange(most, 3000, MostInstructions);
    }

    private static dynamic Definition()
    {
        dynamic walk = New("Walking.WalkDefinition");
        walk.Ring = 0.7f;
        float[] oscillator = [0.139f, 0.246f, 0.375f, 3.414f, 1.79f];
        oscillator.CopyTo(walk.Foot, 0);
        oscillator.CopyTo(walk.Body, 0);
        (walk.Legs.Thigh, walk.Legs.Shank, walk.Legs.Ankle, walk.Legs.HipHalfWidth) = (0.33f, 0.33f, 0.05f, 0.1f);
        (walk.Gait.Lift, walk.Gait.FootY, walk.Gait.Height, walk.Gait.Sway, walk.Gait.Surge, walk.Gait.Bob, walk.Gait.Cycle) =
            (0.04f, 0.1f, 0.62f, 0.08f, 0.01f, 0.01f, 0.74f);
        (walk.Gait.MaxSpeed, walk.Gait.MaxTurn, walk.Gait.Sin2, walk.Gait.Cos2) = (0.4f, 0.4f, 0.05f, 0.05f);
        walk.JointCount = 12;
        for (int i = 0; i < 12; i++)
        {
            (walk.JointChannel[i], walk.JointAngle[i], walk.JointCentre[i], walk.JointGain[i]) = (i, i, 0.5f, 0.3f);
        }

        return walk;
    }

    private static Type Type(string name) => Woven.GetType("Ganglion.Shared." + name, throwOnError: true)!;

    private static dynamic New(string name, params object[] arguments) => Activator.CreateInstance(Type(name), arguments)!;

    private static Assembly Load()
    {
        WovenAssembly woven = InstructionWeaver.Weave(Images.Firmware(), CountMode.Total, InstructionCosts.Measured);
        return new AssemblyLoadContext("walker").LoadFromStream(new MemoryStream(woven.Image));
    }
}
