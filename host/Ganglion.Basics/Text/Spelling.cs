namespace Ganglion.Basics.Text;

/// <summary>What somebody who misspelt a word may have meant.</summary>
public static class Spelling
{
    /// <summary>The nearest of some words.</summary>
    /// <param name="given">What was written.</param>
    /// <param name="known">What could have been.</param>
    /// <returns>Null where none is near: more than half of the letters, or more than three, would have to change, unless one begins
    /// with what was written.</returns>
    public static string? Nearest(string given, IEnumerable<string> known)
    {
        string? nearest = null;
        int least = int.MaxValue;
        foreach (string word in known)
        {
            int distance = Distance(given, word);
            if (distance < least)
            {
                (nearest, least) = (word, distance);
            }
        }

        return nearest != null && least <= Math.Min(3, (given.Length + 1) / 2) ? nearest
            : given.Length < 2 ? null
            : known.FirstOrDefault(word => word.StartsWith(given, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The same to go before other words: "did you mean 'x'? ", or nothing.</summary>
    public static string DidYouMean(string given, IEnumerable<string> known) =>
        Nearest(given, known) is { } word ? $"did you mean '{word}'? " : "";

    /// <summary>Letters to insert, delete, replace, or swap with their neighbour (Damerau and Levenshtein, each place once), without regard
    /// to case. Words beyond 64 letters are as far apart as the longer is long.</summary>
    private static int Distance(string a, string b)
    {
        if (a.Length > 64 || b.Length > 64)
        {
            return Math.Max(a.Length, b.Length);
        }

        int[,] distance = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distance[i, j] = i + j;
                    continue;
                }

                bool same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                int least = Math.Min(Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1, distance[i - 1, j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    least = Math.Min(least, distance[i - 2, j - 2] + 1);
                }

                distance[i, j] = least;
            }
        }

        return distance[a.Length, b.Length];
    }
}
