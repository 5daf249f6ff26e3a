namespace Ganglion.Bridge.Serial;

/// <summary>The USB serial chips found on ESP32 boards and adapters, by USB vendor and product id (the linux-usb id list and
/// the makers' drivers).</summary>
internal static class UsbSerialChips
{
    /// <returns>The chip in words, or empty.</returns>
    public static string Name(int vendor, int product) => (vendor, product) switch
    {
        (0x10C4, 0xEA60) => "Silicon Labs CP210x",
        (0x10C4, _) => "Silicon Labs",
        (0x1A86, 0x7522 or 0x7523 or 0x5523) => "WCH CH340",
        (0x1A86, 0x55D4) => "WCH CH9102",
        (0x1A86, 0x55D3) => "WCH CH343",
        (0x1A86, _) => "WCH",
        (0x0403, 0x6001) => "FTDI FT232R",
        (0x0403, 0x6010) => "FTDI FT2232",
        (0x0403, 0x6011) => "FTDI FT4232",
        (0x0403, 0x6014) => "FTDI FT232H",
        (0x0403, 0x6015) => "FTDI FT230X",
        (0x0403, _) => "FTDI",
        (0x303A, 0x1001) => "ESP32 native USB",
        (0x303A, _) => "Espressif",
        (0x067B, _) => "Prolific PL2303",
        _ => "",
    };

    /// <summary>macOS names its devices after the driver, which is all that can be told of the chip there.</summary>
    public static string NameFromMacDevice(string device) =>
        device.StartsWith("cu.SLAB_USBtoUART", StringComparison.Ordinal) ? "Silicon Labs CP210x"
        : device.StartsWith("cu.wchusbserial", StringComparison.Ordinal) ? "WCH"
        : device.StartsWith("cu.usbmodem", StringComparison.Ordinal) ? "USB CDC (ESP32 native USB, CH9102 and others)"
        : device.StartsWith("cu.usbserial", StringComparison.Ordinal) ? "USB serial adapter"
        : "";
}
