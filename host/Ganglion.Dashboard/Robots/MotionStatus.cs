using System.Buffers;
using System.Text.Json;
using Ganglion.Bridge.Words;
using Ganglion.Live.Viewing;

namespace Ganglion.Dashboard.Robots;

/// <summary>Writes what a page says in words and single numbers of a robot whose board moves it by itself, as JSON
/// (Stream/STREAM.md).</summary>
internal sealed class MotionStatus
{
    private readonly ArrayBufferWriter<byte> _text = new(1024);
    private readonly Utf8JsonWriter _json;

    public MotionStatus() => _json = new Utf8JsonWriter(_text);

    /// <summary>The status; valid until the next call.</summary>
    /// <param name="view">The moment.</param>
    /// <param name="desk">The robot.</param>
    /// <param name="windows">Windows that look on.</param>
    public ReadOnlySpan<byte> Write(OwnMotionView view, MotionDesk desk, int windows)
    {
        _text.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        PageJson.WriteOperation(_json, desk.Control, view.Operation, windows);
        _json.WriteString("mode", view.IsStopped ? "stopped" : view.IsMoving ? "moving" : "holding");
        _json.WriteString("words", view.Words.Length > 0 ? view.Words : Words(view, desk));
        _json.WriteBoolean("stopped", view.IsStopped);
        foreach (string none in (ReadOnlySpan<string>)["error", "angleError", "outOfReach", "speedLimit", "played"])
        {
            _json.WriteNull(none);
        }

        _json.WriteBoolean("turnCounts", false);
        _json.WriteBoolean("recording", false);
        _json.WriteNumber("taught", 0);
        _json.WriteNumber("speed", Math.Round(view.Speed, 5));
        PageJson.WriteLink(_json, desk.Events, [view.Board], 0, 0, 0);
        _json.WriteEndObject();
        _json.Flush();
        return _text.WrittenSpan;
    }

    private static string Words(OwnMotionView view, MotionDesk desk) =>
        view.IsStopped ? "It is stopped until it is armed again."
        : !view.IsMoving ? "It rests, outputs off."
        : desk.Robot.Walker != null ? $"It {StateWords.Stage(view.Stage)}."
        : desk.Rhythm != null ? "It plays its rhythm." : "It moves.";
}
