using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Adaptation;

/// <summary>What is learned of an arm as one list of numbers: its dimensions, its gears' offsets, its tool, then the residual's weights.
/// Each is kept as a multiple of how far such a number usually is from where it starts.</summary>
internal sealed class ArmParameters
{
    /// <summary>Usual sizes of the residual's weights: play and jump in parts of the travel, gain in parts of what is told (a dead gear's
    /// is -1); yielding, rad per N m and kg.</summary>
    private const double Play = 0.02, Gain = 0.2, Jump = 0.05, Yielding = 2e-3;

    private readonly TrunkDimensions _start;
    private readonly double[] _spread;

    /// <param name="start">Dimensions to start from.</param>
    public ArmParameters(TrunkDimensions start)
    {
        _start = start;
        IReadOnlyList<TrunkDimension> each = TrunkDimension.Of(start.Design);
        Lengths = each.Count * start.Joints + 1;
        Gears = start.Offsets.Length;
        _spread =
        [
            .. Enumerable.Range(0, start.Joints).SelectMany(_ => each.Select(dimension => dimension.Spread)),
            TrunkDimension.ToolOf(start.Design).Spread,
            .. Enumerable.Repeat(TrunkDimension.OffsetSpread, Gears),
            .. Enumerable.Range(0, Gears).SelectMany(_ => (double[])[Play, Gain, Jump]),
            .. Enumerable.Repeat(Yielding, AdaptedArm.PerJoint * (1 + start.Joints)),
        ];
    }

    /// <summary>How many of them are lengths and angles; those come first, the tool's is the last of them.</summary>
    public int Lengths { get; }

    /// <summary>Number of gears: so many offsets follow.</summary>
    public int Gears { get; }

    /// <summary>Lengths and offsets.</summary>
    public int Dimensions => Lengths + Gears;

    /// <summary>All.</summary>
    public int Count => _spread.Length;

    /// <summary>What one of a number is in SI.</summary>
    public double Unit(int index) => _spread[index];

    /// <summary>The arm that a list stands for.</summary>
    /// <exception cref="ArgumentException">A dimension is outside its bounds.</exception>
    public AdaptedArm Arm(ReadOnlySpan<double> values)
    {
        double[] joints = new double[Lengths - 1], offsets = new double[Gears], weights = new double[Count - Dimensions];
        int each = joints.Length / _start.Joints;
        for (int i = 0; i < joints.Length; i++)
        {
            joints[i] = _start.Joint(i / each)[i % each] + _spread[i] * values[i];
        }

        for (int i = 0; i < Gears; i++)
        {
            offsets[i] = _start.Offsets[i] + _spread[Lengths + i] * values[Lengths + i];
        }

        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = _spread[Dimensions + i] * values[Dimensions + i];
        }

        double tool = _start.Tool + _spread[Lengths - 1] * values[Lengths - 1];
        return new AdaptedArm(TrunkDimensions.Of(_start.Design, joints, tool, offsets), weights);
    }
}
