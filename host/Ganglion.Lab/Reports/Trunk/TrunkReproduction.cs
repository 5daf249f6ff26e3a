using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Ganglion.Arm.Learning;
using Ganglion.Arm.Paper;
using Ganglion.Robots.Trunk;

namespace Ganglion.Lab.Reports.Trunk;

/// <summary>
/// The evaluation of the trunk paper (spiking neural networks for trunk-like robotic arms, Figures 3 to 11) computed again with
/// our models, and ours beside it: the solver on the spiking Jacobian, noisy measurements, rounded commands, and inverse kinematics on the
/// exact arm.
/// </summary>
public sealed class TrunkReproduction : IDisposable
{
    /// <summary>Inputs from which on an arm counts as large.</summary>
    internal const int LargeArm = 30;

    private const string PaperName = "training by the paper's own setting";

    private static readonly (JointDesign Design, int Joints)[] PaperArms = [(JointDesign.FourGeared, 10), (JointDesign.FourGeared, 25),
        (JointDesign.ThreeGeared, 6), (JointDesign.ThreeGeared, 20)];

    private static readonly (double Noise, double Bar)[] Noises = [(0.1e-3, 0.25e-3), (0.5e-3, 0.8e-3), (1e-3, 1.3e-3)];

    private readonly TrunkPlan _plan;
    private readonly int _threads;
    private readonly Action<int, int, string> _progress;
    private readonly PartStore _store;
    private readonly TrunkParts _parts;
    private int _done, _total;

    /// <summary>Opens the working folder, and with it what an interrupted run has finished.</summary>
    /// <param name="plan">How much to compute.</param>
    /// <param name="models">Models to evaluate; the paper's arms are a 10-joint and a 25-joint 4-geared one, a 6-joint and a 20-joint
    /// 3-geared one.</param>
    /// <param name="paper">The paper's own training setting (recipe paper-128).</param>
    /// <param name="version">Version of Ganglion; finished parts of another one are refused.</param>
    /// <param name="folder">Working folder; made if need be.</param>
    /// <param name="threads">Threads, at least 1; the figures do not depend on it, the times do not either.</param>
    /// <param name="progress">Told parts done, parts in all, and the part at hand; from any thread.</param>
    /// <exception cref="InvalidDataException">The folder holds another run, or a model of the paper's arms is missing.</exception>
    public TrunkReproduction(TrunkPlan plan, IReadOnlyList<ShippedModel> models, TrainingSettings paper, string version, string folder,
        int threads, Action<int, int, string> progress)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        foreach ((JointDesign design, int joints) in PaperArms)
        {
            if (!models.Any(model => model.Arm.Design == design && model.Arm.Joints == joints))
            {
                throw new InvalidDataException($"no model of the {joints}-joint {(int)design}-geared arm is there: train one (ganglion " +
                    $"train trunk{joints}-{(int)design}g) and put it with the others.");
            }
        }

