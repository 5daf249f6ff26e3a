using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Tests.Session;
using Ganglion.Shared.Config;
using Ganglion.Shared.Control;
using Ganglion.Shared.Link;
using Ganglion.Shared.Rhythms;
using Ganglion.Shared.Safety;
using Ganglion.Shared.Walking;

namespace Ganglion.Bridge.Tests.Protocol;

/// <summary>PROTOCOL.md, the hash and the code say the same.</summary>
public partial class DefinitionTests
{
    private static readonly ProtocolText Text = ProtocolText.Instance;

    private static Dictionary<string, int> Constants(Type type) => type
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.IsLiteral)
        .ToDictionary(field => field.Name, field => Convert.ToInt32(field.GetRawConstantValue()));

    [Fact]
    public void The_hash_is_that_of_the_block()
    {
        uint hash = BitwiseChecksum.Of(Encoding.UTF8.GetBytes(Text.Block));
        Assert.True(hash == Definition.Hash,
            $"The definition block of PROTOCOL.md has the hash 0x{hash:X8}: write it into Definition.cs if the change is meant.");
        Assert.Contains($"protocol {Definition.ProtocolVersion}", Text.Lines);
    }

    [Fact]
    public void Message_types_are_those_of_the_code()
    {
        Assert.Equal(Constants(typeof(MessageType)).OrderBy(p => p.Key), Text.Messages.ToDictionary(m => m.Key, m => (int)m.Value.Type)
            .OrderBy(p => p.Key));
        Assert.All(Text.Messages.Values, m => Assert.Equal(m.Sender == "board", m.Type >= 0x80));
    }

    [Theory]
    [InlineData("reason", typeof(Reason))]
    [InlineData("field", typeof(ConfigField))]
    [InlineData("state", typeof(BoardState))]
    [InlineData("mode", typeof(DriveMode))]
    [InlineData("stage", typeof(WalkStage))]
    [InlineData("chip", typeof(ChipType))]
    [InlineData("safe", typeof(OnSafe))]
    [InlineData("output", typeof(RhythmOutput))]
    [InlineData("kind", typeof(RhythmKind))]
    public void Codes_are_those_of_the_code(string keyword, Type type) =>
        Assert.Equal(Constants(type).OrderBy(p => p.Value), Text.Names(keyword).OrderBy(p => p.Value));

    [Fact]
    public void Limits_are_those_of_the_code() => Assert.Contains(
        $"limits payload {FrameFormat.MaxPayload}, channels {FrameFormat.MaxChannels}, chips {FrameFormat.MaxChips}, config " +
            $"{ConfigLayout.MaxSize}", Text.Lines);

    [Fact]
    public void The_configuration_is_laid_out_as_in_the_code()
    {
        Dictionary<string, int> constants = Constants(typeof(ConfigLayout));
        var fromText = new Dictionary<string, int> { ["Version"] = 1, ["MaxSize"] = 4096 };
        foreach ((string name, string prefix, string size) in ((string, string, string)[])
            [("header", "", "HeaderSize"), ("chip", "Chip", "ChipSize"), ("distance", "Distance", "DistanceSize"),
             ("channel", "Channel", "ChannelSize"),
             ("oscillator", "Oscillator", "OscillatorSize"), ("clock", "Clock", "ClockSize"), ("phase", "Phase", "PhaseSize"),
             ("pair", "Pair", "PairSize"),
             ("coupling", "Coupling", "CouplingSize"), ("map", "Map", "MapSize"),
             ("walk", "Walk", "WalkSize"), ("joint", "Joint", "JointSize"), ("load", "Load", "LoadSize"), ("speed", "Speed", "SpeedSize"),
             ("ground", "Ground", "GroundSize"), ("pressure", "Pressure", "PressureSize")])
        {
            (int total, List<(int Offset, Field Field)> fields) = Text.Part(name);
            fromText.Add(size, total);
            int end = 0;
            foreach ((int offset, Field field) in fields)
            {
                Assert.True(offset >= end, $"{name} {field.Name} overlaps the field before it");
                end = offset + field.Size;
                fromText.Add($"{prefix}{field.Name}At", offset);
            }
            Assert.True(end <= total);
        }
        Assert.Equal(constants.OrderBy(p => p.Key), fromText.OrderBy(p => p.Key));
    }

    [Fact]
    public void Lengths_are_those_of_the_code()
    {
        Assert.Equal(MessageLayout.TelemetryLength, Text.Messages["Telemetry"].Length);
        Assert.Equal(MessageLayout.WalkTelemetryLength, Text.Messages["WalkTelemetry"].Length);
        Assert.Equal(TickStatistics.Bins, Text.Messages["Statistics"].Fields.Single(f => f.Name == "jitter").Count);
    }

    /// <summary>What the board really sends, read by the definition alone.</summary>
    [Fact]
    public void The_board_reports_as_defined()
    {
        var seen = new Dictionary<byte, byte[]>();
        var bench = new Bench();
        var line = new List<byte>();
        bench.Wire.ToHost.Rewrite = bytes =>
        {
            // A tick sends at most so many bytes: a frame may come in two pieces.
            line.AddRange(bytes);
            while (line.Count > 2 && line.Count >= 10 + line[2])
            {
                seen[line[3]] = [.. line.Skip(6).Take(line[2])];
                line.RemoveRange(0, 10 + line[2]);
            }
            return bytes;
        };
        bench.Session.Await(bench.Session.Connect());
        bench.Session.Await(bench.Session.Configure(Bench.WithSensor(Bench.Servos(20))));
        bench.Session.Await(bench.Session.Arm());
        bench.Stream(1);
        bench.Board.Hardware.Readings.Analog[3] = -5;
        bench.Poll(200);
        bench.Session.Await(bench.Session.GetStatistics());
        bench.Session.Await(bench.Session.GetPositions());
        bench.Session.Link.SendHello();
        bench.Poll(150);

        BoardCore core = bench.Board.Core;
        Dictionary<string, long[]> identity = Text.Messages["Identity"].Decode(seen[MessageType.Identity]);
        Assert.Equal([core.Store.Hash], identity["config_hash"]);
        Assert.Equal([20L], identity["channels"]);
        Assert.Equal([core.Store.Length], identity["config_length"]);
        Assert.Equal([(long)BoardState.Hold], identity["state"]);
        Assert.Equal([0x0102L], identity["firmware"]);

        Dictionary<string, long[]> telemetry = Text.Messages["Telemetry"].Decode(seen[MessageType.Telemetry]);
        Assert.Equal([(long)BoardState.Hold], telemetry["state"]);
        Assert.Equal([(long)Reason.StreamStarved], telemetry["reason"]);
        Assert.Equal([core.Statistics.StarvedTicks], telemetry["starved_ticks"]);
        Assert.Equal([0L, 0L, 0L, -5L, 0L, 0L, 0L, 0L], telemetry["analog"]);
        Assert.InRange(core.NowUs - telemetry["time_us"][0], 0, 100_000);

        Dictionary<string, long[]> statistics = Text.Messages["Statistics"].Decode(seen[MessageType.Statistics]);
        Assert.Equal([3L], statistics["chips"]);
        Assert.Equal(3, statistics["chip_errors"].Length);
        Assert.Equal(statistics["ticks"][0], statistics["jitter"].Sum());
        Assert.Equal(Array.ConvertAll(core.Channels.Command, c => (long)c), Text.Messages["Positions"]
            .Decode(seen[MessageType.Positions])["values"]);
    }

    /// <summary>What the host reads, written by the definition alone.</summary>
    [Fact]
    public void The_host_reads_as_defined()
    {
        var values = new Dictionary<string, long[]>();
        foreach (Field field in Text.Messages["Telemetry"].Fields)
        {
            values[field.Name] = [.. Enumerable.Range(0, field.Count).Select(i => 100L + values.Count + i)];
        }

        values["sensor_flags"] = [3];
        values["pitch_100urad"] = [-15708];
        var telemetry = new BoardTelemetry();
        telemetry.Read(Text.Messages["Telemetry"].Encode(values));
        Assert.Equal(values["state"][0], telemetry.State);
        Assert.Equal(values["reason"][0], telemetry.Reason);
        Assert.Equal(values["detail"][0], telemetry.Detail);
        Assert.Equal(values["time_us"][0], telemetry.BoardTime);
        Assert.Equal(values["mode"][0], telemetry.Mode);
        Assert.Equal(values["buffered"][0], telemetry.Buffered);
        Assert.Equal(values["max_work_us"][0], telemetry.MaxWorkUs);
        Assert.Equal(values["overruns"][0], telemetry.Overruns);
        Assert.Equal(values["late_frames"][0], telemetry.LateFrames);
        Assert.Equal(values["missed_frames"][0], telemetry.MissedFrames);
        Assert.Equal(values["starved_ticks"][0], telemetry.StarvedTicks);
        Assert.Equal(values["checksum_errors"][0], telemetry.ChecksumErrors);
        Assert.Equal(values["i2c_errors"][0], telemetry.I2cErrors);
        Assert.Equal(values["refused_frames"][0], telemetry.RefusedFrames);
        Assert.True(telemetry.HasImu && telemetry.ImuFrozen);
        Assert.Equal(-1.5708, telemetry.Pitch, 9);
        Assert.Equal(values["roll_100urad"][0] * 1e-4, telemetry.Roll, 9);
        Assert.Equal(values["pitch_rate_mrad_s"][0] * 1e-3, telemetry.PitchRate, 9);
        Assert.Equal(values["roll_rate_mrad_s"][0] * 1e-3, telemetry.RollRate, 9);
        Assert.Equal([.. values["analog"].Select(a => a * 2.048 / 32768)], telemetry.Analog);
        Assert.Equal([.. values["distance_mm"].Select(d => (int)d)], telemetry.DistanceMm);
    }

    [Fact]
    public void The_host_reads_a_walk_as_defined()
    {
        var values = new Dictionary<string, long[]>();
        foreach (Field field in Text.Messages["WalkTelemetry"].Fields)
        {
            values[field.Name] = [.. Enumerable.Range(0, field.Count).Select(i => -100L - values.Count - 30 * i)];
        }

        values["time_us"] = [4_000_000_000];
        values["stage"] = [3];
        values["swinging"] = [2];
        var walk = new WalkTelemetry();
        walk.Read(Text.Messages["WalkTelemetry"].Encode(values));
        Assert.Equal((4_000_000_000u, WalkStage.Stopping, false, true), (walk.BoardTime, walk.Stage, walk.LeftSwings, walk.RightSwings));
        Assert.Equal(values["left_phase_32768"][0] / 32768.0, walk.LeftPhase, 9);
        Assert.Equal(values["right_phase_32768"][0] / 32768.0, walk.RightPhase, 9);
        Assert.Equal(values["speed_mm_s"][0] * 1e-3, walk.Speed, 9);
        Assert.Equal(values["turn_mrad_s"][0] * 1e-3, walk.Turn, 9);
        Assert.Equal(values["level_4096"][0] / 4096.0, walk.Level, 9);
        Assert.Equal(values["slope_100urad"][0] * 1e-4, walk.Slope, 9);
        Assert.Equal(values["shift_100um"][0] * 1e-4, walk.Shift, 9);
        Assert.Equal(values["angles_100urad"].Select(a => a * 1e-4), walk.Angles, (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void The_example_frames_have_the_right_headers()
    {
        MatchCollection lines = ExampleLine().Matches(Text.Text);
        Assert.InRange(lines.Count, 10, 30);
        foreach (Match line in lines)
        {
            byte[] header = Convert.FromHexString(line.Groups[2].Value.Replace(" ", ""));
            Assert.Equal(0xA5, header[0]);
            Assert.Equal(header[2] ^ header[3] ^ 0x5A, header[1]);
            Message message = Text.Messages.Values.Single(m => m.Type == header[3]);
            Assert.Equal(line.Groups[1].Value == "->" ? "host" : "board", message.Sender);
            Assert.Contains(message.Name, line.Groups[3].Value);
            if (message.Length >= 0)
            {
                Assert.Equal(message.Length, header[2]);
            }
        }
    }

    [GeneratedRegex(@"^(->|<-) ((?:[0-9A-F]{2} ){5}[0-9A-F]{2}) \|(.*)$", RegexOptions.Multiline)]
    private static partial Regex ExampleLine();
}
