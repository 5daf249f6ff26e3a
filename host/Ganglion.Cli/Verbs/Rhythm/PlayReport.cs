using Ganglion.Live.OwnMotion;
using Ganglion.Rhythm;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli.Verbs.Rhythm;

/// <summary>What a board did that played a rhythm, beside what the host expected.</summary>
/// <param name="Robot">What played.</param>
/// <param name="Rhythm">What it played.</param>
/// <param name="Frequency">The factor on its frequency.</param>
/// <param name="Amplitude">The factor on its amplitude.</param>
/// <param name="Change">The gait that it went into, if any.</param>
/// <param name="Preview">What was expected.</param>
/// <param name="Result">What was measured.</param>
internal sealed record PlayReport(RobotDescription Robot, RhythmDescription Rhythm, double Frequency, double Amplitude,
    GaitChange? Change, RhythmPreview Preview, RhythmRunResult Result)
{
    /// <summary>Within so much of the pendulum's own frequency cells go with it, as in the half-center paper's study.</summary>
    private const double Tolerance = 0.05;

    /// <summary>Prints it.</summary>
    public static void Print(PlayReport report, bool json)
    {
        if (json)
        {
            Output.Json(report.Figures());
        }
        else
        {
            report.PrintText();
        }
    }

    private IEnumerable<ChannelFigures> Channels => Rhythm.Map.Zip(Result.Channels, Preview.Channels).Select(pair =>
    {
        (RhythmChannel entry, ChannelMotion measured, ChannelPreview expected) = pair;
        OscillatorPreview oscillator = Preview.Oscillators[entry.Oscillator];
        return new ChannelFigures(entry.Channel, oscillator.Name, Output.Round(measured.Period), Output.Round(oscillator.Period),
            Output.Round(measured.PeakToPeak), Output.Round(expected.High - expected.Low));
    });

    private object Figures() => new
    {
        Rhythm = Rhythm.Name,
        Robot = Robot.Name,
        Frequency,
        Amplitude,
        Seconds = Output.Round(Result.Seconds, 2),
        Result.Overruns,
        Result.I2cErrors,
        Channels,
        Pendulum = Result.Pendulum is { } swung ? new
        {
            CellsAloneHz = Output.Round(1 / Preview.Oscillators[0].Period),
            OwnHz = Robot.Pendulum!.Frequency,
            CellsHz = Output.Round(1 / Result.Channels[0].Period),
            Hz = Output.Round(swung.Frequency),
            AmplitudeDeg = Output.Round(Degrees(swung.Amplitude), 2),
            IsEntrained,
        } : null,
        Gait = Result.Change is { } gone ? new
        {
            To = Change!.To.Name,
            AfterS = Change.After,
            LeastSpeed = Output.Round(gone.LeastSpeed),
            Cycles = Output.Round(gone.Cycles, 2),
            LagsDeg = gone.LagsDeg.Select(lag => Output.Round(lag, 2)),
        } : null,
    };

    private bool IsEntrained => Math.Abs(1 / Result.Channels[0].Period / Robot.Pendulum!.Frequency - 1) < Tolerance
        && Math.Abs(Result.Pendulum!.Frequency * Result.Channels[0].Period - 1) < 0.01;

    private void PrintText()
    {
        ChannelFigures[] channels = [.. Channels];
        Output.Table([" channel", "oscillator", " period s", " expected", " peak to peak", " expected"], channels.Select(c => new[]
        {
            $"{c.Channel}", c.Oscillator, $"{c.PeriodS:0.000}", $"{c.ExpectedPeriodS:0.000}", $"{c.PeakToPeak:0.000}",
            $"{c.ExpectedPeakToPeak:0.000}",
        }));
        if (channels.Any(c => !double.IsFinite(c.PeriodS)))
        {
            Output.Line("-: too short to see two cycles of it at its full size; give --seconds more.");
        }

        if (Result.Pendulum is { } swung)
        {
            double together = 1 / Result.Channels[0].Period;
            Output.Line($"cells alone {1 / Preview.Oscillators[0].Period:0.000} Hz (computed), pendulum alone " +
                $"{Robot.Pendulum!.Frequency:0.000} Hz (described); " + (double.IsFinite(together + swung.Frequency)
                    ? $"together: cells {together:0.000} Hz, pendulum {swung.Frequency:0.000} Hz, {Degrees(swung.Amplitude):0.0} deg to " +
                        $"either side: the cells {(IsEntrained ? "go" : "do not go")} with the pendulum."
                    : "too short to see how they go together: give --seconds more."));
        }

        if (Result.Change is { } gone)
        {
            Output.Line($"into {Change!.To.Name} after {Change.After:0.#} s: within {GaitWatch.ToleranceDeg:0} deg of it after " +
                $"{gone.Cycles:0.0} cycles; slowest limb {gone.LeastSpeed:0.00} of its frequency (below 0 it reverses); now " +
                $"{string.Join(", ", Rhythm.Names.Zip(gone.LagsDeg, (name, lag) => $"{name} {lag:0}"))} deg behind {Rhythm.Names[0]}.");
        }

        Output.Line($"stopped at rest after {Result.Seconds:0.0} s and disarmed; {Result.Overruns} missed " +
            $"deadlines, {Result.I2cErrors} I2C errors.");
    }

    private static double Degrees(double radians) => radians * 180 / Math.PI;

    private sealed record ChannelFigures(
        int Channel, string Oscillator, double PeriodS, double ExpectedPeriodS, double PeakToPeak, double ExpectedPeakToPeak);
}
