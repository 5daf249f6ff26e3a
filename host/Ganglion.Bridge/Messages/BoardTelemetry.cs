using Ganglion.Robots.Boards;
using Ganglion.Shared.Control;

namespace Ganglion.Bridge.Messages;

/// <summary>
/// The newest telemetry of a board; one object a session, rewritten in place. Counters travel in 16 bits and are unwrapped
/// here; they are the board's own and go on over sessions, apart from the four about frames, which start at 0 with a session.
/// </summary>
public sealed partial class BoardTelemetry
{
    private bool _any;

    /// <summary>Telemetry frames received in this session.</summary>
    public long Received { get; private set; }

    /// <summary>There is an IMU reading.</summary>
    public bool HasImu => (SensorFlags & SensorWatch.ImuPresent) != 0;

    /// <summary>The IMU repeats itself and is taken for frozen.</summary>
    public bool ImuFrozen => (SensorFlags & SensorWatch.ImuFrozen) != 0;

    /// <summary>What is taken off what the IMU tells.</summary>
    internal ImuZero ImuZero { get; set; }

    internal void Restart()
    {
        _any = false;
        Received = 0;
    }

    internal void Read(ReadOnlySpan<byte> payload)
    {
        ReadFields(payload);
        if (HasImu)
        {
            (Pitch, Roll) = (Pitch - ImuZero.Pitch, Roll - ImuZero.Roll);
            (PitchRate, RollRate) = (PitchRate - ImuZero.PitchRate, RollRate - ImuZero.RollRate);
        }

        _any = true;
        Received++;
    }

    // Telemetry comes many times in the 65536 counts after which a counter wraps.
    private long Unwrap(long total, int raw) => _any ? total + (ushort)(raw - total) : raw;
}
