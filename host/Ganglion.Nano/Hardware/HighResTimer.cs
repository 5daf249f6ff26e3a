using Ganglion.Nano;

namespace nanoFramework.Hardware.Esp32;

/// <summary>The microsecond clock of the ESP32.</summary>
public class HighResTimer
{
    /// <summary>Microseconds since boot.</summary>
    public static ulong GetCurrent()
    {
        LibraryCost.Timer.Spend();
        return NanoHost.Current.Microseconds();
    }
}
