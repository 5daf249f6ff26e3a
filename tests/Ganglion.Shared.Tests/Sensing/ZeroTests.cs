using Ganglion.Shared.Sensing;

namespace Ganglion.Shared.Tests.Sensing;

/// <summary>What is learned of a chip's offsets while the body stands, and kept while it moves.</summary>
public class ZeroTests
{
    private const float Dt = 0.02f;

    [Fact]
    public void OffsetsOfTheGyroscopeAreLearnedAtRestOnly()
    {
        GyroZero zero = new(Dt);
        var random = new Random(5);
        for (int i = 0; i < 100; i++)
        {
            float noise = (float)(0.002 * (random.NextDouble() - 0.5));
            zero.Update(0.3f + noise, -0.2f - noise, 0.1f + noise, true);
        }
        zero.Update(0.3f, -0.2f, 0.1f, false);
        Assert.Equal(0, zero.X, 1e-3);
        Assert.Equal(0, zero.Y, 1e-3);
        Assert.Equal(0, zero.Z, 1e-3);
        for (int i = 0; i < 500; i++)
        {
            zero.Update(1.3f, -0.2f, 0.1f, false);
        }

        Assert.Equal(1, zero.X, 1e-3);
    }

    [Fact]
    public void AnImuThatIsAskewIsLearnedAtRestAndKept()
    {
        LevelZero zero = new(Dt);
        // Mounted 3 degrees nose down and 1 to the left; the torso itself stands with 0.02 rad of lean.
        for (int i = 0; i < 150; i++)
        {
            zero.Update(0.0524f + 0.02f, -0.0175f, 0.02f, true);
        }

        zero.Update(0.0524f + 0.1f, -0.0175f + 0.05f, 0.02f, false);
        Assert.Equal(0.1, zero.Pitch, 1e-4);
        Assert.Equal(0.05, zero.Roll, 1e-4);
    }
}
