using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Shared.Link;
using Ganglion.Shared.Rhythms;
using Ganglion.Shared.Safety;

namespace Ganglion.Bridge.Tests.Session;

public class RhythmTests
{
    private static BoardConfiguration Walking() => Bench.Servos(4) with
    {
        RhythmTimeout = 3,
        RhythmRamp = 0.5,
        Oscillators = [new(0.139, 0.246, 0.375, 3.414, 1.79), new(0.139, 0.246, 0.375, 3.414, 1.79, 2)],
        Couplings = [new(1, 0, -0.07), new(0, 1, -0.07)],
        RhythmMap = [new(0, 0, RhythmOutput.Signed, 0.5, 0.4), new(1, 1, RhythmOutput.Signed, 0.5, 0.4)],
    };

    private static Bench Armed()
    {
        var bench = new Bench();
        bench.Session.Await(bench.Session.Connect());
        bench.Session.Await(bench.Session.Configure(Walking()));
        bench.Session.Await(bench.Session.Arm());
        return bench;
    }

    private static double Swing(Bench bench, double seconds)
    {
        int low = int.MaxValue, high = int.MinValue;
        bench.Board.AfterTick = _ =>
        {
            low = Math.Min(low, bench.Board.Core.Channels.Command[0]);
            high = Math.Max(high, bench.Board.Core.Channels.Command[0]);
        };
        bench.Poll(seconds * 1000);
        return (high - low) / 16384.0;
    }

    [Fact]
    public void The_board_plays_is_modulated_and_comes_to_rest()
    {
        Bench bench = Armed();
        bench.Session.Await(bench.Session.StartRhythm());
        bench.Poll(3000);
        Assert.Equal((BoardState.Running, DriveMode.Rhythm), (bench.Session.State, bench.Session.Telemetry.Mode));
        Assert.Contains(bench.Events, e => e.Words == "Board base runs its rhythm.");
        double full = Swing(bench, 3);
        Assert.InRange(full, 0.05, 1);
        bench.Session.Await(bench.Session.ModulateRhythm(1, 0.5));
        bench.Poll(2000);
        Assert.InRange(Swing(bench, 3) / full, 0.4, 0.6);
        bench.Session.Await(bench.Session.StopRhythm());
        bench.Poll(1500);
        Assert.Equal(BoardState.Armed, bench.Session.State);
        Assert.True(bench.Session.IsArmed);
    }

    [Fact]
    public void A_lost_answer_to_the_start_is_made_good()
    {
        Bench bench = Armed();
        bench.Wire.ToHost.Rewrite = WireFrames.Loser(MessageType.Ack, 1);
        bench.Session.Await(bench.Session.StartRhythm());
        Assert.Equal(BoardState.Running, bench.Board.Core.Safety.State);
    }

    [Fact]
    public void What_is_out_of_range_is_refused_in_words()
    {
        Bench bench = Armed();
        bench.Session.Await(bench.Session.StartRhythm());
        BoardException error = Assert.Throws<BoardException>(() =>
            bench.Session.Await(bench.Session.SetRhythmParameter(RhythmParameter.RiseTime, 0, 1e-5)));
        Assert.Equal(Reason.OutOfRange, error.Reason);
        Assert.Throws<BoardException>(() => bench.Session.Await(bench.Session.SetRhythmParameter(RhythmParameter.Drive, 9, 1)));
        Assert.Throws<BoardException>(() => bench.Session.Await(bench.Session.SetRhythmParameter(RhythmParameter.Drive, 0, double.NaN)));
        Assert.Throws<ArgumentOutOfRangeException>(() => bench.Session.ModulateRhythm(9, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => bench.Session.ModulateRhythm(double.NaN, 1));
        bench.Session.Await(bench.Session.SetRhythmParameter(RhythmParameter.Drive, 0, 0.5));
        Assert.Equal(BoardState.Running, bench.Board.Core.Safety.State);
    }

    [Fact]
    public void A_board_without_a_rhythm_says_so()
    {
        var bench = Bench.Armed(4);
        BoardException error = Assert.Throws<BoardException>(() => bench.Session.Await(bench.Session.StartRhythm()));
        Assert.Equal(Reason.NoRhythm, error.Reason);
    }
}
