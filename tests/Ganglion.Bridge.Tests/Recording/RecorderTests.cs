using System.Text.Json;
using Ganglion.Bridge.Log;
using Ganglion.Bridge.Recording;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Tests.Session;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Tests.Recording;

public class RecorderTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Also where .NET tells of a file beyond the size that the system allows as an argument out of range.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_log_that_fails_ends_the_recording_and_nothing_else(bool tooLarge)
    {
        var log = new McapWriter(new FullDisk(20_000, tooLarge));
        var time = new VirtualTime();
        var recorder = new SessionRecorder(log, time, Start);
        List<string> told = [];
        recorder.Failed += failure => told.Add(failure.Message);
        var bench = new Bench(time, observer: recorder);
        bench.Session.Await(bench.Session.Connect());
        bench.Session.Await(bench.Session.Configure(Bench.Servos(40)));
        bench.Session.Await(bench.Session.Arm());
        Assert.Equal(100, bench.Stream(2).GetStatistics().Boards[0].FramesSent);
        bench.Session.Await(bench.Session.Disarm());
        log.Dispose();
        Assert.Contains("disk has room", Assert.Single(told));
    }

    private sealed class FullDisk(int room, bool tooLarge) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Length + buffer.Length > room)
            {
                throw tooLarge ? new ArgumentOutOfRangeException(nameof(buffer), "Specified file length was too large.")
                    : new IOException("No space left on device.");
            }

            base.Write(buffer);
        }
    }

    [Fact]
    public void Everything_sent_and_received_is_in_the_log()
    {
        var file = new MemoryStream();
        var time = new VirtualTime();
        LinkStatistics link;
        long frames;
        using (var log = new McapWriter(file))
        {
            var bench = new Bench(time, observer: new SessionRecorder(log, time, Start));
            bench.Session.Await(bench.Session.Connect());
            bench.Session.Await(bench.Session.Configure(Bench.Servos(40)));
            bench.Session.Await(bench.Session.Arm());
            frames = bench.Stream(2).GetStatistics().Boards[0].FramesSent;
            bench.Session.Await(bench.Session.Stop());
            bench.Poll(150);
            link = bench.Session.LinkStatistics;
        }

        var sent = new List<byte[]>();
        var events = new List<string>();
        long received = 0, telemetry = 0, identities = 0;
        double lastAge = 0;
        using McapReader reader = new(new MemoryStream(file.ToArray()), "test");
        while (reader.ReadMessage())
        {
            McapMessage message = reader.Current;
            Assert.InRange(message.LogTime - (Start - DateTimeOffset.UnixEpoch).Ticks * 100, 0, 10_000_000_000);
            switch (message.Channel.Topic)
            {
                case "/board/base/tx":
                    sent.Add(message.Data.ToArray());
                    break;
                case "/board/base/rx":
                    received++;
                    break;
                case "/board/base/identity":
                    Assert.Equal("1.2", JsonDocument.Parse(message.Data.ToArray()).RootElement.GetProperty("firmware").GetString());
                    identities++;
                    break;
                case "/board/base/telemetry":
                    JsonElement json = JsonDocument.Parse(message.Data.ToArray()).RootElement;
                    Assert.Equal(0, json.GetProperty("missed_frames").GetInt32());
                    Assert.Equal(8, json.GetProperty("analog_v").GetArrayLength());
                    lastAge = (message.LogTime - message.PublishTime) * 1e-6;
                    telemetry++;
                    break;
                case "/board/base/events":
                    events.Add(JsonDocument.Parse(message.Data.ToArray()).RootElement.GetProperty("message").GetString()!);
                    break;
            }
        }
        Assert.Equal(LogEndKind.Complete, reader.End!.Kind);
        Assert.Equal((link.FramesSent, link.FramesReceived), (sent.Count, received));
        Assert.Equal(link.BytesSent, sent.Sum(frame => frame.Length));
        Assert.Equal(frames, sent.Count(frame => frame[3] == MessageType.Setpoint));
        Assert.All(sent, frame => Assert.Equal(
            BitwiseChecksum.Of(frame.AsSpan(1, frame.Length - 5)), BitConverter.ToUInt32(frame, frame.Length - 4)));
        Assert.Equal(1, identities);
        Assert.InRange(telemetry, 20, 40);
        Assert.InRange(lastAge, 1, 30);
        Assert.Contains(events, words => words.StartsWith("Board base follows the stream"));
        Assert.Contains(events, words => words.Contains("went safe: the host told it to stop"));
    }
}
