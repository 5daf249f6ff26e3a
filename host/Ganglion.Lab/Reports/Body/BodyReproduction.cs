using Ganglion.Arm.Learning;
using Ganglion.Neurons.Files;
using Ganglion.Robots.Robot;

namespace Ganglion.Lab.Reports.Body;

/// <summary>
/// Arms that learn their own body, as the trunk paper's outlook asks: from recordings (nominal geometry, calibration, spiking network,
/// residual), and while they work, by eligibility traces and by BPTT, until a gear dies and on. Part by part, each kept in a store.
/// </summary>
public sealed class BodyReproduction
{
    private readonly PartStore _store;
    private readonly Action<int, int, string> _tell;
    private readonly CancellationToken _stop;
    private int _done;

    /// <param name="plan">How much.</param>
    /// <param name="robot">The arm as it is described.</param>
    /// <param name="model">A network of it.</param>
    /// <param name="store">Where parts are kept.</param>
    /// <param name="tell">Told before each part: parts done, parts in all, and the part at hand.</param>
    /// <param name="stop">Ends it with an <see cref="OperationCanceledException"/>; what is finished stays.</param>
    public BodyReproduction(BodyPlan plan, RobotDescription robot, TrainedModel model, PartStore store, Action<int, int, string> tell,
        CancellationToken stop)
    {
        (Plan, Robot, Model, _store, _tell, _stop) = (plan, robot, model, store, tell, stop);
        BodyParts parts = new(plan, robot, model);
        int[] seeds = [.. Enumerable.Range(plan.Seed, plan.Arms)];
        Working = [.. from seed in seeds
                      from rule in Enum.GetValues<WorkRule>()
                      select Part($"arm {seed} at work, {Name(rule)}", () => parts.Working(seed, rule, stop))];
        Recorded = [.. seeds.Select((seed, i) => Part($"arm {seed} from recordings", () => parts.Recorded(seed, Sags(i), stop)))];
    }

    /// <summary>How much.</summary>
    public BodyPlan Plan { get; }

    /// <summary>The arm as it is described.</summary>
    public RobotDescription Robot { get; }

    /// <summary>The network that all start from.</summary>
    public TrainedModel Model { get; }

    /// <summary>Arms learned from recordings.</summary>
    public RecordedArm[] Recorded { get; }

    /// <summary>Arms at work.</summary>
    public WorkingArm[] Working { get; }

    /// <summary>Everything that decides the parts.</summary>
    public static string Subject(BodyPlan plan, RobotDescription robot, TrainedModel model, string version) =>
        $"{version} {plan.Quick} {plan.Seed} {plan.Arms} {string.Join(' ', plan.Poses)} {plan.Updates} {plan.Before} {plan.After} " +
        $"{robot.FileHash} {model.Subject} {ArmModel.Trained("the model", model).Form}";

    /// <summary>A rule in words.</summary>
    public static string Name(WorkRule rule) => rule switch
    {
        WorkRule.None => "learning nothing",
        WorkRule.Traces => "learning by eligibility traces",
        _ => "learning by BPTT",
    };

    /// <summary>Whether the arm of this index yields to weight.</summary>
    private static bool Sags(int index) => index % 2 == 1;

    private T Part<T>(string name, Func<T> compute)
    {
        _stop.ThrowIfCancellationRequested();
        _tell(_done, Plan.Arms * (Enum.GetValues<WorkRule>().Length + 1), name);
        T value = _store.Part(name, compute);
        _done++;
        return value;
    }
}
