namespace Ganglion.Lab.Reliability.Core;

/// <summary>Pressure sensors: a reading beyond the sensor's range is a fault after three in a row; that one stands still or is off only the
/// board's own model knows, and it may say so of a sensor that lied since the board was armed, and of no other.</summary>
internal sealed partial class CoreOracle
{
    private const int MostOutside = 3;

    private readonly FuzzChambers? _chambers;
    private readonly int[] _outside, _counts;
    private readonly bool[] _waiting;
    private bool _shaken;

    /// <summary>Something was not as the board's model of its chambers has it: a sensor lied, a valve or the converter did not hear, a tick
    /// was late.</summary>
    public void Shake() => _shaken = true;

    private void ResetPressures()
    {
        Array.Clear(_outside);
        Array.Clear(_waiting);
        _shaken = false;
    }

    private string? Pressures(byte told)
    {
        if (_chambers == null)
        {
            return null;
        }

        (int input, int count) = _chambers.Handed;
        if (input >= 0 && input < _counts.Length)
        {
            (_waiting[input], _counts[input]) = (true, count);
        }

        if (!Powered)
        {
            return null;
        }

        bool beyond = false;
        for (int i = 0; i < _counts.Length; i++)
        {
            if (_waiting[i])
            {
                _waiting[i] = false;
                _outside[i] = _chambers.IsOutside(i, _counts[i]) ? _outside[i] + 1 : 0;
                beyond |= _outside[i] >= MostOutside;
            }
        }

        bool own = told is Shared.Link.Reason.PressureStandsStill or Shared.Link.Reason.PressureOff;
        if (!beyond && !own)
        {
            return null;
        }

        Trip(own ? told : Shared.Link.Reason.PressureOutOfRange);
        return own && !_shaken ? $"reason {told} of sensors that told the truth" : null;
    }
}
