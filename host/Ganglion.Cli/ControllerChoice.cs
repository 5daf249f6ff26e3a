using System.CommandLine;
using Ganglion.Arm.Adaptation;
using Ganglion.Arm.Avoidance;
using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Arm.Learning;
using Ganglion.Arm.Online;
using Ganglion.Arm.Paper;
using Ganglion.Neurons.Training;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Cli;

/// <summary>Which controller leads an arm's tip, and on which trained model.</summary>
internal static class ControllerChoice
{
    public static Option<string?> Name()
    {
        var option = new Option<string?>("--controller")
        {
            Description = "ik: exact geometry; spiking: trained model, learns from measured poses; paper: the trunk paper's scheme on " +
                "the model; learned: learned dimensions with the learned residual (ganglion adapt). Default: spiking where there is a " +
                "model of the arm and something measures its tip, else ik.",
        };
        option.AcceptOnlyFromAmong("ik", "spiking", "paper", "learned");
        return option;
    }

    public static Option<string?> Model() => new("--model")
    {
        Description = "Trained model for the spiking controllers, or residual for the learned one: a file, or the name of one in " +
            "hardware/models (default: that for the robot).",
        HelpName = "FILE|NAME",
    };

    /// <summary>Learning while it works.</summary>
    public static Option<string?> Learn()
    {
        var option = new Option<string?>("--learn")
        {
            Description = "The spiking controller goes on learning from each measured pose of the tip: by eligibility traces, forward " +
                "only, " +
                "or by BPTT over a sample's window. It rehearses the whole space meanwhile, and finds gears that stand still.",
        };
        option.AcceptOnlyFromAmong("traces", "bptt");
        return option;
    }

    /// <summary>How a controller is called: with the model on which it learned.</summary>
    public static string Called(IArmController controller, string? model) =>
        model == null ? controller.Name : $"{controller.Name} ({model})";

    /// <summary>The controller for an arm.</summary>
    /// <param name="name">ik, spiking, paper, or null for the default: spiking where there is a model and something measures the tip, else
    /// ik.</param>
    /// <param name="model">The model's file or name, or null for the first that was trained on an arm of this build, own ones before
    /// shipped ones.</param>
    /// <param name="robot">The arm's description.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="seed">Seed of restarts.</param>
    /// <param name="orientation">Whether the target's orientation counts.</param>
    /// <param name="measured">Whether anything measures the tip; spiking controllers need it.</param>
    /// <param name="used">Name of the model that it learned from; null: it needs none.</param>
    /// <param name="kept">What the arm keeps clear of; null: nothing.</param>
    /// <param name="learn">traces or bptt: the spiking controller learns while it works; null: it does not.</param>
    /// <exception cref="UserException">A spiking controller was asked for and there is no model, or no measurement.</exception>
    public static IArmController Create(string? name, string? model, RobotDescription robot, TrunkArm arm, int seed, bool orientation,
        bool measured, out string? used, KeptClearance? kept = null, string? learn = null)
    {
        used = null;
        if (learn != null && (name ?? "spiking") != "spiking")
        {
            throw new UsageException($"--learn goes with the spiking controller, and --controller {name} has no network that learns.");
        }

        if (name == "learned")
        {
            string residual = Residual(model, robot, arm);
            used = Path.GetFileNameWithoutExtension(residual);
            LearnedForward learned = new(ResidualFile.Load(residual, arm));
            kept?.Body?.Follow(learned);
            return new LeastSquaresController(arm, seed, orientation, kept, learned);
        }

        string? file = model != null
            ? ShippedFiles.Find(FileKind.Model, model)
            : name == "ik" ? null : ShippedFiles.All(FileKind.Model).FirstOrDefault(path => ArmModel.IsOf(path, arm));
        if ((name ?? (learn != null || (file != null && measured) ? "spiking" : "ik")) == "ik")
        {
            return new LeastSquaresController(arm, seed, orientation, kept);
        }

        if (file == null)
        {
            throw new UserException($"there is no model that was trained on an arm built like {robot.Name}: give one with --model, train " +
                $"one (ganglion train), or use --controller ik.");
        }

        if (!measured)
        {
            throw new UserException($"--controller {name ?? "spiking"} learns from measured poses of the tip, and nothing measures " +
                "them: connect a " +
                $"tracker (--poses udp:PORT), use --controller ik, which trusts the servos, or leave out --port.");
        }

        var spiking = SpikingPoseModel.Load(file, arm);
        ModelCheck.Run(spiking, file);
        used = Path.GetFileNameWithoutExtension(file);
        return name == "paper" ? new PaperController(spiking)
            : learn == null ? new SpikingController(spiking, seed, orientation, kept)
            : Learning(spiking, file, learn, seed, orientation, kept);
    }

    private static LearningController Learning(SpikingPoseModel model, string file, string learn, int seed, bool orientation,
        KeptClearance? kept)
    {
        if (learn == "traces" && !OnlineLearning.TracesFit(model))
        {
            throw new UserException($"eligibility traces of {file} take longer than a period: {model.Neurons} neurons and " +
                $"{model.Arm.Joints} " +
                $"joints are too many. Use --learn bptt, or a smaller model.");
        }

        OnlineLearning learning = new(model, learn == "traces" ? LearningRule.EligibilityTraces
            : LearningRule.BackpropagationThroughTime, (ulong)(uint)seed);
        kept?.Body?.Follow(learning.Calibration);
        return new LearningController(new SpikingController(model, seed, orientation, kept, learning.Calibration), learning);
    }

    /// <summary>The residual of an arm: as given, or that among the models or in the folder that the user works in.</summary>
    private static string Residual(string? given, RobotDescription robot, TrunkArm arm) => given != null
        ? ShippedFiles.Find(FileKind.Model, given)
        : ShippedFiles.All(FileKind.Model).Concat(Directory.GetFiles(".", "*" + ResidualFile.Extension).Order(StringComparer.Ordinal))
            .FirstOrDefault(path => ResidualFile.IsOf(path, arm))
        ?? throw new UserException($"there is no residual that was learned of an arm with the dimensions of {robot.Name}: give one with " +
            $"--model, learn one (ganglion adapt --out), or use another --controller.");
}
