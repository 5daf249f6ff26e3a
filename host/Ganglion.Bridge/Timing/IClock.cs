namespace Ganglion.Bridge.Timing;

/// <summary>
/// The time that sessions and streams run on. Real time is <see cref="MonotonicClock"/>; a simulation brings its own, so that
/// the same code runs in virtual time, as fast as the machine can, and the same way each time.
/// </summary>
public interface IClock
{
    /// <summary>Nanoseconds since a fixed but arbitrary moment; never steps back.</summary>
    long NowNanoseconds { get; }

    /// <summary>Returns once <see cref="NowNanoseconds"/> has reached the deadline; at once when that is past.</summary>
    /// <param name="nanoseconds">Deadline on the scale of <see cref="NowNanoseconds"/>.</param>
    void WaitUntil(long nanoseconds);
}
