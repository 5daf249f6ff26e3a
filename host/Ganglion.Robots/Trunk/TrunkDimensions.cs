using System.Globalization;
using Ganglion.Basics.Text;

namespace Ganglion.Robots.Trunk;

/// <summary>
/// The dimensions of one arm, joint by joint: what its design's drawings say, or what was measured. Immutable; equal if all numbers are.
/// </summary>
public sealed class TrunkDimensions : IEquatable<TrunkDimensions>
{
    private readonly double[] _joints, _offsets;
    private readonly int _each;

    private TrunkDimensions(JointDesign design, double[] joints, double tool, double[] offsets)
    {
        (Design, _joints, Tool, _offsets, _each) = (design, joints, tool, offsets, TrunkDimension.Of(design).Count);
    }

    public JointDesign Design { get; }

    /// <summary>Number of modules.</summary>
    public int Joints => _joints.Length / _each;

    /// <summary>From the last module's origin to the tool tip, along the trunk, m.</summary>
    public double Tool { get; }

    /// <summary>Where each gear stands when its stroke is 0, joint-major, parts of the travel.</summary>
    public ReadOnlySpan<double> Offsets => _offsets;

    /// <summary>Those of the drawings.</summary>
    /// <param name="design">The joint module.</param>
    /// <param name="joints">Number of modules, at least 1.</param>
    public static TrunkDimensions Standard(JointDesign design, int joints)
    {
        double[] one = [.. TrunkDimension.Of(design).Select(dimension => dimension.Standard)];
        return new TrunkDimensions(design, [.. Enumerable.Repeat(one, joints).SelectMany(values => values)],
            TrunkDimension.ToolOf(design).Standard, new double[joints * (int)design]);
    }

    /// <summary>Takes measured values.</summary>
    /// <param name="design">The joint module.</param>
    /// <param name="joints">Joint-major, SI, in the order of <see cref="TrunkDimension.Of"/>.</param>
    /// <param name="tool">Length of the tool, m.</param>
    /// <param name="offsets">Of every gear, joint-major, parts of the travel.</param>
    /// <exception cref="ArgumentException">A value is outside its bounds, or a module would stand below its base: the message says
    /// which.</exception>
    public static TrunkDimensions Of(JointDesign design, double[] joints, double tool, double[] offsets)
    {
        var all = new TrunkDimensions(design, joints, tool, offsets);
        return all.Fault() is { } fault ? throw new ArgumentException(fault) : all;
    }

    /// <summary>Dimensions of one joint, in the order of <see cref="TrunkDimension.Of"/>, SI.</summary>
    /// <param name="joint">From 0.</param>
    public ReadOnlySpan<double> Joint(int joint) => _joints.AsSpan(joint * _each, _each);

    /// <summary>Offsets of one joint's gears, parts of the travel.</summary>
    /// <param name="joint">From 0.</param>
    public ReadOnlySpan<double> OffsetsOf(int joint) => _offsets.AsSpan(joint * (int)Design, (int)Design);

    /// <summary>Whether they are those of the drawings.</summary>
    public bool IsStandard => Equals(Standard(Design, Joints));

    /// <summary>All numbers as one line of text: the same for the same dimensions, and read by <see cref="Parse"/>.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture,
        $"{Text(_joints)}; {Tool.ToString("R", CultureInfo.InvariantCulture)}; {Text(_offsets)}");

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    /// <exception cref="FormatException">It is no such text, or not of this arm.</exception>
    public static TrunkDimensions Parse(JointDesign design, int joints, string text)
    {
        try
        {
            double[][] parts = [.. text.Split(';').Select(part => part.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(number => double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture)).ToArray())];
            return parts.Length == 3 && parts[0].Length == joints * TrunkDimension.Of(design).Count && parts[1].Length == 1
                && parts[2].Length == joints * (int)design ? Of(design, parts[0], parts[1][0], parts[2])
                : throw new FormatException($"these are no dimensions of {joints} {(int)design}-geared joints");
        }
        catch (ArgumentException fault)
        {
            throw new FormatException(fault.Words(), fault);
        }
    }

    /// <inheritdoc/>
    public bool Equals(TrunkDimensions? other) => other is not null && Design == other.Design && Tool == other.Tool
        && _joints.AsSpan().SequenceEqual(other._joints) && _offsets.AsSpan().SequenceEqual(other._offsets);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TrunkDimensions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Design, Joints, Tool, _joints[0]);

    /// <summary>What is wrong with the values, in words; null if nothing is.</summary>
    private string? Fault()
    {
        IReadOnlyList<TrunkDimension> dimensions = TrunkDimension.Of(Design);
        for (int i = 0; i < _joints.Length; i++)
        {
            if (Fault(dimensions[i % _each], _joints[i]) is { } fault)
            {
                return $"joint {i / _each + 1}: {fault}";
            }
        }

        for (int joint = 0; joint < Joints; joint++)
        {
            ReadOnlySpan<double> own = Joint(joint);
            if (Design == JointDesign.FourGeared && own[0] <= own[1] / 2)
            {
                return string.Create(CultureInfo.InvariantCulture, $"joint {joint + 1}: with neutral_mm {1e3 * own[0]:0.###} and " +
                    $"travel_mm {1e3 * own[1]:0.###} the module would stand below its base; neutral_mm must be more than half of " +
                    $"travel_mm");
            }
        }

        int gear = Array.FindIndex(_offsets, offset => !(Math.Abs(offset) <= TrunkDimension.MostOffset));
        return gear >= 0 ? string.Create(CultureInfo.InvariantCulture, $"joint {gear / (int)Design + 1} gear {gear % (int)Design + 1}: " +
            $"offset is {_offsets[gear]:0.###}, outside -{TrunkDimension.MostOffset} to {TrunkDimension.MostOffset} of the travel")
            : Fault(TrunkDimension.ToolOf(Design), Tool);
    }

    private static string? Fault(TrunkDimension dimension, double value) => value >= dimension.Min * dimension.Unit * (1 - 1e-12)
        && value <= dimension.Max * dimension.Unit * (1 + 1e-12) || value == 0 && dimension.Min == 0 ? null
        : string.Create(CultureInfo.InvariantCulture,
            $"{dimension.Key} is {value / dimension.Unit:0.###}, outside {dimension.Min} to {dimension.Max}");

    private static string Text(double[] values) =>
        string.Join(' ', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
}
