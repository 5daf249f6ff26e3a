using Ganglion.Bridge.Session;
using Ganglion.Robots.Modules;
using Ganglion.Shared.Link;

namespace Ganglion.Live.Joints;

/// <summary>What a supply bore.</summary>
/// <param name="Board">Index into the robot's boards.</param>
/// <param name="Servos">Servos that started together.</param>
/// <param name="Tries">Times that was done.</param>
/// <param name="Resets">Times a chip lost its supply by it.</param>
/// <param name="Words">Which chip did last, in words; empty: none.</param>
public sealed record LoadStep(int Board, int Servos, int Tries, int Resets, string Words);

/// <summary>
/// Finds out how many servos the supply bears: one module starts, two together, four, and so on to all of a board, each time to and fro; a
/// board tells of each chip that lost its settings, which is what a supply that sags does.
/// </summary>
public static class JointLoad
{
    /// <summary>Starts of each number of servos: a supply at its edge does not fail each time.</summary>
    private const int Tries = 4;

    /// <param name="bench">Has the boards.</param>
    /// <param name="modules">Those that may be moved.</param>
    /// <param name="degrees">To either side of where they stand.</param>
    /// <param name="progress">Is told the number of servos and the try, from 1.</param>
    /// <returns>One a number of servos, board by board; a board's last one is the first that a chip did not bear, or all.</returns>
    /// <exception cref="BoardException">A board refuses, or fails in another way than that a chip loses its supply.</exception>
    /// <exception cref="OperationCanceledException">Ended at once; nothing is on.</exception>
    public static IReadOnlyList<LoadStep> Run(JointBench bench, IReadOnlyList<JointModule> modules, double degrees,
        Action<int, int> progress)
    {
        var steps = new List<LoadStep>();
        foreach (IGrouping<int, JointModule> board in modules.GroupBy(module => module.Board))
        {
            JointModule[] all = [.. board];
            for (int count = 1; ; count = Math.Min(2 * count, all.Length))
            {
                steps.Add(Try(bench, Together(all[..count]), degrees, progress));
                if (steps[^1].Resets > 0 || count == all.Length || bench.End.Well.IsCancellationRequested)
                {
                    break;
                }
            }
        }

        return steps;
    }

    private static LoadStep Try(JointBench bench, JointModule module, double degrees, Action<int, int> progress)
    {
        int tries = 0, resets = 0;
        string words = "";
        while (tries < Tries && !bench.End.Well.IsCancellationRequested)
        {
            progress(module.Channels.Length, ++tries);
            try
            {
                bench.Use(module, move => Move(bench, move, degrees));
            }
            catch (BoardException failure) when (failure.InnerException is BoardException { Reason: Reason.ChipLost })
            {
                resets++;
                words = failure.Text.Cause;
                bench.Disarm(module);
            }
        }

        return new LoadStep(module.Board, module.Channels.Length, tries, resets, words);
    }

    private static bool Move(JointBench bench, JointMove move, double degrees)
    {
        double most = degrees / move.Module.DegreesOf(bench.Robot).Max();
        double[] start = move.At.ToArray();
        bool there = move.To(move.Module.Farthest(bench.Robot, start, move.Module.Axes[0], most), bench.End.Well)
            && move.To(move.Module.Farthest(bench.Robot, start, move.Module.Axes[0], -most), bench.End.Well);
        return move.To(start, CancellationToken.None) && there;
    }

    /// <summary>Some modules of one board as one that moves along the first axis of all.</summary>
    private static JointModule Together(JointModule[] modules) => new(string.Join(" ", modules.Select(module => module.Name)),
        modules[0].Board, [.. modules.SelectMany(module => module.Channels)],
        [new JointAxis("together", [.. modules.SelectMany(module => module.Axes[0].Way)])], []);
}
