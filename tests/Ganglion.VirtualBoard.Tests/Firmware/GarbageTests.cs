using System.Text;
using Ganglion.Bridge.Timing;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.VirtualBoard.Tests.Firmware;

/// <summary>What bytes that are no frames cost a board that streams 40 channels: PROTOCOL.md, "Finding frames".</summary>
public class GarbageTests
{
    private const int Length = 1000;

    private static byte[] Repeat(params byte[] pattern) => [.. Enumerable.Range(0, Length).Select(i => pattern[i % pattern.Length])];

    private static byte[] Random(double syncs)
    {
        var random = new Random(11);
        byte[] bytes = new byte[Length];
        random.NextBytes(bytes);
        for (int i = 0; i < Length; i++)
        {
            bytes[i] = random.NextDouble() < syncs ? (byte)0xA5 : bytes[i];
        }

        return bytes;
    }

    private static byte[] Headers()
    {
        byte[] bytes = new byte[Length];
        new Random(12).NextBytes(bytes);
        for (int i = 0; i < Length; i += 5)
        {
            (bytes[i], bytes[i + 2]) = (0xA5, (byte)(bytes[i + 2] & 31));
            bytes[i + 1] = (byte)(bytes[i + 2] ^ bytes[i + 3] ^ 0x5A);
        }

        return bytes;
    }

    private static byte[] Make(string kind) => kind switch
    {
        "nothing" => [],
        "zeros" => new byte[Length],
        "text" => [.. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("rst:0x1 (POWERON_RESET),boot:0x13\r\n", 40)))[..Length]],
        "random" => Random(0),
        "a tenth sync bytes" => Random(0.1),
        "half sync bytes" => Random(0.5),
        "sync bytes" => Repeat(0xA5),
        "sync and zero" => Repeat(0xA5, 0),
        "sync, sync, zero" => Repeat(0xA5, 0xA5, 0),
        "every seventh" => Repeat(0xA5, 1, 2, 3, 4, 5, 6),
        "headers" => Repeat(0xA5, 0x5A, 0, 0),
        "headers of all sessions" => Headers(),
        "headers of its session" => Repeat(0xA5, 0x5A, 0, 0, 17, 0),
        "pings with a wrong checksum" => Repeat([0xA5, 4 ^ 2 ^ 0x5A, 4, 2, 17, 0, 1, 2, 3, 4, 5, 6, 7, 8]),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The figure is the longest time from the first byte of garbage to the answer of a ping behind it, ms, over five phases
    /// of the tick. Of it 11 ms are on the wire, and 30 are there without any garbage.</summary>
    [Theory]
    [InlineData("nothing", 31)]
    [InlineData("zeros", 45)]
    [InlineData("text", 45)]
    [InlineData("random", 45)]
    [InlineData("a tenth sync bytes", 60)]
    [InlineData("half sync bytes", 70)]
    [InlineData("sync bytes", 45)]
    [InlineData("sync and zero", 60)]
    [InlineData("sync, sync, zero", 60)]
    [InlineData("every seventh", 60)]
    [InlineData("headers", 95)]
    [InlineData("headers of all sessions", 95)]
    [InlineData("headers of its session", 120)]
    [InlineData("pings with a wrong checksum", 61)]
    public void AThousandBytesOfGarbageDelayWhatIsBehindThemByAFewTicks(string kind, int most)
    {
        double worst = 0;
        int work = 0;
        for (int phase = 0; phase < 5; phase++)
        {
            using var rig = new ArmRig();
            rig.Arm();
            rig.Stream(60);
            IClock clock = rig.Robot.World;
            clock.WaitUntil(clock.NowNanoseconds + phase * 4_100_000);
            long start = clock.NowNanoseconds;
            rig.Host.Telemetry.Clear();
            rig.Host.Raw(Make(kind));
            rig.Host.Request(MessageType.Ping, [1, 2, 3, 4], MessageType.Pong);
            worst = Math.Max(worst, (clock.NowNanoseconds - start) * 1e-6);
            rig.Run(200);
            work = Math.Max(work, rig.Host.Telemetry.Max(telemetry => BitConverter.ToUInt16(telemetry, 10)));
            Assert.Equal(0, rig.Board.LostSerialBytes);
            Assert.Equal(BoardState.Hold, rig.Last.State);
        }

        // Some 11 ms of a tick are the forty channels, the rest is the search.
        Assert.True(worst <= most && work < 20_500, $"{kind}: {worst:0.0} ms until the answer, a tick of {work} us");
    }
}
