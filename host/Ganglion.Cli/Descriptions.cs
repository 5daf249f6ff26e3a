using System.Collections.Immutable;
using System.Globalization;
using Ganglion.Arm.Body;
using Ganglion.Live.Replay;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Scenes;
using Ganglion.Robots.Trials;
using Ganglion.Robots.Trunk;
using Ganglion.Robots.Wiring;
using Ganglion.Sim.Walking;

namespace Ganglion.Cli;

/// <summary>Robots, scenes, gaits, trials and what places bodies, by file or by name.</summary>
internal static class Descriptions
{
    /// <param name="fileOrName">Path or name.</param>
    /// <param name="namedBy">The file that names the robot; null: the command line does.</param>
    /// <exception cref="UserException">There is no such file.</exception>
    public static RobotDescription Robot(string fileOrName, string? namedBy = null) =>
        RobotFile.Load(ShippedFiles.Find(FileKind.Robot, fileOrName, namedBy));

    /// <summary>The same, for verbs that move the tip of an arm.</summary>
    /// <exception cref="UserException">There is no such file, or it describes another kind of robot.</exception>
    public static RobotDescription Arm(string fileOrName, string? namedBy = null)
    {
        RobotDescription robot = Robot(fileOrName, namedBy);
        return robot.TrunkArm != null
            ? robot
            : throw new UserException($"{robot.Name} is no trunk arm and has no tip to move. Give an arm with --robot, such as " +
                $"trunk10-4g.");
    }

    /// <summary>The robot that a log was recorded with.</summary>
    /// <param name="file">MCAP.</param>
    /// <param name="purpose">What is to be done with the log, such as "show".</param>
    /// <exception cref="UserException">The log does not say which, or it is not here, or another description of it is.</exception>
    public static RobotDescription Recorded(FileInfo file, string purpose)
    {
        // A log may come from anywhere: what it names is looked for where descriptions are, and beside it, and nowhere else.
        (string name, string hash) = RecordedLog.RobotOf(file.FullName);
        if (name.Length == 0 || Path.GetFileName(name) != name)
        {
            throw new UserException($"{file}: it does not say which robot was recorded. Give its description with --robot.");
        }

        RobotDescription robot = Robot(name, file.FullName);
        return robot.FileHash == hash ? robot : throw new UserException($"{file}: it was recorded with another " +
            $"description of {name} than the one that is here ({hash[..Math.Min(12, hash.Length)]}, here {robot.FileHash[..12]}). Give " +
            $"that one with --robot FILE, or this one to {purpose} it all the same.");
    }

    /// <summary>What stands around an arm.</summary>
    /// <param name="fileOrName">Path or name; null: the arm stands on a bare table.</param>
    /// <exception cref="UserException">There is no such file.</exception>
    public static SceneDescription Scene(string? fileOrName) =>
        fileOrName == null ? SceneDescription.Bare : SceneFile.Load(ShippedFiles.Find(FileKind.Scene, fileOrName));

    /// <summary>A netlist, laid out for a board of a robot.</summary>
    /// <param name="fileOrName">Path or name.</param>
    /// <param name="robot">Path or name; null: the robot that the netlist is drawn for.</param>
    /// <param name="boardId">Id of the board; null: the first.</param>
    /// <exception cref="UserException">There is no such file, or no such board.</exception>
    public static Harness Harness(string fileOrName, string? robot, string? boardId)
    {
        (WiringDescription wiring, string path) = Wiring(fileOrName);
        RobotDescription described = robot != null ? Robot(robot) : Robot(wiring.Robot, path);
        string[] boards = [.. described.Boards.Select(board => board.Id)];
        int index = boardId == null ? 0 : Array.IndexOf(boards, boardId);
        return index >= 0 ? Ganglion.Robots.Wiring.Harness.Of(wiring, described, index) : throw new UserException($"{described.Name} has " +
            $"no board '{boardId}'. Use one of {string.Join(", ", boards)}.");
    }

    /// <summary>A netlist as its file has it, and where that is.</summary>
    /// <param name="fileOrName">Path or name.</param>
    /// <param name="namedBy">The file that names it; null: the command line does.</param>
    /// <exception cref="UserException">There is no such file.</exception>
    public static (WiringDescription Wiring, string Path) Wiring(string fileOrName, string? namedBy = null)
    {
        string path = ShippedFiles.Find(FileKind.Wiring, fileOrName, namedBy);
        return (WiringFile.Load(path, CatalogueFile.Load(ShippedFiles.Find(FileKind.Wiring, FileKind.Catalogue, path))), path);
    }

