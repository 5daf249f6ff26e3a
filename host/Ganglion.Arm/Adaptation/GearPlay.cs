namespace Ganglion.Arm.Adaptation;

/// <summary>
/// From which side each gear came to where it is: -1 (downwards) to 1 (upwards), found from what it was told before. That is what play
/// between servo and gear depends on, whatever its width.
/// </summary>
public sealed class GearPlay
{
    /// <summary>A gear that has moved by twice this has taken up its play, parts of the travel. Smaller than most moves, larger than
    /// rounding.</summary>
    private const double Width = 0.02;

    private readonly double[] _dragged;
    private bool _started;

    /// <param name="gears">Number of gears.</param>
    public GearPlay(int gears) => _dragged = new double[gears];

    /// <summary>Takes the next strokes, in the order of time.</summary>
    /// <param name="strokes">Of every gear.</param>
    /// <param name="sides">Receives one number a gear; 0 at first.</param>
    public void Move(ReadOnlySpan<double> strokes, Span<double> sides)
    {
        for (int gear = 0; gear < _dragged.Length; gear++)
        {
            _dragged[gear] = Dragged(gear, strokes[gear]);
        }

        _started = true;
        Look(strokes, sides);
    }

    /// <summary>The sides if the strokes were the next ones; they are not taken.</summary>
    /// <param name="strokes">Of every gear.</param>
    /// <param name="sides">Receives one number a gear.</param>
    public void Look(ReadOnlySpan<double> strokes, Span<double> sides)
    {
        for (int gear = 0; gear < _dragged.Length; gear++)
        {
            sides[gear] = (strokes[gear] - Dragged(gear, strokes[gear])) / Width;
        }
    }

    private double Dragged(int gear, double stroke) =>
        _started ? Math.Clamp(_dragged[gear], stroke - Width, stroke + Width) : stroke;
}
