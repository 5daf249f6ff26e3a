using System.Globalization;
using System.Text;
using Ganglion.Gait.Stability;
using Ganglion.Robots;
using Ganglion.Shared.Legs;

namespace Ganglion.Gait;

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

    private const double HeightStep = .005, LowestHips = .3;

    /// <summary>
    /// The text of a gait file. The file's cycle, duty and phase are measured on the network at the board's tick. The hips are
    /// put as high as the legs reach at the bounds of the commands, and never higher than tuned; a constant sideways offset
    /// of the body is left out, because a walker is symmetric.
    /// </summary>
    /// <param name="name">Lower-case letters, digits and dashes.</param>
    /// <param name="genes">The 22 genes.</param>
    /// <param name="problem">What they were tuned for.</param>
    /// <param name="origin">Where they come from.</param>
    /// <param name="robot">The walker that it is for.</param>
    /// <exception cref="ArgumentException">The robot is no walker, the genes make no steps, or no height of the hips is in reach.</exception>
    public static string Write(string name, ReadOnlySpan<double> genes, GaitProblem problem, GaitOrigin origin, RobotDescription robot)
    {
        LegGeometry legs = robot.Walker?.Legs ?? throw new ArgumentException($"'{robot.Name}' is no walker; choose another robot.", nameof(robot));
        PhaseShape shape = PhaseShape.Of(GaitPlanner.Network(problem, genes), problem.Filter);
        WalkParameters walk = new()
        {
            Cycle = (float)shape.Cycle, Duty = (float)origin.Score.Duty, Lift = (float)origin.Score.Lift,
            FootX = (float)MiddleOfStance(genes, problem), FootY = (float)problem.Spacing,
            Height = (float)(genes[GaitGenes.BodyY] - problem.BodyOverHips),
            Surge = (float)genes[GaitGenes.BodyGainX], Bob = (float)genes[GaitGenes.BodyGainY], Sway = (float)genes[GaitGenes.BodyGainZ],
            BodyCorner = (float)problem.BodyCorner, MaxSpeed = (float)genes[GaitGenes.FootSpeed], MaxTurn = .15f,
            Shift = (float)shape.Coefficients[0], Sin2 = (float)shape.Coefficients[1], Cos2 = (float)shape.Coefficients[2],
            Sin4 = (float)shape.Coefficients[3], Cos4 = (float)shape.Coefficients[4], Ramp = (float)Math.Max(3, 4 * shape.Cycle),
        };
        while (walk.Check(legs) == WalkReason.OutOfReach && walk.Height > LowestHips) walk.Height -= (float)HeightStep;
        WalkReason reason = walk.Check(legs);
        if (reason != WalkReason.None) throw new ArgumentException($"The legs cannot walk this gait: {reason}.", nameof(genes));
        return Text(name, genes, problem, origin, robot, walk);
    }

    private static string Text(
        string name, ReadOnlySpan<double> genes, GaitProblem problem, GaitOrigin origin, RobotDescription robot, WalkParameters walk)
    {
        StringBuilder text = new();
        text.Append("# yaml-language-server: $schema=../schemas/gait.schema.json\n");
        text.Append("# A tuned walk; ganglion tune gait wrote it.\nkind: gait\n");
        Line($"name: {name}");
        Line($"robot: {{ name: {robot.Name}, sha256: {robot.FileHash} }}");
        Line($"made_by: {{ version: {origin.Version}, search: {origin.Search}, seed: {origin.Seed}, evaluations: {origin.Evaluations}, fitness: {origin.Score.Fitness:0.####}, margin_mm: {1e3 * origin.Score.MinMargin:0.##}, step_mm: {1e3 * origin.Score.StepLength:0.##} }}");
        Line($"\nring: {problem.Ring:R}");
        Line($"foot: {Oscillator(genes[GaitGenes.FootOscillator..])}");
        Line($"body: {Oscillator(genes[GaitGenes.BodyOscillator..])}");
        text.Append("\nwalk:\n");
        Line($"  cycle_ms: {Milli(walk.Cycle)}\n  duty: {walk.Duty:0.####}\n  lift_mm: {Milli(walk.Lift)}");
        Line($"  foot_x_mm: {Milli(walk.FootX)}\n  foot_y_mm: {Milli(walk.FootY)}\n  height_mm: {Milli(walk.Height)}");
        Line($"  surge_mm: {Milli(walk.Surge)}\n  bob_mm: {Milli(walk.Bob)}\n  sway_mm: {Milli(walk.Sway)}\n  corner_hz: {walk.BodyCorner:0.###}");
        Line($"  speed_mm_per_s: {Milli(walk.MaxSpeed)}\n  max_speed_mm_per_s: {Milli(walk.MaxSpeed)}\n  max_turn_deg_per_s: {Degrees(walk.MaxTurn)}");
        Line($"  acceleration_mm_per_s2: {Milli(walk.Acceleration)}\n  turn_acceleration_deg_per_s2: {Degrees(walk.TurnAcceleration)}\n  ramp_ms: {Milli(walk.Ramp)}");
        Line($"  phase: {{ shift: {walk.Shift:0.######}, sin2: {walk.Sin2:0.######}, cos2: {walk.Cos2:0.######}, sin4: {walk.Sin4:0.######}, cos4: {walk.Cos4:0.######} }}");
        Line($"\ntimeout_s: {Timeout}");
        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Oscillator(ReadOnlySpan<double> o) => string.Create(CultureInfo.InvariantCulture,
        $"{{ rise_time_ms: {Milli(o[GaitGenes.RiseTime])}, adaptation_time_ms: {Milli(o[GaitGenes.AdaptationTime])}, drive: {o[GaitGenes.Drive]:0.#####}, adaptation: {o[GaitGenes.Adaptation]:0.#####}, inhibition: {o[GaitGenes.Inhibition]:0.#####} }}");

    private static string Milli(double value) => (1e3 * value).ToString("0.####", CultureInfo.InvariantCulture);

    private static string Degrees(double value) => (value * 180 / Math.PI).ToString("0.###", CultureInfo.InvariantCulture);

    // Forward of the body, over all stances of the judged cycles; the body's own surge averages out.
    private static double MiddleOfStance(ReadOnlySpan<double> genes, GaitProblem problem)
    {
        GaitTrace trace = GaitPlanner.Trace(problem, genes, problem.MaxTicks + 2);
        (int first, int last, _) = GaitAnalysis.Cycles(trace, problem.SettleCycles, problem.Cycles);
        double sum = 0;
        int count = 0;
        for (int k = first; k < last; k++)
            for (int foot = 0; foot < 2; foot++)
                if (trace.Stands(foot, k))
                {
                    sum += trace.Stance[foot][k] - trace.BodyX[k];
                    count++;
                }
        return sum / count;
    }
}
