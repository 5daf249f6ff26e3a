using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trials;
using Ganglion.Sim.Walking;

namespace Ganglion.Cli;

/// <summary>Trials and what they name, by file or by the name of a shipped one.</summary>
internal static class Trials
{
    /// <exception cref="UserException">There is no such file.</exception>
    public static TrialDescription Load(string fileOrName) => TrialFile.Load(Shared.Named(fileOrName, "trials", "trial"));

    /// <summary>The trial with its robot and its gait.</summary>
    /// <exception cref="UserException">It names a file that is not there.</exception>
    public static TrialPlan Plan(TrialDescription trial)
    {
        RobotDescription robot = Shared.Load(trial.Robot);
        var plan = new TrialPlan(trial, robot, Gait(trial.Gait, robot));
        double most = plan.Gait.Walk.MaxSpeed;
        return Math.Abs(plan.Speed) <= most + 1e-6
            ? plan
            : throw new UserException($"{plan.Gait.Name} walks at {1000 * most:0} mm/s at most, and trial " +
                $"{trial.Name} asks for {1000 * plan.Speed:0}: lower --speed or speed_mm_per_s, or give another gait.");
    }

    /// <summary>A gait of a robot.</summary>
    /// <exception cref="UserException">There is no such file.</exception>
    public static GaitDescription Gait(string fileOrName, RobotDescription robot) =>
        GaitFile.Load(Shared.Named(fileOrName, "gaits", "gait"), robot);
}
