using System.Globalization;
using Ganglion.Basics.Text;
using Ganglion.Gait.Walks;
using Ganglion.Robots.Gaits;

namespace Ganglion.Cli.Verbs.Walker;

/// <summary>Where `ganglion tune walk` searches.</summary>
internal static class TuneRanges
{
    /// <summary>Ranges of all genes.</summary>
    /// <param name="from">The gait around which is searched; null: the whole ranges.</param>
    /// <param name="span">Width of the search around it as a share of the whole ranges.</param>
    /// <param name="keep">Genes with a value or a range of their own, as GENE=V or GENE=A:B.</param>
    /// <exception cref="UserException">The gait cannot be searched around.</exception>
    /// <exception cref="UsageException">There is no such gene, or no such value of it.</exception>
    public static (double[] Low, double[] High) Of(GaitDescription? from, double span, string[] keep)
    {
        (double[] low, double[] high) = ((double[])WalkGenes.Low.Clone(), (double[])WalkGenes.High.Clone());
        if (from != null)
        {
            try
            {
                (low, high) = WalkProblem.Around(WalkGenes.Of(from), span);
            }
            catch (ArgumentException error)
            {
                throw new UserException($"{from.Name}: {error.Words()}");
            }
        }
        foreach (string text in keep)
        {
            string[] parts = text.Split('=');
            int gene = Array.IndexOf(WalkGenes.Names, parts[0]);
            if (gene < 0)
            {
                throw new UsageException($"--keep {text}: '{parts[0]}' is no gene. Genes are {string.Join(", ", WalkGenes.Names)}.");
            }

            string[] ends = parts.Length == 2 ? parts[1].Split(':') : [];
            if (ends.Length is not (1 or 2) || !NumberText.TryRead(ends[0], out low[gene]) || !NumberText.TryRead(ends[^1], out high[gene])
                || !(low[gene] >= WalkGenes.Low[gene] && high[gene] >= low[gene] && high[gene] <= WalkGenes.High[gene]))
            {
                throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--keep {text}: give a value or A:B within " +
                    $"{WalkGenes.Low[gene]} to {WalkGenes.High[gene]}."));
            }
        }
        return (low, high);
    }
}
