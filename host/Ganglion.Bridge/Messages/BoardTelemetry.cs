using System.Buffers.Binary;
using Ganglion.Shared.Control;
using Ganglion.Shared.Sensing;

namespace Ganglion.Bridge.Messages;

/// <summary>
/// The newest telemetry of a board; one object a session, rewritten in place. Counters travel in 16 bits and are unwrapped
/// here; they are the board's own and go on over sessions, apart from the four about frames, which start at 0 with a session.
/// </summary>
public sealed class BoardTelemetry
{
    private bool _any;

    /// <summary>Telemetry frames received in this session.</summary>
    public long Received { get; private set; }

    /// <summary>See Safety.BoardState.</summary>
    public byte State { get; private set; }

    /// <summary>Why it holds or is safe, or last was: see Link.Reason.</summary>
    public byte Reason { get; private set; }

    public int Detail { get; private set; }

    /// <summary>See Safety.DriveMode.</summary>
    public byte Mode { get; private set; }

    /// <summary>Board clock at the start of the tick, us, low 32 bits.</summary>
    public uint BoardTime { get; private set; }

    /// <summary>Setpoint frames in its buffer, the one being executed included.</summary>
    public int Buffered { get; private set; }

    /// <summary>Longest tick since the last telemetry, us.</summary>
    public int MaxWorkUs { get; private set; }

    /// <summary>Ticks that started more than a period late.</summary>
    public long Overruns { get; private set; }

    /// <summary>Setpoint frames that came after their time, in this session.</summary>
    public long LateFrames { get; private set; }

    /// <summary>Frames missing by sequence number, in this session.</summary>
    public long MissedFrames { get; private set; }

    /// <summary>Ticks of a running stream without a frame ahead, in this session.</summary>
    public long StarvedTicks { get; private set; }

    /// <summary>Setpoint frames refused (out of order, too far ahead, no room), in this session.</summary>
    public long RefusedFrames { get; private set; }

    public long ChecksumErrors { get; private set; }

    /// <summary>Failed I2C transfers of all chips since they were configured.</summary>
    public long I2cErrors { get; private set; }

    public bool HasImu { get; private set; }

    public bool ImuFrozen { get; private set; }

    /// <summary>rad.</summary>
    public double Pitch { get; private set; }

    /// <summary>rad.</summary>
    public double Roll { get; private set; }

    /// <summary>rad/s.</summary>
    public double PitchRate { get; private set; }

    /// <summary>rad/s.</summary>
    public double RollRate { get; private set; }

    /// <summary>The analog inputs, V: four an ADS1115, in the order of the chips.</summary>
    public double[] Analog { get; } = new double[SensorReadings.AnalogInputs];

    internal void Restart()
    {
        _any = false;
        Received = 0;
    }

    internal void Read(ReadOnlySpan<byte> payload)
    {
        State = payload[0];
        Reason = payload[1];
        Detail = U16(payload, 2);
        BoardTime = BinaryPrimitives.ReadUInt32LittleEndian(payload[4..]);
        Mode = payload[8];
        Buffered = payload[9];
        MaxWorkUs = U16(payload, 10);
        Overruns = Unwrap(Overruns, U16(payload, 12));
        LateFrames = Unwrap(LateFrames, U16(payload, 14));
        MissedFrames = Unwrap(MissedFrames, U16(payload, 16));
        StarvedTicks = Unwrap(StarvedTicks, U16(payload, 18));
        ChecksumErrors = Unwrap(ChecksumErrors, U16(payload, 20));
        I2cErrors = Unwrap(I2cErrors, U16(payload, 22));
        int flags = U16(payload, 24);
        HasImu = (flags & SensorWatch.ImuPresent) != 0;
        ImuFrozen = (flags & SensorWatch.ImuFrozen) != 0;
        Pitch = I16(payload, 26) * 1e-4;
        Roll = I16(payload, 28) * 1e-4;
        PitchRate = I16(payload, 30) * 1e-3;
        RollRate = I16(payload, 32) * 1e-3;
        for (int i = 0; i < Analog.Length; i++)
        {
            Analog[i] = I16(payload, 34 + 2 * i) * AnalogScale.VoltsPerCount;
        }

        RefusedFrames = Unwrap(RefusedFrames, U16(payload, 50));
        _any = true;
        Received++;
    }

    // Telemetry comes many times in the 65536 counts after which a counter wraps.
    private long Unwrap(long total, int raw) => _any ? total + (ushort)(raw - total) : raw;

    private static int U16(ReadOnlySpan<byte> payload, int at) => BinaryPrimitives.ReadUInt16LittleEndian(payload[at..]);

    private static int I16(ReadOnlySpan<byte> payload, int at) => BinaryPrimitives.ReadInt16LittleEndian(payload[at..]);
}
