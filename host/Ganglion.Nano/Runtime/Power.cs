using Ganglion.Nano;

namespace nanoFramework.Runtime.Native;

/// <summary>Restarts the board.</summary>
public class Power
{
    /// <summary>Restarts the chip; the firmware's Main begins anew after the boot time.</summary>
    public static void RebootDevice(RebootOption rebootOption = RebootOption.NormalReboot)
    {
        if (rebootOption != RebootOption.NormalReboot)
        {
            throw new ArgumentException($"The virtual board only restarts normally, not {rebootOption}.", nameof(rebootOption));
        }

        LibraryCost.Native.Spend();
        NanoHost.Current.Reboot();
    }
}

/// <summary>How to restart.</summary>
public enum RebootOption
{
    NormalReboot = 0,
    EnterNanoBooter = 1,
    ClrOnly = 2,
    EnterProprietaryBooter = 8,
}
