using Ganglion.Bridge.Session;
using Ganglion.Robots.Modules;
using Ganglion.Shared.Link;

namespace Ganglion.Live.Joints;

/// <summary>What came of a module's wiggle.</summary>
public enum WiggleOutcome
{
    /// <summary>A module moved.</summary>
    Moved,

    /// <summary>No module moved.</summary>
    Nothing,

    /// <summary>More than one moved, or one in parts: plugs are mixed within modules.</summary>
    Several,

    /// <summary>A chip of it does not answer.</summary>
    NoChip,

    /// <summary>It was not asked for any more.</summary>
    NotAsked,
}

/// <summary>What was found at a module's place.</summary>
/// <param name="Described">The module that the description has there.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Moved">The module that moved; null: see <paramref name="Outcome"/>.</param>
/// <param name="Words">Of a chip that does not answer: the board's words; else empty.</param>
public sealed record WiggleFinding(JointModule Described, WiggleOutcome Outcome, JointModule? Moved = null, string Words = "");

/// <summary>Which physical module is which address: one place after the other is moved to and fro by a little, alone, and a person says
/// what moved.</summary>
public static class JointWiggle
{
    /// <summary>What an answer may be beside the name of a module.</summary>
    public const string Nothing = "-", Several = "several", Again = "again", Quit = "quit";

    /// <summary>Times to and fro before the question.</summary>
    private const int Cycles = 2;

    /// <param name="bench">Has the boards.</param>
    /// <param name="places">Modules of the description, to be moved in this order.</param>
    /// <param name="degrees">To either side, of the servo that goes farthest.</param>
    /// <param name="ask">Asks what moved; is given why the last answer was none. Null: nobody answers any more.</param>
    /// <param name="progress">Is told which place comes next.</param>
    /// <returns>One a place.</returns>
    /// <exception cref="BoardException">A board fails in another way than that a chip does not answer when it is armed.</exception>
    /// <exception cref="OperationCanceledException">Ended; nothing is on.</exception>
    public static IReadOnlyList<WiggleFinding> Run(JointBench bench, IReadOnlyList<JointModule> places, double degrees,
        Func<JointModule, string, Task<string?>> ask, Action<JointModule> progress)
    {
        var found = new List<WiggleFinding>();
        bool isEnded = false;
        foreach (JointModule place in places)
        {
            found.Add(isEnded ? new WiggleFinding(place, WiggleOutcome.NotAsked) : Find(place));
            isEnded |= found[^1].Outcome == WiggleOutcome.NotAsked;
        }

        return found;

        WiggleFinding Find(JointModule place)
        {
            progress(place);
            for (string why = ""; ;)
            {
                if (why.Length == 0 && Move(bench, place, degrees) is { } missing)
                {
                    return new WiggleFinding(place, WiggleOutcome.NoChip, Words: missing);
                }

                string? answer = bench.Await(ask(place, why))?.Trim();
                switch (answer)
                {
                    case null or Quit:
                        return new WiggleFinding(place, WiggleOutcome.NotAsked);
                    case "" or Nothing:
                        return new WiggleFinding(place, WiggleOutcome.Nothing);
                    case Several:
                        return new WiggleFinding(place, WiggleOutcome.Several);
                    case Again:
                        why = "";
                        break;
                    default:
                        if (JointModules.Find(JointModules.Of(bench.Robot), answer, out why) is { } moved)
                        {
                            return new WiggleFinding(place, WiggleOutcome.Moved, moved);
                        }

                        break;
                }
            }
        }
    }

    /// <returns>Which chip does not answer, in words; null: it was moved.</returns>
    private static string? Move(JointBench bench, JointModule place, double degrees)
    {
        try
        {
            bench.Use(place, move =>
            {
                double most = degrees / place.DegreesOf(bench.Robot).Max();
                double[] start = move.At.ToArray();
                double[] up = place.Farthest(bench.Robot, start, place.Axes[0], most);
                double[] down = place.Farthest(bench.Robot, start, place.Axes[0], -most);
                bool goesOn = true;
                for (int i = 0; i < Cycles && goesOn; i++)
                {
                    goesOn = move.To(up, bench.End.Well) && move.To(down, bench.End.Well);
                }

                move.To(start, CancellationToken.None);
                return goesOn;
            });
            bench.End.Well.ThrowIfCancellationRequested();
            return null;
        }
        catch (BoardException missing) when (missing.Reason == Reason.ChipMissing)
        {
            return missing.Text.Cause;
        }
    }
}
