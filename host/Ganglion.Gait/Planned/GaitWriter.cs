using System.Globalization;
using Ganglion.Gait.Stability;
using Ganglion.Gait.Walks;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;
using Ganglion.Shared.Legs;
using Ganglion.Shared.Walking;

namespace Ganglion.Gait.Planned;

/// <summary>Where a tuned gait comes from.</summary>
/// <param name="Version">Version of Ganglion.</param>
/// <param name="Search">"ga" or "cma".</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Evaluations">Gaits judged.</param>
/// <param name="Score">What it scores.</param>
public sealed record GaitOrigin(string Version, string Search, int Seed, long Evaluations, GaitScore Score);

/// <summary>Writes tuned genes as a gait file that a board of a robot can load.</summary>
public static class GaitWriter
{
    /// <summary>How long a board goes on walking when its host falls silent, s.</summary>
    private const int Timeout = 2;

    private const double HeightStep = 0.005, LowestHips = 0.3;

    /// <summary>
    /// The text of a gait file. The file's cycle, duty and phase are measured on the network at the board's tick. The hips are
    /// put as high as the legs reach at the bounds of the commands, and never higher than tuned; a constant sideways offset
    /// of the body is left out, because a walker is symmetric. Its speed, its reflexes and its least lift are those of
    /// <see cref="GaitHandover"/>; the tuned speed is the bound of its commands.
    /// </summary>
    /// <param name="name">Lower-case letters, digits and dashes.</param>
    /// <param name="genes">The 22 genes.</param>
    /// <param name="problem">What they were tuned for.</param>
    /// <param name="origin">Where they come from.</param>
    /// <param name="robot">The walker that it is for.</param>
    /// <exception cref="ArgumentException">The robot is no walker, the genes make no steps, or no height of the hips is in
    /// reach.</exception>
    public static string Write(string name, ReadOnlySpan<double> genes, GaitProblem problem, GaitOrigin origin, RobotDescription robot)
    {
        LegGeometry legs = robot.Walker?.Legs ?? throw new ArgumentException($"'{robot.Name}' is no walker; choose another robot.",
            nameof(robot));
        var shape = PhaseShape.Of(GaitPlanner.Network(problem, genes), problem.Filter);
        WalkParameters walk = new()
        {
            Cycle = (float)shape.Cycle,
            Duty = (float)origin.Score.Duty,
            Lift = (float)GaitHandover.LiftOf(origin.Score.Lift),
            FootX = (float)MiddleOfStance(genes, problem),
            FootY = (float)problem.Spacing,
            Height = (float)(genes[GaitGenes.BodyY] - problem.BodyOverHips),
            Surge = (float)genes[GaitGenes.BodyGainX],
            Bob = (float)genes[GaitGenes.BodyGainY],
            Sway = (float)genes[GaitGenes.BodyGainZ],
            BodyCorner = (float)problem.BodyCorner,
            MaxSpeed = (float)genes[GaitGenes.FootSpeed],
            MaxTurn = 0.15f,
            Shift = (float)shape.Coefficients[0],
            Sin2 = (float)shape.Coefficients[1],
            Cos2 = (float)shape.Coefficients[2],
            Sin4 = (float)shape.Coefficients[3],
            Cos4 = (float)shape.Coefficients[4],
            Ramp = (float)Math.Max(3, 4 * shape.Cycle),
        };
        while (walk.Check(legs) == WalkReason.OutOfReach && walk.Height > LowestHips)
        {
            walk.Height -= (float)HeightStep;
        }

        WalkReason reason = walk.Check(legs);
        if (reason != WalkReason.None)
        {
            throw new ArgumentException($"The legs cannot walk this gait: {reason}.", nameof(genes));
        }

        GaitDescription gait = new(
            name, "", robot.Name, WalkHash.Of(robot), problem.Ring, Oscillator(genes[GaitGenes.FootOscillator..]),
            Oscillator(genes[GaitGenes.BodyOscillator..]),
            walk, GaitHandover.Reflexes(robot), GaitHandover.Speed(problem, shape.Cycle, walk.MaxSpeed), Timeout);
        string from = string.Create(CultureInfo.InvariantCulture,
            $"version: {origin.Version}, search: {origin.Search}, seed: {origin.Seed}, evaluations: {origin.Evaluations}, fitness: " +
                $"{origin.Score.Fitness:0.####}, margin_mm: {1e3 * origin.Score.MinMargin:0.##}, step_mm: " +
                    $"{1e3 * origin.Score.StepLength:0.##}");
        return GaitText.Of(gait, from, "A tuned walk; ganglion tune gait wrote it.");
    }

    private static OscillatorParameters Oscillator(ReadOnlySpan<double> o) =>
        new(o[GaitGenes.RiseTime], o[GaitGenes.AdaptationTime], o[GaitGenes.Drive], o[GaitGenes.Adaptation], o[GaitGenes.Inhibition]);

    // Forward of the body, over all stances of the judged cycles; the body's own surge averages out.
    private static double MiddleOfStance(ReadOnlySpan<double> genes, GaitProblem problem)
    {
        GaitTrace trace = GaitPlanner.Trace(problem, genes, problem.MaxTicks + 2);
        (int first, int last, _) = GaitAnalysis.Cycles(trace, problem.SettleCycles, problem.Cycles);
        double sum = 0;
        int count = 0;
        for (int k = first; k < last; k++)
        {
            for (int foot = 0; foot < 2; foot++)
            {
                if (trace.Stands(foot, k))
                {
                    sum += trace.Stance[foot][k] - trace.BodyX[k];
                    count++;
                }
            }
        }

        return sum / count;
    }
}
