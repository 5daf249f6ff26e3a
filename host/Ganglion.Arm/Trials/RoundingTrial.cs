using Ganglion.Arm.Control;
using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Trials;

/// <summary>
/// What the commands' resolution leaves at the tip, over random postures of <see cref="PoseSampler"/>: no controller can be better where
/// its commands are rounded so.
/// </summary>
/// <param name="Postures">Postures tried.</param>
/// <param name="Authors">
/// Tip errors, m, of the trunk paper's own protocol (host/Ganglion.Robots/Trunk/README.md): 8 bits for each command of a 4-geared joint,
/// whole degrees of a 180 degree servo for each gear of a 3-geared one.
/// </param>
/// <param name="Nearest">Of PWM counts, each channel rounded to its nearest, m.</param>
/// <param name="Together">Of PWM counts that <see cref="JointRounding"/> chose by the exact Jacobian, m.</param>
public sealed record RoundingTrial(int Postures, double[] Authors, double[] Nearest, double[] Together)
{
    private const double EightBits = 255, Degrees = 180;

    /// <param name="arm">The arm.</param>
    /// <param name="robot">Its description: chips, PWM frequency and calibration.</param>
    /// <param name="postures">Number of postures, at least 1.</param>
    /// <param name="seed">Seed of the postures.</param>
    /// <returns>The errors rise.</returns>
    public static RoundingTrial Run(TrunkArm arm, RobotDescription robot, int postures, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(postures, 1);
        PulseRounding[] pulses = PulseRounding.OfTrunk(robot);
        JointRounding rounding = new(arm, pulses);
        PoseSampler sampler = new(arm, seed);
        double[] inputs = new double[arm.InputCount], coarse = new double[arm.InputCount], jacobian = new double[6 * arm.InputCount];
        double[] strokes = new double[arm.StrokeCount], rounded = new double[arm.StrokeCount];
        double[] authors = new double[postures], nearest = new double[postures], together = new double[postures];
        for (int i = 0; i < postures; i++)
        {
            sampler.Sample(inputs);
            Vec3 tip = arm.Jacobian(inputs, jacobian, byDisplacements: true).Position;
            arm.InputsToCommands(inputs, coarse);
            double steps = (arm.Design == JointDesign.FourGeared ? EightBits : Degrees) / (arm.InputMax - arm.InputMin);
            for (int k = 0; k < coarse.Length; k++)
            {
                coarse[k] = arm.InputMin + Math.Round((coarse[k] - arm.InputMin) * steps) / steps;
            }

            arm.CommandsToInputs(coarse, coarse);
            authors[i] = (arm.Forward(coarse).Position - tip).Length;

            arm.InputsToStrokes(inputs, strokes);
            for (int gear = 0; gear < strokes.Length; gear++)
            {
                rounded[gear] = pulses[gear].Rounded(strokes[gear]);
            }

            nearest[i] = (arm.ForwardFromStrokes(rounded, []).Position - tip).Length;
            rounding.Round(strokes, jacobian, [0, 0, 0], rounded);
            together[i] = (arm.ForwardFromStrokes(rounded, []).Position - tip).Length;
        }

        foreach (double[] errors in (double[][])[authors, nearest, together])
        {
            Array.Sort(errors);
        }

        return new RoundingTrial(postures, authors, nearest, together);
    }
}
