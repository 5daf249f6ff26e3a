using System.Globalization;
using Ganglion.Basics.Text;
using Ganglion.Bridge.Session;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Editing;
using Ganglion.Robots.Robot;

namespace Ganglion.Live.Calibration;

/// <summary>
/// The oscillator of a PCA9685, from the frequency that somebody measures at one of its outputs: all pulses of the chip are wrong by as
/// much as it is. f = oscillator / (4096 (prescale + 1)), PCA9685 data sheet 7.3.5.
/// </summary>
internal sealed class OscillatorCalibration(RobotDescription robot, CalibrationItem item, Dialogue dialogue)
{
    /// <summary>What the chip may have, Hz; and the steps in which the board is told, Hz.</summary>
    private const double Least = 23e6, Most = 27e6, Step = 1e3;

    private readonly Pca9685 _chip = (Pca9685)robot.Boards[item.Board].Chips[item.Index];

    /// <summary>Asks with one output on, one that drives nothing if there is one.</summary>
    /// <param name="board">Connected, idle.</param>
    /// <param name="axis">Makes the channel, and the pulse that it starts with.</param>
    /// <returns>Null: it was left out.</returns>
    public MeasuredOscillator? Run(BoardSession board, Func<ServoChannel, double, OneChannel> axis)
    {
        ServoChannel[] used = [.. robot.ChannelsOf(item.Board).OfType<ServoChannel>().Where(servo => servo.Chip == item.Index)];
        int output = Enumerable.Range(0, _chip.Outputs).FirstOrDefault(free => Array.TrueForAll(used, servo => servo.Output != free),
            used[0].Output);
        bool free = Array.TrueForAll(used, servo => servo.Output != output);
        ServoChannel probe = used[0] with { Output = output, Direction = 1, Offset = 0, Name = $"{_chip.Id}/{output}" };
        double start = used[0].PulseOf(used[0].Park) * 1e6;
        var ready = new CalibrationQuestion(item, "ready", $"{item.Title}: output {output} will give pulses alone" +
            $"{(free ? ", and drives nothing" : "; a servo hangs on it: switch the servos' supply off, or unplug it")}. Put a counter or " +
            "an oscilloscope on it, and answer yes.", ["yes"]);
        if (dialogue.Ask(ready, board, answer => Dialogue.NoChoice(ready, answer)) == null)
        {
            return null;
        }

        OneChannel channel = axis(probe, start);
        int prescale = _chip.Prescale;
        var question = new CalibrationQuestion(item, "frequency", "Which frequency has the signal, in Hz, with two decimals at least? " +
            string.Create(CultureInfo.InvariantCulture, $"({Frequency(Least):0.00} to {Frequency(Most):0.00}; " +
            $"{Frequency(_chip.Oscillator):0.00} as described)"), [], "Hz");
        string? answer = channel.Use(() => dialogue.Ask(question, channel, Dialogue.Measuring, Refusal));
        return answer == null ? null : new MeasuredOscillator(item.Board, item.Index,
            Math.Round(Oscillator(answer) / Step) * Step);

        double Frequency(double oscillator) => oscillator / (Pca9685.Counts * (prescale + 1.0));

        double Oscillator(string text) => NumberText.TryRead(text, out double hz) ? hz * Pca9685.Counts * (prescale + 1) : double.NaN;

        string? Refusal(string text) => Oscillator(text) is >= Least and <= Most ? null : string.Create(CultureInfo.InvariantCulture,
            $"'{Printable.Of(text)}' is none: with the chip's oscillator of 23 to 27 MHz the signal has {Frequency(Least):0.00} to " +
            $"{Frequency(Most):0.00} Hz. Measure it on output {output} of {_chip.Id}, over a second or more.");
    }
}
