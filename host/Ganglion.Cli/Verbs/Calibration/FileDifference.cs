using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Ganglion.Robots.Editing;

namespace Ganglion.Cli.Verbs.Calibration;

/// <summary>What a calibration changes, for people.</summary>
internal static class FileDifference
{
    /// <summary>The lines that differ, with their numbers in the new text where they are there.</summary>
    public static string[] Of(string before, string after) =>
        [.. InlineDiffBuilder.Diff(before, after, ignoreWhiteSpace: false).Lines.Where(line => line.Type != ChangeType.Unchanged)
            .Select(line => line.Type == ChangeType.Deleted ? $"-      {line.Text}" : FormattableString.Invariant(
                $"+ {line.Position,4} {line.Text}"))];

    /// <summary>What was found of a thing.</summary>
    public static string Words(MeasuredPart part) => part switch
    {
        MeasuredOscillator chip => FormattableString.Invariant($"{chip.Hz * 1e-6:0.000} MHz"),
        MeasuredServo servo => FormattableString.Invariant(
            $"direction {servo.Direction}, travel {servo.PulseMinUs:0.0} to {servo.PulseMaxUs:0.0} us, offset {servo.OffsetUs:0.0} us, ") +
            FormattableString.Invariant($"limits {servo.LimitMin:0.0000} to {servo.LimitMax:0.0000}"),
        MeasuredPressure sensor => FormattableString.Invariant(
            $"{sensor.ZeroV:0.0000} V at none, {sensor.FullScaleV:0.0000} V at full pressure"),
        MeasuredImu imu => FormattableString.Invariant(
            $"level at pitch {imu.LevelPitchDeg:0.00} and roll {imu.LevelRollDeg:0.00} degrees, ") +
            FormattableString.Invariant($"at rest {imu.BiasPitchDegPerS:0.00} and {imu.BiasRollDegPerS:0.00} degrees/s"),
        _ => "",
    };
}
