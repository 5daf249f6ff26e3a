namespace Ganglion.Rhythm.Cells;

/// <summary>How often the turn goes to and fro between two cells that inhibit each other.</summary>
public static class Alternation
{
    /// <summary>A cell's spikes count for so long [ms of the cells' time]: longer than a burst's gaps, shorter than a turn.</summary>
    private const double Memory = 8;

    /// <summary>A turn passes to the cell whose fading spikes outweigh the other's by more than this, so that a stray spike does not
    /// take it.</summary>
    private const double Outweighs = 0.5;

    /// <summary>Moments at which the turn passes to the first cell.</summary>
    /// <param name="first">Spikes of the first cell, in order.</param>
    /// <param name="second">Spikes of the second cell, in the same unit of time.</param>
    /// <param name="timeScale">ms of the cells in one unit of that time.</param>
    public static double[] Turns(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double timeScale)
    {
        var turns = new List<double>();
        double balance = 0, last = 0;
        int i = 0, j = 0;
        bool? isFirst = null;
        while (i < first.Length || j < second.Length)
        {
            bool fromFirst = j == second.Length || (i < first.Length && first[i] <= second[j]);
            double time = fromFirst ? first[i++] : second[j++];
            balance = balance * Math.Exp((last - time) * timeScale / Memory) + (fromFirst ? 1 : -1);
            last = time;
            if (balance > Outweighs && isFirst != true)
            {
                if (isFirst == false)
                {
                    turns.Add(time);
                }

                isFirst = true;
            }
            else if (balance < -Outweighs)
            {
                isFirst = false;
            }
        }

        return [.. turns];
    }

    /// <summary>Mean frequency of the turns from a moment on [1 / unit of time]; NaN with fewer than two.</summary>
    public static double Frequency(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double timeScale, double from)
    {
        double[] turns = [.. Turns(first, second, timeScale).Where(time => time >= from)];
        return turns.Length < 2 ? double.NaN : (turns.Length - 1) / (turns[^1] - turns[0]);
    }

    /// <summary>Why two cells do not alternate, to follow "the cells"; null where they do.</summary>
    /// <param name="first">Spikes of the first cell.</param>
    /// <param name="second">Spikes of the second cell.</param>
    /// <param name="timeScale">ms of the cells in one unit of that time.</param>
    /// <param name="from">From when on they are looked at.</param>
    public static string? Problem(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double timeScale, double from)
    {
        int ones = CountFrom(first, from), twos = CountFrom(second, from);
        return ones + twos == 0 ? "are silent: nothing drives them far enough"
            : ones == 0 || twos == 0 ? "do not alternate: only one of them fires"
            : double.IsNaN(Frequency(first, second, timeScale, from)) ? "do not alternate: both fire together" : null;
    }

    private static int CountFrom(ReadOnlySpan<double> times, double from)
    {
        int count = 0;
        foreach (double time in times)
        {
            count += time >= from ? 1 : 0;
        }

        return count;
    }
}
