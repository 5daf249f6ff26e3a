using Ganglion.Bridge.Log;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Timing;
using Ganglion.Shared.Tests;
namespace Ganglion.Bridge.Tests;

/// <summary>
/// What runs at every frame allocates nothing, so that no collection ever holds up a stream. Runs while no other test does:
/// what goes on in other threads can change what the runtime counts against this one.
/// </summary>
[Collection(Alone.Name)]
public class AllocationTests
{
    // A first round lets the code be compiled and buffers reach their size.
    private static long AllocatedBy(Action<int> step, int steps) => Allocation.Of(() =>
    {
        for (int i = 0; i < steps; i++)
        {
            step(i);
        }
    });

    [Trait("Ports", "Real")]
    [Fact]
    public void Reading_writing_and_waiting_on_a_port()
    {
        using var board = new PseudoTerminal();
        using var host = TermiosSerialPort.Open(board.SlavePath, 921600);
        byte[] frame = new byte[88];
        byte[] buffer = new byte[256];
        void Pass(ISerialLink from, ISerialLink to)
        {
            from.Write(frame);
            for (int got = 0; got < frame.Length && to.WaitReadable(TimeSpan.FromSeconds(5));)
            {
                got += to.Read(buffer);
            }

            to.Read(buffer);
        }
        Assert.Equal(0, AllocatedBy(_ =>
        {
            Pass(host, board);
            Pass(board, host);
        }, 300));
    }

    [Fact]
    public void Reading_the_clock_and_waiting_for_it()
    {
        var clock = new MonotonicClock();
        Assert.Equal(0, AllocatedBy(_ => clock.WaitUntil(clock.NowNanoseconds + 50_000), 50));
    }

    [Fact]
    public void Writing_messages_to_a_log()
    {
        using var writer = new McapWriter(Stream.Null);
        ushort json = writer.AddChannel("/figures", "json"), raw = writer.AddChannel("/frames", "application/octet-stream");
        byte[] data = new byte[90];
        Assert.Equal(0, AllocatedBy(
            i => writer.Write(i % 10 == 0 ? json : raw, (uint)i, i * 1_000_000L, 0, data), 20_000));
    }

    [Fact]
    public void Computing_a_checksum()
    {
        byte[] data = new byte[100];
        Assert.Equal(0, AllocatedBy(_ => Crc32.Compute(data), 100));
    }
}

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
