using System.Text.Json;
using Ganglion.Bridge.Words;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Boards;
using Ganglion.Shared.Safety;

namespace Ganglion.Live.Replay;

/// <summary>What one board told over time.</summary>
/// <param name="description">The board.</param>
public sealed class RecordedBoard(BoardDescription description)
{
    private const long Second = 1_000_000_000;

    private static readonly byte[] States =
        [BoardState.Boot, BoardState.Idle, BoardState.Armed, BoardState.Running, BoardState.Hold, BoardState.Safe];

    private readonly Track<Telemetry> _telemetry = new();
    private readonly Track<bool> _setpoints = new();
    private readonly string _setpointTopic = $"/board/{description.Id}/setpoints";

    public string Name => description.Id;

    /// <summary>Writes down how it did at a time.</summary>
    /// <param name="view">Receives it.</param>
    /// <param name="time">ns from the beginning.</param>
    public void Fill(BoardView view, long time)
    {
        bool told = _telemetry.TryGet(time, out Telemetry now);
        (view.IsConnected, view.State, view.Mode, view.Reason) = (told, now.State, now.Mode, now.Reason);
        view.IsArmed = now.State is BoardState.Armed or BoardState.Running or BoardState.Hold;
        view.Sent = _setpoints.CountUntil(time);
        view.Rate = view.Sent - _setpoints.CountUntil(time - Second);
        (view.Missed, view.StarvedTicks, view.ChecksumErrors, view.ChipErrors) = (now.Missed, now.Starved, now.Checksums, now.I2cErrors);
        (view.TickWork, view.Tick, view.Overruns, view.Buffered) = (now.Work, description.Tick, now.Overruns, now.Buffered);
    }

    /// <summary>Attitude of the board's sensor and the voltages of its analog inputs at a time.</summary>
    /// <param name="time">ns from the beginning.</param>
    /// <param name="analog">Receives the voltages; 0 for those that were not told.</param>
    /// <returns>Pitch and roll, rad.</returns>
    public (double Pitch, double Roll) Measured(long time, Span<double> analog)
    {
        analog.Clear();
        if (!_telemetry.TryGet(time, out Telemetry now))
        {
            return default;
        }

        for (int i = 0; i < analog.Length && i < now.Analog.Length; i++)
        {
            analog[i] = now.Analog[i];
        }

        return (now.Pitch, now.Roll);
    }

    internal void Count(long time, string topic)
    {
        if (topic == _setpointTopic)
        {
            _setpoints.Add(time, true);
        }
    }

    internal void TakeTelemetry(long time, string place, JsonElement message)
    {
        const double radians = Math.PI / 180;
        string state = message.GetProperty("state").GetString() ?? "";
        bool tilts = message.TryGetProperty("imu", out JsonElement imu);
        _telemetry.Add(time, new Telemetry(
            Array.Find(States, one => StateWords.Name(one) == state),
            (byte)Whole("mode"), (byte)Whole("reason"), Whole("missed_frames") + Whole("late_frames") + Whole("refused_frames"),
            Whole("starved_ticks"), Whole("checksum_errors"), Whole("i2c_errors"), 1e-6 * Whole("max_work_us"), Whole("overruns"),
            (int)Whole("buffered"),
            tilts ? radians * RecordedLog.Number(imu.GetProperty("pitch_deg")) : 0,
            tilts ? radians * RecordedLog.Number(imu.GetProperty("roll_deg")) : 0,
            [.. message.GetProperty("analog_v").EnumerateArray().Select(one => (float)RecordedLog.Number(one))]));

        long Whole(string name) => message.GetProperty(name).GetInt64();
    }

    private readonly record struct Telemetry(byte State, byte Mode, byte Reason, long Missed, long Starved, long Checksums, long I2cErrors,
        double Work, long Overruns, int Buffered, double Pitch, double Roll, float[] Analog);
}
