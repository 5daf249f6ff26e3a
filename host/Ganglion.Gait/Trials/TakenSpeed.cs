using Ganglion.Robots.Gaits;

namespace Ganglion.Gait.Trials;

/// <summary>
/// Whether a board does what it is told, or as near to it as its gait's table of speeds goes on the slope that it feels (shared/README.md
/// D6). What a board says of its speed while it still comes to what it was told last does not count.
/// </summary>
/// <param name="gait">Says how fast speeds change, and how long a start takes.</param>
/// <param name="tick">Period of <see cref="Tick"/> [s].</param>
public sealed class TakenSpeed(GaitDescription gait, double tick)
{
    private double _last, _wait = gait.Walk.Ramp, _told, _taken;
    private int _count;

    /// <summary>Mean of what it was told meanwhile [m/s]; not a number if it never had the time to come to that.</summary>
    public double Told => _count > 0 ? _told / _count : double.NaN;

    /// <summary>Mean of the speed that the board says it walks [m/s]; not a number as above.</summary>
    public double Taken => _count > 0 ? _taken / _count : double.NaN;

    /// <summary>A tick of the walk.</summary>
    /// <param name="told">What it is told [m/s]; 0 while it shall stand.</param>
    /// <param name="says">The speed that the board says it walks [m/s].</param>
    /// <param name="counts">Whether the walk has settled.</param>
    public void Tick(double told, double says, bool counts)
    {
        if (told != _last)
        {
            // A stop and the start after it take the ramp.
            _wait = Math.Abs(told - _last) / gait.Walk.Acceleration + gait.Walk.Ramp;
            _last = told;
        }

        _wait -= tick;
        if (counts && _wait <= 0)
        {
            _told += told;
            _taken += says;
            _count++;
        }
    }
}
