using System.Runtime.InteropServices;

namespace Ganglion.HostBoard;

/// <summary>Lets a thread run before all ordinary ones, as the one loop of a board does: Linux's SCHED_FIFO.</summary>
internal static unsafe partial class RealTimeThread
{
    private const int Fifo = 1, CallingThread = 0;

    /// <summary>Above ordinary threads, below the kernel's interrupt threads (50).</summary>
    private const int Priority = 40;

    [LibraryImport("libc")]
    private static partial int sched_setscheduler(int thread, int policy, int* priority);

    /// <summary>Asks for it for the calling thread. Refused to users without the right (`ulimit -r`); Linux only.</summary>
    public static bool TryBecome()
    {
        int priority = Priority;
        return OperatingSystem.IsLinux() && sched_setscheduler(CallingThread, Fifo, &priority) == 0;
    }
}
