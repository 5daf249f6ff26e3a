using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Inference;

/// <summary>
/// Tells a forward model that knows its arm from one that does not: damaged, half trained, of another arm under this one's name. Over
/// random postures its prediction has to be nearer to the arm's nominal tip than the upright arm's tip is, which knows nothing of the
/// inputs. A real arm may differ from its nominal geometry by far less than that.
/// </summary>
public static class ModelCheck
{
    private const int Postures = 64, Seed = 1;

    /// <summary>Runs the check.</summary>
    /// <param name="model">To be used by nobody else meanwhile.</param>
    /// <param name="name">Of the model, for the message.</param>
    /// <exception cref="InvalidDataException">It predicts nonsense.</exception>
    public static void Run(SpikingPoseModel model, string name)
    {
        TrunkArm arm = model.Arm;
        var sampler = new PoseSampler(arm, Seed);
        double[] inputs = new double[arm.InputCount];
        Array.Fill(inputs, (arm.InputMin + arm.InputMax) / 2);
        Vec3 upright = arm.Forward(inputs).Position;
        (double error, double ignorance) = (0, 0);
        for (int i = 0; i < Postures; i++)
        {
            sampler.Sample(inputs);
            Vec3 tip = arm.Forward(inputs).Position;
            error += (model.Predict(inputs).Position - tip).Length / Postures;
            ignorance += (upright - tip).Length / Postures;
        }

        // Not a number is not smaller either.
        if (!(error < ignorance))
        {
            throw new InvalidDataException($"{name} predicts nonsense: its tip is {1000 * error:0} mm from the arm's in the mean, and " +
                $"one that knows nothing would be {1000 * ignorance:0} mm off. It is damaged or was badly trained. Restore it, train it " +
                $"again (ganglion train), or use --controller ik.");
        }
    }
}
