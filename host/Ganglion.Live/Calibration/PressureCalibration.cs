using System.Globalization;
using Ganglion.Basics.Text;
using Ganglion.Bridge.Session;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Editing;
using Ganglion.Robots.Robot;

namespace Ganglion.Live.Calibration;

/// <summary>A pressure sensor's zero and span, against a gauge that somebody reads: the valve is moved without its loop, which would
/// believe the sensor.</summary>
internal sealed class PressureCalibration(RobotDescription robot, CalibrationItem item, Dialogue dialogue)
{
    /// <summary>Largest speed of the valve, share of its full pressure a second.</summary>
    private const double Speed = 0.1;

    /// <summary>Readings are averaged over this time once the pressure has settled, s.</summary>
    private const double Settling = 1, Averaging = 1;

    /// <summary>A gauge's error is stretched by full scale over its reading: so much of full scale it shall show at least.</summary>
    private const double LeastShare = 0.4;

    /// <summary>What an input can read, V.</summary>
    private const double MostVolts = 2.047;

    private readonly PressureChannel _valve = (PressureChannel)robot.Channels[item.Index];

    /// <summary>Asks, moves and measures; the valve is off at the end, and vents.</summary>
    /// <param name="board">Connected, idle.</param>
    /// <param name="axis">Makes the valve's channel from its speed, kPa/s.</param>
    /// <returns>Null: it was left out.</returns>
    public MeasuredPressure? Run(BoardSession board, Func<double, OneChannel> axis)
    {
        var ready = new CalibrationQuestion(item, "ready", $"{item.Title}: its valve will be switched on alone, closed. Put a gauge on " +
            "the chamber, and answer yes.", ["yes"]);
        if (dialogue.Ask(ready, board, answer => Dialogue.NoChoice(ready, answer)) == null)
        {
            return null;
        }

        OneChannel channel = axis(Speed * _valve.FullScale);
        return channel.Use(() => Measure(board, channel));
    }

    private MeasuredPressure? Measure(BoardSession board, OneChannel channel)
    {
        var vented = new CalibrationQuestion(item, "vented", "Answer yes when the gauge shows no pressure.", ["yes"]);
        if (dialogue.Ask(vented, channel, Dialogue.Measuring, answer => Dialogue.NoChoice(vented, answer)
            ?? (channel.Position == 0 ? null : "The valve has been moved: bring it back to 0 first.")) == null)
        {
            return null;
        }

        double zero = Average(board, channel), at = double.NaN, full = double.NaN;
        double least = LeastShare * _valve.FullScale;
        var gauge = new CalibrationQuestion(item, "pressure", string.Create(CultureInfo.InvariantCulture,
            $"Raise the pressure to {least:0} kPa or more, and answer what the gauge shows, in kPa."), [], "kPa",
            Try: 0.6 * _valve.FullScale);
        if (dialogue.Ask(gauge, channel, Dialogue.Measuring, Refusal) == null)
        {
            return null;
        }

        return new MeasuredPressure(item.Index, Math.Round(zero, 5), Math.Round(full, 5));

        string? Refusal(string text)
        {
            if (!NumberText.TryRead(text, out double kpa) || kpa < least || kpa > 1.2 * _valve.FullScale)
            {
                return string.Create(CultureInfo.InvariantCulture, $"'{Printable.Of(text)}' is no pressure from {least:0} kPa on: raise " +
                    $"the valve, and read the gauge again.");
            }

            at = Average(board, channel);
            full = zero + (at - zero) / kpa * _valve.FullScale;
            return full > zero && full <= MostVolts ? null : string.Create(CultureInfo.InvariantCulture,
                $"The sensor gave {at:0.000} V at {kpa:0.#} kPa and {zero:0.000} V at none, which would be {full:0.000} V at full " +
                $"pressure ({MostVolts} V is the most): check its input and its supply.");
        }
    }

    /// <summary>What the sensor gives once it has settled, V.</summary>
    private double Average(BoardSession board, OneChannel channel)
    {
        channel.Rest(Settling);
        double sum = 0;
        int count = 0;
        long heard = board.Telemetry.Received;
        for (double seconds = 0; seconds < Averaging; seconds += OneChannel.Period)
        {
            channel.Step(double.NaN);
            if (board.Telemetry.Received != heard)
            {
                heard = board.Telemetry.Received;
                sum += board.Telemetry.Analog[_valve.Sensor!.Input];
                count++;
            }
        }

        return count > 0 ? sum / count
            : throw new CalibrationException($"{item.Id}: the board told no readings for {Averaging:0} s. Nothing was written.");
    }
}
