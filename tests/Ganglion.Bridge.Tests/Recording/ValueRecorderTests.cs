using System.Text.Json;
using Ganglion.Bridge.Log;
using Ganglion.Bridge.Recording;
using Ganglion.Bridge.Tests.Session;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Tests.Recording;

/// <summary>What a board is told, in units and by the description's names: pulses and pressures by hand from the shipped files.</summary>
public class ValueRecorderTests
{
    [Fact]
    public void A_setpoint_is_recorded_as_travel_and_pulse_of_each_gear()
    {
        // hardware/robots/trunk6-3g.yaml: 18 servos, pulses of 500 to 2500 us, none reversed or trimmed.
        short[] values = new short[18];
        (values[0], values[4], values[17]) = (4096, 8192, 16384);
        JsonElement told = Recorded("trunk6-3g", MessageType.Setpoint, 2, values, sent: true);
        Assert.Equal(18, told.GetProperty("travel").EnumerateObject().Count());
        Assert.Equal(0.25, told.GetProperty("travel").GetProperty("joint-1-gear-1").GetDouble());
        Assert.Equal(1000, told.GetProperty("pulse_us").GetProperty("joint-1-gear-1").GetDouble());
        Assert.Equal(1500, told.GetProperty("pulse_us").GetProperty("joint-2-gear-2").GetDouble());
        Assert.Equal(2500, told.GetProperty("pulse_us").GetProperty("joint-6-gear-3").GetDouble());
    }

    [Fact]
    public void What_a_valve_is_told_is_recorded_in_kPa()
    {
        RobotDescription robot = Robot("muscle-pair");
        JsonElement told = Recorded("muscle-pair", MessageType.Positions, 0, [.. robot.Channels.Select((_, i) => (short)(4096 * (i + 1)))],
            sent: false);

        // hardware/robots/muscle-pair.yaml: valves of 500 kPa.
        Assert.Equal([125.0, 250.0], told.GetProperty("kpa").EnumerateObject().Select(valve => valve.Value.GetDouble()));
        Assert.False(told.TryGetProperty("travel", out _));
    }

    [Fact]
    public void Values_of_another_board_than_the_described_one_are_left_out() =>
        Assert.Equal(JsonValueKind.Undefined, Recorded("trunk6-3g", MessageType.Setpoint, 2, new short[7], sent: true).ValueKind);

    private static RobotDescription Robot(string name) => RobotFile.Load(Path.Combine(AppContext.BaseDirectory, "robots", name + ".yaml"));

    private static JsonElement Recorded(string name, byte type, int valuesAt, short[] values, bool sent)
    {
        RobotDescription robot = Robot(name);
        byte[] frame = new byte[FrameFormat.Overhead + valuesAt + 2 * values.Length];
        frame[FrameFormat.TypeOffset] = type;
        for (int i = 0; i < values.Length; i++)
        {
            BitConverter.TryWriteBytes(frame.AsSpan(FrameFormat.HeaderSize + valuesAt + 2 * i), values[i]);
        }

        var file = new MemoryStream();
        using (var log = new McapWriter(file))
        {
            var recorder = new SessionRecorder(log, new VirtualTime(), DateTimeOffset.UnixEpoch, robot);
            if (sent)
            {
                recorder.FrameSent(robot.Boards[0].Id, 0, frame);
            }
            else
            {
                recorder.FrameReceived(robot.Boards[0].Id, 0, frame);
            }
        }

        using McapReader reader = new(new MemoryStream(file.ToArray()), "test");
        JsonElement last = default;
        while (reader.ReadMessage())
        {
            if (reader.Current.Channel.Topic == $"/board/{robot.Boards[0].Id}/{(sent ? "setpoints" : "positions")}")
            {
                last = JsonDocument.Parse(reader.Current.Data.ToArray()).RootElement;
            }
        }

        return last;
    }
}
