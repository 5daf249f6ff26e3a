using System.CommandLine;
using System.Text;
using Ganglion.Ranks.Mpi;

namespace Ganglion.Cli;

/// <summary>Verbs under mpirun or srun: which of them share their work among ranks, and who of the ranks speaks.</summary>
internal static class RankedVerbs
{
    private static readonly string[] Shared = ["train", "sweep"];

    /// <summary>Lets rank 0 alone tell what all know: results, progress, and what is wrong with the command line.</summary>
    public static void Quieten()
    {
        if (Launch.Here.Rank > 0)
        {
            Console.SetOut(TextWriter.Null);
            Console.SetError(TextWriter.Null);
        }
    }

    /// <summary>Refuses several ranks of a verb that each would do by itself; failures of any rank are told from here on, with its
    /// number.</summary>
    /// <param name="parsed">A command line that makes sense.</param>
    /// <exception cref="UsageException">It is such a verb.</exception>
    public static void Admit(ParseResult parsed)
    {
        Launch launch = Launch.Here;
        if (!launch.IsSeveral)
        {
            return;
        }

        string[] verbs = [.. parsed.CommandResult.Command.Parents.OfType<Command>().Select(parent => parent.Name)
            .Append(parsed.CommandResult.Command.Name)];
        if (!verbs.Any(Shared.Contains))
        {
            throw new UsageException($"{launch.By} started {launch.Count} ranks, and each would do all of '{verbs[^1]}' by itself. Start " +
                $"it without {launch.By}; ranks share the work of: {string.Join(", ", Shared)}.");
        }

        if (launch.Rank > 0)
        {
            Console.SetError(new Prefixed($"rank {launch.Rank}: "));
        }
    }

    /// <summary>The process ends: with what all ranks come to alike, or it ends the others too.</summary>
    public static void Leave(int code) => MpiRanks.Leave(code, code is Errors.Ok or Errors.Missed or Errors.Interrupted);

    /// <summary>Lines on stderr with a rank before each.</summary>
    private sealed class Prefixed(string prefix) : TextWriter
    {
        private readonly TextWriter _error = new StreamWriter(Console.OpenStandardError()) { AutoFlush = true };

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value) => _error.WriteLine(prefix + value);

        public override void Write(char value) => _error.Write(value);
    }
}
