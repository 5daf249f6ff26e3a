using System.Buffers.Binary;
using Ganglion.Dashboard.Stream;

namespace Ganglion.Dashboard.Tests.Stream;

/// <summary>Whoever is slow gets fewer frames, each whole, and the memory for it is bounded.</summary>
public sealed class FrameExchangeTests
{
    private readonly FrameExchange _frames = new();

    [Fact]
    public async Task A_slow_viewer_skips_to_the_newest_and_keeps_what_it_has()
    {
        Publish(0);
        (FrameBuffer held, long number) = await _frames.Next(0, default);
        for (uint i = 1; i <= 100; i++)
        {
            Publish(i);
        }

        Assert.Equal(0u, NumberOf(held));
        (FrameBuffer newest, long next) = await _frames.Next(number, default);
        Assert.Equal(100u, NumberOf(newest));
        Assert.Equal(101, next);
        Assert.InRange(_frames.Buffers, 1, 3);
        _frames.Return(held);
        _frames.Return(newest);
    }

    [Fact]
    public async Task A_viewer_that_has_the_newest_waits_for_the_next()
    {
        Publish(0);
        (FrameBuffer first, long number) = await _frames.Next(0, default);
        _frames.Return(first);
        Task<(FrameBuffer Frame, long Number)> next = _frames.Next(number, default).AsTask();
        Assert.False(next.IsCompleted);
        Publish(1);
        Assert.Equal(1u, NumberOf((await next).Frame));
    }

    [Fact]
    public async Task Buffers_are_bounded_by_the_viewers_that_hold_one()
    {
        const int viewers = 20;
        var held = new List<FrameBuffer>();
        for (uint i = 0; i < 1000; i++)
        {
            Publish(i);
            if (held.Count < viewers)
            {
                held.Add((await _frames.Next(0, default)).Frame);
            }
        }

        Assert.InRange(_frames.Buffers, viewers, viewers + 2);
        Assert.Equal(Enumerable.Range(0, viewers).Select(i => (uint)i), held.Select(NumberOf));
    }

    [Fact]
    public void A_frame_is_laid_out_as_its_document_says()
    {
        var frame = new FrameBuffer();
        frame.Begin(7, 1.5);
        frame.AddNumbers(Section.Channels, 3, 3).Fill(0.25f);
        frame.Add(Section.Spikes, 5, 5).Fill(9);
        frame.End();
        ReadOnlySpan<byte> bytes = frame.Memory.Span;
        Assert.Equal("GNG1"u8.ToArray(), bytes[..4].ToArray());
        Assert.Equal(7u, BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]));
        Assert.Equal(1.5, BinaryPrimitives.ReadDoubleLittleEndian(bytes[8..]));
        Assert.Equal(bytes.Length, BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]));
        Assert.Equal(2, BinaryPrimitives.ReadInt32LittleEndian(bytes[20..]));
        Assert.Equal(5, BinaryPrimitives.ReadUInt16LittleEndian(bytes[24..]));
        Assert.Equal(12, BinaryPrimitives.ReadInt32LittleEndian(bytes[28..]));
        Assert.Equal(0.25f, BinaryPrimitives.ReadSingleLittleEndian(bytes[32..]));
        Assert.Equal(0, BinaryPrimitives.ReadInt32LittleEndian(bytes[44..]));
        Assert.Equal(6, BinaryPrimitives.ReadUInt16LittleEndian(bytes[48..]));
        Assert.Equal(5, BinaryPrimitives.ReadInt32LittleEndian(bytes[52..]));
        Assert.Equal([9, 9, 9, 9, 9, 0, 0, 0], bytes[56..].ToArray());
    }

    private void Publish(uint number)
    {
        FrameBuffer frame = _frames.Rent();
        frame.Begin(number, 0);
        frame.End();
        _frames.Publish(frame);
    }

    private static uint NumberOf(FrameBuffer frame) => BinaryPrimitives.ReadUInt32LittleEndian(frame.Memory.Span[4..]);
}
