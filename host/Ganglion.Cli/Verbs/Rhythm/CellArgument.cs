using System.CommandLine;
using Ganglion.Basics.Text;
using Ganglion.Rhythm.Cells;

namespace Ganglion.Cli.Verbs.Rhythm;

/// <summary>A cell type by its name.</summary>
internal static class CellArgument
{
    /// <summary>The argument TYPE with what holds where it is left out.</summary>
    public static Argument<string> Of(string fallback) => new("type")
    {
        Description = "Cell type; `ganglion rhythm cells` lists all.",
        DefaultValueFactory = _ => fallback,
        HelpName = "TYPE",
    };

    /// <summary>The type of a name.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static CellType Find(string name) => CellTypes.Find(name) ?? throw new UsageException($"there is no cell type '{name}'; " +
        $"{Spelling.DidYouMean(name, CellTypes.All.Select(type => type.Name))}`ganglion rhythm cells` lists them.");
}
