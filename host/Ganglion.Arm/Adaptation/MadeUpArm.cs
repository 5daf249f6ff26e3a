using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Robots.Bodies;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Adaptation;

/// <summary>Simulated arms that are not built as drawn, and what is recorded of them.</summary>
public static class MadeUpArm
{
    /// <summary>Largest deviations, each drawn between minus and plus it: lengths m, angles rad, offsets parts of the travel.</summary>
    private const double Tilt = 2 * Math.PI / 180, Neutral = 3e-3, Travel = 2e-3, Tool = 15e-3, Offset = 0.04, Play = 0.05;

    /// <summary>Of arms that yield to weight: 0.5 degrees per N m, modules of 0.1 kg, 0.1 kg at the tip; a real one's figures nobody has
    /// measured.</summary>
    private const double Sag = 0.5 * Math.PI / 180, Module = 0.1, Load = 0.1;

    /// <summary>
    /// Draws an arm: every joint's tilt +-2 degrees, neutral length +-3 mm and travel +-2 mm, the tool +-15 mm, every gear's offset +-4 %
    /// of its travel, one gear with 5 % of play. A 3-geared joint has no tilt of its own: its gears' radius is what tilts it by as much;
    /// its neutral length is the height of its tips.
    /// </summary>
    /// <param name="design">Its joints' design.</param>
    /// <param name="joints">Number of joints.</param>
    /// <param name="seed">Same seed, same arm.</param>
    /// <param name="sags">Whether its joints yield to weight too.</param>
    public static TrunkBodyDescription Draw(JointDesign design, int joints, int seed, bool sags)
    {
        Random random = new(seed);
        double Within(double most) => most * (2 * random.NextDouble() - 1);
        var drawn = TrunkDimensions.Standard(design, joints);
        List<double> all = [];
        for (int joint = 0; joint < joints; joint++)
        {
            double[] own = drawn.Joint(joint).ToArray();
            double tilt = Within(Tilt);
            (own[0], own[1]) = (own[0] + Within(Neutral), own[1] + Within(Travel));
            if (design == JointDesign.FourGeared)
            {
                own[2] += tilt;
            }
            else
            {
                double most = Math.Atan(2 * ThreeGearedJoint.Travel / (3 * ThreeGearedJoint.GearRadius));
                own[2] = 2 * ThreeGearedJoint.Travel / (3 * Math.Tan(most + tilt));
            }

            all.AddRange(own);
        }

        double[] offsets = [.. Enumerable.Range(0, joints * (int)design).Select(_ => Within(Offset))];
        var dimensions = TrunkDimensions.Of(design, [.. all], drawn.Tool + Within(Tool), offsets);
        var gears = new GearFlaw[offsets.Length];
        gears[random.Next(gears.Length)] = new GearFlaw(Play, null);
        return new TrunkBodyDescription(dimensions, [.. gears], sags ? Sag : 0, Module, sags ? Load : 0);
    }

    /// <summary>What a tracker of its tip sees while the arm goes from one random posture straight to the next (the papers'
    /// distribution).</summary>
    /// <param name="arm">As described.</param>
    /// <param name="body">As it is.</param>
    /// <param name="poses">Number of postures.</param>
    /// <param name="seed">Of the postures.</param>
    public static IReadOnlyList<TipRow> Record(TrunkArm arm, TrunkBodyDescription body, int poses, int seed)
    {
        var sampler = new PoseSampler(arm, seed);
        var mechanics = new TrunkMechanics(body);
        double[] inputs = new double[arm.InputCount];
        var rows = new TipRow[poses];
        for (int i = 0; i < poses; i++)
        {
            double[] strokes = new double[arm.StrokeCount];
            sampler.Sample(inputs);
            arm.InputsToStrokes(inputs, strokes);
            Pose tip = mechanics.Move(strokes);
            rows[i] = new TipRow(strokes, tip.Position);
        }

        return rows;
    }
}

/// <summary>One measurement of a recording.</summary>
/// <param name="Strokes">What the gears were told, joint-major, parts of the travel.</param>
/// <param name="Tip">Where the tool tip was, m.</param>
public readonly record struct TipRow(double[] Strokes, Vec3 Tip);
