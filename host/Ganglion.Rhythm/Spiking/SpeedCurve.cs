namespace Ganglion.Rhythm.Spiking;

/// <summary>A function of the speed by its values at some speeds, straight between them on the <see cref="SpeedScale"/>, level
/// beyond.</summary>
/// <param name="places">Where on the scale, rising, at least one.</param>
/// <param name="values">As many.</param>
public sealed class SpeedCurve(double[] places, double[] values)
{
    /// <summary>1 at all speeds.</summary>
    public static readonly SpeedCurve One = new([0], [1]);

    /// <summary>Its value at a place of the scale.</summary>
    public double At(double place)
    {
        int k = Array.FindIndex(places, one => one > place);
        if (k <= 0)
        {
            return k == 0 ? values[0] : values[^1];
        }

        double part = (place - places[k - 1]) / (places[k] - places[k - 1]);
        return values[k - 1] + part * (values[k] - values[k - 1]);
    }
}
