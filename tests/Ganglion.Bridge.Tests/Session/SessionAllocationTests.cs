using Ganglion.Bridge.Log;
using Ganglion.Bridge.Recording;
using Ganglion.Bridge.Session;
using Ganglion.Shared.Tests;
namespace Ganglion.Bridge.Tests.Session;

/// <summary>What runs at every frame of a stream allocates nothing, the board's own core and the log included.</summary>
[Collection(Alone.Name)]
public class SessionAllocationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_step_of_the_stream(bool recorded)
    {
        var time = new VirtualTime();
        using var log = new McapWriter(Stream.Null);
        var bench = new Bench(time, observer: recorded ? new SessionRecorder(log, time, DateTimeOffset.UnixEpoch) : null);
        bench.Session.Await(bench.Session.Connect());
        bench.Session.Await(bench.Session.Configure(Bench.Servos(40)));
        bench.Session.Await(bench.Session.Arm());
        var stream = new SetpointStream(bench.Group);
        stream.Start();

        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int i = 0; i < 600; i++)
            {
                stream.Values(0)[i % 40] = (short)(8000 + i);
                stream.Step();
            }
        }));
        Assert.Equal(3000, stream.GetStatistics().Boards[0].FramesSent);
        Assert.True(bench.Session.Telemetry.Received > 500);
    }
}
