using Ganglion.Arm.Inference;
using Ganglion.Arm.Kinematics;
using Ganglion.Arm.Learning;
using Ganglion.Arm.Paper;
using Ganglion.Arm.Trials;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Training;
using Ganglion.Robots.Trunk;

namespace Ganglion.Lab.Reports;

/// <summary>A way of motor inference that the trunk reproduction tries.</summary>
internal enum TrunkScheme
{
    /// <summary>The paper's, from the straight arm.</summary>
    Paper,

    /// <summary>The same from random postures.</summary>
    Elsewhere,

    /// <summary>The paper's with the step following the whole pose's error.</summary>
    Pose,

    /// <summary>The paper's without target correction.</summary>
    Uncorrected,
}

/// <summary>The parts of the trunk reproduction, each computed once and then kept in the store; all may be asked for from any
/// thread.</summary>
internal sealed class TrunkParts(TrunkPlan plan, IReadOnlyList<ShippedModel> models, string folder, PartStore store)
{
    /// <summary>A scheme in words.</summary>
    public static string Name(TrunkScheme scheme) => scheme switch
    {
        TrunkScheme.Paper => "eq. 19",
        TrunkScheme.Elsewhere => "eq. 19 from random postures",
        TrunkScheme.Pose => "eq. 19 with the whole pose",
        _ => "without target correction",
    };

    /// <summary>The smallest model of an arm: the one of the paper's size.</summary>
    public ShippedModel Model(JointDesign design, int joints) =>
        models.Where(model => model.Arm.Design == design && model.Arm.Joints == joints).MinBy(model => model.Trained.Weights.Shape.Hidden)!;

    public PoseErrors Train(int k, CancellationToken cancellation) => store.Part($"model {k}", () =>
    {
        ShippedModel shipped = Model(JointDesign.FourGeared, 10);
        TrainingSettings settings = TrainingSettings.Default with
        {
            Hidden = plan.Hidden,
            Recipe = TrainingSettings.Default.Recipe with
            {
                Updates = plan.Updates,
                Seed = (ulong)(TrunkPlan.Models * (long)plan.Seed + k),
                ClipNorm = 20,
            },
        };
        string path = ModelFile(k), checkpoint = path + ".checkpoint";
        using var training = new ArmTraining(shipped.Arm, settings, new TrainingBudget(1, checkpoint));
        if (training.Run.Run(_ => { }, cancellation) == TrainingEnd.Stopped)
        {
            throw new OperationCanceledException(cancellation);
        }

        PoseErrors errors = training.Test();
        training.Model(shipped.Robot.Name, errors).Save(path);
        File.Delete(checkpoint);
        return errors;
    });

    private string ModelFile(int k) => Path.Combine(folder, $"model{k}.safetensors");

    public MotorTrial Curve(ShippedModel model, TrunkScheme scheme, int piece, CancellationToken cancellation) =>
        store.Part($"{model.Name} {scheme} {piece}", () =>
    {
        SpikingPoseModel network = model.ForInference();
        var inference = new MotorInference(network, new AmsGradOptimizer(model.Arm.InputCount, signDamped: true),
            decay: scheme == TrunkScheme.Pose ? StepDecay.Pose : StepDecay.Position);
        bool corrected = scheme != TrunkScheme.Uncorrected;
        return MotorTrial.Run(
            model.Arm, inference, Math.Min(TrunkPlan.Piece, plan.Targets - piece * TrunkPlan.Piece),
            TrunkPlan.Marks(corrected ? plan.Length : plan.UncorrectedLength), SeedOf(piece),
            scheme == TrunkScheme.Elsewhere ? MotorStart.Random : MotorStart.Straight, corrected ? null : network, cancellation);
    });

    public MotorTrial Optimiser(string name, int k, CancellationToken cancellation) => store.Part($"{name} {k}", () =>
    {
        (TrainedModel trained, TargetForm form, TrunkArm arm) = ArmModel.Open(ModelFile(k));
        InputOptimizer optimizer = name switch
        {
            "Adam" => new AdamOptimizer(arm.InputCount),
            "AMSGrad" => new AmsGradOptimizer(arm.InputCount, signDamped: false),
            "SD-AMSGrad" => new AmsGradOptimizer(arm.InputCount, signDamped: true),
            _ => new SignDampedMomentum(arm.InputCount),
        };
        return MotorTrial.Run(
            arm, new MotorInference(new SpikingPoseModel(arm, trained.Weights, form), optimizer, rate: 0.1), plan.OptimiserRuns,
            TrunkPlan.Marks(plan.OptimiserLength), SeedOf(100 + k), MotorStart.Straight,
            cancellation: cancellation);
    });

    public TrunkSequence Sequence(ShippedModel model, CancellationToken cancellation) => store.Part($"{model.Name} sequence", () =>
    {
        var inference = new MotorInference(model.ForInference(), new AmsGradOptimizer(model.Arm.InputCount, signDamped: true),
            decay: StepDecay.Pose);
        PoseSampler sampler = new(model.Arm, SeedOf(200));
        double[] from = new double[model.Arm.InputCount], goal = new double[model.Arm.InputCount];
        sampler.Sample(from);
        sampler.Sample(goal);
        inference.Begin(model.Arm.Forward(goal), from);
        int[] marks = [.. SequenceMarks.Where(mark => mark < plan.Length), plan.Length];
        var postures = new List<double[]>();
        for (int k = 0; k <= plan.Length; k++)
        {
            if (k % 100 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (marks.Contains(k))
            {
                postures.Add(inference.Inputs.ToArray());
            }

            inference.Step(model.Arm.Forward(inference.Inputs));
        }

        return new TrunkSequence(goal, marks, [.. postures]);
    });

    private static readonly int[] SequenceMarks = [0, 30, 150, 700];

    public PoseErrors Prediction(ShippedModel model) => store.Part($"{model.Name} predictions", () =>
        ArmTraining.Test(model.Arm, model.Trained, model.Form, plan.PredictedPoses));

    public InferenceTrial Solver(ShippedModel model, bool orientation, double noise, CancellationToken cancellation) =>
        store.Part($"{model.Name} solver {orientation} {noise}", () => InferenceTrial.Run(
            model.ForInference(), orientation, SolverTargets(model), TrunkReproduction.Measurements(model, orientation), SeedOf(300), noise,
            cancellation));

    public IkTrial Ik(ShippedModel model, CancellationToken cancellation) => store.Part($"{model.Name} exact", () =>
        IkTrial.Run(model.Arm, SolverTargets(model), SeedOf(300), new IkOptions(), cancellation));

    public RoundingTrial Rounding(ShippedModel model) => store.Part($"{model.Name} rounding", () =>
        RoundingTrial.Run(model.Arm, model.Robot, plan.Postures, SeedOf(400)));

    private int SolverTargets(ShippedModel model) =>
        model.Arm.InputCount > TrunkReproduction.LargeArm ? plan.LargeSolverTargets : plan.SolverTargets;

    private int SeedOf(int piece) => unchecked(plan.Seed * 1_000_003 + piece);
}
