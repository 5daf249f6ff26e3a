namespace Ganglion.Rhythm.Spiking;

/// <summary>Durations of a limb's phases, from its flexor signal: how long it was active, how long not, whole ones only.</summary>
public sealed class PhaseMeter
{
    private readonly List<double> _swings = [], _stances = [], _onsets = [];
    private bool _isActive, _hasBegun;
    private double _since = double.NaN;

    /// <summary>Whole phases [s], in order; the first may be of either kind.</summary>
    public IReadOnlyList<double> Swings => _swings;

    /// <inheritdoc cref="Swings"/>
    public IReadOnlyList<double> Stances => _stances;

    /// <summary>Moments at which swings began [s].</summary>
    public IReadOnlyList<double> Onsets => _onsets;

    /// <summary>Mean durations [s]; NaN before the first whole phase.</summary>
    public double Swing => _swings.Count == 0 ? double.NaN : _swings.Average();

    /// <inheritdoc cref="Swing"/>
    public double Stance => _stances.Count == 0 ? double.NaN : _stances.Average();

    /// <summary>Mean time of a step [s].</summary>
    public double Cycle => Swing + Stance;

    /// <summary>Takes the signal at a moment.</summary>
    /// <param name="seconds">The moment; moments rise.</param>
    /// <param name="flexor">Whether the flexor is active from it on.</param>
    public void Add(double seconds, bool flexor)
    {
        if (_hasBegun && flexor == _isActive)
        {
            return;
        }

        if (_hasBegun && !double.IsNaN(_since))
        {
            (_isActive ? _swings : _stances).Add(seconds - _since);
        }

        if (_hasBegun && flexor)
        {
            _onsets.Add(seconds);
        }

        // The phase that was under way at the beginning is no whole one.
        (_since, _isActive, _hasBegun) = (_hasBegun ? seconds : double.NaN, flexor, true);
    }

    /// <summary>Mean place of another limb's swings within this one's cycles, 0..1; NaN where there was none.</summary>
    public double LagOf(PhaseMeter other)
    {
        var lags = new List<double>();
        for (int c = 0; c + 1 < _onsets.Count; c++)
        {
            double onset = other._onsets.FirstOrDefault(one => one >= _onsets[c] && one < _onsets[c + 1], double.NaN);
            if (!double.IsNaN(onset))
            {
                lags.Add((onset - _onsets[c]) / (_onsets[c + 1] - _onsets[c]));
            }
        }

        return lags.Count == 0 ? double.NaN : lags.Average();
    }
}
