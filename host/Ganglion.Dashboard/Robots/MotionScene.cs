using System.Text.Json;
using Ganglion.Bridge.Recording;
using Ganglion.Live.Replay;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;

namespace Ganglion.Dashboard.Robots;

/// <summary>What a page has to know once of a robot whose board moves it by itself (Stream/STREAM.md).</summary>
internal static class MotionScene
{
    /// <summary>The scene as JSON.</summary>
    public static byte[] Of(MotionDesk desk)
    {
        RobotDescription robot = desk.Robot;
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("robot", robot.Name);
            PageJson.WriteBoards(json, robot);
            WriteChannels(json, robot);
            json.WriteNull("arm");
            WriteWalker(json, robot.Walker, desk.Ground);
            WriteTraces(json, robot, desk.Rhythm);
            json.WriteBoolean("oscillators", desk.Rhythm != null);
            json.WriteString("motion", desk.Motion);
            json.WriteString("controller", "");
            json.WriteNumber("neurons", 0);
            json.WriteBoolean("virtual", desk.IsVirtual);
            PageJson.WriteControl(json, desk.Control);
            json.WriteEndObject();
        }

        return text.ToArray();
    }

    private static void WriteChannels(Utf8JsonWriter json, RobotDescription robot)
    {
        json.WriteStartArray("channels");
        foreach ((string name, ChannelDescription channel) in ChannelNames.Of(robot, 0).Zip(robot.ChannelsOf(0)))
        {
            (string unit, double scale) = channel is PressureChannel valve ? ("kPa", valve.FullScale) : ("%", 100);
            PageJson.WriteChannel(json, name, 0, channel, unit, scale);
        }

        json.WriteEndArray();
    }

    private static void WriteWalker(Utf8JsonWriter json, WalkerLayout? walker, RecordedGround ground)
    {
        if (walker == null)
        {
            json.WriteNull("walker");
            return;
        }

        json.WriteStartObject("walker");
        json.WriteNumber("thigh", walker.Thigh);
        json.WriteNumber("shank", walker.Shank);
        json.WriteNumber("ankle", walker.Ankle);
        json.WriteNumber("hipHalfWidth", walker.HipHalfWidth);
        json.WriteNumber("link", 2 * WalkerBody.LinkHalfWidth);
        Numbers("torso", walker.Body.Torso.Depth, walker.Body.Torso.Width, walker.Body.Torso.Height);
        Numbers("sole", walker.Body.Sole.Length, walker.Body.Sole.Width, walker.SoleThickness);
        json.WriteNumber("weight", walker.Body.Mass * Basics.Gravity.OfBodies);
        json.WriteBoolean("feels", walker.FootSensors.Length > 0);
        json.WriteString("ground", ground.Name);
        json.WriteBoolean("belt", ground.IsBelt);
        json.WriteStartArray("stretches");
        foreach ((double length, double slope, double rise) in ground.Stretches)
        {
            json.WriteStartArray();
            json.WriteNumberValue(length);
            json.WriteNumberValue(slope);
            json.WriteNumberValue(rise);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();

        void Numbers(string name, params ReadOnlySpan<double> numbers)
        {
            json.WriteStartArray(name);
            foreach (double number in numbers)
            {
                json.WriteNumberValue(number);
            }

            json.WriteEndArray();
        }
    }

    /// <summary>Channels to be drawn over time: those of a rhythm as the outputs of its oscillators; of one that is not known all servos as
    /// they are told.</summary>
    private static void WriteTraces(Utf8JsonWriter json, RobotDescription robot, RhythmDescription? rhythm)
    {
        string[] names = [.. ChannelNames.Of(robot, 0)];
        json.WriteStartArray("traces");
        if (robot.Walker == null)
        {
            foreach (RhythmChannel entry in rhythm?.Map ?? [.. robot.ChannelsOf(0).Index().Where(one => one.Item is ServoChannel)
                .Select(one => new RhythmChannel(one.Index, 0, default, 0, 1))])
            {
                json.WriteStartObject();
                json.WriteString("name", rhythm == null ? names[entry.Channel]
                    : $"{rhythm.Names[entry.Oscillator]} on {names[entry.Channel]}");
                json.WriteNumber("channel", entry.Channel);
                json.WriteNumber("offset", entry.Offset);
                json.WriteNumber("gain", entry.Gain);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }
}
