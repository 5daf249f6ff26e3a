using System.Runtime.InteropServices;

namespace Ganglion.Bridge.Serial;

/// <summary>
/// The C library calls the bridge makes, with the constants of Linux (asm-generic: x64 and arm64) and macOS.
/// Linux is driven through the kernel's own ioctls, so that any baud rate can be set; macOS through termios(4).
/// </summary>
internal static unsafe partial class Libc
{
    public const int EPERM = 1, ENOENT = 2, EINTR = 4, EIO = 5, ENXIO = 6, EBADF = 9, EACCES = 13, EBUSY = 16,
        ENODEV = 19, ENOTDIR = 20, EISDIR = 21, EINVAL = 22, ENOTTY = 25, EROFS = 30;
    // The two systems number these differently.
    public static readonly int EAGAIN = OperatingSystem.IsMacOS() ? 35 : 11;
    public static readonly int ELOOP = OperatingSystem.IsMacOS() ? 62 : 40;

    public const int ReadWrite = 2;
    public static readonly int NoControllingTerminal = OperatingSystem.IsMacOS() ? 0x20000 : 0x100;
    public static readonly int NonBlocking = OperatingSystem.IsMacOS() ? 0x4 : 0x800;
    public static readonly int CloseOnExec = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    public const int LockExclusive = 2, LockNonBlocking = 4, Unlock = 8;
    public const int AccessRead = 4, AccessWrite = 2;

    public const short PollIn = 1, PollErr = 8, PollHup = 16, PollNval = 32;

    public const int ClockMonotonic = 1, TimerAbsoluteTime = 1;

    public static readonly int ClockThreadCpu = OperatingSystem.IsMacOS() ? 16 : 3;

    [StructLayout(LayoutKind.Sequential)]
    public struct PollFd
    {
        public int Fd;
        public short Events;
        public short Returned;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int close(int fd);

    [LibraryImport("libc")]
    public static partial int clock_gettime(int clock, out TimeSpec time);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint read(SafeHandle fd, byte* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint write(SafeHandle fd, byte* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int poll(PollFd* fds, nuint count, int milliseconds);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int ppoll(PollFd* fds, nuint count, TimeSpec* timeout, void* signalMask);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int flock(SafeHandle fd, int operation);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int access(string path, int mode);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int posix_openpt(int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int grantpt(SafeHandle fd);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int unlockpt(SafeHandle fd);

    [LibraryImport("libc")]
    public static partial int ptsname_r(SafeHandle fd, byte* name, nuint length);

    [LibraryImport("libc")]
    public static partial int clock_nanosleep(int clock, int flags, in TimeSpec request, nint remaining);

    [LibraryImport("libc")]
    public static partial uint geteuid();

    [LibraryImport("libc")]
    public static partial uint getegid();

    [LibraryImport("libc", SetLastError = true)]
    public static partial int getgroups(int size, uint* groups);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int IoctlInRegister(SafeHandle fd, nuint request, void* argument);

    // Apple's arm64 convention passes the variable arguments of ioctl on the stack, never in registers. Six fillers
    // take the registers that are left, so that the argument lands where the C library looks for it.
    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int IoctlOnStack(SafeHandle fd, nuint request, nint r2, nint r3, nint r4, nint r5, nint r6, nint r7,
        void* argument);

    /// <summary>ioctl with a pointer (or an integer in its place); -1 and an errno on failure.</summary>
    public static int Ioctl(SafeHandle fd, nuint request, void* argument) =>
        OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64
            ? IoctlOnStack(fd, request, 0, 0, 0, 0, 0, 0, argument)
            : IoctlInRegister(fd, request, argument);

    public static int LastError => Marshal.GetLastPInvokeError();

    public static string Describe(int errno) => Marshal.GetPInvokeErrorMessage(errno);
}
