using System.Numerics;
using System.Runtime.InteropServices;
using Ganglion.Basics.Space;

namespace Ganglion.Arm.Adaptation;

/// <summary>The Jacobian by all numbers, and rows of the covariance: what a pose's time goes into.</summary>
public sealed partial class RecursiveCalibration
{
    /// <summary>What the tip does with each number, m, coordinate by coordinate.</summary>
    private void Linearise(in Vec3 tip)
    {
        double[] moved = [.. _values];
        for (int i = 0; i < _parameters.Lengths; i++)
        {
            moved[i] += Difference;
            Put(i, 1 / Difference * (_parameters.Arm(moved).Predict(_strokes, _sides, []).Position - tip));
            moved[i] = _values[i];
        }

        // The columns of yielding are those of the last prediction.
        _ = Arm.Predict(_strokes, _sides, []);
        Arm.YieldColumns(tip, _yields);
        int first = _count - _yields.Length;
        for (int i = 0; i < _yields.Length; i++)
        {
            Put(first + i, _parameters.Unit(first + i) * _yields[i]);
        }

        for (int gear = 0; gear < _parameters.Gears; gear++)
        {
            double stroke = _strokes[gear];
            _strokes[gear] += Difference;
            Vec3 slope = 1 / Difference * (Arm.Predict(_strokes, _sides, []).Position - tip);
            _strokes[gear] = stroke;
            int offset = _parameters.Lengths + gear, at = _parameters.Dimensions + AdaptedArm.PerGear * gear;
            Put(offset, _parameters.Unit(offset) * slope);
            Put(at, _parameters.Unit(at) * _sides[gear] * slope);
            Put(at + 1, _parameters.Unit(at + 1) * (stroke - 0.5) * slope);
            Put(at + 2, _parameters.Unit(at + 2) * slope);
        }
    }

    private void Put(int index, in Vec3 slope) =>
        (_slopes[index], _slopes[_count + index], _slopes[2 * _count + index]) = (slope.X, slope.Y, slope.Z);

    private static void Subtract(Span<double> from, double share, ReadOnlySpan<double> row)
    {
        Span<Vector<double>> wide = MemoryMarshal.Cast<double, Vector<double>>(from);
        ReadOnlySpan<Vector<double>> wideRow = MemoryMarshal.Cast<double, Vector<double>>(row);
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] -= share * wideRow[i];
        }

        for (int i = wide.Length * Vector<double>.Count; i < from.Length; i++)
        {
            from[i] -= share * row[i];
        }
    }
}
