using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Ganglion.Lab.Bench;
using Ganglion.Rhythm.ChessClock;

namespace Ganglion.Lab.Rhythms;

/// <summary>How long the fit of a chess clock to the cat takes here and in scipy, from one starting point, in one run.</summary>
/// <param name="Evaluations">Times that the whole fit asked for the loss.</param>
/// <param name="WallSeconds">Of the whole fit from all its points, on the wall.</param>
/// <param name="ProcessorSeconds">Processor time of it.</param>
/// <param name="Score">What it found.</param>
/// <param name="Peer">scipy, or null where it is not installed or was left out.</param>
public sealed record ClockFitBench(
    int Evaluations, double WallSeconds, double ProcessorSeconds, ClockScore Score, ClockPeer? Peer)
{
    private const int PeerEvaluations = 20, Checks = 4;

    /// <summary>Processor time of one evaluation in scipy, times ours: both do the same descent, one step after another.</summary>
    public double? Ratio => Peer?.SecondsPerEvaluation / (ProcessorSeconds / Evaluations);

    /// <summary>Measures.</summary>
    /// <param name="script">tools/bench_rhythm_scipy.py, or null to leave the peer out.</param>
    /// <exception cref="InvalidOperationException">The peer is there and fails; the message has what it said.</exception>
    public static ClockFitBench Measure(string? script)
    {
        PhaseDurations cat = PhaseDurations.Cat;

        // Once for the compiler.
        Fit(cat, starts: 1);
        using var process = Process.GetCurrentProcess();
        TimeSpan processor = process.TotalProcessorTime;
        long wall = Stopwatch.GetTimestamp();
        (ClockFit fit, ClockLoss loss) = Fit(cat, ClockFit.UsualStarts);
        double seconds = Stopwatch.GetElapsedTime(wall).TotalSeconds;
        process.Refresh();
        double used = (process.TotalProcessorTime - processor).TotalSeconds;
        int evaluations = loss.Evaluations;
        ClockScore score = ClockScore.Of(fit.Best.To, cat, ClockStart.Usual, out _)
            ?? throw new InvalidOperationException("the fit ended with parameters that do not oscillate");
        ClockParameters[] checks = [.. fit.Descents.Take(Checks).Select(descent => descent.To)];
        ClockPeer? peer = script == null ? null
            : ClockPeer.Run(script, cat, fit.Best.From, PeerEvaluations, checks, [.. checks.Select(loss.Of)]);
        return new ClockFitBench(evaluations, seconds, used, score, peer);
    }

    /// <summary>What it is held to.</summary>
    public IEnumerable<Bar> Bars()
    {
        yield return Bar.AtMost("the whole fit of a coupled chess clock to the cat, s", WallSeconds, 2);
        yield return Bar.AtLeast("R2 of its stance", Score.StanceRSquared, 0.999);
        yield return Bar.AtLeast("R2 of its swing, in antiphase", Score.SwingRSquared, 0.915);
        yield return Bar.AtMost("its phase, from a half", Score.LargestPhaseError, ClockLoss.LargestPhaseError);
        if (Peer is not { } peer)
        {
            yield break;
        }

        yield return Bar.AtLeast("the same fit, times scipy's speed on one core", Ratio!.Value, 100);
        yield return Bar.AtMost("largest difference of the loss between the two, in parts of it", peer.LargestDifference, 0.03);
    }

    private static (ClockFit Fit, ClockLoss Loss) Fit(PhaseDurations data, int starts)
    {
        var loss = new ClockLoss(data, ClockCoupling.Antiphase, ClockLoss.UsualSwingWeight, ClockStart.Usual);
        return (ClockFit.Run(loss, data, ClockCoupling.Antiphase, starts, ClockFit.UsualSeed), loss);
    }
}

/// <summary>scipy on one core.</summary>
/// <param name="SecondsPerEvaluation">Processor time for one evaluation of the loss within a descent.</param>
/// <param name="Evaluations">Evaluations that were timed.</param>
/// <param name="LargestDifference">Largest difference from our loss over the parameters that both judged, in parts of it.</param>
/// <param name="Versions">Of scipy and numpy.</param>
public sealed record ClockPeer(double SecondsPerEvaluation, int Evaluations, double LargestDifference, string Versions)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Runs the script; null where Python has no scipy.</summary>
    internal static ClockPeer? Run(string script, PhaseDurations data, ClockParameters from, int evaluations,
        ClockParameters[] checks, double[] losses)
    {
        string folder = Directory.CreateTempSubdirectory("ganglion-rhythm-").FullName;
        try
        {
            string input = Path.Combine(folder, "problem.json"), output = Path.Combine(folder, "result.json");
            File.WriteAllText(input, JsonSerializer.Serialize(new
            {
                data.Speed,
                data.Swing,
                data.Stance,
                SwingWeight = ClockLoss.UsualSwingWeight,
                Guess = data.Swing.Zip(data.Stance, ClockMirror.Guess),
                ClockLoss.FreeCoupling,
                ClockLoss.CouplingCost,
                ClockLoss.Ridge,
                ClockLoss.FreeSlope,
                ClockLoss.SlopeCost,
                From = from.ToArray(),
                Around = ClockFit.Around(from.ToArray(), 1),
                Evaluations = evaluations,
                Check = checks.Select(check => check.ToArray()),
            }, Options));
            (int code, string said) = Python(script, input, output);
            if (code != 0)
            {
                return said.Contains("No module named", StringComparison.Ordinal) ? null
                    : throw new InvalidOperationException($"{Path.GetFileName(script)} failed: {said.Trim()}");
            }

            using var result = JsonDocument.Parse(File.ReadAllText(output));
            JsonElement root = result.RootElement;
            double[] theirs = [.. root.GetProperty("check").EnumerateArray().Select(value => value.GetDouble())];
            int done = root.GetProperty("evaluations").GetInt32();
            return new ClockPeer(root.GetProperty("seconds").GetDouble() / done, done,
                theirs.Zip(losses, (their, ours) => Math.Abs(their - ours) / ours).Max(),
                $"scipy {root.GetProperty("scipy").GetString()}, numpy {root.GetProperty("numpy").GetString()}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (int Code, string Said) Python(string script, string input, string output)
    {
        ProcessStartInfo start = new("/usr/bin/python3") { RedirectStandardError = true, ArgumentList = { script, input, output } };

        // One thread: two numbers gain nothing from more.
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        try
        {
            using Process process = Process.Start(start)!;
            string said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, said);
        }
        catch (Win32Exception)
        {
            return (1, "No module named scipy: there is no python3");
        }
    }
}
