namespace Ganglion.Bridge.Serial;

/// <summary>Opens a serial port the way this system does it.</summary>
public static class SerialPorts
{
    /// <summary>Speed of a link where no description says another, bit/s: that of the firmware as shipped.</summary>
    public const int DefaultBaud = 921600;

    /// <param name="name">/dev/serial/by-id/..., /dev/ttyUSB0, /dev/cu.usbserial-110 or COM7.</param>
    /// <param name="baud">Bits a second, above 0.</param>
    /// <exception cref="PortException">It could not be opened: the message says why and what to do.</exception>
    public static ISerialLink Open(string name, int baud) => OperatingSystem.IsWindows() ? SystemSerialPort.Open(name, baud)
        : TermiosSerialPort.Open(name, baud);

    /// <summary>Opens a port that no other program has open, also none that takes no lock on it, as far as the system tells that.</summary>
    /// <inheritdoc cref="Open"/>
    public static ISerialLink OpenAlone(string name, int baud) => OperatingSystem.IsWindows() || PortHolder.Find(name).Length == 0
        ? Open(name, baud) : throw PortErrors.Busy(name);

    /// <summary>Opens a port also while another program has it, where the system allows that; Windows does not.</summary>
    /// <inheritdoc cref="Open"/>
    public static ISerialLink OpenShared(string name, int baud) => OperatingSystem.IsWindows() ? SystemSerialPort.Open(name, baud)
        : TermiosSerialPort.Open(name, baud, shared: true);
}
