using Ganglion.Arm.Adaptation;
using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Arm.Learning;
using Ganglion.Arm.Online;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Training;
using Ganglion.Robots.Bodies;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;
using Ganglion.Sim;

namespace Ganglion.Lab.Reports.Body;

/// <summary>The parts of the page on arms that learn their own body.</summary>
/// <param name="plan">How much.</param>
/// <param name="robot">The arm as it is described.</param>
/// <param name="model">A network that knows the arm as it is described.</param>
internal sealed class BodyParts(BodyPlan plan, RobotDescription robot, TrainedModel model)
{
    private readonly TrunkArm _arm = TrunkArm.FromDescription(robot);

    /// <summary>A made-up arm learned from growing recordings.</summary>
    public RecordedArm Recorded(int seed, bool sags, CancellationToken stop)
    {
        TrunkBodyDescription body = MadeUpArm.Draw(_arm.Design, _arm.Joints, seed, sags);
        int most = plan.Poses.Max();
        ArmAdaptation adaptation = new(_arm, MadeUpArm.Record(_arm, body, most + plan.Judged, seed), most);
        TargetForm form = ArmModel.Trained("the model", model).Form;
        double nominal = Mm(adaptation.Described());
        double before = Mm(SpikingAdaptation.Judge(adaptation, _arm, model.Weights, form));
        return new RecordedArm(seed, sags, before, [.. plan.Poses.Select(poses =>
        {
            AdaptedArm calibrated = adaptation.Fit(poses, residual: false, stop), learned = adaptation.Fit(poses, residual: true, stop);
            AdaptedModel network = SpikingAdaptation.Taught(adaptation, () => learned.With(learned.Arm.Dimensions), model,
                new SpikingBudget(plan.Updates, null, (ulong)seed, 1, $"made-up-{seed}"), _ => { }, stop);
            return new PoseRow(poses, nominal, Mm(adaptation.Of(calibrated)), Mm(network.Errors), Mm(adaptation.Of(learned)));
        })]);
    }

    /// <summary>A made-up arm at work, whose gear dies.</summary>
    public WorkingArm Working(int seed, WorkRule rule, CancellationToken stop)
    {
        TrunkBodyDescription body = MadeUpArm.Draw(_arm.Design, _arm.Joints, seed, sags: false);
        int gear = new Random(seed).Next(_arm.StrokeCount);
        GearChannel channel = robot.TrunkArm!.Gears[gear];
        LiveTrialOptions options = new(plan.Before + plan.After, seed)
        {
            TargetsOf = body.Dimensions,
            Fault = $"servo {robot.Boards[channel.Board].Id} {channel.ChannelOnBoard} stalled",
            FaultAfter = plan.Before,
        };
        LsnnWeights weights = new(model.Weights.Shape, model.Weights.Constants);
        weights.CopyFrom(model.Weights);
        SpikingPoseModel network = new(_arm, weights, ArmModel.Trained("the model", model).Form);
        OnlineLearning? learning = rule == WorkRule.None ? null : new OnlineLearning(network, rule == WorkRule.Traces
            ? LearningRule.EligibilityTraces : LearningRule.BackpropagationThroughTime, (ulong)seed);
        List<WorkLook> looks = [];
        double at = double.NaN;
        var trial = LiveTrial.Run(robot with { TrunkArm = robot.TrunkArm! with { Body = body } }, _ =>
        {
            SpikingController steers = new(network, seed, orientation: false, known: learning?.Calibration);
            return learning == null ? steers : new LearningController(steers, learning);
        }, options, stop, Look);
        learning?.Dispose();
        return new WorkingArm(seed, rule, [.. looks], plan.Before, gear, at,
            [.. (learning?.Calibration.Dead ?? []).Select(dead => new FoundGear(dead.Gear, dead.At))],
            [.. trial.Outcomes.Select(outcome => outcome.Reached)], [.. trial.Outcomes.Select(outcome => outcome.MotionSeconds)],
            trial.Outcomes.Count(outcome => outcome.Fallback != null), learning?.Updates ?? 0, 1e3 * trial.Times.P99);

        void Look(int targets, VirtualArm there)
        {
            if (targets == plan.Before)
            {
                at = there.Robot.Trunk!.Strokes[gear];
            }

            if (targets % plan.Look == 0)
            {
                TrunkBodyDescription now = targets <= plan.Before ? body
                    : body with { Gears = body.Gears.SetItem(gear, new GearFlaw(0, at)) };
                SpikingPoseModel bare = new(_arm, weights, network.Form);
                looks.Add(new WorkLook(targets, Error(now, seed, network), Known(now, seed, learning?.Calibration.Arm),
                    Error(body, seed, bare)));
            }
        }
    }

    /// <summary>Mean distance of a network's tips from a body's, over postures that nobody worked in, mm.</summary>
    private double Error(TrunkBodyDescription body, int seed, SpikingPoseModel network)
    {
        double[] inputs = new double[_arm.InputCount];
        return 1e3 * HeldOut(body, seed).Average(row =>
        {
            _arm.StrokesToInputs(row.Strokes, inputs);
            return (network.Predict(inputs).Position - row.Tip).Length;
        });
    }

    private double Known(TrunkBodyDescription body, int seed, AdaptedArm? learned)
    {
        GearPlay play = new(_arm.StrokeCount);
        double[] sides = new double[_arm.StrokeCount];
        return 1e3 * HeldOut(body, seed).Average(row =>
        {
            play.Move(row.Strokes, sides);
            return ((learned?.Predict(row.Strokes, sides, []) ?? _arm.ForwardFromStrokes(row.Strokes, [])).Position - row.Tip).Length;
        });
    }

    private IReadOnlyList<TipRow> HeldOut(TrunkBodyDescription body, int seed) =>
        MadeUpArm.Record(_arm, body, plan.Judged, seed + 100_000);

    private static double Mm(TipErrors errors) => 1e3 * errors.Mean;
}
