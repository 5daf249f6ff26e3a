using System.Buffers;
using System.Text.Json;
using Ganglion.Basics.Space;
using Ganglion.Live.Viewing;

namespace Ganglion.Dashboard.Robots;

/// <summary>Writes what a page says of an arm in words and single numbers, as JSON (Stream/STREAM.md).</summary>
internal sealed class ArmStatus
{
    private readonly ArrayBufferWriter<byte> _text = new(1024);
    private readonly Utf8JsonWriter _json;

    public ArmStatus() => _json = new Utf8JsonWriter(_text);

    /// <summary>The status; valid until the next call.</summary>
    /// <param name="view">The moment.</param>
    /// <param name="desk">The arm.</param>
    /// <param name="windows">Windows that look on.</param>
    /// <param name="missing">By how much the wanted pose is out of reach, m; NaN: it is not.</param>
    public ReadOnlySpan<byte> Write(ArmView view, ArmDesk desk, int windows, double missing)
    {
        _text.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        PageJson.WriteOperation(_json, desk.Control, view.Operation, windows);
        _json.WriteString("mode", Mode(view.Activity));
        _json.WriteString("words", view.Words.Length > 0 ? view.Words : Words(view.Activity));
        _json.WriteBoolean("stopped", view.Activity == ArmActivity.Stopped);
        Number("error", view.Error);
        Number("angleError", view is { HasTarget: true, HasMeasured: true, TurnCounts: true }
            ? Quat.Angle(view.Target.Orientation, view.Measured.Orientation) : double.NaN);
        Number("outOfReach", missing);
        _json.WriteBoolean("turnCounts", view.TurnCounts);
        _json.WriteNumber("speed", Math.Round(view.Speed, 5));
        Number("speedLimit", view.SpeedLimit);
        _json.WriteBoolean("recording", view.Operation.IsRecording);
        _json.WriteNumber("taught", view.Operation.Taught);
        Number("played", view.Operation.Played);
        PageJson.WriteLink(_json, desk.Events, view.Boards, view.SkippedDeadlines, view.LongestLateness, view.ControlTime);
        _json.WriteEndObject();
        _json.Flush();
        return _text.WrittenSpan;
    }

    private void Number(string name, double value) => PageJson.WriteFinite(_json, name, value);

    private static string Mode(ArmActivity activity) => activity switch
    {
        ArmActivity.Starting => "starting",
        ArmActivity.Holding => "holding",
        ArmActivity.Planning => "planning",
        ArmActivity.Moving => "moving",
        ArmActivity.Polishing => "polishing",
        ArmActivity.Playing => "playing",
        ArmActivity.Parking => "parking",
        _ => "stopped",
    };

    private static string Words(ArmActivity activity) => activity switch
    {
        ArmActivity.Starting => "Boards are being connected and armed.",
        ArmActivity.Holding => "It holds still.",
        ArmActivity.Planning => "The controller looks for a posture.",
        ArmActivity.Moving => "It moves.",
        ArmActivity.Polishing => "At the target; the last hundredths are being rounded.",
        ArmActivity.Playing => "It plays.",
        ArmActivity.Parking => "It parks, then its outputs go off.",
        _ => "It is stopped: its outputs are off or hold, until it is armed again.",
    };
}
