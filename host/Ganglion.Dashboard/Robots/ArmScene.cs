using System.Text.Json;
using Ganglion.Basics.Space;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Dashboard.Robots;

/// <summary>What a page has to know of an arm once: its shape, its boards, and its channels with their limits (Stream/STREAM.md).</summary>
internal static class ArmScene
{
    /// <summary>The scene as JSON.</summary>
    /// <param name="desk">The arm.</param>
    /// <param name="neurons">Of its controller's network; 0: it has none.</param>
    public static byte[] Of(ArmDesk desk, int neurons)
    {
        RobotDescription robot = desk.Robot;
        TrunkArmLayout layout = robot.TrunkArm!;
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("robot", robot.Name);
            PageJson.WriteBoards(json, robot);
            json.WriteStartArray("channels");
            for (int k = 0; k < layout.Gears.Length; k++)
            {
                WriteChannel(json, robot, layout, k);
            }

            if (layout.Gripper is { Servo: var servo })
            {
                // Behind all gears; its value is shown as a share.
                PageJson.WriteChannel(json, "gripper closed", servo.Board, robot.Channels[servo.Channel], "%", 100);
            }

            json.WriteEndArray();
            WriteArm(json, layout);
            json.WriteNull("walker");
            json.WriteString("controller", desk.Controller);
            json.WriteNumber("neurons", neurons);
            json.WriteBoolean("virtual", desk.IsVirtual);
            PageJson.WriteControl(json, desk.Control);
            json.WriteEndObject();
        }

        return text.ToArray();
    }

    private static void WriteChannel(Utf8JsonWriter json, RobotDescription robot, TrunkArmLayout layout, int gear)
    {
        GearChannel at = layout.Gears[gear];
        ChannelDescription channel = robot.Channels[at.Channel];
        double travel = 1000 * layout.Dimensions.Joint(gear / layout.GearsPerJoint)[1];
        PageJson.WriteChannel(json, channel.Name.Length > 0 ? channel.Name
            : $"joint {gear / layout.GearsPerJoint + 1} gear {gear % layout.GearsPerJoint + 1}", at.Board, channel, "mm", travel);
    }

    private static void WriteArm(Utf8JsonWriter json, TrunkArmLayout layout)
    {
        var arm = new TrunkArm(layout.Dimensions);
        double[] stretched = new double[arm.StrokeCount];
        Array.Fill(stretched, 1);
        bool four = layout.Design == JointDesign.FourGeared;

        // The page draws every joint by the first one's gears. Of a 4-geared joint opposite gears are a whole travel apart at full tilt.
        ReadOnlySpan<double> first = layout.Dimensions.Joint(0);
        double travel = first[1], radius = four ? travel / (2 * Math.Tan(first[2])) : first[2];
        json.WriteStartObject("arm");
        json.WriteNumber("joints", layout.Joints);
        json.WriteNumber("gearsPerJoint", layout.GearsPerJoint);
        json.WriteStartArray("gears");
        for (int gear = 0; gear < layout.GearsPerJoint; gear++)
        {
            Vec3 place = four ? FourGear(gear, radius) : PaperFrame.ToRep103(arm.ThreeGearedJoints[0].Tip(gear, 0));
            json.WriteStartArray();
            json.WriteNumberValue(Math.Round(place.X, 6));
            json.WriteNumberValue(Math.Round(place.Y, 6));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteNumber("tipHeight", four ? first[0] - travel / 2 : first[0]);
        json.WriteNumber("travel", travel);
        json.WriteNumber("plateDepth", four ? 0 : first[3]);
        json.WriteNumber("radius", radius);
        json.WriteNumber("tool", arm.ToolOffset.Z);
        WriteOpening(json, layout);
        json.WriteNumber("reach", arm.ForwardFromStrokes(stretched, []).Position.Length);
        json.WriteEndObject();
    }

    /// <summary>Between the fingers of a gripper that is wide open, m; null without one.</summary>
    private static void WriteOpening(Utf8JsonWriter json, TrunkArmLayout layout) =>
        PageJson.WriteFinite(json, "opening", layout.Gripper?.Opening ?? double.NaN);

    /// <summary>Gears 0 and 2 tilt about the papers' x (2 lifts the side of -z), gears 1 and 3 about their z (1 lifts the side of
    /// +x).</summary>
    private static Vec3 FourGear(int gear, double radius) => PaperFrame.ToRep103(gear switch
    {
        0 => new Vec3(0, 0, radius),
        1 => new Vec3(radius, 0, 0),
        2 => new Vec3(0, 0, -radius),
        _ => new Vec3(-radius, 0, 0),
    });
}
