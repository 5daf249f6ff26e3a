using System.Globalization;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Inference;

/// <summary>
/// Gears that stand still whatever they are told, in front of a forward model that knows an arm whose gears move: the model is asked about
/// what the gears really do, and gradients come back through that. All linear in displacements
/// (<see cref="TrunkArm.StrokesToDisplacements"/>): d = told - F (S told - at), with F what the dead gear's stroke does to its joint's
/// three displacements, and S what these ask of the gear.
/// </summary>
/// <param name="arm">The arm.</param>
public sealed class HeldGears(TrunkArm arm)
{
    private readonly double?[] _at = new double?[arm.StrokeCount];
    private readonly double[] _strokes = new double[arm.StrokeCount], _turned = new double[arm.InputCount];
    private readonly double[] _forward = new double[3 * arm.StrokeCount], _back = new double[3 * arm.StrokeCount];

    /// <summary>Under this note a model keeps them (<see cref="ToText"/>).</summary>
    public const string Note = "held_gears";

    /// <summary>Whether there is one.</summary>
    public bool Any { get; private set; }

    /// <summary>A gear stands still from now on.</summary>
    /// <param name="gear">Joint-major, from 0.</param>
    /// <param name="at">Where, parts of the travel.</param>
    public void Hold(int gear, double at)
    {
        (_at[gear], Any) = (at, true);
        int first = 3 * (gear / arm.GearsPerJoint);
        double[] strokes = new double[arm.StrokeCount], none = new double[arm.InputCount], one = new double[arm.InputCount];
        arm.StrokesToDisplacements(strokes, none);
        strokes[gear] = 1;
        arm.StrokesToDisplacements(strokes, one);
        double[] middle = new double[arm.InputCount], there = new double[arm.StrokeCount];
        Array.Fill(middle, (arm.InputMin + arm.InputMax) / 2);
        arm.InputsToStrokes(middle, strokes);
        const double Way = 0.1;
        for (int k = 0; k < 3; k++)
        {
            _forward[3 * gear + k] = one[first + k] - none[first + k];
            middle[first + k] += Way;
            arm.InputsToStrokes(middle, there);
            middle[first + k] -= Way;
            _back[3 * gear + k] = (there[gear] - strokes[gear]) / Way;
        }
    }

    /// <summary>As "GEAR AT" pairs, joint-major from 0, with semicolons between.</summary>
    public string ToText() => string.Join("; ", _at.Select((at, gear) => (at, gear)).Where(one => one.at != null)
        .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.gear} {one.at:R}")));

    /// <summary>Takes what <see cref="ToText"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public void Read(string text)
    {
        foreach (string pair in text.Split(';'))
        {
            string[] words = pair.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length != 2 || !int.TryParse(words[0], CultureInfo.InvariantCulture, out int gear) || gear < 0 || gear >= _at.Length
                || !double.TryParse(words[1], CultureInfo.InvariantCulture, out double at) || !(at is >= 0 and <= 1))
            {
                throw new InvalidDataException($"its note {Note} is '{text}', and no gears of this arm: restore the model.");
            }

            Hold(gear, at);
        }
    }

    /// <summary>What the gears do.</summary>
    /// <param name="strokes">What they are told; receives what they do.</param>
    public void Apply(Span<double> strokes)
    {
        for (int gear = 0; gear < strokes.Length; gear++)
        {
            strokes[gear] = _at[gear] ?? strokes[gear];
        }
    }

    /// <summary>The inputs that come nearest to what the gears do.</summary>
    /// <param name="told">Inputs.</param>
    /// <param name="done">Receives inputs.</param>
    public void Apply(ReadOnlySpan<double> told, Span<double> done)
    {
        arm.InputsToStrokes(told, _strokes);
        Apply(_strokes);
        arm.StrokesToInputs(_strokes, done);
    }

    /// <summary>A gradient by what the gears do as one by what they are told.</summary>
    /// <param name="told">Inputs.</param>
    /// <param name="done">Inputs, as <see cref="Apply(ReadOnlySpan{double}, Span{double})"/> made them.</param>
    /// <param name="gradient">By the inputs that are done; receives that by those that were told.</param>
    public void GradientToTold(ReadOnlySpan<double> told, ReadOnlySpan<double> done, Span<double> gradient)
    {
        gradient.CopyTo(_turned);
        arm.InputGradientToDisplacements(done, _turned);
        for (int gear = 0; gear < _at.Length; gear++)
        {
            int first = 3 * (gear / arm.GearsPerJoint);
            if (_at[gear] == null)
            {
                continue;
            }

            double by = 0;
            for (int k = 0; k < 3; k++)
            {
                by += _turned[first + k] * _forward[3 * gear + k];
            }

            for (int k = 0; k < 3; k++)
            {
                _turned[first + k] -= by * _back[3 * gear + k];
            }
        }

        arm.DisplacementGradientToInputs(told, _turned);
        for (int gear = 0; gear < _at.Length; gear++)
        {
            int first = 3 * (gear / arm.GearsPerJoint);
            if (_at[gear] != null)
            {
                _turned.AsSpan(first, 3).CopyTo(gradient[first..]);
            }
        }
    }
}
