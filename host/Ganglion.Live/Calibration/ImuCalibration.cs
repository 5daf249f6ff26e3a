using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Live.OwnMotion;
using Ganglion.Robots.Editing;
using Ganglion.Robots.Robot;

namespace Ganglion.Live.Calibration;

/// <summary>What an inertial sensor tells of a robot that stands level and still: its mounting and its own offsets. All outputs are
/// off.</summary>
internal sealed class ImuCalibration(RobotDescription robot, CalibrationItem item, Dialogue dialogue, IClock clock, EndRequest end)
{
    /// <summary>The board's filter follows its gyroscope's offset within some of its time constants, 2 s at most; then it is averaged,
    /// s.</summary>
    private const double Settling = 8, Averaging = 2;

    /// <summary>A robot that moves while it is averaged: by so many degrees, or degrees a second; the noise of the sensor is a fifth of
    /// it.</summary>
    private const double MostTilt = 0.5, MostRate = 3;

    private const double Degrees = 180 / Math.PI;

    /// <summary>Asks, waits and averages.</summary>
    /// <param name="board">Connected, idle.</param>
    /// <returns>Null: it was left out.</returns>
    /// <exception cref="CalibrationException">The sensor tells nothing, or the robot moves.</exception>
    public MeasuredImu? Run(BoardSession board)
    {
        var question = new CalibrationQuestion(item, "level", $"{item.Title}: stand the robot level and leave it alone; nothing is " +
            $"switched on. Answer yes, and wait for {Settling + Averaging:0} s.", ["yes"]);
        if (dialogue.Ask(question, board, answer => Dialogue.NoChoice(question, answer)) == null)
        {
            return null;
        }

        // A board reads its sensors once it is armed: here without a single channel, so that nothing is on.
        board.Await(board.Configure(RobotConfiguration.Of(robot, item.Board) with { Channels = [], ImuZero = default }), end.Well);
        var play = new BoardPlay(board, clock, end);
        return play.Armed(() => Measure(board, play), stop: null);
    }

    private MeasuredImu Measure(BoardSession board, BoardPlay play)
    {
        var group = new BoardGroup(clock, board);
        Listen(Settling, () => { });
        var tilts = new List<(double Pitch, double Roll, double PitchRate, double RollRate)>();
        BoardTelemetry telemetry = board.Telemetry;
        long heard = telemetry.Received;
        Listen(Averaging, () =>
        {
            if (telemetry.Received != heard && telemetry is { HasImu: true, ImuFrozen: false })
            {
                heard = telemetry.Received;
                tilts.Add((telemetry.Pitch * Degrees, telemetry.Roll * Degrees, telemetry.PitchRate * Degrees,
                    telemetry.RollRate * Degrees));
            }
        });
        if (tilts.Count == 0)
        {
            throw new CalibrationException($"{item.Id}: the board tells no readings of it: check its plug and its address. " +
                "Nothing was written.");
        }

        return new MeasuredImu(item.Board, item.Index, Mean(tilts.Select(one => one.Pitch), MostTilt),
            Mean(tilts.Select(one => one.Roll), MostTilt), Mean(tilts.Select(one => one.PitchRate), MostRate),
            Mean(tilts.Select(one => one.RollRate), MostRate));

        void Listen(double seconds, Action each)
        {
            for (double passed = 0; passed < seconds; passed += OneChannel.Period)
            {
                end.Well.ThrowIfCancellationRequested();
                group.PollUntil(clock.NowNanoseconds + (long)(OneChannel.Period * 1e9));
                play.ThrowIfStopped("Nothing was written.");
                each();
            }
        }
    }

    private double Mean(IEnumerable<double> values, double most)
    {
        double[] sorted = [.. values.Order()];
        return sorted[^1] - sorted[0] <= most ? Math.Round(sorted.Average(), 2) : throw new CalibrationException(
            $"{item.Id}: it was not still, its readings differ by {sorted[^1] - sorted[0]:0.0} degrees or degrees/s: leave it alone and " +
            "call it again. Nothing was written.");
    }
}
