using Ganglion.Live.Walking;
using Ganglion.Robots;

namespace Ganglion.Cli;

/// <summary>Trials and what they name, by file or by the name of a shipped one.</summary>
internal static class Trials
{
    /// <exception cref="UserException">There is no such file.</exception>
    public static TrialDescription Load(string fileOrName) => TrialFile.Load(Named(fileOrName, "trials", "trial"));

    /// <summary>The trial with its robot and its gait.</summary>
    /// <exception cref="UserException">It names a file that is not there.</exception>
    public static TrialPlan Plan(TrialDescription trial)
    {
        RobotDescription robot = Shared.Load(trial.Robot);
        TrialPlan plan = new TrialPlan(trial, robot, Gait(trial.Gait, robot));
        double most = plan.Gait.Walk.MaxSpeed;
        return Math.Abs(plan.Speed) <= most + 1e-6
            ? plan
            : throw new UserException(FormattableString.Invariant($"{plan.Gait.Name} walks at {1000 * most:0} mm/s at most, and trial {trial.Name} asks for {1000 * plan.Speed:0}: lower --speed or speed_mm_per_s, or give another gait."));
    }

    /// <summary>A gait of a robot.</summary>
    /// <exception cref="UserException">There is no such file.</exception>
    public static GaitDescription Gait(string fileOrName, RobotDescription robot) => GaitFile.Load(Named(fileOrName, "gaits", "gait"), robot);

    private static string Named(string fileOrName, string folderName, string kind)
    {
        if (File.Exists(fileOrName))
            return fileOrName;
        string? folder = Shared.Hardware(folderName);
        string[] names = folder == null ? [] : [.. Directory.GetFiles(folder, "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];
        return names.Contains(fileOrName)
            ? Path.Combine(folder!, fileOrName + ".yaml")
            : throw new UserException($"there is no {kind} file '{fileOrName}'. Give the path of a YAML file, or one of: {string.Join(", ", names)}.");
    }
}
