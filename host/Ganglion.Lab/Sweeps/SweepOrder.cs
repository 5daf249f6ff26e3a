using Ganglion.Robots.Sweeps;

namespace Ganglion.Lab.Sweeps;

/// <summary>In which order the points of a sweep are begun: the longest first, as far as that is known.</summary>
public static class SweepOrder
{
    /// <summary>Orders points. What a point takes is held to be the mean of those that are done and have most values in common with it;
    /// where nothing is done the grid's own order is kept.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="open">Points to be done.</param>
    /// <param name="known">Values of points that are done, and what each took, s.</param>
    public static int[] LongestFirst(SweepDescription sweep, IEnumerable<int> open,
        IReadOnlyList<(string[] Values, double Seconds)> known) =>
        [.. open.OrderByDescending(point => Expected(sweep.ValuesOf(point), known))];

    private static double Expected(string[] values, IReadOnlyList<(string[] Values, double Seconds)> known)
    {
        double sum = 0;
        int most = 0, count = 0;
        foreach ((string[] done, double seconds) in known)
        {
            int alike = values.Zip(done, (a, b) => a == b ? 1 : 0).Sum();
            if (alike > most)
            {
                (most, sum, count) = (alike, 0, 0);
            }

            if (alike == most)
            {
                (sum, count) = (sum + seconds, count + 1);
            }
        }

        return count == 0 ? 0 : sum / count;
    }
}
