namespace Ganglion.Bridge.Serial;

/// <summary>A serial port that is plugged in.</summary>
/// <param name="Path">The device, such as /dev/ttyUSB0; which adapter gets which number may change at every plugging in.</param>
/// <param name="StableName">The name to write into files: under /dev/serial/by-id where there is one, else <paramref name="Path"/>.</param>
/// <param name="Chip">The adapter in words; empty if it cannot be told.</param>
/// <param name="VendorId">USB vendor, 0 where unknown.</param>
/// <param name="ProductId">USB product, 0 where unknown.</param>
/// <param name="Serial">USB serial number, empty where the adapter has none.</param>
/// <param name="LatencyTimerMs">How long an FTDI adapter holds back a short packet, ms; null for adapters that do not.</param>
/// <param name="MayOpen">Whether this user has the right to open it.</param>
public sealed record PortInfo(
    string Path, string StableName, string Chip, int VendorId, int ProductId, string Serial, int? LatencyTimerMs, bool MayOpen)
{
    public bool HasStableName => StableName != Path;

    /// <summary>"10c4:ea60", or empty where unknown.</summary>
    public string UsbId => VendorId == 0 ? "" : $"{VendorId:x4}:{ProductId:x4}";
}
