using System.Globalization;
using Ganglion.Basics.Space;
using Ganglion.Lab.Pictures;
using Ganglion.Lab.Pictures.Trunk;
using Ganglion.Neurons.Network;
using Ganglion.Robots.Trunk;

namespace Ganglion.Lab.Reports.Trunk;

/// <summary>The trunk paper's pictures of arms (Figs. 3 to 5) and of its neurons' derivatives (Fig. 11).</summary>
internal static class TrunkFigures
{
    private const int DerivativeSteps = 200;

    /// <summary>Figs. 3 to 5.</summary>
    public static void Arms(HtmlPage page, TrunkReproduction run)
    {
        ShippedModel ten = run.Model(JointDesign.FourGeared, 10);
        page.Section("Figure 3: the 10-joint 4-geared arm").Append("<p class=\"paper\">\"The simulation can accurately reproduce all " +
            "movements possible with the real robot.\"</p>\n");
        page.Append(TrunkStrip.Render(ten.Arm, "straight, and at the end of a reach",
            [(Posture(ten.Arm, new double[ten.Arm.InputCount]), "all gears in the middle"), Last(ten, run)], null));
        page.Append("<p>The paper has a photograph of its arm beside the picture; we have no arm to photograph.</p>\n");

        page.Section("Figure 4: inference brings the 6-joint 3-geared arm to a target").Append("<p class=\"paper\">\"The top row shows " +
            "the simulated robot approaching the red inference target with orientation visualized as arrows pointing in the relative x " +
            "and z (up) direction.\"</p>\n");
        ShippedModel six = run.Model(JointDesign.ThreeGeared, 6);
        page.Append(Sequence(six, run)).Append(Played(six, run)).Append("<p>The paper's lower row shows its real arm; ours is of the arm " +
            "that virtual boards move: the inferred gear states as setpoints, rounded to the drivers' counts, gears at their slew " +
            "bounds.</p>\n");

        page.Section("Figure 5: long arms").Append("<p class=\"paper\">\"While the position and orientation errors are simultaneously " +
            "minimized in the inference process, one can see that in the beginning, the inference process is dominated by the position " +
            "error.\"</p>\n");
        page.Append(Sequence(run.Model(JointDesign.ThreeGeared, 20), run)).Append(Sequence(run.Model(JointDesign.FourGeared, 25), run));
        page.Append("<p>In Figures 3 to 5 from a random posture to a random target, step 0.01 decaying by the whole pose's error. Before " +
            "the targets shown, others were drawn that inference did not bring within 10 mm: " +
            string.Join(", ", run.Sequences.Select(one => $"{one.Value.PassedOver} of {one.Key.Name}")) + ". How often that is so, " +
            "Figure 9 tells.</p>\n");
    }

    /// <summary>Fig. 11: one neuron of either kind under a constant current.</summary>
    public static void Derivatives(HtmlPage page)
    {
        const double current = 0.1, damping = 0.3;
        var shape = new LsnnShape { Channels = 1, Windows = 1, Hidden = 2, Outputs = 1, StepsPerWindow = DerivativeSteps, ClockSteps = 0 };
        var weights = new LsnnWeights(shape, new NeuronConstants { Threshold = 1, AdaptationScale = 0.27, Dampening = damping });
        weights.Clear();
        (weights.Input(0, 0), weights.Input(0, 1)) = ((float)current, (float)current);
        var network = new ReferenceLsnn(weights);
        network.Forward([1]);
        page.Section("Figure 11: derivatives of LIF and ALIF neurons").Append("<p class=\"paper\">\"Comparison of LIF and ALIF neuron " +
            "derivatives, with a derivative dumping factor of λ = 0.3. Left: LIF neuron with a constant input current of 0.1 and a " +
            "threshold of 1.0. Right: ALIF neuron with [the same and] a threshold increase of ζ = 0.27.\"</p>\n");
        var sheet = new PlotSheet("voltage (grey), threshold (orange), derivative h (green)", 2, 260);
        for (int neuron = 0; neuron < 2; neuron++)
        {
            int spikes = Enumerable.Range(0, DerivativeSteps).Count(t => network.Spikes[t, neuron]);
            sheet.Panel($"{(neuron == 0 ? "LIF" : "ALIF")}, {spikes} spikes", "ms", "")
                .Trace(0, 1, Column(network.Voltages, neuron), Palette.Grey)
                .Trace(0, 1, Column(network.Thresholds, neuron), Palette.Orange)
                .Trace(0, 1, Column(network.PseudoDerivatives, neuron), Palette.Green);
        }

        page.Append(sheet.Render()).Append($"<p>One neuron each in our float64 reference, {DerivativeSteps} steps of 1 ms: h is " +
            "largest, λ, where the voltage meets the threshold, and 0 where it is a base threshold away from it. The adaptive neuron " +
            "needs ever longer from spike to spike.</p>\n");
    }

    /// <summary>How far the tip is from the target at a mark, m.</summary>
    public static double Distance(ShippedModel model, TrunkSequence sequence, int mark) =>
        (model.Arm.Forward(sequence.Inputs[mark]).Position - model.Arm.Forward(sequence.Goal).Position).Length;

    private static string Sequence(ShippedModel model, TrunkReproduction run)
    {
        TrunkSequence sequence = run.Sequences[model];
        return TrunkStrip.Render(model.Arm, $"{model.Name}: iterations, distance and angle from the target",
            [.. sequence.Marks.Select((_, mark) => Frame(model, sequence, mark))], model.Arm.Forward(sequence.Goal));
    }

    private static string Played(ShippedModel model, TrunkReproduction run)
    {
        TrunkSequence sequence = run.Sequences[model];
        Pose goal = model.Arm.Forward(sequence.Goal);
        return TrunkStrip.Render(model.Arm, "the same on virtual boards: distance and angle from the target, and how far the tip is from " +
            "where inference had it", [.. run.Played!.Strokes.Select((strokes, mark) =>
            {
                var modules = new Pose[model.Arm.Joints];
                TrunkPosture posture = new(modules, model.Arm.ForwardFromStrokes(strokes, modules));
                double off = (posture.Tip.Position - model.Arm.Forward(sequence.Inputs[mark]).Position).Length;
                return (posture, $"{Words(posture.Tip, goal)}; {1000 * off:0.0} mm apart");
            })], goal);
    }

    private static (TrunkPosture, string) Last(ShippedModel model, TrunkReproduction run)
    {
        TrunkSequence sequence = run.Sequences[model];
        return Frame(model, sequence, sequence.Marks.Length - 1);
    }

    private static (TrunkPosture, string) Frame(ShippedModel model, TrunkSequence sequence, int mark)
    {
        TrunkPosture posture = Posture(model.Arm, sequence.Inputs[mark]);
        return (posture, $"{sequence.Marks[mark]}: {Words(posture.Tip, model.Arm.Forward(sequence.Goal))}");
    }

    private static string Words(in Pose tip, in Pose goal) => string.Create(CultureInfo.InvariantCulture,
        $"{1000 * (tip.Position - goal.Position).Length:0.0} mm, {Quat.Angle(tip.Orientation, goal.Orientation) * 180 / Math.PI:0.0}°");

    private static TrunkPosture Posture(TrunkArm arm, double[] inputs)
    {
        var modules = new Pose[arm.Joints];
        return new TrunkPosture(modules, arm.Forward(inputs, modules));
    }

    private static double[] Column(double[,] values, int column) =>
        [.. Enumerable.Range(0, values.GetLength(0)).Select(row => values[row, column])];
}
