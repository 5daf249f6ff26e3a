using System.Text;
using Ganglion.Shared.Link;

namespace Ganglion.Shared.Tests.Link;

public class FrameParserTests
{
    private readonly FrameParser _parser = new(new TableChecksum(), 1024);

    [Fact]
    public void Reads_what_the_writer_wrote()
    {
        var writer = new FrameWriter(new TableChecksum(), 1024) { Session = 77 };
        for (int i = 0; i < 3; i++)
        {
            int at = writer.Begin(MessageType.Ping, 4);
            Bytes.Put32(writer.Buffer, at, 1000 * i);
            writer.Finish(at);
        }

        Frames.Feed(_parser, writer.Buffer.AsSpan(writer.PendingOffset, writer.PendingCount));
        for (int i = 0; i < 3; i++)
        {
            Assert.True(_parser.TryNext());
            Assert.Equal((MessageType.Ping, 77, i, 4), (_parser.Type, _parser.Session, _parser.Sequence, _parser.PayloadLength));
            Assert.Equal(1000 * i, BitConverter.ToInt32(_parser.Buffer, _parser.PayloadOffset));
        }

        Assert.False(_parser.TryNext());
        Assert.Equal(0, _parser.GarbageBytes);
    }

    [Fact]
    public void Finds_frames_delivered_one_byte_at_a_time()
    {
        byte[] frame = Frames.Setpoint(5, 9, 1234, 1, -2, 3);
        int found = 0;
        for (int repeat = 0; repeat < 50; repeat++)
        {
            foreach (byte b in frame)
            {
                Frames.Feed(_parser, [b]);
                while (_parser.TryNext())
                {
                    found++;
                }
            }
        }

        Assert.Equal(50, found);
    }

    [Fact]
    public void Skips_boot_rom_text()
    {
        byte[] text = Encoding.ASCII.GetBytes("rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\r\nload:0x3fff0018,len:4\r\n");
        Frames.Feed(_parser, [.. text, .. Frames.Make(MessageType.Arm, 1, 2, 3)]);
        Assert.True(_parser.TryNext());
        Assert.Equal(MessageType.Arm, _parser.Type);
        Assert.Equal(text.Length, _parser.GarbageBytes);
    }

    /// <summary>Any one flipped bit anywhere costs that frame and no other.</summary>
    [Fact]
    public void A_flipped_bit_costs_one_frame()
    {
        byte[] frame = Frames.Setpoint(5, 1, 99, 100, 200, 300);
        for (int bit = 0; bit < 8 * frame.Length; bit++)
        {
            _parser.Clear();
            byte[] damaged = (byte[])frame.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Frames.Feed(_parser, [.. damaged, .. frame, .. frame]);
            int found = Drain();
            // A flip in the length byte can announce more than is there; two calls 50 ms apart give it up.
            _parser.Expire();
            _parser.Expire();
            found += Drain();
            Assert.Equal(2, found);
        }
    }

    /// <summary>Garbage of any kind, then frames: the first whole frame after it is found.</summary>
    [Fact]
    public void Resynchronises_within_one_frame()
    {
        var random = new Random(20261121);
        byte[] frame = Frames.Setpoint(5, 1, 99, 100, 200, 300);
        for (int trial = 0; trial < 20000; trial++)
        {
            _parser.Clear();
            byte[] garbage = new byte[random.Next(200)];
            random.NextBytes(garbage);
            if (trial % 3 == 0)
            {
                Array.Fill(garbage, FrameFormat.Sync);
            }
            else if (trial % 3 == 1 && garbage.Length > 40)
            {
                frame.AsSpan(0, 15).CopyTo(garbage.AsSpan(garbage.Length - 15)); // a frame cut short
            }

            Frames.Feed(_parser, garbage);
            Drain();
            Frames.Feed(_parser, frame);
            int found = Drain();
            for (int quiet = 0; quiet < 4 && found == 0; quiet++)
            {
                _parser.Expire();
                found += Drain();
            }

            Assert.True(found == 1, $"trial {trial}: {found} frames after {garbage.Length} bytes of garbage");
        }
    }

    /// <summary>Of frames cut to their headers each would be waited for as long as the first, and a board take its host for lost.</summary>
    [Fact]
    public void False_headers_are_given_up_all_at_once()
    {
        byte[] frame = Frames.Setpoint(5, 1, 99, 100, 200, 300);
        for (int headers = 0; headers < 160; headers++)
        {
            Frames.Feed(_parser, frame.AsSpan(0, FrameFormat.HeaderSize));
        }

        Assert.Equal(0, Drain());
        Frames.Feed(_parser, frame);
        int found = Drain();
        _parser.Expire();
        Frames.Feed(_parser, frame.AsSpan(0, frame.Length - 1));
        found += Drain();
        _parser.Expire();
        found += Drain();
        Assert.Equal(1, found);

        // The last one began between both calls, and is still waited for.
        Frames.Feed(_parser, frame.AsSpan(frame.Length - 1));
        Assert.Equal(1, Drain());
    }

    [Fact]
    public void Ten_million_random_bytes_give_no_frame_and_no_exception()
    {
        var random = new Random(7);
        byte[] block = new byte[500];
        int frames = 0;
        for (int sent = 0; sent < 10_000_000;)
        {
            random.NextBytes(block);
            int room = _parser.Prepare();
            int take = Math.Min(room, block.Length);
            Frames.Feed(_parser, block.AsSpan(0, take));
            sent += take;
            for (int i = 0; i < 20; i++)
            {
                frames += _parser.TryNext() ? 1 : 0;
            }

            _parser.Expire();
        }

        // All of it was looked at: no more than what the buffer still holds is missing from the count of garbage.
        Assert.InRange(_parser.GarbageBytes, 10_000_000 - 1024, 10_000_000 + block.Length);

        // 2^-48 a byte: none is expected in the life of a robot.
        Assert.Equal(0, frames);
    }

    [Fact]
    public void Parsing_allocates_nothing()
    {
        byte[] stream = [.. "garbage"u8, .. Frames.Setpoint(5, 1, 99, 100, 200, 300), 0xA5, 0xA5, .. Frames.Make(MessageType.Ping, 5, 2,
            1, 2, 3, 4)];
        Run(stream); // first use of the code
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                Run(stream);
            }
        }));
    }

    [Fact]
    public void A_buffer_below_two_frames_is_refused() =>
        Assert.Throws<ArgumentException>(() => new FrameParser(new TableChecksum(), 500));

    private int Run(byte[] stream)
    {
        stream.CopyTo(_parser.Buffer, _parser.Prepare() > 0 ? _parser.WriteOffset : 0);
        _parser.Written(stream.Length);
        return Drain();
    }

    private int Drain()
    {
        int found = 0;
        for (int quiet = 0; quiet < 30; quiet++)
        {
            while (_parser.TryNext())
            {
                found++;
            }
        }

        return found;
    }
}
