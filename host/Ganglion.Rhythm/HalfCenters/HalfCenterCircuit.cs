namespace Ganglion.Rhythm.HalfCenters;

/// <summary>
/// The chess clock's four neurons as spiking cells: left flexor, left extensor, right flexor, right extensor. The two of a side inhibit
/// each other, and each has a clock, which each of its spikes moves on: calcium, that opens potassium channels steeply as it nears 1.
/// They brake the cell until the opposite one escapes from its inhibition, and whose spikes then clear the clock. What the speed
/// commands is by how much a spike moves a flexor's clock and an extensor's. The sides are not coupled: the right one begins with its
/// extensor.
/// </summary>
/// <typeparam name="T">What it computes in.</typeparam>
/// <typeparam name="TCell">The cells.</typeparam>
public sealed class HalfCenterCircuit<T, TCell> : IHalfCenterCircuit
    where T : struct, ICellNumber<T>
    where TCell : struct, ISpikingCell<T, TCell>
{
    /// <summary>Cells.</summary>
    public const int Count = 4;

    private const double Inhibited = 2, HalfWay = 0.5;

    private static readonly double Fades = Math.Exp(-TCell.Step / TCell.SynapticTime), Stays = 1 - TCell.Clearing;

    private readonly TCell[] _cells = new TCell[Count];
    private readonly T[] _synapses = new T[Count], _clocks = new T[Count];
    private readonly bool[] _fired = new bool[Count], _turn = [true, false];
    private long _steps;

    /// <summary>Begins a left swing and a right stance.</summary>
    public HalfCenterCircuit()
    {
        for (int i = 0; i < Count; i++)
        {
            bool held = i is 1 or 2;
            (_cells[i], _synapses[i], _clocks[i]) = (TCell.Resting, held ? Inhibited : 0.0, held ? HalfWay : 0.0);
        }
    }

    /// <inheritdoc/>
    public double Seconds => _steps * TCell.Step / 1000;

    /// <inheritdoc/>
    public double FlexorGain { get; set; } = 1;

    /// <inheritdoc/>
    public double ExtensorGain { get; set; } = 1;

    /// <inheritdoc/>
    public long Spikes { get; private set; }

    /// <inheritdoc/>
    public bool LeftFlexor => _turn[0];

    /// <inheritdoc/>
    public bool RightFlexor => _turn[1];

    /// <inheritdoc/>
    public ReadOnlySpan<bool> Fired => _fired;

    /// <inheritdoc/>
    public void Advance()
    {
        for (int i = 0; i < Count; i++)
        {
            T square = _clocks[i] * _clocks[i], fourth = square * square, eighth = fourth * fourth, steep = eighth * eighth;
            _fired[i] = _cells[i].Advance(_synapses[i], steep / (steep + 1.0));
            _synapses[i] *= Fades;
        }

        for (int i = 0; i < Count; i++)
        {
            if (!_fired[i])
            {
                continue;
            }

            int opposite = i ^ 1;
            bool flexor = (i & 1) == 0;
            Spikes++;
            _synapses[opposite] += 1.0;
            _clocks[opposite] *= Stays;
            _clocks[i] += flexor ? FlexorGain : ExtensorGain;
            _turn[i >> 1] = flexor;
        }

        _steps++;
    }
}

/// <summary>A circuit of half-centers that runs, of whatever cells.</summary>
public interface IHalfCenterCircuit
{
    /// <summary>Since the start [s].</summary>
    double Seconds { get; }

    /// <summary>By how much a spike of a flexor moves its clock, above 0; 1 would be the whole phase.</summary>
    double FlexorGain { get; set; }

    /// <summary>The same of an extensor.</summary>
    double ExtensorGain { get; set; }

    /// <summary>Spikes of all cells since the start.</summary>
    long Spikes { get; }

    /// <summary>Whose turn it is on the left: the cell's that fired last.</summary>
    bool LeftFlexor { get; }

    /// <summary>The same on the right.</summary>
    bool RightFlexor { get; }

    /// <summary>Which cells fired in the last step.</summary>
    ReadOnlySpan<bool> Fired { get; }

    /// <summary>One step.</summary>
    void Advance();
}
