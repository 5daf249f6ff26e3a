using System.Globalization;
using Ganglion.Arm.Learning;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Training;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Body;

/// <summary>Trains the network of one joint, and measures it by the body that it places: that of an arm of such joints as drawn.</summary>
public sealed class JointTraining : IModelTraining
{
    /// <summary>Postures of the tests on the way.</summary>
    private const int LookPoses = 200;

    private readonly JointSamples _samples;
    private readonly JointForm _form;
    private readonly int _joints;

    /// <summary>
    /// Prepares a run, which continues the checkpoint if there is one at that path. Throws as <see cref="TrainingRun"/> does.
    /// </summary>
    /// <param name="design">The joint.</param>
    /// <param name="joints">Joints of the arm by which it is judged.</param>
    /// <param name="settings">What to train and how; its form does not matter.</param>
    /// <param name="budget">When to stop, where to save, how many threads.</param>
    public JointTraining(JointDesign design, int joints, TrainingSettings settings, TrainingBudget budget)
    {
        settings.Check();
        ArmTraining.CheckSeed(settings.Recipe.Seed);
        if (settings.Recipe.TrainingSet > 0)
        {
            throw new ArgumentException("a joint's postures are all drawn afresh: leave the recipe's training_set out.");
        }

        (_form, _joints) = (new JointForm(design), joints);
        _samples = new JointSamples(_form, settings.Recipe.Seed);
        Run = new TrainingRun(
            new TrainingPlan
            {
                Shape = JointModel.Shape(settings.Hidden),
                Constants = settings.Constants,
                Recipe = settings.Recipe,
                Subject = JointModel.Subject(design),
                TestEvery = Math.Clamp(settings.Recipe.Updates / 100, 1000, 20_000),
            }.Within(budget),
            _samples, new KnownMeanLoss(), _ => Measure(LookPoses).Mean.ForRun());
    }

    /// <inheritdoc/>
    public TrainingRun Run { get; }

    /// <inheritdoc/>
    public PoseErrors Test() => Measure(PlaceErrors.Judged).Mean;

    /// <inheritdoc/>
    public TrainedModel Model(string name, PoseErrors errors)
    {
        PlaceErrors places = Measure(PlaceErrors.Judged);
        Dictionary<string, string> notes = errors.Notes();
        notes["arm"] = name;
        notes["joints"] = _joints.ToString(CultureInfo.InvariantCulture);
        notes["inputs"] = "displacements of a joint, -1..1";
        notes["outputs"] = "pose of the next module in the joint's own: way from the middle, then vector part of the turn's quaternion";
        notes["error_places_p99_mm"] = string.Join(' ', places.Places.Select(place =>
            (1e3 * place.P99).ToString("0.##", CultureInfo.InvariantCulture)));
        notes["updates_done"] = Run.Updates.ToString(CultureInfo.InvariantCulture);
        return Run.Model(notes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Run.Dispose();
        _samples.Dispose();
    }

    private PlaceErrors Measure(int poses) => PlaceErrors.Measure(new JointModel(Run.Weights, _form), _joints, poses);
}
