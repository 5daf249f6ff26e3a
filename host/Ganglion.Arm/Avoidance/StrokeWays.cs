namespace Ganglion.Arm.Avoidance;

/// <summary>How far strokes are from others.</summary>
internal static class StrokeWays
{
    /// <summary>The greatest change of a stroke: what takes longest where all gears are as fast.</summary>
    public static double Most(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double most = 0;
        for (int i = 0; i < a.Length; i++)
        {
            most = Math.Max(most, Math.Abs(a[i] - b[i]));
        }

        return most;
    }

    /// <summary>The sum of squares.</summary>
    public static double Square(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return sum;
    }
}
