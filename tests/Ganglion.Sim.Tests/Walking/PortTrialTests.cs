using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Words;
using Ganglion.Gait.Trials;
using Ganglion.Live;
using Ganglion.Physics;
using Ganglion.Robots.Trials;
using Ganglion.Shared.Safety;
using Ganglion.Sim.Walking;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Sim.Tests.Walking;

/// <summary>A trial as on a port, where nothing is known but what the board tells: held against a body in physics behind the board, which
/// knows better.</summary>
public sealed class PortTrialTests : IDisposable
{
    private readonly TrialPlan _plan = BoardTrialTests.Plan("flat");
    private readonly MuJoCoWalker _body;
    private readonly VirtualRobot _rig;
    private readonly BoardSession _board;
    private double _released = double.NaN;

    public PortTrialTests()
    {
        _body = new MuJoCoWalker(_plan.Robot.Walker!, _plan.Terrain);
        _rig = new VirtualRobot(_plan.Robot, FirmwareImage.Embedded, 1, physics: _body);
        _board = new BoardSession(_plan.Robot.Boards[0].Id, () => _rig.Connect(0), _rig.World, new Random(1));
        _board.Await(_board.Connect());
        _board.Await(_board.Configure(RobotConfiguration.Of(_plan.Robot, 0).With(_plan.Gait, _plan.Robot)));
    }

    public void Dispose()
    {
        _board.Dispose();
        _rig.Dispose();
        _body.Dispose();
    }

    [Fact]
    public void What_the_board_tells_is_what_the_body_does_and_the_rest_has_no_figure()
    {
        (double pitch, double load, int count) = (0, 0, 0);
        WalkedTrial walked = Walk(12, time =>
        {
            if (time > TrialConditions.SettleSeconds)
            {
                pitch = Math.Max(pitch, Math.Abs(_body.Pitch));
                load += Enumerable.Range(0, 8).Sum(corner => _body.CornerForce(corner / 4, corner % 4));
                count++;
            }
        });
        WalkMeasures told = walked.Run.Measures;
        Assert.True(walked.Run.Walked, walked.Run.Outcome);
        Assert.Contains("stopped and stands", walked.Run.Outcome, StringComparison.Ordinal);
        Assert.Null(walked.Ended);
        Assert.Equal(BoardState.Idle, Rested());
        Assert.Equal(pitch, told.MaxPitch, 0.1);
        Assert.InRange(told.RmsPitch, 0, told.MaxPitch);
        Assert.Equal(_plan.Speed, told.ToldSpeed, 1e-6);
        WalkSample[] settled = [.. walked.Samples.Where(sample => sample.Time > TrialConditions.SettleSeconds)];
        Assert.Equal(load / count, settled.Average(sample => sample.LeftLoad + sample.RightLoad), 0.2 * load / count);
        Assert.All([told.Distance, told.Speed, told.Step, told.CostOfTransport, told.InsideShare, told.Margin, told.SlopeError], unknown =>
            Assert.True(double.IsNaN(unknown)));

        var result = new TrialResult(_plan with { Trial = _plan.Trial with { LastSeed = 1 } },
            [new(_plan.Trial.Conditions[0], 1, walked.Run)], [], 12, double.NaN);
        ConditionSummary summary = Assert.Single(ConditionSummary.Of(result));
        Assert.Equal((1, told.ToldSpeed), (summary.Walked, summary.ToldSpeed));
    }

    [Fact]
    public void A_fall_switches_the_walker_off()
    {
        WalkedTrial walked = Walk(30, time => _body.Push(time is > 8 and < 8.4 ? new(0, 300, 0) : default));
        Assert.False(walked.Run.Walked);
        Assert.InRange(walked.Run.Measures.Fell!.Value, 8, 12);
        Assert.Contains("it fell at", walked.Run.Outcome, StringComparison.Ordinal);
        Assert.Equal(BoardState.Idle, Rested());
    }

    [Fact]
    public void A_board_that_is_gone_ends_the_trial_with_what_was_walked()
    {
        WalkedTrial walked = Walk(30, Once(8, () => _rig.Faults.Inject("host gone for 30s")));
        Assert.NotNull(walked.Ended);
        Assert.InRange(walked.Run.Measures.Seconds, 3, 10);
        Assert.False(walked.Run.Walked);
    }

    [Fact]
    public void Ended_by_a_person_it_stands_and_is_switched_off()
    {
        using var person = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Walk(30, Once(8, person.Cancel), person.Token));
        Assert.Equal(BoardState.Idle, Rested());
        Assert.False(_body.Fallen);
        Assert.InRange(_rig.World.NowNanoseconds * 1e-9 - _released, 8, 20);
    }

    /// <summary>Stops and starts as the trial's commands say.</summary>
    [Fact]
    public void Commands_are_carried_out_at_their_times()
    {
        var stages = new List<string>();
        WalkedTrial walked = Walk(24, _ =>
        {
            string stage = StateWords.Stage(_board.Walk.Stage);
            if (stages.Count == 0 || stages[^1] != stage)
            {
                stages.Add(stage);
            }
        }, default, new TrialCommand(10, false, null, null), new TrialCommand(16, true, 0.1, null));
        Assert.True(walked.Run.Walked, walked.Run.Outcome);
        Assert.True(stages.Count(stage => stage == StateWords.Stage(Shared.Walking.WalkStage.Walking)) == 2, string.Join(", ", stages));
    }

    /// <summary>What the board tells a while after.</summary>
    private byte Rested()
    {
        for (int i = 0; i < 20; i++)
        {
            _rig.World.WaitUntil(_rig.World.NowNanoseconds + 20_000_000);
            _board.Poll();
        }

        return _board.State;
    }

    private static Action<double> Once(double at, Action what)
    {
        bool isDone = false;
        return time =>
        {
            if (time > at && !isDone)
            {
                isDone = true;
                what();
            }
        };
    }

    private WalkedTrial Walk(double seconds, Action<double> look, CancellationToken end = default, params TrialCommand[] commands) =>
        WalkerTrial.Walk(_board, _rig.World, _plan.Robot.Walker!, new WalkOrders(_plan.Speed, 0, 1, commands), seconds, (time, _) =>
        {
            if (double.IsNaN(_released))
            {
                _rig.Walker!.Release(_rig.World.NowNanoseconds);
                _released = _rig.World.NowNanoseconds * 1e-9;
            }

            look(time);
        }, EndRequest.FromCancellationToken(end));
}
