using Ganglion.Bridge.Messages;
using Ganglion.Lab.Reliability.Core;
using Ganglion.Shared.Control;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Lab.Tests.Reliability;

/// <summary>The short form of what `bench reliability` runs for long.</summary>
public class CoreFuzzTests
{
    [Fact]
    public void The_core_does_what_the_protocol_says_whatever_comes()
    {
        CoreFuzzResult result = CoreFuzz.Run(800_000, 1);
        Assert.True(result.Faults == 0, string.Join("\n", result.First));

        // It has been everywhere.
        Assert.All((byte[])[BoardState.Idle, BoardState.Armed, BoardState.Running, BoardState.Hold, BoardState.Safe],
            state => Assert.True(result.TicksByState[state] > 1000, $"{result.TicksByState[state]} ticks in state {state}"));
        Assert.True(result.Walked > 1000, $"{result.Walked} ticks of walks");
        Assert.True(result.DisarmsRefused > 20, $"{result.DisarmsRefused} times Disarm was refused");
        Assert.All((byte[])[Reason.HostLost, Reason.StoppedByHost, Reason.ChipLost, Reason.BusStuck, Reason.SensorLost, Reason.SensorFrozen,
            Reason.TickOverrun, Reason.PressureOutOfRange, Reason.PressureStandsStill, Reason.PressureOff], reason =>
                Assert.True(result.SafeReasons[reason] > 3, $"{result.SafeReasons[reason]} by {reason}"));
    }

    /// <summary>Each kind of rhythm is met, cells that feel a sensor in order and one whose wire is off too.</summary>
    [Fact]
    public void Rhythms_of_every_kind_are_drawn()
    {
        BoardConfiguration[] boards = [.. Enumerable.Range(0, 400).Select(seed =>
            FuzzConfiguration.Draw(new Random(seed), new Random(~seed)))];
        Assert.InRange(boards.Count(board => board.Oscillators.Length > 0), 60, 200);
        Assert.InRange(boards.Count(board => board.Clocks.Length > 0), 60, 140);
        Assert.InRange(boards.Count(board => board.Phases.Length > 0), 60, 140);
        Assert.InRange(boards.Count(board => board.Pairs.Length > 0), 60, 140);
        Assert.True(boards.Count(board => board.Pairs.Any(pair => pair.Input > 0) && !FuzzRhythm.IsBlind(board)) > 5);
        Assert.True(boards.Count(FuzzRhythm.IsBlind) > 5);
    }

    /// <summary>What long runs have found: a bus that hangs in the tick in which a walk ends, one that holds a walker up which is to put
    /// its feet down, chambers that vented between two armings while nobody took their readings, and a session that is opened once more
    /// while its Disarm waits.</summary>
    [Theory]
    [InlineData(1904051517)]
    [InlineData(1901054161)]
    [InlineData(1903052418)]
    [InlineData(1903049120)]
    [InlineData(1901050213)]
    [InlineData(1901051647)]
    [InlineData(1901051679)]
    [InlineData(1901055085)]
    [InlineData(1901055226)]
    public void What_was_found_once_is_mended(int board)
    {
        Assert.Null(new CoreFuzzRun(board, new CoreFuzzCounts()).Run(CoreFuzz.TicksPerBoard));
    }

    /// <summary>Faults that a board may have, of which the fuzz finds each.</summary>
    public static TheoryData<string> Planted => [.. Plants.Keys];

    private static Dictionary<string, Action<BoardCore>> Plants { get; } = new()
    {
        ["a command beyond its limit"] = core =>
            OnlyIn(core, BoardState.Running, () => core.Channels.Command[0] = core.Channels.High[0] + 1),
        ["a pulse longer than its command"] = core => Lengthen(core, 12),
        ["a step beyond the slew bound"] = core => core.Channels.Command[0] = core.Safety.State == BoardState.Running
            && core.Channels.Slew[0] < 1000 ? Math.Min(core.Channels.High[0], core.Channels.Command[0] + 2000) : core.Channels.Command[0],
        ["outputs that are let through in Idle"] = core => OnlyIn(core, BoardState.Idle, () => core.Hardware.OutputsOn()),
        ["a latch that time mends"] = core => OnlyIn(core, BoardState.Safe, core.Safety.Disarm),
        ["a host that is never lost"] = core => core.Safety.FrameReceived(core.NowMs),
        ["a chip that is never lost"] = core => core.Hardware.Health.Forgive(),
        ["an answer that is not sent"] = core => core.Writer.Clear(),
        ["pressures that nobody looks at"] = core => core.Pressures = null,
        ["a Disarm that is forgotten"] = core => core.Disarming.Forget(),
        ["a stream that never pauses"] = core => OnlyIn(core, BoardState.Hold, () => core.Safety.State = BoardState.Running),
    };

    /// <summary>Within 300 000 frames; most are found in the first thousands of them, and the rest need not be run then.</summary>
    [Theory]
    [MemberData(nameof(Planted))]
    public void A_planted_fault_is_found(string fault)
    {
        CoreFuzzResult result = CoreFuzz.Run(3000, 1, Plants[fault]);
        for (int frames = 30_000; frames <= 300_000 && result.Faults == 0; frames *= 10)
        {
            result = CoreFuzz.Run(frames, 1, Plants[fault]);
        }

        Assert.True(result.Faults > 0, $"{fault}: not found in {result.Frames} frames");
    }

    private static void OnlyIn(BoardCore core, byte state, Action act)
    {
        if (core.Safety.State == state)
        {
            act();
        }
    }

    private static void Lengthen(BoardCore core, int counts)
    {
        if (core.Safety.IsPowered)
        {
            byte[] image = core.Hardware.Image;
            int longer = (image[0] | image[1] << 8) + counts;
            (image[0], image[1]) = ((byte)longer, (byte)(longer >> 8));
        }
    }
}
