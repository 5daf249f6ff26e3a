using System.CommandLine;
using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Arm.Paper;
using Ganglion.Live.Tracking;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Cli;

/// <summary>The options that several verbs share.</summary>
internal static class Shared
{
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object instead of text." };

    public static Option<string> Robot(string fallback) => new("--robot", "-r")
    {
        Description = "Robot description: a file, or the name of one in hardware/robots.",
        DefaultValueFactory = _ => fallback,
        HelpName = "FILE|NAME",
    };

    public static Option<string[]> Ports() => new("--port", "-p")
    {
        Description = "Serial port of a board; once for each board, in the order of the description. Without it, virtual boards are used.",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "PORT",
    };

    public static Option<FileInfo?> Log(string what) => new("--log")
    {
        Description = $"Record {what} to this MCAP file (see `ganglion " +
        $"log`).",
        HelpName = "FILE"
    };

    /// <summary>What <see cref="ArmWork"/> records.</summary>
    public const string ArmTraffic = "all that goes between host and boards, and the measured poses,";

    /// <summary>What is recorded of a board that moves by itself.</summary>
    public const string BoardTraffic = "all that goes between host and board";

    public static Option<int> Seed() => new("--seed") { Description = "Seed of everything random.", DefaultValueFactory = _ => 1 };

    public static Option<string?> Controller()
    {
        var option = new Option<string?>("--controller")
        {
            Description = "ik: exact geometry; spiking: trained model, learns from " +
            "measured poses; paper: the trunk paper's scheme on the model. Default: spiking where there is a model of the arm and " +
                "something measures its tip, else ik."
        };
        option.AcceptOnlyFromAmong("ik", "spiking", "paper");
        return option;
    }

    public static Option<FileInfo?> Model() => new("--model")
    {
        Description = "Trained model for the spiking controllers (default: that " +
        "in hardware/models for the robot)."
    };

    public static Option<string?> Poses() => new("--poses")
    {
        Description = "Where an external tracker's poses of the tip come in: udp:PORT, or udp:ADDRESS:PORT with a token (see " +
            "host/Ganglion.Live/Tracking/TRACKER.md).",
        HelpName = "udp:PORT",
    };

    public static Option<FileInfo?> PosesToken() => new("--poses-token")
    {
        Description = "File whose first line is the token that each " +
        "datagram of poses carries.",
        HelpName = "FILE"
    };

    /// <summary>Where poses come in or go out; null where no place was given.</summary>
    /// <exception cref="UsageException">The place is none, or is open to other machines without a token.</exception>
    /// <exception cref="IOException">The token cannot be read.</exception>
    public static PoseEndpoint? Endpoint(string? place, FileInfo? token)
    {
        if (place == null)
        {
            return token == null ? null : throw new UsageException("--poses-token belongs to --poses: give both.");
        }

        try
        {
            return PoseEndpoint.Parse(place, token == null ? null : File.ReadLines(token.FullName).FirstOrDefault("").Trim());
        }
        catch (FormatException e)
        {
            throw new UsageException($"--poses: {e.Message}");
        }
    }

    /// <summary>The controller for an arm.</summary>
    /// <param name="name">ik, spiking, paper, or null for the default: spiking where there is a model and something measures the tip, else
    /// ik.</param>
    /// <param name="model">The model's file, or null for the shipped one.</param>
    /// <param name="robot">The arm's description.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="seed">Seed of restarts.</param>
    /// <param name="orientation">Whether the target's orientation counts.</param>
    /// <param name="measured">Whether anything measures the tip; spiking controllers need it.</param>
    /// <exception cref="UserException">A spiking controller was asked for and there is no model, or no measurement.</exception>
    public static IArmController Controller(string? name, FileInfo? model, RobotDescription robot, TrunkArm arm, int seed, bool orientation,
        bool measured = true)
    {
        string? file = model?.FullName ?? (Hardware("models") is { } folder ? Directory.GetFiles(folder, robot.Name + "-*.safetensors")
            .Order().FirstOrDefault() : null);
        if ((name ?? (file != null && measured ? "spiking" : "ik")) == "ik")
        {
            return new LeastSquaresController(arm, seed, orientation);
        }

        if (file == null)
        {
            throw new UserException($"no trained model for {robot.Name} is shipped: give one with --model, train one (ganglion train), " +
                $"or use --controller ik.");
        }

        if (!measured)
        {
            throw new UserException($"--controller {name} learns from measured poses of the tip, and nothing measures them: connect a " +
                $"tracker (--poses udp:PORT), use --controller ik, which trusts the servos, or leave out --port.");
        }

        var spiking = SpikingPoseModel.Load(file, arm);
        ModelCheck.Run(spiking, file);
        return name == "paper" ? new PaperController(spiking) : new SpikingController(spiking, seed, orientation);
    }

    /// <summary>Loads a robot by file or by name.</summary>
    /// <exception cref="UserException">There is no such file.</exception>
    public static RobotDescription Load(string fileOrName) => RobotFile.Load(Named(fileOrName, "robots", "robot"));

    /// <summary>Path of a description given by its file or by the name of a shipped one.</summary>
    /// <param name="fileOrName">What the user wrote.</param>
    /// <param name="folderName">Folder of hardware that the shipped ones are in.</param>
    /// <param name="kind">What is looked for, in words.</param>
    /// <exception cref="UserException">There is no such file.</exception>
    public static string Named(string fileOrName, string folderName, string kind)
    {
        if (File.Exists(fileOrName))
        {
            return fileOrName;
        }

        string? folder = Hardware(folderName);
        string[] names = folder == null ? []
            : [.. Directory.GetFiles(folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];
        return names.Contains(fileOrName)
            ? Path.Combine(folder!, fileOrName + ".yaml")
            : throw new UserException($"there is no {kind} file '{fileOrName}'. Give the path of a YAML file, or one of: " +
                $"{string.Join(", ", names)}.");
    }

    /// <summary>The same, for verbs that move the tip of an arm.</summary>
    /// <exception cref="UserException">There is no such file, or it describes another kind of robot.</exception>
    public static RobotDescription LoadArm(string fileOrName)
    {
        RobotDescription robot = Load(fileOrName);
        return robot.TrunkArm != null
            ? robot
            : throw new UserException($"{robot.Name} is no trunk arm and has no tip to move. Give an arm with --robot, such as " +
                $"trunk10-4g.");
    }

    /// <summary>The repository's hardware folder of that name, found from the program upwards; null if there is none.</summary>
    public static string? Hardware(string name) => Above(Path.Combine("hardware", name), Directory.Exists);

    /// <summary>A script of the repository's tools folder, found from the program upwards; null if there is none.</summary>
    public static string? Tool(string name) => Above(Path.Combine("tools", name), File.Exists);

    private static string? Above(string path, Predicate<string> exists)
    {
        for (string? folder = AppContext.BaseDirectory; folder != null; folder = Path.GetDirectoryName(folder))
        {
            if (exists(Path.Combine(folder, path)))
            {
                return Path.Combine(folder, path);
            }
        }

        return null;
    }
}
