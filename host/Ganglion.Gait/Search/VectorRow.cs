using System.Numerics;

namespace Ganglion.Gait.Search;

/// <summary>Rows of small matrices, several numbers in a register; each number by itself comes to the same bits as alone.</summary>
internal static class VectorRow
{
    /// <summary>Adds a multiple of a row to another of the same length.</summary>
    public static void AddScaled(Span<double> to, double factor, ReadOnlySpan<double> row)
    {
        int k = 0, lanes = Vector<double>.Count;
        for (; k + lanes <= to.Length; k += lanes)
        {
            (new Vector<double>(to[k..]) + factor * new Vector<double>(row[k..])).CopyTo(to[k..]);
        }

        for (; k < to.Length; k++)
        {
            to[k] += factor * row[k];
        }
    }

    /// <summary>Rotates two rows of the same length by an angle.</summary>
    /// <param name="p">One.</param>
    /// <param name="q">The other.</param>
    /// <param name="c">Cosine of the angle.</param>
    /// <param name="s">Sine.</param>
    public static void Turn(Span<double> p, Span<double> q, double c, double s)
    {
        int k = 0, lanes = Vector<double>.Count;
        for (; k + lanes <= p.Length; k += lanes)
        {
            Vector<double> pk = new(p[k..]), qk = new(q[k..]);
            (c * pk - s * qk).CopyTo(p[k..]);
            (s * pk + c * qk).CopyTo(q[k..]);
        }

        for (; k < p.Length; k++)
        {
            double pk = p[k], qk = q[k];
            p[k] = c * pk - s * qk;
            q[k] = s * pk + c * qk;
        }
    }
}
