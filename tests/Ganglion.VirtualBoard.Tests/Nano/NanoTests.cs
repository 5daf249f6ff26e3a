using System.IO.Hashing;
using System.Text;
using Ganglion.Nano;

namespace Ganglion.VirtualBoard.Tests.Nano;

public class NanoTests
{
    [Fact]
    public void CrcHasItsCheckValueWholeAndInParts()
    {
        byte[] check = Encoding.ASCII.GetBytes("123456789");
        Assert.Equal(0xCBF43926u, Crc32.HashToUInt32(check));
        var crc = new Crc32();
        crc.Append(new SpanByte(check, 0, 4));
        crc.Append(new SpanByte(check, 4, 5));
        Assert.Equal(0xCBF43926u, crc.GetCurrentHashAsUInt32());
    }

    [Fact]
    public void SpanByteViewsItsArrayAndRefusesWhatLiesOutside()
    {
        byte[] array = [1, 2, 3, 4, 5];
        var span = new SpanByte(array, 1, 3);
        span[2] = 9;
        Assert.Equal([1, 2, 3, 9, 5], array);
        Assert.Equal([3, 9], span.Slice(1).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpanByte(array, 4, 2).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpanByte(array, 1, 3)[3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpanByte(array, 1, 3).Slice(2, 2).Length);
        Assert.True(SpanByte.Empty.IsEmpty);
        Assert.True(typeof(SpanByte).IsByRefLike);
    }

    [Fact]
    public void TheCounterCountsWithoutABoardToo()
    {
        InstructionCounter.Restart(100);
        InstructionCounter.Add(60);
        InstructionCounter.Add(60);
        Assert.Equal(120, InstructionCounter.Executed);
    }
}
