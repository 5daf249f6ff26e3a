using System.Text.Json;
using Ganglion.Basics.Space;
using Ganglion.Live.Teleop;

namespace Ganglion.Dashboard.Steering;

/// <summary>
/// One message of a window as it is meant (Stream/STREAM.md): an input, an order, who steers, or where a recording is to go. Read strictly:
/// a key that is not known, a number that is none, or anything of another type is refused; whether the robot can do it is asked of
/// <see cref="TeleopBounds"/>.
/// </summary>
internal readonly record struct PageMessage
{
    private const int LongestName = 120;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 2 };

    private static readonly Dictionary<string, TeleopOrderKind> Orders = new()
    {
        ["stop"] = TeleopOrderKind.Stop,
        ["rearm"] = TeleopOrderKind.Rearm,
        ["home"] = TeleopOrderKind.Home,
        ["park"] = TeleopOrderKind.Park,
        ["end"] = TeleopOrderKind.End,
        ["teach"] = TeleopOrderKind.Teach,
        ["forget"] = TeleopOrderKind.Forget,
        ["play"] = TeleopOrderKind.Play,
        ["record"] = TeleopOrderKind.Record,
        ["end-record"] = TeleopOrderKind.EndRecord,
        ["replay"] = TeleopOrderKind.Replay,
        ["start"] = TeleopOrderKind.Start,
        ["rest"] = TeleopOrderKind.Rest,
    };

    /// <summary>Null: it is no input.</summary>
    public TeleopInput? Input { get; private init; }

    /// <summary>Null: it is no order.</summary>
    public TeleopOrder? Order { get; private init; }

    /// <summary>The window wants to steer.</summary>
    public bool Takes { get; private init; }

    /// <summary>It wants to even if another window does.</summary>
    public bool Over { get; private init; }

    /// <summary>The window lets go of steering.</summary>
    public bool Leaves { get; private init; }

    /// <summary>Where a recording is to go and how it is to play, each null where that stays; null: it is no such message.</summary>
    public (double? At, bool? Plays, double? Speed)? Line { get; private init; }

    /// <summary>A knob of a shown rhythm, and what it is to be set to; null: it is no such message.</summary>
    public (string Name, double Value)? Setting { get; private init; }

    /// <summary>A shown rhythm is to begin anew.</summary>
    public bool BeginsAnew { get; private init; }

    /// <summary>A shown rhythm is to be saved.</summary>
    public bool Saves { get; private init; }

    /// <summary>Reads a message.</summary>
    /// <exception cref="PageMessageException">It is none.</exception>
    public static PageMessage Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Of(document.RootElement) : throw Wrong("not an object");
        }
        catch (JsonException)
        {
            throw Wrong("not JSON, or nested deeper than two levels");
        }
        catch (InvalidOperationException)
        {
            throw Wrong("a value of another type, or text that is no UTF-8");
        }
    }

    private static PageMessage Of(JsonElement message)
    {
        string what = message.TryGetProperty("t", out JsonElement type) ? Text(type) : throw Wrong("without t");
        switch (what)
        {
            case "input":
                return new PageMessage { Input = ReadInput(message) };
            case "take":
                Allow(message, "t", "over");
                return new PageMessage { Takes = true, Over = message.TryGetProperty("over", out JsonElement over) && over.GetBoolean() };
            case "leave":
                Allow(message, "t");
                return new PageMessage { Leaves = true };
            case "set":
                Allow(message, "t", "name", "value");
                return new PageMessage { Setting = (Text(Needed(message, "name")), Number(Needed(message, "value"))) };
            case "anew":
                Allow(message, "t");
                return new PageMessage { BeginsAnew = true };
            case "save":
                Allow(message, "t");
                return new PageMessage { Saves = true };
            case "line":
                Allow(message, "t", "at", "plays", "speed");
                return new PageMessage
                {
                    Line = (message.TryGetProperty("at", out JsonElement at) ? Number(at) : null,
                        message.TryGetProperty("plays", out JsonElement plays) ? plays.GetBoolean() : null,
                        message.TryGetProperty("speed", out JsonElement speed) ? Number(speed) : null),
                };
            default:
                Allow(message, "t", "name", "factor");
                return new PageMessage
                {
                    Order = new TeleopOrder(
                        Orders.TryGetValue(what, out TeleopOrderKind order) ? order : throw Wrong("t is not known"),
                        message.TryGetProperty("name", out JsonElement name) ? Text(name) : "",
                        message.TryGetProperty("factor", out JsonElement factor) ? Number(factor) : 1),
                };
        }
    }

    private static TeleopInput ReadInput(JsonElement message)
    {
        Allow(message, "t", "held", "sent", "pose", "way", "turn", "gear", "value", "grip", "frequency", "amplitude");
        bool held = message.TryGetProperty("held", out JsonElement flag) && flag.GetBoolean();
        double sent = message.TryGetProperty("sent", out JsonElement stamp) ? Number(stamp) : double.NaN;
        if (message.TryGetProperty("pose", out JsonElement pose))
        {
            Span<double> p = stackalloc double[7];
            Numbers(pose, p);
            return new TeleopInput(held, TeleopKind.Pose, sent)
            {
                Target = new Pose(new Vec3(p[0], p[1], p[2]), new Quat(p[3], p[4], p[5], p[6])),
            };
        }

        if (message.TryGetProperty("way", out JsonElement way))
        {
            Span<double> w = stackalloc double[3], t = stackalloc double[3];
            Numbers(way, w);
            if (message.TryGetProperty("turn", out JsonElement turn))
            {
                Numbers(turn, t);
            }

            return new TeleopInput(held, TeleopKind.Stick, sent) { Way = new Vec3(w[0], w[1], w[2]), Turn = new Vec3(t[0], t[1], t[2]) };
        }

        if (message.TryGetProperty("gear", out JsonElement gear))
        {
            return new TeleopInput(held, TeleopKind.Gear, sent)
            {
                Index = gear.TryGetInt32(out int index) ? index : throw Wrong("gear is no whole number"),
                Values = new Vec3(Number(Needed(message, "value")), 0, 0),
            };
        }

        if (message.TryGetProperty("grip", out JsonElement grip))
        {
            return new TeleopInput(held, TeleopKind.Grip, sent) { Values = new Vec3(Number(grip), 0, 0) };
        }

        return message.TryGetProperty("frequency", out JsonElement frequency)
            ? new TeleopInput(held, TeleopKind.Modulation, sent)
            {
                Values = new Vec3(Number(frequency), Number(Needed(message, "amplitude")), 0),
            }
            : new TeleopInput(held, TeleopKind.None, sent);
    }

    private static JsonElement Needed(JsonElement message, string key) =>
        message.TryGetProperty(key, out JsonElement value) ? value : throw Wrong($"without {key}");

    private static void Allow(JsonElement message, params ReadOnlySpan<string> keys)
    {
        foreach (JsonProperty property in message.EnumerateObject())
        {
            if (!keys.Contains(property.Name))
            {
                throw Wrong("a key that is not known");
            }
        }
    }

    private static string Text(JsonElement value) =>
        value.GetString() is { Length: <= LongestName } text ? text : throw Wrong("a text that is too long");

    private static double Number(JsonElement value) =>
        value.TryGetDouble(out double number) && double.IsFinite(number) ? number : throw Wrong("a number that is not finite");

    private static void Numbers(JsonElement list, Span<double> into)
    {
        if (list.GetArrayLength() != into.Length)
        {
            throw Wrong("a list of another length");
        }

        for (int i = 0; i < into.Length; i++)
        {
            into[i] = Number(list[i]);
        }
    }

    private static PageMessageException Wrong(string what) => new($"no message of this page: {what}");
}
