using System.Buffers.Binary;
using Ganglion.Shared.Walking;

namespace Ganglion.Bridge.Messages;

/// <summary>The newest that a walking board has told of its walk; one object a session, rewritten in place.</summary>
public sealed class WalkTelemetry
{
    /// <summary>Messages received in this session.</summary>
    public long Received { get; private set; }

    /// <summary>Board clock at the start of the tick, us, low 32 bits.</summary>
    public uint BoardTime { get; private set; }

    /// <summary>See <see cref="WalkStage"/>.</summary>
    public byte Stage { get; private set; }

    /// <summary>Feet in the air.</summary>
    public bool LeftSwings { get; private set; }

    /// <inheritdoc cref="LeftSwings"/>
    public bool RightSwings { get; private set; }

    /// <summary>Phase of each foot in turns, -0.5..0.5, 0 in the middle of its swing.</summary>
    public double LeftPhase { get; private set; }

    /// <inheritdoc cref="LeftPhase"/>
    public double RightPhase { get; private set; }

    /// <summary>Present speed forward, m/s, and turning speed to the left, rad/s, as ramped.</summary>
    public double Speed { get; private set; }

    /// <inheritdoc cref="Speed"/>
    public double Turn { get; private set; }

    /// <summary>Level of the ramp, 0 standing, 1 full steps.</summary>
    public double Level { get; private set; }

    /// <summary>Estimated slope, uphill above 0, rad.</summary>
    public double Slope { get; private set; }

    /// <summary>Shift of the hips by the Tegotae law, forward, m.</summary>
    public double Shift { get; private set; }

    /// <summary>Joint angles in the order of <see cref="Walker.Angles"/>, rad.</summary>
    public double[] Angles { get; } = new double[Walker.AngleCount];

    internal void Restart() => Received = 0;

    internal void Read(ReadOnlySpan<byte> payload)
    {
        BoardTime = BinaryPrimitives.ReadUInt32LittleEndian(payload);
        Stage = payload[4];
        LeftSwings = (payload[5] & 1) != 0;
        RightSwings = (payload[5] & 2) != 0;
        LeftPhase = I16(payload, 6) / 32768.0;
        RightPhase = I16(payload, 8) / 32768.0;
        Speed = I16(payload, 10) * 1e-3;
        Turn = I16(payload, 12) * 1e-3;
        Level = I16(payload, 14) / 4096.0;
        Slope = I16(payload, 16) * 1e-4;
        Shift = I16(payload, 18) * 1e-4;
        for (int i = 0; i < Angles.Length; i++)
        {
            Angles[i] = I16(payload, 20 + 2 * i) * 1e-4;
        }

        Received++;
    }

    private static int I16(ReadOnlySpan<byte> payload, int at) => BinaryPrimitives.ReadInt16LittleEndian(payload[at..]);
}
