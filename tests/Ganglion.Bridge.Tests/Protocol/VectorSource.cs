using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ganglion.Bridge.Tests.Session;

namespace Ganglion.Bridge.Tests.Protocol;

/// <summary>A frame with its meaning.</summary>
internal sealed record Vector(string Name, Message Message, int Session, int Sequence, Dictionary<string, long[]> Fields)
{
    public byte[] Payload => Message.Encode(Fields);

    public byte[] Frame => WireFrames.Make(Message.Type, Session, Sequence, Payload);
}

/// <summary>Bytes as they may come, and the frames that must be found in them.</summary>
internal sealed record VectorStream(string Name, string Note, byte[] Bytes, string[] Frames, int Garbage);

/// <summary>Makes test-vectors.json from the definition in PROTOCOL.md, byte by byte.</summary>
internal static class VectorSource
{
    private static readonly List<Vector> MadeFrames = MakeFrames();

    public static IReadOnlyList<Vector> Frames => MadeFrames;

    public static IReadOnlyList<VectorStream> Streams { get; } = MakeStreams();

    public static string Json()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions
        {
            Indented = true,
            NewLine = "\n",
            Encoder =
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping
        }))
        {
            json.WriteStartObject();
            json.WriteString("about", "Frames of the protocol in PROTOCOL.md with their meaning, and streams with the frames that must " +
                "be found in them. Floats are given by their bits.");
            json.WriteNumber("protocol", 1);
            json.WriteString("definition", $"{BitwiseChecksum.Of(Encoding.UTF8.GetBytes(ProtocolText.Instance.Block)):X8}");
            json.WriteStartArray("frames");
            foreach (Vector vector in Frames)
            {
                Write(json, vector);
            }

            json.WriteEndArray();
            json.WriteStartArray("streams");
            foreach (VectorStream vector in Streams)
            {
                Write(json, vector);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, Vector vector)
    {
        json.WriteStartObject();
        json.WriteString("name", vector.Name);
        json.WriteString("message", vector.Message.Name);
        json.WriteNumber("type", vector.Message.Type);
        json.WriteNumber("session", vector.Session);
        json.WriteNumber("sequence", vector.Sequence);
        json.WriteStartObject("fields");
        foreach (Field field in vector.Message.Fields)
        {
            if (field.Count == 1)
            {
                json.WriteNumber(field.Name, vector.Fields[field.Name][0]);
            }
            else
            {
                json.WritePropertyName(field.Name);
            }

            if (field.Count != 1)
            {
                json.WriteRawValue($"[{string.Join(", ", vector.Fields[field.Name])}]");
            }
        }
        json.WriteEndObject();
        json.WriteString("hex", Convert.ToHexString(vector.Frame));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, VectorStream vector)
    {
        json.WriteStartObject();
        json.WriteString("name", vector.Name);
        json.WriteString("note", vector.Note);
        json.WritePropertyName("frames");
        json.WriteRawValue($"[{string.Join(", ", vector.Frames.Select(name => $"\"{name}\""))}]");
        json.WriteNumber("garbage_bytes", vector.Garbage);
        json.WriteString("hex", Convert.ToHexString(vector.Bytes));
        json.WriteEndObject();
    }

    private static List<Vector> MakeFrames()
    {
        var frames = new List<Vector>();
        uint definition = BitwiseChecksum.Of(Encoding.UTF8.GetBytes(ProtocolText.Instance.Block));

        void Add(string name, string message, int session, int sequence, params (string Name, long[] Values)[] fields) =>
            frames.Add(new Vector(name, ProtocolText.Instance.Messages[message], session, sequence, fields.ToDictionary(f => f.Name, f =>
                f.Values)));

        static long[] Letters(string text) => [.. text.Select(letter => (long)letter)];

        static long[] Wave(int count) => [.. Enumerable.Range(0, count).Select(i => (long)((i * 4099) % 16385))];

        Add("hello", "Hello", 92, 0, ("protocol", [1]), ("definition", [definition]));
        Add("ping", "Ping", 92, 1, ("mark", [0xDEADBEEF]));
        Add("get-statistics", "GetStatistics", 92, 2);
        Add("get-positions", "GetPositions", 92, 3);
        Add("config-begin", "ConfigBegin", 92, 4, ("length", [768]), ("crc32", [0x12345678]), ("name", Letters("arm/tip")));
        Add("config-block-short", "ConfigBlock", 92, 5, ("offset", [0]), ("bytes", [1, 0, 1, 20, 80, 0, 144, 1]));
        Add("config-block-full", "ConfigBlock", 92, 6, ("offset", [96]),
            ("bytes", [.. Enumerable.Range(0, 96).Select(i => (long)(255 - i))]));
        Add("config-commit", "ConfigCommit", 92, 7);
        Add("config-read", "ConfigRead", 92, 8, ("offset", [192]), ("count", [96]));
        Add("arm", "Arm", 92, 9, ("config_hash", [0x89ABCDEF]));
        Add("disarm", "Disarm", 92, 10);
        Add("stop", "Stop", 92, 11);
        Add("setpoint-1", "Setpoint", 1, 255, ("time_128us", [0]), ("values", [8192]));
        Add("setpoint-1-extremes", "Setpoint", 255, 0, ("time_128us", [65535]), ("values", [-32768]));
        Add("setpoint-18", "Setpoint", 92, 12, ("time_128us", [7124]), ("values", Wave(18)));
        Add("setpoint-40", "Setpoint", 92, 13, ("time_128us", [7280]), ("values", Wave(40)));
        Add("setpoint-120", "Setpoint", 92, 14, ("time_128us", [7437]), ("values", Wave(120)));
        Add("rhythm-start", "RhythmStart", 92, 15);
        Add("rhythm-stop", "RhythmStop", 92, 16);
        Add("rhythm-modulate", "RhythmModulate", 92, 17, ("frequency_4096", [2048]), ("amplitude_4096", [6144]));
        Add("rhythm-parameter", "RhythmParameter", 92, 18, ("parameter", [3]), ("oscillator", [6]),
            ("value", [BitConverter.SingleToUInt32Bits(3.414f)]));
        Add("walk-start", "WalkStart", 92, 19);
        Add("walk-stop", "WalkStop", 92, 20);
        Add("walk-modulate", "WalkModulate", 92, 21, ("speed_mm_s", [-120]), ("turn_mrad_s", [250]), ("frequency_4096", [4096]),
            ("amplitude_4096", [3072]));
        Add("identity-unconfigured", "Identity", 92, 0, ("protocol", [1]), ("definition", [definition]), ("firmware", [0x0102]),
            ("profile", [1]), ("tick_ms", [20]),
            ("state", [1]), ("reason", [0]), ("detail", [0]), ("channels", [0]), ("chips", [0]), ("config_length", [0]),
            ("config_hash", [0]), ("time_us", [5020000]), ("flashed", [0]), ("name", []));
        Add("identity-safe", "Identity", 92, 1, ("protocol", [1]), ("definition", [definition]), ("firmware", [0x0102]), ("profile", [3]),
            ("tick_ms", [10]),
            ("state", [5]), ("reason", [6]), ("detail", [2]), ("channels", [40]), ("chips", [3]), ("config_length", [768]),
            ("config_hash", [0x89ABCDEF]), ("time_us", [4294967295]), ("flashed", [1]),
            ("name", Letters("arm/tip")));
        Add("pong", "Pong", 92, 2, ("mark", [0xDEADBEEF]), ("time_us", [5040000]));
        Add("statistics", "Statistics", 92, 3, ("ticks", [90000]), ("frames", [89000]), ("garbage_bytes", [57]), ("overruns", [4]),
            ("chips", [3]),
            ("jitter", [65535, 900, 41, 9, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4]), ("chip_errors", [0, 255, 7]));
        Add("positions", "Positions", 92, 4, ("values", [0, 8192, 16384, -3]));
        Add("config-data", "ConfigData", 92, 5, ("offset", [0]), ("bytes", [1, 0, 1, 20, 80, 0, 144, 1]));
        Add("telemetry-running", "Telemetry", 92, 6, ("state", [3]), ("reason", [0]), ("detail", [0]), ("time_us", [5060000]),
            ("mode", [1]), ("buffered", [4]),
            ("max_work_us", [6870]), ("overruns", [0]), ("late_frames", [0]), ("missed_frames", [0]), ("starved_ticks", [0]),
            ("checksum_errors", [1]), ("i2c_errors", [0]),
            ("sensor_flags", [1]), ("pitch_100urad", [-1234]), ("roll_100urad", [567]), ("pitch_rate_mrad_s", [-89]),
            ("roll_rate_mrad_s", [10]),
            ("analog", [0, 16384, 32767, -1, 5, 6, 7, -32768]), ("refused_frames", [0]), ("distance_mm", [150, 65535]));
        Add("telemetry-safe", "Telemetry", 92, 7, ("state", [5]), ("reason", [1]), ("detail", [0]), ("time_us", [6060000]), ("mode", [0]),
            ("buffered", [1]),
            ("max_work_us", [2210]), ("overruns", [3]), ("late_frames", [12]), ("missed_frames", [65535]), ("starved_ticks", [21]),
            ("checksum_errors", [1]), ("i2c_errors", [2]),
            ("sensor_flags", [0]), ("pitch_100urad", [0]), ("roll_100urad", [0]), ("pitch_rate_mrad_s", [0]), ("roll_rate_mrad_s", [0]),
            ("analog", [0, 0, 0, 0, 0, 0, 0, 0]), ("refused_frames", [5]), ("distance_mm", [0, 0]));
        Add("walk-telemetry", "WalkTelemetry", 92, 8, ("time_us", [5080000]), ("stage", [2]), ("swinging", [2]),
            ("left_phase_32768", [-9830]), ("right_phase_32768", [6554]),
            ("speed_mm_s", [300]), ("turn_mrad_s", [-20]), ("level_4096", [4096]), ("slope_100urad", [1553]), ("shift_100um", [660]),
            ("angles_100urad", [0, 500, -6000, 9000, -3000, -500, 1, 520, -7000, 10000, -3000, -520]));
        Add("ack-block", "Ack", 92, 8, ("type", [0x11]), ("sequence", [6]), ("value", [192]));
        Add("ack-commit", "Ack", 92, 9, ("type", [0x12]), ("sequence", [7]), ("value", [0x89ABCDEF]));
        Add("nack-config-invalid", "Nack", 92, 10, ("type", [0x12]), ("sequence", [7]), ("reason", [38]), ("aspect", [12]),
            ("detail", [39]));
        Add("nack-latched", "Nack", 92, 11, ("type", [0x20]), ("sequence", [9]), ("reason", [41]), ("aspect", [0]), ("detail", [1]));
        Add("nack-no-session", "Nack", 0, 0, ("type", [0x30]), ("sequence", [13]), ("reason", [34]), ("aspect", [0]), ("detail", [0]));
        return frames;
    }

    private static byte[] Bytes(string name) => MadeFrames.Single(frame => frame.Name == name).Frame;

    private static List<VectorStream> MakeStreams()
    {
        byte[] ping = Bytes("ping"), hello = Bytes("hello"), setpoint = Bytes("setpoint-40"), telemetry = Bytes("telemetry-running");
        ReadOnlySpan<byte> bootRom = "ets Jul 29 2019 12:21:46\r\n\r\nrst:0x1 (POWERON_RESET),boot:0x13 "u8 +
            "(SPI_FAST_FLASH_BOOT)\r\nmode:DIO, clock "u8 +
            "div:2\r\nentry 0x400805e4\r\n"u8;
        byte[] flipped = [.. setpoint];
        flipped[30] ^= 0x10;
        byte[] badCheck = [.. ping];
        badCheck[1] ^= 1;

        // Announces 20 bytes that never come: the frames behind it are taken for its payload until its checksum fails.
        byte[] falseStart = [0xA5, (byte)(20 ^ 0x30 ^ 0x5A), 20, 0x30];
        byte[] random = new byte[200];
        new Random(5).NextBytes(random);
        return
        [
            new("clean", "Three frames one behind the other.", [.. hello, .. ping, .. setpoint], ["hello", "ping", "setpoint-40"], 0),
            new("rom-text", "What an ESP32 says when it boots, then frames.", [.. bootRom, .. hello, .. ping], ["hello", "ping"],
                bootRom.Length),
            new("random-garbage", "Random bytes before, between and after.", [.. random, .. ping, .. random, .. setpoint, .. hello],
                ["ping", "setpoint-40", "hello"], 400),
            new("flipped-bit", "A bit of the first setpoint flipped.", [.. flipped, .. setpoint, .. ping], ["setpoint-40", "ping"],
                flipped.Length),
            new("flipped-check", "The check byte of the first frame flipped.", [.. badCheck, .. ping], ["ping"], badCheck.Length),
            new("lost-byte", "A byte of the first frame lost: its end runs into the next.", [.. setpoint[..40], .. setpoint[41..],
                .. telemetry, .. ping], ["telemetry-running", "ping"], setpoint.Length - 1),
            new("doubled-byte", "A byte of the first frame doubled.", [.. setpoint[..40], .. setpoint[39..], .. telemetry, .. ping],
                ["telemetry-running", "ping"], setpoint.Length + 1),
            new("cut-frame", "The first frame ends in the middle.", [.. setpoint[..50], .. setpoint, .. telemetry],
                ["setpoint-40", "telemetry-running"], 50),
            new("false-start", "A header that announces 20 bytes, and none of its own behind it.", [.. falseStart, .. ping, .. setpoint],
                ["ping", "setpoint-40"], falseStart.Length),
            new("sync-bytes", "A run of sync bytes.", [.. Enumerable.Repeat((byte)0xA5, 33), .. hello], ["hello"], 33),
            new("repeated", "The same frame twice: the parser passes both on.", [.. ping, .. ping], ["ping", "ping"], 0),
        ];
    }
}
