using Ganglion.Shared.Sensing;

namespace Ganglion.Shared.Tests.Sensing;

public class FreezeDetectorTests
{
    [Fact]
    public void Freeze_needs_the_full_count_of_equal_readings()
    {
        var freeze = new FreezeDetector(2, 25);
        int[] raw = [1, 2];
        for (int i = 0; i < 25; i++)
        {
            Assert.False(freeze.Update(raw));
        }

        Assert.True(freeze.Update(raw));
        raw[1]++;
        Assert.False(freeze.Update(raw));
    }
}
