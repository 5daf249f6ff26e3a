namespace Ganglion.Rhythm.Cells;

/// <summary>
/// Izhikevich cells with exponential synapses, in steps as Izhikevich and the pendulum paper's listing take them: synaptic current
/// I_syn := I_syn (1 - decay dt) + sum of the weights from the cells that fired in the step before; v by Euler's rule with the old u, u
/// with the new v; then spikes. All state lies in arrays by cell.
/// </summary>
public sealed class CellNetwork
{
    /// <summary>Of the listing: a synaptic current is gone after about 3 ms [1/ms].</summary>
    public const double SynapticDecay = 0.3;

    private readonly double[] _a, _b, _c, _d, _linear, _constant, _rest, _leak, _weights, _v, _u, _synaptic;
    private readonly bool[] _fired;

    /// <param name="cells">At least one.</param>
    /// <param name="weights">[cells x cells], row by row: from the cell of the row to the cell of the column, mV/ms a spike; negative
    /// inhibits. Empty: none. What is written into it later holds from the next step on.</param>
    /// <exception cref="ArgumentException">There are no cells, or weights of another number of cells.</exception>
    public CellNetwork(IReadOnlyList<IzhikevichCell> cells, double[] weights)
    {
        int count = cells.Count;
        if (count == 0 || (weights.Length != 0 && weights.Length != count * count))
        {
            throw new ArgumentException($"{count} cells do not go with {weights.Length} weights");
        }

        _a = [.. cells.Select(cell => cell.A)];
        _b = [.. cells.Select(cell => cell.B)];
        _c = [.. cells.Select(cell => cell.C)];
        _d = [.. cells.Select(cell => cell.D)];
        _linear = [.. cells.Select(cell => cell.Linear)];
        _constant = [.. cells.Select(cell => cell.Constant)];
        _rest = [.. cells.Select(cell => cell.Rest)];
        _leak = [.. cells.Select(cell => cell.Leak)];
        _weights = weights.Length == 0 ? new double[count * count] : weights;
        _v = new double[count];
        _u = new double[count];
        _synaptic = new double[count];
        _fired = new bool[count];
        for (int i = 0; i < count; i++)
        {
            Set(i, _c[i], _b[i] * _c[i]);
        }
    }

    /// <summary>Cells.</summary>
    public int Count => _v.Length;

    /// <summary>Membrane potentials [mV], by cell; reset where a cell has just fired.</summary>
    public ReadOnlySpan<double> V => _v;

    /// <summary>Recoveries, by cell.</summary>
    public ReadOnlySpan<double> U => _u;

    /// <summary>Synaptic currents [mV/ms], by cell.</summary>
    public ReadOnlySpan<double> Synaptic => _synaptic;

    /// <summary>Whether a cell fired in the last step.</summary>
    public ReadOnlySpan<bool> Fired => _fired;

    /// <summary>Puts a cell where it is to start.</summary>
    public void Set(int cell, double v, double u)
    {
        _v[cell] = v;
        _u[cell] = u;
    }

    /// <summary>One step.</summary>
    /// <param name="dt">ms; 0.5 at most, beyond which cells that burst stop to.</param>
    /// <param name="input">What is injected into each cell, mV/ms.</param>
    public void Step(double dt, ReadOnlySpan<double> input)
    {
        int count = _v.Length;
        double keep = 1 - SynapticDecay * dt;
        for (int post = 0; post < count; post++)
        {
            _synaptic[post] *= keep;
        }

        for (int pre = 0; pre < count; pre++)
        {
            if (_fired[pre])
            {
                for (int post = 0; post < count; post++)
                {
                    _synaptic[post] += _weights[pre * count + post];
                }
            }
        }

        for (int i = 0; i < count; i++)
        {
            double v = _v[i], u = _u[i];
            v += dt * (0.04 * v * v + _linear[i] * v + _constant[i] - u + _synaptic[i] + input[i]);
            u += dt * _a[i] * (_b[i] * (v - _rest[i]) - _leak[i] * u);
            _fired[i] = v >= IzhikevichCell.Peak;
            _v[i] = _fired[i] ? _c[i] : v;
            _u[i] = _fired[i] ? u + _d[i] : u;
        }
    }
}
