namespace Ganglion.HostBoard;

/// <summary>Where an I2C bus of this computer is.</summary>
public abstract record BusPlace
{
    private static readonly string[] Kinds = ["ft232h", "ft4222"];

    private BusPlace()
    {
    }

    /// <summary>One that the system drives.</summary>
    /// <param name="Number">N of /dev/i2c-N.</param>
    public sealed record Kernel(int Number) : BusPlace
    {
        public override string ToString() => $"/dev/i2c-{Number}";
    }

    /// <summary>One behind a USB adapter of FTDI that dotnet/iot drives.</summary>
    /// <param name="Kind">ft232h or ft4222.</param>
    /// <param name="Serial">Its serial number; empty: the only one that is plugged in.</param>
    public sealed record Usb(string Kind, string Serial) : BusPlace
    {
        /// <summary>As <see cref="ParseUsb"/> reads it.</summary>
        public string Text => Serial.Length == 0 ? Kind : $"{Kind}:{Serial}";

        public override string ToString() => $"USB adapter {Text}";
    }

    /// <summary>Reads KIND or KIND:SERIAL.</summary>
    /// <exception cref="FormatException">It is neither: one line with what to write.</exception>
    public static Usb ParseUsb(string text)
    {
        string[] parts = text.Split(':', 2);
        string kind = parts[0].ToLowerInvariant();
        return Array.IndexOf(Kinds, kind) >= 0 && (parts.Length == 1 || parts[1].Length > 0)
            ? new Usb(kind, parts.Length == 1 ? "" : parts[1])
            : throw new FormatException($"'{text}' is no USB adapter: give {string.Join(" or ", Kinds)}, with :SERIAL behind it where " +
                "several are plugged in");
    }
}