        Directory.CreateDirectory(folder);
        (_plan, Models, _threads, _progress) = (plan, models, threads, progress);
        string subject = $"{version} {plan} {paper} {string.Join(' ', models.Select(model => $"{model.Name} {model.Sha256}"))}";
        _store = new PartStore(Path.Combine(folder, "parts.json"), subject);
        _parts = new TrunkParts(plan, models, paper, folder, _store);
    }

    /// <summary>How much is computed.</summary>
    public TrunkPlan Plan => _plan;

    /// <summary>The models.</summary>
    public IReadOnlyList<ShippedModel> Models { get; }

    /// <summary>Parts that were there when it was opened.</summary>
    public int Resumed => _store.Count;

    /// <summary>Figures by model; there after <see cref="Run"/>, as all below.</summary>
    public IReadOnlyList<TrunkArmRun> Arms { get; private set; } = [];

    /// <summary>Fig. 10.</summary>
    public IReadOnlyList<OptimiserRun> Optimisers { get; private set; } = [];

    /// <summary>Held-out errors of the models of Fig. 10.</summary>
    public IReadOnlyList<PoseErrors> OptimiserModels { get; private set; } = [];

    /// <summary>The 10-joint arm's model by the paper's own setting.</summary>
    public PaperTraining? Paper { get; private set; }

    /// <summary>The 10-joint arm with noisy measurements.</summary>
    public IReadOnlyList<NoiseRun> Noise { get; private set; } = [];

    /// <summary>Figs. 3 to 6: of the model of the paper's size of each arm.</summary>
    public IReadOnlyDictionary<ShippedModel, TrunkSequence> Sequences { get; private set; } =
        new Dictionary<ShippedModel, TrunkSequence>();

    /// <summary>Fig. 4, its lower row: the 6-joint arm's sequence on virtual boards.</summary>
    public PlayedSequence? Played { get; private set; }

    private IEnumerable<ShippedModel> PaperSized => PaperArms.Select(arm => Model(arm.Design, arm.Joints));

    /// <summary>The smallest model of an arm: the one of the paper's size.</summary>
    public ShippedModel Model(JointDesign design, int joints) => _parts.Model(design, joints);

    /// <summary>Computes what is missing. Throws <see cref="OperationCanceledException"/> when it is stopped; what is finished then
    /// stays.</summary>
    public void Run(CancellationToken cancellation)
    {
        try
        {
            (string, double, Action)[] training = [Work(PaperName, 2, () => _parts.TrainPaper(TellPaper, cancellation)),
                .. Enumerable.Range(1, TrunkPlan.Models)
                .Select(k => Work($"training model {k} for Fig. 10", 1, () => _parts.Train(k, cancellation)))];
            (string, double, Action)[] inference = [.. InferencePieces(cancellation)];
            ShippedModel[] models = [.. Models];
            (string Name, Action Work)[] alone = [.. models.SelectMany(model => Alone(model, cancellation)), ("Fig. 4 on virtual boards",
                () => _parts.Played(Model(JointDesign.ThreeGeared, 6), cancellation))];
            (_done, _total) = (0, training.Length + inference.Length + alone.Length);
            InParallel(training, cancellation);
            InParallel(inference, cancellation);
            // One after another, since processor times are among their figures.
            foreach ((string name, Action work) in alone)
            {
                Do(name, work, cancellation);
            }
        }
        finally
        {
            _store.Dispose();
        }

        Collect();
    }

    /// <summary>Saves what is finished.</summary>
    public void Dispose() => _store.Dispose();

    private static (string, double, Action) Work(string name, double cost, Action work) => (name, cost, work);

    private IEnumerable<(string, double, Action)> InferencePieces(CancellationToken cancellation)
    {
        foreach (ShippedModel model in Models)
        {
            double cost = (double)model.Arm.Joints * model.Trained.Weights.Shape.Hidden;
            foreach (TrunkScheme scheme in Enum.GetValues<TrunkScheme>())
            {
                for (int piece = 0; piece < Pieces; piece++)
                {
                    int at = piece;
                    yield return Work($"{model.Name}, {TrunkParts.Name(scheme)}", cost,
                        () => _parts.Curve(model, scheme, at, cancellation));
                }
            }
        }

        foreach (string optimiser in OptimiserNames)
        {
            for (int k = 1; k <= TrunkPlan.Models; k++)
            {
                int at = k;
                yield return Work($"Fig. 10, {optimiser}", 1, () => _parts.Optimiser(optimiser, at, cancellation));
            }
        }

        for (int piece = 0; piece < Pieces; piece++)
        {
            int at = piece;
            yield return Work("the paper's setting, eq. 19", 1280, () => _parts.PaperCurve(at, cancellation));
        }

        foreach (ShippedModel model in PaperSized)
        {
            yield return Work($"Figs. 3 to 6, {model.Name}", 1e9, () => _parts.Sequence(model, cancellation));
        }
    }

    private IEnumerable<(string, Action)> Alone(ShippedModel model, CancellationToken cancellation)
    {
        yield return ($"{model.Name}, predictions", () => _parts.Prediction(model));
        yield return ($"{model.Name}, solver, position", () => _parts.Solver(model, false, 0, cancellation));
        yield return ($"{model.Name}, solver, pose", () => _parts.Solver(model, true, 0, cancellation));
        yield return ($"{model.Name}, exact model", () => _parts.Ik(model, cancellation));
        yield return ($"{model.Name}, rounding", () => _parts.Rounding(model));
        if (model != Model(JointDesign.FourGeared, 10))
        {
            yield break;
        }

        foreach ((double noise, _) in Noises)
        {
            yield return ($"{model.Name}, noise", () => _parts.Solver(model, false, noise, cancellation));
        }
    }

    private void InParallel((string Name, double Cost, Action Work)[] pieces, CancellationToken cancellation)
    {
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellation };
            // The longest first, one at a time: no thread is left with a long one at the end.
            Parallel.ForEach(Partitioner.Create(pieces.OrderByDescending(piece => piece.Cost), EnumerablePartitionerOptions.NoBuffering),
                options, piece => Do(piece.Name, piece.Work, cancellation));
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }

    private void Do(string name, Action work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _progress(_done, _total, name);
        work();
        _progress(Interlocked.Increment(ref _done), _total, name);
    }

    /// <summary>Measured poses that the solver may take.</summary>
    public static int Measurements(ShippedModel model, bool orientation) => (model.Arm.InputCount > LargeArm, orientation) switch
    {
        (false, false) => 150,
        (false, true) => 300,
        (true, false) => 400,
        _ => 600,
    };

    private void Collect()
    {
        MotorTrial Joined(ShippedModel model, TrunkScheme scheme) =>
            MotorTrial.Join([.. Enumerable.Range(0, Pieces).Select(piece => _parts.Curve(model, scheme, piece, default))]);
        Paper = new PaperTraining(_parts.Paper, _parts.TrainPaper(_ => { }, default),
            MotorTrial.Join([.. Enumerable.Range(0, Pieces).Select(piece => _parts.PaperCurve(piece, default))]));
        Arms =
        [
            .. Models.Select(model => new TrunkArmRun(
                model, _parts.Prediction(model), Joined(model, TrunkScheme.Paper), Joined(model, TrunkScheme.Elsewhere),
                Joined(model, TrunkScheme.Pose), Joined(model, TrunkScheme.Uncorrected), _parts.Solver(model, false, 0, default),
                _parts.Solver(model, true, 0, default), _parts.Ik(model, default), _parts.Rounding(model))),
        ];
        int[] seeds = [.. Enumerable.Range(1, TrunkPlan.Models)];
        Optimisers = [.. OptimiserNames.Select(name =>
            new OptimiserRun(name, MotorTrial.Join([.. seeds.Select(k => _parts.Optimiser(name, k, default))])))];
        OptimiserModels = [.. seeds.Select(k => _parts.Train(k, default))];
        ShippedModel ten = Model(JointDesign.FourGeared, 10);
        Noise = [.. Noises.Select(row => new NoiseRun(row.Noise, row.Bar, _parts.Solver(ten, false, row.Noise, default)))];
        Sequences = PaperSized.ToDictionary(model => model, model => _parts.Sequence(model, default));
        Played = _parts.Played(Model(JointDesign.ThreeGeared, 6), default);
    }

    private int Pieces => (_plan.Targets + TrunkPlan.Piece - 1) / TrunkPlan.Piece;

    private void TellPaper(long updates) => _progress(_done, _total, $"{PaperName}, update {updates} of {_plan.PaperUpdates}");

    private static readonly string[] OptimiserNames = ["SD-AMSGrad", "AMSGrad", "Adam", "SD-Momentum"];

    /// <summary>SHA-256 of a file.</summary>
    public static string HashOf(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
