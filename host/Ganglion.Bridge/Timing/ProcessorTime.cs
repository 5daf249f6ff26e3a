using System.Diagnostics;
using Ganglion.Bridge.Serial;

namespace Ganglion.Bridge.Timing;

/// <summary>
/// Processor time of the calling thread: what its own computing took, whatever else the machine did meanwhile. Where the system does not
/// tell, time that passed. Allocates nothing.
/// </summary>
public static class ProcessorTime
{
    /// <summary>s, from an arbitrary origin; only differences on one thread mean something.</summary>
    public static double OfThread => !OperatingSystem.IsWindows() && Libc.clock_gettime(Libc.ClockThreadCpu, out Libc.TimeSpec time) == 0
        ? time.Seconds + 1e-9 * time.Nanoseconds
        : (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency;
}
