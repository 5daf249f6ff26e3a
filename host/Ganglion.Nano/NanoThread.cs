namespace Ganglion.Nano;

/// <summary>Stands in for System.Threading.Thread in woven firmware.</summary>
public static class NanoThread
{
    /// <summary>Thread.Sleep on the board's clock: moves in steps of the 10 ms FreeRTOS tick.</summary>
    /// <param name="milliseconds">>= 0, or -1 for ever.</param>
    public static void Sleep(int milliseconds)
    {
        if (milliseconds < -1)
        {
            throw new ArgumentOutOfRangeException(nameof(milliseconds), milliseconds, "A sleep is -1 (for ever) or longer.");
        }

        LibraryCost.Native.Spend();
        NanoHost.Current.Sleep(milliseconds);
    }
}
