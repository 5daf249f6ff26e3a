using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Learning;

/// <summary>
/// Random postures as the authors draw them, rich in edge cases: twisted arms, corner postures, common tilts
/// (host/Ganglion.Robots/Trunk/README.md; the random poses of their public simulation). Same seed, same postures.
/// </summary>
public sealed class PoseSampler(TrunkArm arm, Random random)
{
    private const double EdgeShare = 0.25;

    /// <summary>Share of joints that are edge cases, so that an arm has at least one with probability 1/4.</summary>
    private readonly double _edgeJoint = 1 - Math.Pow(1 - EdgeShare, 1.0 / arm.Joints);

    public PoseSampler(TrunkArm arm, int seed)
        : this(arm, new Random(seed))
    {
    }

    /// <summary>Draws joint-local inputs, inside their limits unless the arm is paper-compatible.</summary>
    /// <param name="inputs">Receives <see cref="TrunkArm.InputCount"/> values.</param>
    public void Sample(Span<double> inputs)
    {
        SampleCommands(inputs);
        arm.CommandsToInputs(inputs, inputs);
    }

    /// <summary>Draws the papers' commands, in the frame common to all joints.</summary>
    /// <param name="commands">Receives <see cref="TrunkArm.InputCount"/> values within the limits.</param>
    public void SampleCommands(Span<double> commands)
    {
        if (commands.Length != arm.InputCount)
        {
            throw new ArgumentException($"commands has {commands.Length} entries; this arm needs {arm.InputCount}", nameof(commands));
        }

        if (arm.Design == JointDesign.FourGeared)
        {
            SampleFourGeared(commands);
        }
        else
        {
            SampleThreeGeared(commands);
        }
    }

    private void SampleFourGeared(Span<double> commands)
    {
        int joint = 0;
        if (Chance(EdgeShare / 10))
        {
            double x = Sign(), y = Sign(), h = Sign();
            while (joint < arm.Joints)
            {
                Put(commands, joint++, x, y, h);
            }
        }

        double height = 0;
        for (; joint < arm.Joints && !Chance(_edgeJoint); joint++)
        {
            height = Uniform(-1, 1);
            Put(commands, joint, Uniform(-1, 1), Uniform(-1, 1), height);
        }

        // A run of joints with one full tilt; it ends at each joint with the chance of one tilt in a full circle.
        (double sine, double cosine) = Math.SinCos(Uniform(0, 2 * Math.PI));
        for (; joint < arm.Joints && !Chance(16.5 / 360); joint++)
        {
            Put(commands, joint, sine, cosine, height);
        }

        for (; joint < arm.Joints; joint++)
        {
            Put(commands, joint, Uniform(-1, 1), Uniform(-1, 1), Uniform(-1, 1));
        }
    }

    private void SampleThreeGeared(Span<double> commands)
    {
        if (Chance(0.2))
        {
            for (int joint = 0; joint < arm.Joints; joint++)
            {
                double strength = random.NextDouble();
                Put(commands, joint, Pushed(strength, Bit()), Pushed(strength, Bit()), Pushed(strength, Bit()));
            }
        }
        else if (Chance(0.2))
        {
            double strength = random.NextDouble(), a = Bit(), b = Bit(), c = Bit();
            for (int joint = 0; joint < arm.Joints; joint++)
            {
                Put(commands, joint, Pushed(strength, a), Pushed(strength, b), Pushed(strength, c));
            }
        }
        else if (Chance(0.2))
        {
            double a = random.NextDouble(), b = random.NextDouble(), c = random.NextDouble();
            for (int joint = 0; joint < arm.Joints; joint++)
            {
                Put(commands, joint, Near(a), Near(b), Near(c));
            }
        }
        else if (Chance(0.025))
        {
            for (int joint = 0; joint < arm.Joints; joint++)
            {
                Put(commands, joint, Bit(), Bit(), Bit());
            }
        }
        else
        {
            for (int joint = 0; joint < arm.Joints; joint++)
            {
                double a = random.NextDouble(), b = random.NextDouble(), c = random.NextDouble();
                if (Chance(_edgeJoint))
                {
                    (a, b, c) = (Math.Round(a), Math.Round(b), Math.Round(c));
                }

                Put(commands, joint, a, b, c);
            }
        }
    }

    private static void Put(Span<double> commands, int joint, double a, double b, double c) =>
        (commands[3 * joint], commands[3 * joint + 1], commands[3 * joint + 2]) = (a, b, c);

    private bool Chance(double probability) => random.NextDouble() < probability;

    private double Uniform(double low, double high) => low + (high - low) * random.NextDouble();

    private double Sign() => Chance(0.5) ? -1 : 1;

    private double Bit() => Chance(0.5) ? 0 : 1;

    private double Pushed(double strength, double bit) => Uniform(0, strength) + bit * (1 - strength);

    private double Near(double mean) => Math.Clamp(mean + 0.1 * Normal(), 0, 1);

    /// <summary>Box-Muller; the argument of the logarithm is never 0.</summary>
    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
