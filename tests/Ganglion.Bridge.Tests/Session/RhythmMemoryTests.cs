using Ganglion.Bridge.Messages;
using Ganglion.Shared.Link;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Bridge.Tests.Session;

/// <summary>What one host changes of a rhythm, another does not meet: PROTOCOL.md, section Rhythm.</summary>
public class RhythmMemoryTests
{
    private static CoreBench Configured() => new(Bench.Servos(4) with
    {
        Oscillators = [.. Enumerable.Range(0, 2).Select(i => new OscillatorConfiguration(0.2, 0.4, 0.6, 3.5, 2, 2 * i))],
        Couplings = [new(0, 1, -0.5), new(1, 0, -0.5)],
        RhythmMap = [.. Enumerable.Range(0, 4).Select(i => new RhythmMapEntry(i, i & 1, RhythmOutput.Signed, 0.5, 0.3))],
        RhythmTimeout = 30,
    });

    /// <summary>Sends messages that name what they change.</summary>
    private static void Change(CoreBench bench)
    {
        for (byte parameter = 0; parameter < 5; parameter++)
        {
            bench.Take(MessageType.RhythmParameter, [parameter, 1, .. BitConverter.GetBytes(parameter switch
            {
                0 => 0.25f,
                1 => 0.5f,
                2 => 0.9f,
                3 => 4f,
                _ => 2.2f,
            })]);
        }

        bench.Take(MessageType.RhythmModulate, [.. BitConverter.GetBytes((short)6000), .. BitConverter.GetBytes((short)3000)]);
    }

    private static int[][] Play(CoreBench bench)
    {
        Assert.Equal(Reason.None, bench.Arm());
        bench.Take(MessageType.RhythmStart);
        var commands = new List<int[]>();
        bench.Run(250, afterTick: () => commands.Add([.. bench.Core.Channels.Command]));
        return [.. commands];
    }

    public static TheoryData<string, string> Ways
    {
        get
        {
            var ways = new TheoryData<string, string>();
            foreach (string when in (string[])["idle", "armed", "playing", "safe"])
            {
                ways.Add(when, "disarm");
                ways.Add(when, "session");
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_changed_rhythm_is_as_configured_again(string when, string way)
    {
        int[][] expected = Play(Configured());
        CoreBench bench = Configured();
        if (when != "idle")
        {
            Assert.Equal(Reason.None, bench.Arm());
        }

        if (when == "playing")
        {
            bench.Take(MessageType.RhythmStart);
            bench.Run(20);
        }
        else if (when == "safe")
        {
            bench.Take(MessageType.Stop);
        }

        Change(bench);
        bench.Run(100);
        if (way == "session")
        {
            bench.Session = 9;
            bench.Open();
        }

        if (when != "idle" || way == "disarm")
        {
            bench.Take(MessageType.Disarm);
        }

        Assert.Equal(expected, Play(bench));
    }

    /// <summary>Within its session a host may change a rhythm before it starts it, and after it stopped it.</summary>
    [Fact]
    public void It_lasts_while_the_session_and_the_power_last()
    {
        int[][] configured = Play(Configured());
        CoreBench before = Configured(), between = Configured();
        Change(before);
        int[][] changed = Play(before);
        Assert.NotEqual(configured, changed);

        Assert.Equal(Reason.None, between.Arm());
        Change(between);
        between.Take(MessageType.RhythmStart);
        between.Run(100);
        between.Take(MessageType.RhythmStop);
        between.Run(100);
        between.Take(MessageType.RhythmStart);
        int[] last = [];
        between.Run(200, afterTick: () => last = [.. between.Core.Channels.Command]);
        Assert.NotEqual(configured[199], last);
    }
}
