using System.Text.Json;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;

namespace Ganglion.Dashboard.Robots;

/// <summary>What scene and status of every robot have alike (Stream/STREAM.md).</summary>
internal static class PageJson
{
    /// <summary>A scene's keys about what windows may do.</summary>
    public static void WriteControl(Utf8JsonWriter json, PageControl control)
    {
        json.WriteString("control", control switch
        {
            PageControl.Operated => "operated",
            PageControl.Watched => "watched",
            _ => "recorded",
        });
        if (control is not PageControl.Recorded recorded)
        {
            json.WriteNull("recording");
            return;
        }

        json.WriteStartObject("recording");
        json.WriteString("file", recorded.File);
        json.WriteNumber("seconds", Math.Round(recorded.Line.Seconds, 3));
        json.WriteEndObject();
    }

    /// <summary>A status' keys about who steers, and where a recording is.</summary>
    public static void WriteOperation(Utf8JsonWriter json, PageControl control, OperationView operation, int windows)
    {
        json.WriteNumber("holder", operation.Holder);
        json.WriteString("holderName", operation.HolderName);
        json.WriteBoolean("held", operation.IsHeld);
        json.WriteNumber("viewers", windows);
        if (control is PageControl.Recorded recorded)
        {
            (double position, bool plays, double speed) = recorded.Line.Now;
            json.WriteStartObject("line");
            json.WriteNumber("at", Math.Round(position, 3));
            json.WriteBoolean("plays", plays);
            json.WriteNumber("speed", speed);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("line");
        }
    }

    /// <summary>A status' keys about events and links.</summary>
    public static void WriteLink(Utf8JsonWriter json, EventLog events, ReadOnlySpan<BoardView> boards, long skipped, double lateness,
        double control)
    {
        double rate = boards.IsEmpty ? 0 : double.PositiveInfinity;
        foreach (BoardView board in boards)
        {
            rate = Math.Min(rate, board.Rate);
            skipped += board.Missed;
        }

        json.WriteNumber("event", events.Last);
        json.WriteNumber("rate", Math.Round(rate, 2));
        json.WriteNumber("missed", skipped);
        json.WriteNumber("lateness", Math.Round(lateness, 5));
        json.WriteNumber("control", Math.Round(control, 6));
    }

    /// <summary>A scene's channels.</summary>
    /// <param name="unit">Of what is shown, such as mm.</param>
    /// <param name="scale">So much of it is the whole travel.</param>
    public static void WriteChannel(Utf8JsonWriter json, string name, int board, ChannelDescription channel, string unit, double scale)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteNumber("board", board);
        json.WriteNumber("low", channel.LimitMin);
        json.WriteNumber("high", channel.LimitMax);
        json.WriteString("unit", unit);
        json.WriteNumber("scale", scale);
        json.WriteEndObject();
    }

    /// <summary>A scene's boards.</summary>
    public static void WriteBoards(Utf8JsonWriter json, RobotDescription robot)
    {
        json.WriteStartArray("boards");
        foreach (BoardDescription board in robot.Boards)
        {
            json.WriteStringValue(board.Id);
        }

        json.WriteEndArray();
    }

    /// <summary>A number, or null where there is none.</summary>
    public static void WriteFinite(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, Math.Round(value, 7));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
