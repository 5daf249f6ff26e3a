using Ganglion.Arm.Body;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Cli.Verbs.Learning;

/// <summary>`ganglion model show` of a network that learned a joint: told by the body that it places.</summary>
internal static class JointShow
{
    /// <summary>Joints of the arm whose body is placed where no robot is named, and the model does not say.</summary>
    private const int UsualJoints = 10;

    /// <summary>Shows it.</summary>
    /// <param name="path">The model.</param>
    /// <param name="robot">The arm whose body it is to place; null: that which it was judged by when it was trained.</param>
    /// <param name="json">As JSON.</param>
    /// <exception cref="InvalidDataException">It is of the other design.</exception>
    public static int Run(string path, RobotDescription? robot, bool json)
    {
        (TrainedModel trained, JointModel model) = JointModel.Open(path);
        JointDesign design = model.Form.One.Design;
        int joints = robot != null ? TrunkArm.FromDescription(robot).Joints
            : int.TryParse(trained.Notes.GetValueOrDefault("joints"), out int own) && own > 0 ? own : UsualJoints;
        if (robot != null)
        {
            JointModel.Load(path, TrunkArm.FromDescription(robot).Design);
        }

        var errors = PlaceErrors.Measure(model, joints);
        LsnnShape shape = trained.Weights.Shape;
        if (json)
        {
            Output.Json(new
            {
                File = path,
                Learned = "joint",
                Gears = (int)design,
                shape.Hidden,
                trained.Recipe,
                Joints = joints,
                errors.Poses,
                Places = errors.Places.Select((place, i) => new
                {
                    Place = i < joints ? $"module {i + 1}" : "tip",
                    MedianMm = Output.Round(1e3 * place.Median, 2),
                    P99Mm = Output.Round(1e3 * place.P99, 2),
                    MostMm = Output.Round(1e3 * place.Most, 2),
                    AllowanceMm = Output.Round(1e3 * errors.Allowance(i), 2),
                }),
                Lengthening = model.Lengthening.Select(one => Output.Round(one, 3)),
            });
            return Errors.Ok;
        }

        (string Name, string Value)[] facts =
        [
            ("learned", $"one {(int)design}-geared joint, trained for {trained.Notes.GetValueOrDefault("arm", "?")}: where it puts the " +
                "next module, by its displacements"),
            ("network", $"{shape.Hidden} recurrent neurons, {shape.LifCount} LIF and {shape.Hidden - shape.LifCount} adaptive; " +
                $"{shape.InputRows} inputs, {shape.Outputs} readouts; {shape.Steps} steps a joint"),
            ("recipe", $"{trained.Notes.GetValueOrDefault("updates_done", "?")} of {trained.Recipe.Updates} updates of " +
                $"{trained.Recipe.BatchSize} samples, Adam {trained.Recipe.LearningRate:0.#####}, seed {trained.Recipe.Seed}"),
            ("spikes", $"gradients through them are made {model.Lengthening.Min():0.00} to {model.Lengthening.Max():0.00} times as long, " +
                "by what the outputs themselves change by"),
            ("errors", $"of the body that it places, {joints} joints, over {errors.Poses} held-out postures; kept clear besides: " +
                $"{PlaceErrors.Further:0.00} times the greatest"),
        ];
        foreach ((string name, string value) in facts)
        {
            Console.Out.WriteLine($"{name,-8} {value}");
        }

        for (int i = 0; i <= joints; i++)
        {
            PlaceError place = errors.Places[i];
            Output.Line($"  {(i < joints ? $"module {i + 1}" : "tip"),-10} median {1e3 * place.Median,5:0.00} mm, 99 of 100 within " +
                $"{1e3 * place.P99,5:0.00}, greatest {1e3 * place.Most,5:0.00}, kept clear {1e3 * errors.Allowance(i),5:0.00}");
        }

        return Errors.Ok;
    }
}
