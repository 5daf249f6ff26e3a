using Ganglion.Bridge.Timing;

namespace Ganglion.Live.Replay;

/// <summary>Where in a recording one is: at first at its beginning, where it stands; it plays at a speed, pauses, and is set anywhere. From
/// any thread.</summary>
/// <param name="seconds">Length of the recording, s.</param>
/// <param name="clock">By which it plays.</param>
public sealed class TimeLine(double seconds, IClock clock)
{
    public const double SlowestSpeed = 0.05, FastestSpeed = 20;

    private readonly Lock _lock = new();
    private long _since = clock.NowNanoseconds;
    private double _from, _speed = 1;
    private bool _plays;

    /// <summary>Length, s.</summary>
    public double Seconds => seconds;

    /// <summary>What it is at.</summary>
    /// <returns>Place, s from the beginning; whether it plays, which at the end it does not; factor on the speed.</returns>
    public (double Position, bool Plays, double Speed) Now
    {
        get
        {
            lock (_lock)
            {
                double position = Position();
                return (position, _plays && position < seconds, _speed);
            }
        }
    }

    /// <summary>Plays on, from the beginning where it is at its end.</summary>
    public void Play() => Set(position => _plays = true, position => position >= seconds ? 0 : position);

    public void Pause() => Set(_ => _plays = false, position => position);

    /// <summary>Goes to a place, playing or not as before.</summary>
    /// <param name="place">s; bounded to the recording.</param>
    public void Seek(double place) => Set(position => _plays &= position < seconds, _ => Math.Clamp(place, 0, seconds));

    /// <param name="speed">Factor, <see cref="SlowestSpeed"/> to <see cref="FastestSpeed"/>.</param>
    public void SetSpeed(double speed) => Set(_ => _speed = speed, position => position);

    private void Set(Action<double> change, Func<double, double> place)
    {
        lock (_lock)
        {
            double position = Position();
            change(position);
            (_from, _since) = (place(position), clock.NowNanoseconds);
        }
    }

    private double Position() => _plays ? Math.Min(seconds, _from + _speed * (clock.NowNanoseconds - _since) * 1e-9) : _from;
}
