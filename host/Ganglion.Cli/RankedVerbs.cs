using System.CommandLine;
using System.Text;
using Ganglion.Cli.Parsing;
using Ganglion.Ranks.Mpi;

namespace Ganglion.Cli;

/// <summary>Verbs under mpirun or srun: which of them share their work among ranks, and who of the ranks speaks.</summary>
internal static class RankedVerbs
{
    private static readonly string[] Shared =
        ["train", "tune gait", "tune walk", "tune atlas", "reproduce slope", "sweep", "bench ranks"];

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

        string verb = string.Join(' ', UsageWords.Verbs(parsed));
        if (!Shared.Contains(verb))
        {
            throw new UsageException($"{launch.By} started {launch.Count} ranks, and each would do all of '{verb}' by itself. Start it " +
                $"without {launch.By}; ranks share the work of: {string.Join(", ", Shared)}.");
        }

        if (launch.Rank > 0)
        {
            Console.SetError(new Prefixed($"rank {launch.Rank}: "));
        }
    }

    /// <summary>Threads of a verb whose ranks do one piece of its work at a time: one under several ranks.</summary>
    /// <exception cref="UsageException">The user asks for more there.</exception>
    public static int Threads(ParseResult parsed, Option<int> threads)
    {
        int asked = parsed.GetValue(threads);
        if (!Launch.Here.IsSeveral || asked == 1)
        {
            return asked;
        }

        return parsed.GetResult(threads) is { Implicit: false }
            ? throw new UsageException($"--threads {asked}: under {Launch.Here.By} each rank does one piece at a time; start more ranks " +
                $"instead.")
            : 1;
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
