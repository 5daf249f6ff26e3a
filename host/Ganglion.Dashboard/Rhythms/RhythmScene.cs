using System.Text.Json;
using Ganglion.Bridge.Recording;
using Ganglion.Dashboard.Robots;
using Ganglion.Rhythm.Shown;
using Ganglion.Robots.Boards;

namespace Ganglion.Dashboard.Rhythms;

/// <summary>What a page has to know once of a shown rhythm (Stream/STREAM.md).</summary>
internal static class RhythmScene
{
    /// <summary>More rows of a raster have no names on the page.</summary>
    private const int MostNamed = 8;

    /// <summary>The scene as JSON.</summary>
    public static byte[] Of(RhythmDesk desk)
    {
        ShownRhythm rhythm = desk.Show.Rhythm;
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("robot", rhythm.Name);
            WriteBoard(json, desk.Board);
            json.WriteNull("arm");
            json.WriteNull("walker");
            json.WriteString("motion", rhythm.Name);
            json.WriteString("controller", "");
            json.WriteNumber("neurons", 0);
            PageJson.WriteControl(json, new PageControl.Operated(desk.Mailbox));
            WriteRhythm(json, desk);
            json.WriteEndObject();
        }

        return text.ToArray();
    }

    private static void WriteBoard(Utf8JsonWriter json, RhythmBoard? board)
    {
        if (board == null)
        {
            json.WriteStartArray("boards");
            json.WriteEndArray();
            json.WriteStartArray("channels");
            json.WriteEndArray();
            json.WriteBoolean("virtual", false);
            return;
        }

        PageJson.WriteBoards(json, board.Robot);
        json.WriteStartArray("channels");
        foreach ((string name, ChannelDescription channel) in ChannelNames.Of(board.Robot, 0).Zip(board.Robot.ChannelsOf(0)))
        {
            (string unit, double scale) = channel is PressureChannel valve ? ("kPa", valve.FullScale) : ("%", 100);
            PageJson.WriteChannel(json, name, 0, channel, unit, scale);
        }

        json.WriteEndArray();
        json.WriteBoolean("virtual", board.IsVirtual);
    }

    private static void WriteRhythm(Utf8JsonWriter json, RhythmDesk desk)
    {
        ShownRhythm rhythm = desk.Show.Rhythm;
        json.WriteStartObject("rhythm");
        json.WriteString("about", rhythm.About);
        json.WriteBoolean("board", desk.Board != null);
        json.WriteBoolean("file", desk.Show.Text.Length > 0);
        json.WriteBoolean("saves", desk.Show.Saves);
        json.WriteNumber("sample", rhythm.SampleSeconds);
        json.WriteNumber("window", rhythm.Window);
        json.WriteNumber("cells", rhythm.Cells.Length);
        WriteTexts(json, "cellNames", rhythm.Cells.Length <= MostNamed ? rhythm.Cells : []);
        json.WriteStartArray("plane");
        json.WriteNumberValue(rhythm.Plane.X);
        json.WriteNumberValue(rhythm.Plane.Y);
        json.WriteEndArray();
        json.WriteStartArray("groups");
        foreach (SignalGroup group in rhythm.Groups)
        {
            json.WriteStartObject();
            json.WriteString("name", group.Name);
            json.WriteString("unit", group.Unit);
            json.WriteNumber("wraps", group.Wraps);
            WriteTexts(json, "signals", group.Signals);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("knobs");
        foreach (Knob knob in rhythm.Knobs)
        {
            json.WriteStartObject();
            json.WriteString("id", knob.Id);
            json.WriteString("name", knob.Name);
            json.WriteString("unit", knob.Unit);
            json.WriteNumber("low", knob.Low);
            json.WriteNumber("high", knob.High);
            json.WriteNumber("power", knob.Power);
            json.WriteString("meaning", knob.Meaning);
            WriteTexts(json, "choices", knob.Choices);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
