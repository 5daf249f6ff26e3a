using System.IO.Hashing;
using System.Text;
using Ganglion.Nano;

namespace Ganglion.VirtualBoard.Tests.Nano;

public class NanoTests
{
    [Fact]
    public void CrcHasItsCheckValueAlsoOfAPartOfAnArray()
    {
        byte[] check = Encoding.ASCII.GetBytes("123456789");
        Assert.Equal(0xCBF43926u, Crc32.HashToUInt32(check));
        Assert.Equal(0xCBF43926u, Crc32.HashToUInt32(new SpanByte([0, .. check, 0, 0], 1, 9)));
    }

    [Fact]
    public void SpanByteRefusesWhatLiesOutsideItsArrayAndLivesOnTheStackOnly()
    {
        byte[] array = [1, 2, 3, 4, 5];
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = new SpanByte(array, 4, 2); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = new SpanByte(null, 0, 1); });
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
