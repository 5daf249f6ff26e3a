using System.Collections.Immutable;
using Ganglion.Basics.Space;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Live.Teleop.Leading;

/// <summary>
/// Where one gear or one joint is to go, within the channels' limits. Limits hold one way: a gear that stands beyond one may come back in,
/// and may not go farther out. The four gears of a 4-geared module have three degrees of freedom (g0 + g2 = g1 + g3): when one moves, the
/// others give way by as little as that takes, a third each.
/// </summary>
internal sealed class JogGoal
{
    private readonly TrunkArm _arm;
    private readonly double[] _low, _high, _inputs, _strokes;

    public JogGoal(TrunkArm arm, RobotDescription robot)
    {
        _arm = arm;
        ImmutableArray<GearChannel> gears = robot.TrunkArm!.Gears;
        _low = [.. gears.Select(gear => robot.Channels[gear.Channel].LimitMin)];
        _high = [.. gears.Select(gear => robot.Channels[gear.Channel].LimitMax)];
        (_inputs, _strokes) = (new double[arm.InputCount], new double[arm.StrokeCount]);
    }

    /// <summary>Every gear in the middle of what it may do.</summary>
    public double[] Home() => [.. _low.Select((low, i) => (low + _high[i]) / 2)];

    /// <summary>A value that is within the limits, or nearer to them than where it stands.</summary>
    /// <param name="at">Where it stands.</param>
    /// <param name="wanted">Where it should go.</param>
    /// <param name="low">Lower limit.</param>
    /// <param name="high">Upper limit.</param>
    public static double OneWay(double at, double wanted, double low, double high) =>
        Math.Clamp(wanted, Math.Min(low, at), Math.Max(high, at));

    /// <summary>Strokes for one gear.</summary>
    /// <param name="gear">Joint-major.</param>
    /// <param name="stroke">Where it should go, 0..1.</param>
    /// <param name="at">Where all gears are.</param>
    /// <param name="goal">Receives where they should go.</param>
    public void Gear(int gear, double stroke, ReadOnlySpan<double> at, Span<double> goal)
    {
        at.CopyTo(_strokes);
        int first = gear - gear % _arm.GearsPerJoint;
        double way = stroke - at[gear];
        _strokes[gear] = stroke;
        for (int other = first; _arm.Design == JointDesign.FourGeared && other < first + 4; other++)
        {
            if (other != gear)
            {
                _strokes[other] += (other - gear) % 2 == 0 ? -way / 3 : way / 3;
            }
        }

        Within(first, at, goal);
    }

    /// <summary>Strokes for one joint.</summary>
    /// <param name="joint">From 0.</param>
    /// <param name="inputs">Its inputs: see <see cref="TrunkArm"/>.</param>
    /// <param name="at">Where all gears are.</param>
    /// <param name="goal">Receives where they should go.</param>
    public void Joint(int joint, in Vec3 inputs, ReadOnlySpan<double> at, Span<double> goal)
    {
        _arm.StrokesToInputs(at, _inputs);
        (_inputs[3 * joint], _inputs[3 * joint + 1], _inputs[3 * joint + 2]) = (inputs.X, inputs.Y, inputs.Z);
        _arm.InputsToStrokes(_inputs, _strokes);
        Within(joint * _arm.GearsPerJoint, at, goal);
    }

    /// <summary>All gears of a posture, each within its limits.</summary>
    public void Posture(ReadOnlySpan<double> wanted, ReadOnlySpan<double> at, Span<double> goal)
    {
        for (int i = 0; i < goal.Length; i++)
        {
            goal[i] = OneWay(at[i], wanted[i], _low[i], _high[i]);
        }
    }

    /// <summary>A module's gears keep to their straight way, as far as all of them may go.</summary>
    private void Within(int first, ReadOnlySpan<double> at, Span<double> goal)
    {
        double share = 1;
        for (int i = first; i < first + _arm.GearsPerJoint; i++)
        {
            double way = _strokes[i] - at[i];
            if (way != 0)
            {
                share = Math.Min(share, (OneWay(at[i], _strokes[i], _low[i], _high[i]) - at[i]) / way);
            }
        }

        at.CopyTo(goal);
        for (int i = first; i < first + _arm.GearsPerJoint; i++)
        {
            goal[i] = at[i] + share * (_strokes[i] - at[i]);
        }
    }
}
