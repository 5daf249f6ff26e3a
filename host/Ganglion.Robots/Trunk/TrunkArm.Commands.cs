namespace Ganglion.Robots.Trunk;

/// <summary>Commands: the papers' variables, in one frame common to all joints.</summary>
public sealed partial class TrunkArm
{
    /// <summary>
    /// The papers' commands to joint-local inputs. 4-geared: (ax, ay, h), tilts turned by joint * 45 degrees into the joint's own
    /// axes and then limited (the authors left out the limit, and so do paper-compatible arms). 3-geared: strokes, of which
    /// every second joint from the first gets min + max - g, since the modules alternate by 180 degrees.
    /// </summary>
    /// <param name="commands"><see cref="InputCount"/> values within the limits.</param>
    /// <param name="inputs">Receives <see cref="InputCount"/> values; may be the same memory.</param>
    public void CommandsToInputs(ReadOnlySpan<double> commands, Span<double> inputs)
    {
        TurnFrames(commands, inputs, 1);
        if (!PaperCompatible)
        {
            Clamp(inputs);
        }
    }

    /// <summary>
    /// Joint-local inputs to the papers' commands: the inverse of <see cref="CommandsToInputs"/>. Inputs in the corners of the
    /// 4-geared box give commands up to sqrt(2), beyond the papers' range; they are returned as they are.
    /// </summary>
    /// <param name="inputs"><see cref="InputCount"/> values.</param>
    /// <param name="commands">Receives <see cref="InputCount"/> values; may be the same memory.</param>
    public void InputsToCommands(ReadOnlySpan<double> inputs, Span<double> commands) => TurnFrames(inputs, commands, -1);

    /// <summary>
    /// The gradient of some function of the commands as a gradient with respect to the inputs: the transpose of the derivative of
    /// <see cref="InputsToCommands"/>.
    /// </summary>
    /// <param name="inputs">Where, <see cref="InputCount"/> values: which of a 3-geared joint's strokes are its least and greatest
    /// matters.</param>
    /// <param name="gradient">With respect to the commands; receives that with respect to the inputs.</param>
    public void CommandGradientToInputs(ReadOnlySpan<double> inputs, Span<double> gradient)
    {
        if (IsFourGeared)
        {
            TurnFrames(gradient, gradient, 1);
            return;
        }

        Require(inputs.Length, InputCount, nameof(inputs));
        Require(gradient.Length, InputCount, nameof(gradient));
        for (int i = 0; i < InputCount; i += 6)
        {
            ReadOnlySpan<double> own = inputs.Slice(i, 3);
            int least = own[0] <= own[1] && own[0] <= own[2] ? 0 : own[1] <= own[2] ? 1 : 2;
            int greatest = own[0] > own[1] && own[0] > own[2] ? 0 : own[1] > own[2] ? 1 : 2;
            double sum = gradient[i] + gradient[i + 1] + gradient[i + 2];
            for (int k = i; k < i + 3; k++)
            {
                gradient[k] = -gradient[k];
            }

            gradient[i + least] += sum;
            gradient[i + greatest] += sum;
        }
    }

    private void TurnFrames(ReadOnlySpan<double> from, Span<double> to, int sense)
    {
        Require(from.Length, InputCount, nameof(from));
        Require(to.Length, InputCount, nameof(to));
        for (int joint = 0; joint < Joints; joint++)
        {
            int i = 3 * joint;
            double a = from[i], b = from[i + 1], c = from[i + 2];
            if (IsFourGeared)
            {
                (double sine, double cosine) = Math.SinCos(sense * joint * FourGearedJoint.MountingYaw);
                (to[i], to[i + 1], to[i + 2]) = (a * cosine - b * sine, b * cosine + a * sine, c);
            }
            else
            {
                double sum = Math.Min(a, Math.Min(b, c)) + Math.Max(a, Math.Max(b, c));
                (to[i], to[i + 1], to[i + 2]) = joint % 2 == 0 ? (sum - a, sum - b, sum - c) : (a, b, c);
            }
        }
    }
}
