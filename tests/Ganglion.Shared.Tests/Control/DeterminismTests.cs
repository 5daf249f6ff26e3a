using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;
using Ganglion.Shared.Tests.Link;

namespace Ganglion.Shared.Tests.Control;

public class DeterminismTests
{
    /// <summary>Recorded once; the pure code uses nothing whose bits differ between machines.</summary>
    private const ulong Recorded = 0xF8FDD12F52791CBF;

    /// <summary>20 000 ticks of 40 streamed channels with late, lost and missing frames: commands, image and every byte
    /// that the board sends.</summary>
    [Fact]
    public void Twenty_thousand_ticks_have_the_recorded_bits()
    {
        var bench = BoardBench.Armed(Configs.Servos(40));
        var random = new Random(20);
        ulong hash = 14695981039346656037;
        short[] values = new short[40];
        for (int tick = 0; tick < 20000; tick++)
        {
            for (int i = 0; i < 40; i++)
            {
                values[i] = (short)(8192 + (tick * (37 + i)) % 16000 - 8000);
            }

            byte[] frame = bench.SetpointFrame(random.Next(-10000, 60000), values);
            int kind = random.Next(20);
            if (kind == 0)
            {
                frame[random.Next(frame.Length)] ^= 1;
            }

            if (kind != 1)
            {
                Frames.Feed(bench.Core.Parser, frame);
            }

            bench.Core.Tick(bench.NowUs += 20000, bench.NowUs / 1000, 0);
            foreach (int command in bench.Core.Channels.Command)
            {
                Mix(ref hash, (uint)command);
            }

            foreach (byte b in bench.Hardware.Image)
            {
                Mix(ref hash, b);
            }

            FrameWriter writer = bench.Core.Writer;
            for (int i = 0; i < writer.PendingCount; i++)
            {
                Mix(ref hash, writer.Buffer[writer.PendingOffset + i]);
            }

            writer.Clear();
        }

        Assert.Equal(BoardState.Running, bench.Core.Safety.State);
        Assert.Equal($"{Recorded:X16}", $"{hash:X16}");
    }

    private static void Mix(ref ulong hash, uint value) => hash = (hash ^ value) * 1099511628211;
}
