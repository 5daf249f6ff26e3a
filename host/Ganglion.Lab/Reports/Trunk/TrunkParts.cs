using Ganglion.Arm.Inference;
using Ganglion.Arm.Kinematics;
using Ganglion.Arm.Learning;
using Ganglion.Arm.Paper;
using Ganglion.Arm.Trials;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Training;
using Ganglion.Robots.Trunk;

namespace Ganglion.Lab.Reports.Trunk;

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
internal sealed class TrunkParts(TrunkPlan plan, IReadOnlyList<ShippedModel> models, TrainingSettings paper, string folder, PartStore store)
{
    private const string PaperName = "paper";

    /// <summary>Pictures are of an inference that comes so near, m, unless as many targets in turn were not reached.</summary>
    private const double Near = 0.01;

    private const int MostPassedOver = 9;

    /// <summary>The paper's setting, with as many updates as are made.</summary>
    public TrainingSettings Paper { get; } = paper with { Recipe = paper.Recipe with { Updates = plan.PaperUpdates } };

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
        return Train(settings, ModelFile($"{k}"), _ => { }, cancellation);
    });

    /// <summary>Trains by the paper's own setting.</summary>
    /// <param name="tell">Told the updates that are done, now and then.</param>
    /// <param name="cancellation">Ends it; the same work goes on from its checkpoint.</param>
    /// <returns>Errors on as many held-out poses as every model predicts.</returns>
    public PoseErrors TrainPaper(Action<long> tell, CancellationToken cancellation) => store.Part("model by the paper's setting", () =>
    {
        Train(Paper, ModelFile(PaperName), tell, cancellation);
        (TrainedModel trained, TargetForm form, TrunkArm arm) = ArmModel.Open(ModelFile(PaperName));
        return ArmTraining.Test(arm, trained, form, plan.PredictedPoses);
    });

    private PoseErrors Train(TrainingSettings settings, string path, Action<long> tell, CancellationToken cancellation)
    {
        ShippedModel shipped = Model(JointDesign.FourGeared, 10);
        string checkpoint = path + ".checkpoint";
        using var training = new ArmTraining(shipped.Arm, settings, new TrainingBudget(1, checkpoint));
        if (training.Run.Run(progress => tell(progress.Updates), cancellation) == TrainingEnd.Stopped)
        {
            throw new OperationCanceledException(cancellation);
        }

        PoseErrors errors = training.Test();
        training.Model(shipped.Robot.Name, errors).Save(path);
        File.Delete(checkpoint);
        return errors;
    }

    private string ModelFile(string name) => Path.Combine(folder, $"model{name}.safetensors");

    public MotorTrial Curve(ShippedModel model, TrunkScheme scheme, int piece, CancellationToken cancellation) =>
        store.Part($"{model.Name} {scheme} {piece}", () => Curve(model.ForInference(), scheme, piece, cancellation));

    /// <summary>The paper's scheme with the model that was trained by the paper's setting.</summary>
    public MotorTrial PaperCurve(int piece, CancellationToken cancellation) => store.Part($"the paper's setting {piece}", () =>
    {
        (TrainedModel trained, TargetForm form, TrunkArm arm) = ArmModel.Open(ModelFile(PaperName));
        return Curve(new SpikingPoseModel(arm, trained.Weights, form), TrunkScheme.Paper, piece, cancellation);
    });

    private MotorTrial Curve(SpikingPoseModel network, TrunkScheme scheme, int piece, CancellationToken cancellation)
    {
        var inference = new MotorInference(network, new AmsGradOptimizer(network.Arm.InputCount, signDamped: true),
            decay: scheme == TrunkScheme.Pose ? StepDecay.Pose : StepDecay.Position);
        bool corrected = scheme != TrunkScheme.Uncorrected;
        return MotorTrial.Run(
            network.Arm, inference, Math.Min(TrunkPlan.Piece, plan.Targets - piece * TrunkPlan.Piece),
            TrunkPlan.Marks(corrected ? plan.Length : plan.UncorrectedLength), SeedOf(piece),
            scheme == TrunkScheme.Elsewhere ? MotorStart.Random : MotorStart.Straight, corrected ? null : network, cancellation);
    }

    public MotorTrial Optimiser(string name, int k, CancellationToken cancellation) => store.Part($"{name} {k}", () =>
    {
        (TrainedModel trained, TargetForm form, TrunkArm arm) = ArmModel.Open(ModelFile($"{k}"));
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
        PoseSampler sampler = new(model.Arm, SeedOf(200));
        for (int draw = 0; ; draw++)
        {
            TrunkSequence sequence = TrunkSequences.Infer(model, sampler, plan.Length, draw, cancellation);
            if (draw == MostPassedOver || TrunkFigures.Distance(model, sequence, sequence.Marks.Length - 1) < Near)
            {
                return sequence;
            }
        }
    });

    public PlayedSequence Played(ShippedModel model, CancellationToken cancellation) => store.Part($"{model.Name} played", () =>
        TrunkSequences.Play(model, Sequence(model, cancellation), SeedOf(201), cancellation));

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