    /// <summary>The network that places an arm's body; it is said how much is kept clear besides.</summary>
    /// <param name="fileOrName">Path or name; null: kinematics place the body.</param>
    /// <param name="arm">The arm.</param>
    /// <exception cref="UserException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no network of the arm's joint, or of no use.</exception>
    public static BodyNetwork? Body(string? fileOrName, TrunkArm arm)
    {
        if (fileOrName == null)
        {
            return null;
        }

        string path = ShippedFiles.Find(FileKind.Model, fileOrName);
        var network = BodyNetwork.Load(path, arm);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(path)} places the body: " +
            $"{1000 * network.Allowance(0):0.0} mm at the base to {1000 * network.Allowance(arm.Joints):0.0} mm at the tool are kept " +
            $"clear besides, by its errors on {network.Errors.Poses} postures."));
        return network;
    }

    /// <summary>A gait of a robot.</summary>
    /// <exception cref="UserException">There is no such file.</exception>
    public static GaitDescription Gait(string fileOrName, RobotDescription robot) =>
        GaitFile.Load(ShippedFiles.Find(FileKind.Gait, fileOrName), robot);

    /// <summary>A trial; its robot and its gait are full paths then.</summary>
    /// <param name="fileOrName">Path or name.</param>
    /// <param name="robot">Another robot than the trial's, from the command line.</param>
    /// <param name="gait">Another gait than the trial's, from the command line.</param>
    /// <exception cref="UserException">There is no such file, or it names one that is not there.</exception>
    public static TrialDescription Trial(string fileOrName, string? robot = null, string? gait = null)
    {
        string path = ShippedFiles.Find(FileKind.Trial, fileOrName);
        TrialDescription trial = TrialFile.Load(path);
        return trial with
        {
            Robot = Of(FileKind.Robot, robot, trial.Robot),
            Gait = Of(FileKind.Gait, gait, trial.Gait),
            Conditions = [.. trial.Conditions.Select(condition => condition with
            {
                Gait = condition.Gait == null ? null : ShippedFiles.Find(FileKind.Gait, condition.Gait, path),
            })],
        };

        string Of(FileKind kind, string? given, string own) =>
            given != null ? ShippedFiles.Find(kind, given) : ShippedFiles.Find(kind, own, path);
    }

    /// <summary>A trial with its robot and its gait.</summary>
    /// <param name="trial">As <see cref="Trial"/> gives it.</param>
    /// <exception cref="UserException">The trial asks for more than the gait can do, or has a fault that is due after its
    /// end.</exception>
    public static TrialPlan Plan(TrialDescription trial)
    {
        if (trial.Faults.FirstOrDefault(fault => fault.At >= trial.Seconds) is { } after)
        {
            throw new UserException($"{trial.Name}: the fault '{after.Fault}' is due at {after.At:0.###} s, and a run ends after " +
                $"{trial.Seconds:0.###} s: it would never come. Make the run longer (seconds, --seconds), or the fault earlier.");
        }

        if (trial.Commands.FirstOrDefault(command => command.At >= trial.Seconds) is { } late)
        {
            throw new UserException($"{trial.Name}: the command at {late.At:0.###} s would never come, since a run ends after " +
                $"{trial.Seconds:0.###} s. Make the run longer (seconds, --seconds), or the command earlier.");
        }

        RobotDescription robot = RobotFile.Load(trial.Robot);
        var plan = new TrialPlan(trial, robot, GaitFile.Load(trial.Gait, robot))
        {
            Others = trial.Conditions.Select(condition => condition.Gait).OfType<string>().Distinct()
                .ToImmutableDictionary(name => name, name => GaitFile.Load(name, robot)),
        };
        foreach (TrialCondition condition in trial.Conditions)
        {
            CheckLimits(plan, condition);
        }

        return plan;
    }

    // What a gait cannot do is told before anything walks.
    private static void CheckLimits(TrialPlan plan, TrialCondition condition)
    {
        (TrialDescription trial, GaitDescription gait) = (plan.Trial, plan.GaitUnder(condition));
        double speed = trial.Commands.Select(one => one.Speed ?? 0).Append(plan.SpeedUnder(condition)).Max(Math.Abs);
        double turn = trial.Commands.Select(one => one.Turn ?? 0).Append(condition.Turn ?? trial.Turn).Max(Math.Abs);
        (double most, double mostTurn) = (gait.Walk.MaxSpeed, gait.Walk.MaxTurn);
        if (speed > most + 1e-6)
        {
            throw new UserException($"{gait.Name} walks at {1000 * most:0} mm/s at most, and trial " +
                $"{trial.Name} asks for {1000 * speed:0}: lower --speed or speed_mm_per_s, or give another gait.");
        }

        if (turn > mostTurn + 1e-6)
        {
            throw new UserException($"{gait.Name} turns by {mostTurn * 180 / Math.PI:0.#} degrees/s at most, and trial " +
                $"{trial.Name} asks for {turn * 180 / Math.PI:0.#}: lower turn_deg_per_s, or give another gait.");
        }
    }
}
