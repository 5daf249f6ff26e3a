using Ganglion.Bridge.Session;
using Ganglion.Live.Calibration;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Sim.Calibration;

/// <summary>
/// One robot that is built otherwise than described, in virtual time: a driver and one of its servos are calibrated by what is to be seen
/// of the body, written into the robot's file, and read again from there.
/// </summary>
/// <param name="Seed">How it is built.</param>
/// <param name="Channel">The servo.</param>
/// <param name="RightWay">Its direction was found.</param>
/// <param name="Counts">How far beside the truth a pulse is at worst, counts of its chip; see <see cref="Furthest"/>.</param>
/// <param name="Changes">Pulses that the servo was given.</param>
/// <param name="Excess">How far a pulse ever changed beyond what the calibration's speed allows, counts.</param>
public sealed record CalibrationTrial(int Seed, int Channel, bool RightWay, double Counts, int Changes, double Excess)
{
    /// <param name="text">A robot's file; its first board is meant.</param>
    /// <param name="seed">How it is built; also chooses the servo.</param>
    public static CalibrationTrial Run(string text, int seed)
    {
        string folder = Directory.CreateTempSubdirectory("ganglion-calibration").FullName;
        try
        {
            return Run(text, seed, Path.Combine(folder, "robot.yaml"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>How far beside the truth a servo is as it was found: the pulse that its chip, with its true oscillator, makes of what is
    /// described for the ends and the known place, against the pulse that the mechanism needs there; and its ends, as shares of the travel.
    /// In counts, the largest. What the board rounds to whole counts after that is no matter of the calibration.</summary>
    /// <param name="truth">How the robot is built.</param>
    /// <param name="found">How it is described.</param>
    /// <param name="channel">Index of the servo's channel.</param>
    public static double Furthest(RobotDescription truth, RobotDescription found, int channel)
    {
        (ServoChannel real, ServoChannel servo) = ((ServoChannel)truth.Channels[channel], (ServoChannel)found.Channels[channel]);
        var chip = (Pca9685)found.Boards[servo.Board].Chips[servo.Chip];
        double oscillator = ((Pca9685)truth.Boards[real.Board].Chips[real.Chip]).Oscillator;
        double count = (chip.Prescale + 1) / oscillator;
        double place = truth.Walker?.Joints.First(joint => joint.Channel == channel).Centre ?? real.Park;
        double pulses = new[] { place, servo.LimitMin, servo.LimitMax }.Max(value =>
            Math.Abs(servo.PulseOf(value) * chip.Oscillator / oscillator - real.PulseOf(value)));
        double ends = truth.IsGripper(channel) ? 0
            : Math.Max(Math.Abs(servo.LimitMin - real.LimitMin), Math.Abs(servo.LimitMax - real.LimitMax));
        return Math.Max(pulses, ends * (real.PulseMax - real.PulseMin)) / count;
    }

    private static CalibrationTrial Run(string text, int seed, string path)
    {
        File.WriteAllText(path, text);
        var record = CalibrationRecord.Open(path, restart: false);
        RobotDescription truth = BuiltOtherwise.Draw(record.Robot, seed);
        int[] servos = [.. Enumerable.Range(0, truth.Channels.Length).Where(i => truth.Channels[i] is ServoChannel { Board: 0 })];
        int channel = servos[seed % servos.Length];
        using var robot = new VirtualRobot(truth, FirmwareImage.Embedded, seed, stopsAtLimits: true);
        var probe = new PulseProbe(robot, channel);
        using var board = new BoardSession(truth.Boards[0].Id, () => robot.Connect(0), robot.World, new Random(seed));
        board.Await(board.Connect());
        new Calibrator(record, new BodyObserver(robot), robot.World, default).Run(CalibrationItem.Of(record.Robot).Where(item =>
            item.Kind == CalibrationKind.Servo ? item.Index == channel : item.Index == truth.Channels[channel].Chip), board, (_, _) => { });
        record.Write();
        RobotDescription found = RobotFile.Load(path);
        var chip = (Pca9685)truth.Boards[0].Chips[truth.Channels[channel].Chip];
        return new CalibrationTrial(seed, channel,
            ((ServoChannel)found.Channels[channel]).Direction == ((ServoChannel)truth.Channels[channel]).Direction,
            Furthest(truth, found, channel), probe.Changes, probe.Excess * 1e-6 / chip.CountTime);
    }
}
