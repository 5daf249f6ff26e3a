using System.Numerics;
using System.Runtime.InteropServices;

namespace Ganglion.Arm.Kinematics;

/// <summary>
/// One step of damped least squares within a box: dx = J'(J J' + mu I)^-1 e over the inputs that are free to move. Inputs at a
/// limit whose gradient points outwards are held; inputs that the step would carry over a limit stop there and the rest is
/// solved again for what remains. With few rows the dual form needs only a small Cholesky factorisation.
/// </summary>
/// <param name="inputs">Number of inputs.</param>
/// <param name="further">Rows at most besides the 6 of a pose.</param>
internal sealed class DampedStep(int inputs, int further = 0)
{
    private const int Passes = 4;

    private readonly int _most = 6 + further;
    private readonly double[] _masked = new double[(6 + further) * inputs];
    private readonly double[] _move = new double[inputs];
    private readonly bool[] _held = new bool[inputs];
    private readonly double[] _system = new double[(6 + further) * (6 + further)];
    private readonly double[] _rest = new double[6 + further];
    private readonly double[] _solved = new double[6 + further];

    /// <summary>Adds the step to <paramref name="values"/>, which stay within the limits.</summary>
    /// <param name="jacobian">rows x inputs, row-major, at least that long; rotational rows already scaled to metres.</param>
    /// <param name="rows">3 (position) or 6 (position and rotation).</param>
    /// <param name="deviation">What to make up for.</param>
    /// <param name="metresPerRadian">Scale of the rotational rows.</param>
    /// <param name="damping">mu as a share of the mean diagonal of J J'.</param>
    /// <param name="values">The inputs.</param>
    /// <param name="min">Lower limit of every input.</param>
    /// <param name="max">Upper limit of every input.</param>
    /// <param name="others">What to make up for besides: one number for each row of the Jacobian behind those of the pose, m.</param>
    public void Take(double[] jacobian, int rows, in Deviation deviation, double metresPerRadian, double damping, double[] values,
        double min, double max, ReadOnlySpan<double> others = default)
    {
        int n = inputs;
        (_rest[0], _rest[1], _rest[2]) = (deviation.Position.X, deviation.Position.Y, deviation.Position.Z);
        (_rest[3], _rest[4], _rest[5]) = (metresPerRadian * deviation.Rotation.X, metresPerRadian * deviation.Rotation.Y, metresPerRadian
            * deviation.Rotation.Z);
        double floor = damping * MeanDiagonal(jacobian, rows) + double.Epsilon;
        others.CopyTo(_rest.AsSpan(rows));
        rows += others.Length;

        Array.Copy(jacobian, _masked, rows * n);
        HoldAtLimits(jacobian, rows, values, min, max);
        for (int pass = 0; pass < Passes; pass++)
        {
            SolveDual(rows, floor);
            Combine(rows);
            bool stopped = false;
            for (int i = 0; i < n; i++)
            {
                if (_held[i])
                {
                    continue;
                }

                double stop = Math.Clamp(values[i] + _move[i], min, max);
                if (stop == values[i] + _move[i])
                {
                    continue;
                }
                // This input reaches its limit: it goes there, and its share is taken off what remains.
                double share = stop - values[i];
                for (int row = 0; row < rows; row++)
                {
                    _rest[row] -= jacobian[row * n + i] * share;
                }

                values[i] = stop;
                Hold(i, rows);
                stopped = true;
            }
            if (!stopped)
            {
                break;
            }
        }
        for (int i = 0; i < n; i++)
        {
            if (!_held[i])
            {
                values[i] = Math.Clamp(values[i] + _move[i], min, max);
            }
        }
    }

    private void HoldAtLimits(double[] jacobian, int rows, double[] values, double min, double max)
    {
        for (int i = 0; i < inputs; i++)
        {
            _held[i] = false;
            if (values[i] > min && values[i] < max)
            {
                continue;
            }

            double descent = 0;
            for (int row = 0; row < rows; row++)
            {
                descent += jacobian[row * inputs + i] * _rest[row];
            }

            if (values[i] <= min ? descent <= 0 : descent >= 0)
            {
                Hold(i, rows);
            }
        }
    }

    private void Hold(int input, int rows)
    {
        _held[input] = true;
        for (int row = 0; row < rows; row++)
        {
            _masked[row * inputs + input] = 0;
        }
    }

    private double MeanDiagonal(double[] jacobian, int rows)
    {
        double sum = 0;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<double> line = jacobian.AsSpan(row * inputs, inputs);
            sum += Dot(line, line);
        }
        return sum / rows;
    }

    /// <summary>(J J' + mu I) y = e by Cholesky; y lands in <see cref="_solved"/>.</summary>
    private void SolveDual(int rows, double floor)
    {
        double[] a = _system;
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<double> line = _masked.AsSpan(i * inputs, inputs);
            for (int j = 0; j <= i; j++)
            {
                double sum = Dot(line, _masked.AsSpan(j * inputs, inputs)) + (i == j ? floor : 0);
                for (int k = 0; k < j; k++)
                {
                    sum -= a[_most * i + k] * a[_most * j + k];
                }
                // Rounding can leave a tiny negative pivot where rows are dependent; the floor bounds it from below.
                a[_most * i + j] = i == j ? Math.Sqrt(Math.Max(sum, floor)) : sum / a[_most * j + j];
            }
        }
        for (int i = 0; i < rows; i++)
        {
            double sum = _rest[i];
            for (int k = 0; k < i; k++)
            {
                sum -= a[_most * i + k] * _solved[k];
            }

            _solved[i] = sum / a[_most * i + i];
        }
        for (int i = rows - 1; i >= 0; i--)
        {
            double sum = _solved[i];
            for (int k = i + 1; k < rows; k++)
            {
                sum -= a[_most * k + i] * _solved[k];
            }

            _solved[i] = sum / a[_most * i + i];
        }
    }

    /// <summary>dx = J'y over the free inputs.</summary>
    private void Combine(int rows)
    {
        Array.Clear(_move);
        for (int row = 0; row < rows; row++)
        {
            double scale = _solved[row];
            ReadOnlySpan<double> line = _masked.AsSpan(row * inputs, inputs);
            for (int i = 0; i < line.Length; i++)
            {
                _move[i] += scale * line[i];
            }
        }
    }

    /// <summary>Scalar product of two rows of the same length.</summary>
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector<double>> wideA = MemoryMarshal.Cast<double, Vector<double>>(a), wideB = MemoryMarshal.Cast<double,
            Vector<double>>(b);
        Vector<double> sums = Vector<double>.Zero;
        for (int i = 0; i < wideA.Length; i++)
        {
            sums += wideA[i] * wideB[i];
        }

        double sum = Vector.Sum(sums);
        for (int i = wideA.Length * Vector<double>.Count; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
