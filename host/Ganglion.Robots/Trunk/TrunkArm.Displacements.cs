using Ganglion.Basics.Space;

namespace Ganglion.Robots.Trunk;

/// <summary>Displacements: what poses are pinned to, since whole counts say exactly what they are.</summary>
public sealed partial class TrunkArm
{
    /// <summary>Below this freedom of the stretch a gradient by inputs says less and less of it.</summary>
    private const double LittleFreedom = 0.1;

    /// <summary>
    /// Displacements for gear strokes, 3 a joint: linear in the strokes, consistent or not, and all that the joints' poses depend on.
    /// 4-geared: (ax, ay, e), where e = h (1 - max(|ax|, |ay|)) (<see cref="FourGearedJoint.Displacements"/>). At large tilts a count
    /// changes e by a hair, and the input h by much. 3-geared: the strokes.
    /// </summary>
    /// <param name="strokes"><see cref="StrokeCount"/> values.</param>
    /// <param name="displacements">Receives <see cref="InputCount"/> values.</param>
    public void StrokesToDisplacements(ReadOnlySpan<double> strokes, Span<double> displacements)
    {
        Require(strokes.Length, StrokeCount, nameof(strokes));
        Require(displacements.Length, InputCount, nameof(displacements));
        if (!IsFourGeared)
        {
            strokes.CopyTo(displacements);
            return;
        }

        for (int joint = 0; joint < Joints; joint++)
        {
            Vec3 own = FourGearedJoint.Displacements(strokes.Slice(GearsPerJoint * joint, GearsPerJoint));
            (displacements[3 * joint], displacements[3 * joint + 1], displacements[3 * joint + 2]) = (own.X, own.Y, own.Z);
        }
    }

    /// <summary>Changes of gear strokes for a change of displacements: linear, and the strokes stay consistent.</summary>
    /// <param name="change">Of the displacements, <see cref="InputCount"/> values.</param>
    /// <param name="strokes">Receives changes, <see cref="StrokeCount"/> values.</param>
    public void DisplacementChangeToStrokes(ReadOnlySpan<double> change, Span<double> strokes)
    {
        Require(change.Length, InputCount, nameof(change));
        Require(strokes.Length, StrokeCount, nameof(strokes));
        if (!IsFourGeared)
        {
            change.CopyTo(strokes);
            return;
        }

        for (int joint = 0; joint < Joints; joint++)
        {
            double x = change[3 * joint] / 2, y = change[3 * joint + 1] / 2, stretch = change[3 * joint + 2] / 2;
            Span<double> gears = strokes.Slice(GearsPerJoint * joint, GearsPerJoint);
            (gears[0], gears[1], gears[2], gears[3]) = (stretch - x, stretch + y, stretch + x, stretch - y);
        }
    }

    /// <summary>The gradient of some function of the strokes as a gradient by displacements: the transpose of
    /// <see cref="DisplacementChangeToStrokes"/>, for one stroke.</summary>
    /// <param name="stroke">Index of the stroke.</param>
    /// <param name="gradient">Receives <see cref="InputCount"/> values.</param>
    public void StrokeGradient(int stroke, Span<double> gradient)
    {
        Require(gradient.Length, InputCount, nameof(gradient));
        gradient.Clear();
        if (!IsFourGeared)
        {
            gradient[stroke] = 1;
            return;
        }

        (int joint, int gear) = Math.DivRem(stroke, GearsPerJoint);
        gradient[3 * joint + (gear % 2 == 0 ? 0 : 1)] = gear is 0 or 3 ? -0.5 : 0.5;
        gradient[3 * joint + 2] = 0.5;
    }

    /// <summary>Displacements for inputs.</summary>
    /// <param name="inputs"><see cref="InputCount"/> values within the limits.</param>
    /// <param name="displacements">Receives <see cref="InputCount"/> values; may be the same memory.</param>
    public void InputsToDisplacements(ReadOnlySpan<double> inputs, Span<double> displacements)
    {
        Require(inputs.Length, InputCount, nameof(inputs));
        Require(displacements.Length, InputCount, nameof(displacements));
        inputs.CopyTo(displacements);
        if (!IsFourGeared)
        {
            return;
        }

        for (int i = 0; i < InputCount; i += 3)
        {
            displacements[i + 2] *= FourGearedJoint.Freedom(inputs[i], inputs[i + 1]);
        }
    }

    /// <summary>The gradient of some function of the displacements as a gradient by inputs: the chain rule, one-sided at the creases |ax| =
    /// |ay| and 0.</summary>
    /// <param name="inputs">Where, <see cref="InputCount"/> values.</param>
    /// <param name="gradient">By displacements; receives that by inputs.</param>
    public void DisplacementGradientToInputs(ReadOnlySpan<double> inputs, Span<double> gradient)
    {
        Require(inputs.Length, InputCount, nameof(inputs));
        Require(gradient.Length, InputCount, nameof(gradient));
        if (!IsFourGeared)
        {
            return;
        }

        for (int i = 0; i < InputCount; i += 3)
        {
            Span<double> own = gradient.Slice(i, 3);
            AddLead(inputs.Slice(i, 3), -own[2], own);
            own[2] *= FourGearedJoint.Freedom(inputs[i], inputs[i + 1]);
        }
    }

    /// <summary>
    /// The inverse of <see cref="DisplacementGradientToInputs"/>. Where the tilt leaves hardly any stretch free a gradient by inputs cannot
    /// tell what the stretch would do: there that entry fades to 0.
    /// </summary>
    /// <param name="inputs">Where, <see cref="InputCount"/> values.</param>
    /// <param name="gradient">By inputs; receives that by displacements.</param>
    public void InputGradientToDisplacements(ReadOnlySpan<double> inputs, Span<double> gradient)
    {
        Require(inputs.Length, InputCount, nameof(inputs));
        Require(gradient.Length, InputCount, nameof(gradient));
        if (!IsFourGeared)
        {
            return;
        }

        for (int i = 0; i < InputCount; i += 3)
        {
            Span<double> own = gradient.Slice(i, 3);
            double free = FourGearedJoint.Freedom(inputs[i], inputs[i + 1]);
            own[2] *= free / (free * free + LittleFreedom * LittleFreedom);
            AddLead(inputs.Slice(i, 3), own[2], own);
        }
    }

    /// <summary>A tilt that leads takes stretch away: adds h times the entry of the stretch to that of the leading tilt.</summary>
    private static void AddLead(ReadOnlySpan<double> input, double entry, Span<double> gradient)
    {
        int leader = Math.Abs(input[0]) >= Math.Abs(input[1]) ? 0 : 1;
        gradient[leader] += Math.Sign(input[leader]) * input[2] * entry;
    }
}
