using Ganglion.Shared.Sensing;

namespace Ganglion.Shared.Tests.Sensing;

public class ComplementaryFilterTests
{
    /// <summary>A body rocking in pitch with a biased, noisy gyroscope and a noisy accelerometer: the filter is closer to
    /// the truth than either sensor alone.</summary>
    [Fact]
    public void Beats_both_of_its_sensors()
    {
        const float dt = 0.02f;
        var random = new Random(5);
        var filter = new ComplementaryFilter(0.5f, dt);
        double integrated = 0, errorFilter = 0, errorGyro = 0, errorAccelerometer = 0;
        int n = 0;
        for (int i = 0; i < 3000; i++)
        {
            double t = i * dt, truth = 0.3 * Math.Sin(3 * t), rate = 0.9 * Math.Cos(3 * t);
            double measuredRate = rate + 0.02 + 0.01 * Gauss(random);
            double ax = -Math.Sin(truth) + 0.05 * Gauss(random), az = Math.Cos(truth) + 0.05 * Gauss(random);
            filter.Update((float)ax, 0, (float)az, 0, (float)measuredRate);
            integrated += measuredRate * dt;
            if (t < 5)
            {
                continue;
            }

            n++;
            errorFilter += Math.Pow(filter.Pitch - truth, 2);
            errorGyro += Math.Pow(integrated - truth, 2);
            errorAccelerometer += Math.Pow(Math.Atan2(-ax, az) - truth, 2);
        }

        Assert.True(errorFilter < 0.25 * errorAccelerometer, $"{Math.Sqrt(errorFilter / n)} rad");
        Assert.True(errorFilter < 0.05 * errorGyro);
    }

    [Theory]
    [InlineData(0.5, 0.2)]
    [InlineData(-0.7, -0.4)]
    public void At_rest_it_reads_the_tilt(double pitch, double roll)
    {
        var filter = new ComplementaryFilter(0.5f, 0.02f);
        // Gravity seen from a body rotated by Ry(pitch) Rx(roll).
        double ax = -Math.Sin(pitch), ay = Math.Cos(pitch) * Math.Sin(roll), az = Math.Cos(pitch) * Math.Cos(roll);
        for (int i = 0; i < 200; i++)
        {
            filter.Update((float)ax, (float)ay, (float)az, 0, 0);
        }

        Assert.Equal(pitch, filter.Pitch, 4);
        Assert.Equal(roll, filter.Roll, 4);
    }

    private static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
