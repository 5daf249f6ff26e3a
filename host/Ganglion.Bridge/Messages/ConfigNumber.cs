using System.Buffers.Binary;

namespace Ganglion.Bridge.Messages;

/// <summary>How a number travels.</summary>
internal enum NumberKind
{
    U8,
    U16,
    I16,
    F32,
}

/// <summary>One number of a part of a configuration, with its unit.</summary>
/// <param name="At">Bytes from the start of the part.</param>
/// <param name="Kind">How it travels.</param>
/// <param name="Unit">What 1 on the wire means; floats travel as they are.</param>
/// <param name="PerOne">How many units make 1; 0: a unit is more than that, or no whole number of them makes it.</param>
/// <param name="Aspect">The field that is named when it is refused, see Link.ConfigField.</param>
internal sealed record ConfigNumber(int At, NumberKind Kind, double Unit, double PerOne, byte Aspect)
{
    /// <summary>Writes a value, rounded to its unit. False: it does not fit, and nothing was written.</summary>
    public bool TryPut(Span<byte> part, double value, double unit)
    {
        Span<byte> place = part[At..];
        if (Kind == NumberKind.F32)
        {
            if (!float.IsFinite((float)value))
            {
                return false;
            }

            BinaryPrimitives.WriteSingleLittleEndian(place, (float)value);
            return true;
        }

        int low = Kind == NumberKind.I16 ? short.MinValue : 0;
        int high = Kind switch
        {
            NumberKind.U8 => byte.MaxValue,
            NumberKind.U16 => ushort.MaxValue,
            _ => short.MaxValue,
        };
        double units = Math.Round(value / unit);
        if (!(units >= low && units <= high))
        {
            return false;
        }

        if (Kind == NumberKind.U8)
        {
            place[0] = (byte)units;
        }
        else
        {
            BinaryPrimitives.WriteInt16LittleEndian(place, unchecked((short)(int)units));
        }

        return true;
    }

    /// <summary>The number as it travelled; a whole number unless it is a float.</summary>
    public double Raw(ReadOnlySpan<byte> part) => Kind switch
    {
        NumberKind.U8 => part[At],
        NumberKind.U16 => BinaryPrimitives.ReadUInt16LittleEndian(part[At..]),
        NumberKind.I16 => BinaryPrimitives.ReadInt16LittleEndian(part[At..]),
        _ => BinaryPrimitives.ReadSingleLittleEndian(part[At..]),
    };

    /// <summary>The value. Divided where that is exact, so that 80 ms are the 0.08 that people write.</summary>
    public double Value(ReadOnlySpan<byte> part) => PerOne > 0 ? Raw(part) / PerOne : Raw(part) * Unit;
}
