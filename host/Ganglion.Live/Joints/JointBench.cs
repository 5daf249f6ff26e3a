using Ganglion.Bridge.Doctor;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Bridge.Words;
using Ganglion.Live.OwnMotion;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Modules;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Config;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Live.Joints;

/// <summary>
/// Moves one module of a robot at a time: the board is told of it alone, armed, and disarmed again in every case that it can be reached.
/// A servo tells nobody where it stands. It is switched on where its board told it to be last, and where the board knows nothing, at its
/// park position.
/// </summary>
/// <param name="robot">Which modules there are.</param>
/// <param name="boards">One a board of the description, not connected yet; null: that one is not there.</param>
/// <param name="clock">The sessions' clock.</param>
/// <param name="speed">No servo goes faster, degrees/s.</param>
/// <param name="end">How a person ends it.</param>
public sealed class JointBench(
    RobotDescription robot, IReadOnlyList<BoardSession?> boards, IClock clock, double speed, EndRequest end)
{
    /// <summary>What each channel of the robot was told last, travels; NaN: nobody knows.</summary>
    private readonly double[] _told = [.. Enumerable.Repeat(double.NaN, robot.Channels.Length)];

    public RobotDescription Robot => robot;

    public EndRequest End => end;

    /// <summary>Connects the boards, and asks idle ones where they told their servos to be.</summary>
    /// <exception cref="BoardException">One does not answer, or speaks another protocol.</exception>
    /// <exception cref="OperationCanceledException">Ended.</exception>
    public void Open()
    {
        for (int i = 0; i < boards.Count; i++)
        {
            if (boards[i] is { } board)
            {
                board.Await(board.Connect(), end.Well);
                Learn(i, board);
            }
        }
    }

    /// <summary>Whether a module's board is there.</summary>
    public bool Has(JointModule module) => boards[module.Board] != null;

    /// <summary>Where a module stands or will be switched on, travels.</summary>
    public double[] StartOf(JointModule module) => [.. module.ServosOf(robot).Select((servo, i) =>
        double.IsNaN(_told[module.Channels[i]]) ? servo.Park : Math.Clamp(_told[module.Channels[i]], servo.LimitMin, servo.LimitMax))];

    /// <summary>Switches a module on, works, and switches it off.</summary>
    /// <param name="module">One whose board is there.</param>
    /// <param name="work">Moves it.</param>
    /// <exception cref="BoardException">Its board refuses, goes safe meanwhile, or could not be disarmed.</exception>
    /// <exception cref="OperationCanceledException">Ended at once; the board is disarmed.</exception>
    public T Use<T>(JointModule module, Func<JointMove, T> work)
    {
        BoardSession board = boards[module.Board]!;
        double[] start = StartOf(module);
        board.Await(board.Configure(ModuleConfiguration.Of(robot, module, start, speed)), end.Well);
        var play = new BoardPlay(board, clock, end);
        try
        {
            return play.Armed(Work, stop: null);
        }
        catch (BoardException failure) when (Supply(board, failure) is { } supply)
        {
            throw new BoardException(board.Name, supply.Cause, $"{supply.Remedy} It is safe: `ganglion disarm --port PORT`, then begin " +
                "again.", failure);
        }

        T Work()
        {
            var group = new BoardGroup(clock, board);
            var stream = new SetpointStream(group);
            var move = new JointMove(play, group, stream, robot, module, ModuleConfiguration.Slew(robot, module, speed), start);
            stream.Start(end.AtOnce);
            try
            {
                T result = work(move);
                move.Settle();
                return result;
            }
            finally
            {
                for (int i = 0; i < module.Channels.Length; i++)
                {
                    _told[module.Channels[i]] = move.At[i];
                }
            }
        }
    }

    /// <summary>Acknowledges why a module's board went safe.</summary>
    /// <exception cref="BoardException">It cannot be disarmed.</exception>
    public void Disarm(JointModule module) => boards[module.Board]!.Await(boards[module.Board]!.Disarm());

    /// <summary>Lets time pass until somebody has answered, and keeps the boards' sessions alive.</summary>
    /// <exception cref="OperationCanceledException">Ended first.</exception>
    public T Await<T>(Task<T> answer)
    {
        const long slice = 20_000_000;
        while (!answer.IsCompleted)
        {
            end.Well.ThrowIfCancellationRequested();
            foreach (BoardSession? board in boards)
            {
                board?.Poll();
            }

            clock.WaitUntil(clock.NowNanoseconds + slice);
        }

        return answer.GetAwaiter().GetResult();
    }

    /// <summary>Whether a chip was lost because its supply was: the board counts what a chip did not answer.</summary>
    private static ReasonText? Supply(BoardSession board, BoardException failure)
    {
        try
        {
            return failure.Reason == Reason.ChipLost
                ? BoardDoctor.LostSupply(board.Configuration, failure.Reason, failure.Detail, board.Await(board.GetStatistics())) : null;
        }
        catch (BoardException)
        {
            return null; // it cannot be asked any more
        }
    }

    private void Learn(int index, BoardSession board)
    {
        if (board.Identity is not { State: BoardState.Idle, Channels: > 0 })
        {
            return;
        }

        BoardConfiguration known = BoardConfigDecoder.Decode(board.Await(board.ReadConfiguration(), end.Well));
        double[] positions = board.Await(board.GetPositions(), end.Well);
        for (int channel = 0; channel < robot.Channels.Length; channel++)
        {
            if (robot.Channels[channel] is ServoChannel servo && servo.Board == index)
            {
                _told[channel] = Told(known, positions, servo, robot.Boards[index].Chips[servo.Chip]);
            }
        }
    }

    /// <summary>Where an output's servo was told to be, as the description counts its travel.</summary>
    private static double Told(BoardConfiguration known, double[] positions, ServoChannel servo, ChipDescription chip)
    {
        for (int i = 0; i < known.Channels.Length; i++)
        {
            ChannelConfiguration told = known.Channels[i];
            ChipConfiguration on = known.Chips[told.Chip];
            if (on.Type == ChipType.Pca9685 && (on.Bus, on.Address, told.Output) == (chip.Bus, chip.Address, servo.Output))
            {
                double share = (told.Reversed ? -1 : 1) * (positions[i] - 0.5);
                return servo.ValueOf((told.PulseMin + told.PulseMax) / 2 + share * (told.PulseMax - told.PulseMin) + told.Offset);
            }
        }

        return double.NaN;
    }
}
