using System.Globalization;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Passes;
using Ganglion.Neurons.Training;
using Ganglion.Ranks;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Learning;

/// <summary>Trains the forward model of one arm and measures it on held-out postures.</summary>
public sealed class ArmTraining : IModelTraining
{
    /// <summary>Postures of the test that a finished model is judged by.</summary>
    public const int TestPoses = 2000;

    /// <summary>Postures of the tests on the way.</summary>
    private const int LookPoses = 500;

    /// <summary>Test postures come from a seed that no training run can have: those are recipe seeds, and this one is refused.</summary>
    public const ulong HeldOutSeed = ulong.MaxValue;

    private readonly TrunkArm _arm;
    private readonly ISampleSource _samples, _heldOut;
    private readonly int _testPoses = TestPoses;
    private readonly RecordedParts _parts;
    private readonly IRanks? _ranks;
    private readonly TrainingRun _run;

    /// <summary>
    /// Prepares a run, which continues the checkpoint if there is one at that path. Throws as <see cref="TrainingRun"/> does.
    /// </summary>
    /// <param name="arm">The arm.</param>
    /// <param name="settings">What to train and how.</param>
    /// <param name="budget">When to stop, where to save, how many threads.</param>
    /// <param name="recorded">Measured poses to learn from and to be tested on; null for random postures of the exact model.</param>
    public ArmTraining(TrunkArm arm, TrainingSettings settings, TrainingBudget budget, RecordedPoses? recorded = null)
    {
        settings.Check();
        CheckSeed(settings.Recipe.Seed);
        if (recorded != null && settings.Recipe.TrainingSet > 0)
        {
            throw new ArgumentException("a recipe's training_set is of postures that are drawn, and a recording has its own: leave it " +
                "out.");
        }

        (_arm, _ranks) = (arm, budget.Ranks);
        if (recorded is null)
        {
            _samples = Drawn(arm, settings);
            _heldOut = HeldOut(arm, settings.Form);
        }
        else
        {
            _samples = recorded.Training(settings.Form, settings.Recipe.Seed);
            SampleTable rest = recorded.HeldOut(settings.Form);
            (_heldOut, _testPoses, _parts) = (rest, Math.Min(TestPoses, rest.Count), recorded.Parts);
        }

        TrainingPlan plan = new TrainingPlan
        {
            Shape = ArmModel.Shape(arm, settings.Hidden),
            Constants = settings.Constants,
            Recipe = settings.Recipe,
            Subject = ArmModel.Subject(arm, settings.Form, recorded?.Hash ?? ArmModel.Simulated),
            TestEvery = 1000,
        }.Within(budget);

        _run = new TrainingRun(plan, _samples, recorded?.Loss ?? new SquaredErrorLoss(),
            pass => Test(pass, Math.Min(LookPoses, _testPoses)).ForRun());
    }

    /// <inheritdoc/>
    public TrainingRun Run => _run;

    /// <summary>Refuses the seed that draws the test postures.</summary>
    /// <exception cref="ArgumentException">It is that.</exception>
    internal static void CheckSeed(ulong seed)
    {
        if (seed == HeldOutSeed)
        {
            throw new ArgumentException($"the seed must be below {HeldOutSeed}: that one draws the test postures.");
        }
    }

    /// <summary>Errors of the network as it is now, on held-out postures: <see cref="TestPoses"/> of them if there are so many. Concerns
    /// all ranks.</summary>
    public PoseErrors Test() => Test(LsnnEngine.CreateEventPass(_run.Weights), _testPoses);

    /// <inheritdoc/>
    public TrainedModel Model(string name, PoseErrors errors)
    {
        Dictionary<string, string> notes = errors.Notes();
        notes["arm"] = name;
        notes["arm_hash"] = ArmModel.Hash(_arm);
        if (!_arm.Dimensions.IsStandard)
        {
            notes[ArmModel.DimensionsNote] = _arm.Dimensions.ToText();
        }

        notes["inputs"] = string.Create(CultureInfo.InvariantCulture, $"commands per joint, {_arm.InputMin}..{_arm.InputMax}, frame " +
            $"common to all joints");
        notes["outputs"] = "per joint (x, y, z - D) / D, then orientation w x y z; REP-103 axes";
        notes["normaliser_mm"] = (1e3 * _arm.NormalisingLength).ToString("R", CultureInfo.InvariantCulture);
        notes["updates_done"] = _run.Updates.ToString(CultureInfo.InvariantCulture);
        return _run.Model(notes);
    }

    /// <summary>Errors of any network of this arm's form on the held-out postures.</summary>
    public static PoseErrors Test(TrunkArm arm, TrainedModel model, TargetForm form, int poses = TestPoses)
    {
        using PoseSamples heldOut = HeldOut(arm, form);
        return PoseErrors.Measure(LsnnEngine.CreateEventPass(model.Weights), heldOut, poses, arm.NormalisingLength);
    }

    /// <summary>Errors of any network of this arm's form on the held-out poses of a recording.</summary>
    public static PoseErrors Test(TrunkArm arm, TrainedModel model, TargetForm form, RecordedPoses recorded)
    {
        SampleTable heldOut = recorded.HeldOut(form);
        return PoseErrors.Measure(LsnnEngine.CreateEventPass(model.Weights), heldOut, Math.Min(TestPoses, heldOut.Count),
            arm.NormalisingLength, recorded.Parts);
    }

    /// <summary>The held-out postures of an arm.</summary>
    public static PoseSamples HeldOut(TrunkArm arm, TargetForm form) => new(arm, form, HeldOutSeed);

    /// <summary>Random postures to learn from: each a new one, or the recipe's set of them.</summary>
    private static ISampleSource Drawn(TrunkArm arm, TrainingSettings settings)
    {
        TrainingRecipe recipe = settings.Recipe;
        PoseSamples drawn = new(arm, settings.Form, recipe.Seed);
        if (recipe.TrainingSet == 0)
        {
            return drawn;
        }

        using (drawn)
        {
            float[] inputs = new float[recipe.TrainingSet * drawn.InputLength], targets = new float[recipe.TrainingSet
                * drawn.TargetLength];
            for (int i = 0; i < recipe.TrainingSet; i++)
            {
                drawn.Fill(i, inputs.AsSpan(i * drawn.InputLength, drawn.InputLength),
                    targets.AsSpan(i * drawn.TargetLength, drawn.TargetLength));
            }

            return new SampleTable(inputs, drawn.InputLength, targets, drawn.TargetLength, recipe.Seed);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        (_samples as IDisposable)?.Dispose();
        (_heldOut as IDisposable)?.Dispose();
    }

    private PoseErrors Test(LsnnPass pass, int poses) => PoseErrors.Measure(pass, _heldOut, poses, _arm.NormalisingLength, _parts,
        _ranks);
}
