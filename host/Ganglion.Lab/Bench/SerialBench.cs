using System.IO.Hashing;
using System.IO.Ports;
using Ganglion.Shared.Link;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Time;
using nanoFramework.Hardware.Esp32;

namespace Ganglion.Lab.Bench;

/// <summary>How fast setpoint frames go over a serial line, one way.</summary>
/// <param name="Joints">Joints of the arm.</param>
/// <param name="ChannelsPerJoint">Gears a joint.</param>
/// <param name="Baud">Line speed.</param>
/// <param name="FrameBytes">Bytes of one frame on the wire.</param>
/// <param name="FramesPerSecond">Frames a second, from the host's adapter to the parser on the board.</param>
/// <param name="Limit">What a frame of 8 bytes and 2 a channel would reach at 10 bits a byte.</param>
public sealed record SerialRate(int Joints, int ChannelsPerJoint, int Baud, double FrameBytes, double FramesPerSecond, double Limit)
{
    public double Ratio => FramesPerSecond / Limit;
}

/// <summary>Sends setpoint frames over the virtual line and counts them as they arrive.</summary>
public static class SerialBench
{
    private const int Frames = 400;

    /// <param name="joints">Joints of the arm.</param>
    /// <param name="channelsPerJoint">Gears a joint; 120 channels at most.</param>
    /// <param name="baud">Line speed.</param>
    /// <exception cref="InvalidOperationException">A frame was lost.</exception>
    public static SerialRate Measure(int joints, int channelsPerJoint, int baud)
    {
        int channels = joints * channelsPerJoint;
        byte[] bytes = Stream(channels);
        int received = 0;
        ulong lastAt = 0;
        using var world = new VirtualWorld();
        Esp32Board board = world.AddBoard(new BoardSetup { Name = "base" }, FirmwareImage.FromMethod(() =>
        {
            Configuration.SetPinFunction(17, DeviceFunction.COM2_TX);
            Configuration.SetPinFunction(16, DeviceFunction.COM2_RX);
            var port = new SerialPort("COM2", baud) { ReadBufferSize = 2048 };
            port.Open();
            var parser = new FrameParser(new NativeChecksum(), 1024);
            while (true)
            {
                int count = port.BytesToRead;
                if (count == 0)
                {
                    continue;
                }

                int room = parser.Prepare();
                parser.Written(port.Read(parser.Buffer, parser.WriteOffset, Math.Min(count, room)));
                while (parser.TryNext())
                {
                    received++;
                    lastAt = HighResTimer.GetCurrent();
                }
            }
        }));
        world.WaitUntil(board.Setup.Timing.BootNanoseconds + 10_000_000);

        // The adapter gets all at once and is busy from now on until the last byte.
        var link = new VirtualLink(world, board, baud);
        long start = world.NowNanoseconds;
        link.Write(bytes);
        world.WaitUntil(start + bytes.Length * SerialWire.ByteNanoseconds(baud) + 50_000_000);
        if (received != Frames)
        {
            throw new InvalidOperationException($"Of {Frames} setpoint frames, {received} arrived at {baud} baud: the virtual line " +
                $"loses bytes.");
        }

        double seconds = lastAt * 1e-6 - start * 1e-9;
        return new SerialRate(joints, channelsPerJoint, baud, bytes.Length / (double)Frames, received / seconds,
            baud / 10.0 / (8 + 2 * channels));
    }

    private static byte[] Stream(int channels)
    {
        var writer = new FrameWriter(new NativeChecksum(), Frames * FrameFormat.MaxFrame) { Session = 1 };
        for (int frame = 0; frame < Frames; frame++)
        {
            int at = writer.Begin(MessageType.Setpoint, 2 + 2 * channels);
            Bytes.Put16(writer.Buffer, at, 156 * frame);
            for (int i = 0; i < channels; i++)
            {
                Bytes.Put16(writer.Buffer, at + 2 + 2 * i, (7919 * frame + 104729 * i) & 0x3FFF);
            }

            writer.Finish(at);
        }

        return writer.Buffer[..writer.PendingCount];
    }

    private sealed class NativeChecksum : Checksum
    {
        public override uint Compute(byte[] buffer, int offset, int count) => Crc32.HashToUInt32(new SpanByte(buffer, offset, count));
    }
}
