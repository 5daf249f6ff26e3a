using System.Diagnostics;
using Ganglion.Physics;
using Ganglion.Robots.Walkers;
using Ganglion.Sim.Walking;

namespace Ganglion.Lab.Bench;

/// <summary>How fast walkers are simulated, by processor time, which other programs on the machine disturb less than the wall
/// clock.</summary>
/// <param name="StepsPerSecond">Steps of the body alone, on both feet, knees bending and stretching.</param>
/// <param name="AllocatedBytes">On the managed heap, in all of those steps.</param>
/// <param name="TimesRealTime">A trial with the board in the loop, virtual time over processor time.</param>
/// <param name="TrialSeconds">Virtual time of that trial, s.</param>
public sealed record PhysicsFigures(double StepsPerSecond, long AllocatedBytes, double TimesRealTime, double TrialSeconds)
{
    /// <summary>The bars that they are held to.</summary>
    public Bar[] Bars() =>
    [
        Bar.AtLeast("MuJoCo alone, steps of 2.5 ms a second (by processor time)", StepsPerSecond, 20_000),
        Bar.AtMost("bytes allocated in those steps", AllocatedBytes, 0),
        Bar.AtLeast("a trial with the board in the loop, times real time on one core (by processor time)", TimesRealTime, 5),
    ];
}

/// <summary>Speed of the physics.</summary>
public static class PhysicsBench
{
    private const int Steps = 40_000, StepsPerTick = 8;

    /// <param name="plan">A trial; its first seed under its first condition is run.</param>
    /// <exception cref="PhysicsException">MuJoCo is missing.</exception>
    public static PhysicsFigures Measure(TrialPlan plan)
    {
        (double perSecond, long bytes) = Alone(plan.Robot.Walker!);

        // The firmware is loaded and compiled in a run that does not count.
        Trial(plan with { Trial = plan.Trial with { Seconds = 3 } });
        (double seconds, double processor) = Trial(plan);
        return new PhysicsFigures(perSecond, bytes, seconds / processor, seconds);
    }

    private static (double PerSecond, long Bytes) Alone(WalkerLayout layout)
    {
        using var walker = new MuJoCoWalker(layout, Terrain.Flat());
        Bend(walker, 0, 400);
        double before = Processor();
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        Bend(walker, 400, Steps);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return (Steps / (Processor() - before), bytes);
    }

    private static void Bend(MuJoCoWalker walker, int from, int steps)
    {
        for (int step = from; step < from + steps; step += StepsPerTick)
        {
            double bend = 0.3 + 0.1 * Math.Sin(2 * Math.PI * step * walker.StepSeconds);
            for (int leg = 0; leg < 2; leg++)
            {
                walker.SetTarget(6 * leg + 2, -bend);
                walker.SetTarget(6 * leg + 3, 2 * bend);
                walker.SetTarget(6 * leg + 4, -bend);
            }
            walker.Step(StepsPerTick);
        }
    }

    private static (double Seconds, double Processor) Trial(TrialPlan plan)
    {
        double before = Processor();
        using BoardTrial trial = plan.Prepare(plan.Trial.Conditions[0], plan.Trial.FirstSeed);
        TrialRun run = trial.Run();
        return (run.Seconds, Processor() - before);
    }

    private static double Processor()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }
}
