using System.Buffers;
using System.Text.Json;
using Ganglion.Dashboard.Robots;
using Ganglion.Live.Rhythms;
using Ganglion.Live.Viewing;
using Ganglion.Rhythm.Shown;

namespace Ganglion.Dashboard.Rhythms;

/// <summary>Writes what a page says in words and single numbers of a shown rhythm, as JSON (Stream/STREAM.md).</summary>
internal sealed class RhythmStatus
{
    private readonly ArrayBufferWriter<byte> _text = new(2048);
    private readonly Utf8JsonWriter _json;
    private readonly OperationView _operation = new();

    public RhythmStatus() => _json = new Utf8JsonWriter(_text);

    /// <summary>The status; valid until the next call.</summary>
    /// <param name="view">The rhythm.</param>
    /// <param name="board">The board that plays it; null: there is none, or it has not told anything yet.</param>
    /// <param name="desk">Both.</param>
    /// <param name="windows">Windows that look on.</param>
    public ReadOnlySpan<byte> Write(RhythmView view, OwnMotionView? board, RhythmDesk desk, int windows)
    {
        (_operation.Holder, _operation.HolderName) = view.Holder;
        _operation.IsHeld = board?.Operation.IsHeld ?? false;
        bool stopped = board?.IsStopped ?? false, moving = board?.IsMoving ?? false;
        _text.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        PageJson.WriteOperation(_json, new PageControl.Operated(desk.Mailbox), _operation, windows);
        _json.WriteString("mode", stopped ? "stopped" : moving ? "moving" : "holding");
        _json.WriteString("words", stopped ? board!.Words : moving ? "The board plays." : desk.Board == null
            ? "It runs on this computer." : "It runs on this computer; the board rests, outputs off.");
        _json.WriteBoolean("stopped", stopped);
        foreach (string none in (ReadOnlySpan<string>)["error", "angleError", "outOfReach", "speedLimit", "played"])
        {
            _json.WriteNull(none);
        }

        _json.WriteBoolean("turnCounts", false);
        _json.WriteBoolean("recording", false);
        _json.WriteNumber("taught", 0);
        _json.WriteNumber("speed", 0);
        if (board == null)
        {
            PageJson.WriteLink(_json, desk.Events, [], 0, 0, 0);
        }
        else
        {
            PageJson.WriteLink(_json, desk.Events, [board.Board], 0, 0, 0);
        }

        WriteRhythm(view, desk.Board);
        _json.WriteEndObject();
        _json.Flush();
        return _text.WrittenSpan;
    }

    private void WriteRhythm(RhythmView view, RhythmBoard? board)
    {
        _json.WriteStartObject("rhythm");
        _json.WriteNumber("made", view.Made);
        _json.WriteNumber("settings", view.Settings);
        _json.WriteNumber("sent", board?.Motion.Sent ?? -1);
        _json.WriteBoolean("judged", view.IsJudged);
        _json.WriteString("trouble", view.Trouble);
        _json.WriteString("refusal", view.Refusal);
        _json.WriteString("notice", view.Notice);
        _json.WriteStartArray("values");
        foreach (double value in view.Values)
        {
            _json.WriteNumberValue(value);
        }

        _json.WriteEndArray();
        _json.WriteStartArray("turns");
        foreach (ShownTurn turn in view.Measure.Turns)
        {
            _json.WriteStartObject();
            _json.WriteString("name", turn.Name);
            PageJson.WriteFinite(_json, "period", turn.Period);
            PageJson.WriteFinite(_json, "lead", turn.LeadDeg);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteStartArray("figures");
        foreach (ShownFigure figure in view.Measure.Figures)
        {
            _json.WriteStartObject();
            _json.WriteString("name", figure.Name);
            PageJson.WriteFinite(_json, "value", figure.Value);
            _json.WriteString("unit", figure.Unit);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }
}
