using System.CommandLine;
using Ganglion.Arm.Avoidance;
using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Arm.Learning;
using Ganglion.Arm.Paper;
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
                "the model. Default: spiking where there is a model of the arm and something measures its tip, else ik.",
        };
        option.AcceptOnlyFromAmong("ik", "spiking", "paper");
        return option;
    }

    public static Option<string?> Model() => new("--model")
    {
        Description = "Trained model for the spiking controllers: a file, or the name of one in hardware/models (default: that for the " +
            "robot).",
        HelpName = "FILE|NAME",
    };

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
    /// <exception cref="UserException">A spiking controller was asked for and there is no model, or no measurement.</exception>
    public static IArmController Create(string? name, string? model, RobotDescription robot, TrunkArm arm, int seed, bool orientation,
        bool measured, out string? used, KeptClearance? kept = null)
    {
        used = null;
        string? file = model != null
            ? ShippedFiles.Find(FileKind.Model, model)
            : name == "ik" ? null : ShippedFiles.All(FileKind.Model).FirstOrDefault(path => ArmModel.IsOf(path, arm));
        if ((name ?? (file != null && measured ? "spiking" : "ik")) == "ik")
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
            throw new UserException($"--controller {name} learns from measured poses of the tip, and nothing measures them: connect a " +
                $"tracker (--poses udp:PORT), use --controller ik, which trusts the servos, or leave out --port.");
        }

        var spiking = SpikingPoseModel.Load(file, arm);
        ModelCheck.Run(spiking, file);
        used = Path.GetFileNameWithoutExtension(file);
        return name == "paper" ? new PaperController(spiking) : new SpikingController(spiking, seed, orientation, kept);
    }
}
