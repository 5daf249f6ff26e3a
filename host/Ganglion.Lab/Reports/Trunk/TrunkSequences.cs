using Ganglion.Arm.Control;
using Ganglion.Arm.Learning;
using Ganglion.Arm.Paper;
using Ganglion.Live;
using Ganglion.Sim;

namespace Ganglion.Lab.Reports.Trunk;

/// <summary>How an arm comes to a target, for the pictures of Figs. 3 to 6.</summary>
internal static class TrunkSequences
{
    /// <summary>Iterations that are shown, and the last.</summary>
    private static readonly int[] Shown = [0, 30, 150, 700];

    /// <summary>Frames that the gears are given to come to rest.</summary>
    private const int Rest = 25;

    /// <summary>Motor inference from a random posture to a random target, the step decaying by the whole pose's error.</summary>
    public static TrunkSequence Infer(ShippedModel model, PoseSampler sampler, int length, int passedOver, CancellationToken cancellation)
    {
        var inference = new MotorInference(model.ForInference(), new AmsGradOptimizer(model.Arm.InputCount, signDamped: true),
            decay: StepDecay.Pose);
        double[] from = new double[model.Arm.InputCount], goal = new double[model.Arm.InputCount];
        sampler.Sample(from);
        sampler.Sample(goal);
        inference.Begin(model.Arm.Forward(goal), from);
        int[] marks = [.. Shown.Where(mark => mark < length), length];
        var postures = new List<double[]>();
        for (int k = 0; k <= length; k++)
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

        return new TrunkSequence(goal, marks, [.. postures], passedOver);
    }

    /// <summary>Has virtual boards carry out what was inferred, in virtual time: gears go from each mark's strokes straight to the
    /// next's.</summary>
    public static PlayedSequence Play(ShippedModel model, TrunkSequence sequence, int seed, CancellationToken cancellation)
    {
        using var body = VirtualArm.InVirtualTime(model.Robot, seed);
        using var session = new ArmSession(model.Robot, body.Ports, body.Clock, new Random(seed));
        session.Open(cancellation);
        session.ArmOutputs(body);
        double[] strokes = session.ParkStrokes(), goal = new double[strokes.Length];
        StrokeMotion motion = session.NewMotion(strokes);
        var reached = new List<double[]>();
        foreach (double[] inputs in sequence.Inputs)
        {
            model.Arm.InputsToStrokes(inputs, goal);
            motion.MoveTo(goal);
            for (int rest = 0; rest < Rest; rest = motion.Arrived ? rest + 1 : 0)
            {
                cancellation.ThrowIfCancellationRequested();
                motion.Step(session.Stream.Period * 1e-9, strokes);
                session.SetStrokes(strokes);
                session.Stream.Step();
                session.ThrowIfDisarmed();
            }

            reached.Add([.. body.Robot.Trunk!.Strokes]);
        }

        session.ParkAndDisarm(motion, strokes);
        return new PlayedSequence([.. reached]);
    }
}
