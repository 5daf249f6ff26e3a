using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Editing;
using Ganglion.Robots.Robot;

namespace Ganglion.Live.Calibration;

/// <summary>Calibrates the things of a robot one after the other: each on its own, with one output on at a time.</summary>
/// <param name="record">Knows what has been found so far, and keeps what is found.</param>
/// <param name="person">Stands beside the robot.</param>
/// <param name="clock">The sessions' clock.</param>
/// <param name="end">How a person ends it.</param>
public sealed class Calibrator(CalibrationRecord record, ICalibrationOperator person, IClock clock, EndRequest end)
{
    private readonly Dialogue _dialogue = new(person, clock, end);

    /// <summary>Does what is left of one board's things.</summary>
    /// <param name="items">All of the same board.</param>
    /// <param name="board">Connected, idle.</param>
    /// <param name="done">Is told of each that was found.</param>
    /// <exception cref="BoardException">The board refuses or stops; what was found before is kept.</exception>
    /// <exception cref="CalibrationException">Something does not do what it should; what was found before is kept.</exception>
    /// <exception cref="OperationCanceledException">Ended; what was found before is kept.</exception>
    public void Run(IEnumerable<CalibrationItem> items, BoardSession board, Action<CalibrationItem, MeasuredPart> done)
    {
        foreach (CalibrationItem item in items)
        {
            if (Find(item, board) is { } found)
            {
                record.Keep(item, found);
                done(item, found);
            }
        }
    }

    /// <summary>Asks whether what was found is to be written into the robot's file.</summary>
    /// <exception cref="OperationCanceledException">Ended.</exception>
    public bool AskWrite()
    {
        var question = new CalibrationQuestion(null, "write", $"Write this into {record.FileName}?", ["yes", "no"]);
        return _dialogue.Ask(question, null, answer => Dialogue.NoChoice(question, answer)) == "yes";
    }

    private MeasuredPart? Find(CalibrationItem item, BoardSession board)
    {
        RobotDescription robot = record.Robot;
        switch (item.Kind)
        {
            case CalibrationKind.Oscillator:
                return new OscillatorCalibration(robot, item, _dialogue).Run(board, (output, start) =>
                    OneChannel.Pulses(board, clock, end, robot, item.Board, output, start, ServoCalibration.Speed));
            case CalibrationKind.Servo:
                return new ServoCalibration(robot, item, _dialogue).Run(board, record.StandingAt(item), (output, start) =>
                    OneChannel.Pulses(board, clock, end, robot, item.Board, output, start, ServoCalibration.Speed),
                    standing => record.Stand(item, standing));
            case CalibrationKind.Imu:
                return new ImuCalibration(robot, item, _dialogue, clock, end).Run(board);
            default:
                return new PressureCalibration(robot, item, _dialogue).Run(board, speed =>
                    OneChannel.Valve(board, clock, end, robot, (PressureChannel)robot.Channels[item.Index], speed));
        }
    }
}
