using System.Runtime.InteropServices;

namespace Ganglion.Bridge.Serial;

/// <summary>
/// Terminal settings for a board: 8 data bits, no parity, 1 stop bit, no flow control, and every byte unchanged both ways
/// (no echo, no line editing, no signals on 0x03, no XON/XOFF on 0x11/0x13, no CR/LF translation).
/// Modem lines are ignored on input (CLOCAL) and left alone on close (HUPCL off).
/// </summary>
internal static unsafe partial class RawMode
{
    /// <summary>Settings could not be read: the device is no terminal.</summary>
    public const int NotATerminal = -1;

    /// <summary>Puts the device in raw mode.</summary>
    /// <param name="device">An open terminal.</param>
    /// <param name="baud">Bits a second; any value that the driver takes, not just the traditional ones.</param>
    /// <returns>The rate that the driver really set, or <see cref="NotATerminal"/>.</returns>
    /// <exception cref="IOException">The driver refused the settings.</exception>
    public static int Apply(TerminalDevice device, int baud) =>
        OperatingSystem.IsMacOS() ? MacOs.Apply(device, baud) : Linux.Apply(device, baud);

    /// <summary>Throws away what lies unread and unsent in the driver.</summary>
    public static void Flush(TerminalDevice device)
    {
        if (OperatingSystem.IsMacOS())
        {
            MacOs.Flush(device);
        }
        else
        {
            Linux.Flush(device);
        }
    }

    private static IOException Refused(string call) =>
        new($"{call} failed: {Libc.Describe(Libc.LastError)} (errno {Libc.LastError})");

    internal static class Linux
    {
        private const nuint TCGETS2 = 0x802C542A, TCSETS2 = 0x402C542B, TCFLSH = 0x540B;
        private const nint BothQueues = 2;
        private const uint BOTHER = 0x1000, CS8 = 0x30, CREAD = 0x80, HUPCL = 0x400, CLOCAL = 0x800;
        private const int VTIME = 5, VMIN = 6;

        // struct termios2 of asm-generic/termbits.h, 44 bytes; BOTHER takes the rate as a number from the last two fields.
        [StructLayout(LayoutKind.Sequential)]
        private struct Termios2
        {
            public uint Input, Output, Control, Local;
            public byte Line;
            public fixed byte Characters[19];
            public uint InputSpeed, OutputSpeed;
        }

        public static int Apply(TerminalDevice device, int baud)
        {
            Termios2 settings;
            if (Libc.Ioctl(device, TCGETS2, &settings) != 0)
            {
                return NotATerminal;
            }

            settings.Input = 0;
            settings.Output = 0;
            settings.Local = 0;
            settings.Control = BOTHER | CS8 | CREAD | CLOCAL;
            settings.Characters[VMIN] = 1;
            settings.Characters[VTIME] = 0;
            settings.InputSpeed = settings.OutputSpeed = (uint)baud;
            if (Libc.Ioctl(device, TCSETS2, &settings) != 0)
            {
                throw Refused("TCSETS2");
            }

            if (Libc.Ioctl(device, TCGETS2, &settings) != 0)
            {
                throw Refused("TCGETS2");
            }

            return (int)settings.OutputSpeed;
        }

        /// <summary>Speed in force, bit/s, and whether closing drops the modem lines; of a pseudo-terminal's master those of the slave.
        /// </summary>
        public static (int Baud, bool HangsUpOnClose) Read(TerminalDevice device)
        {
            Termios2 settings;
            if (Libc.Ioctl(device, TCGETS2, &settings) != 0)
            {
                throw Refused("TCGETS2");
            }

            return ((int)settings.OutputSpeed, (settings.Control & HUPCL) != 0);
        }

        public static void Flush(TerminalDevice device) => Libc.Ioctl(device, TCFLSH, (void*)BothQueues);
    }

    private static partial class MacOs
    {
        private const nuint IOSSIOSPEED = 0x80085402;
        private const int Now = 0, BothQueues = 3;
        private const nuint CREAD = 0x800, CLOCAL = 0x8000;
        private const nuint Placeholder = 9600;

        // struct termios of sys/termios.h: tcflag_t and speed_t are unsigned long.
        [StructLayout(LayoutKind.Sequential)]
        private struct Termios
        {
            public nuint Input, Output, Control, Local;
            public fixed byte Characters[20];
            public nuint InputSpeed, OutputSpeed;
        }

        [LibraryImport("libc", SetLastError = true)]
        private static partial int tcgetattr(SafeHandle fd, Termios* settings);

        [LibraryImport("libc", SetLastError = true)]
        private static partial int tcsetattr(SafeHandle fd, int when, Termios* settings);

        [LibraryImport("libc", SetLastError = true)]
        private static partial int cfsetspeed(Termios* settings, nuint speed);

        [LibraryImport("libc")]
        private static partial void cfmakeraw(Termios* settings);

        [LibraryImport("libc", SetLastError = true)]
        private static partial int tcflush(SafeHandle fd, int queues);

        public static int Apply(TerminalDevice device, int baud)
        {
            Termios settings;
            if (tcgetattr(device, &settings) != 0)
            {
                return NotATerminal;
            }
            // cfmakeraw sets CS8 without parity and VMIN 1, VTIME 0; what it leaves as it was is cleared here.
            cfmakeraw(&settings);
            settings.Input = 0;
            settings.Control = (settings.Control & CharacterSize) | CREAD | CLOCAL;
            cfsetspeed(&settings, Placeholder);
            if (tcsetattr(device, Now, &settings) != 0)
            {
                throw Refused("tcsetattr");
            }
            // Any rate at all goes through IOSSIOSPEED, after tcsetattr, which would undo it. Pseudo-terminals have no
            // rate and answer ENOTTY.
            nuint speed = (nuint)baud;
            if (Libc.Ioctl(device, IOSSIOSPEED, &speed) != 0 && Libc.LastError != Libc.ENOTTY)
            {
                throw Refused("IOSSIOSPEED");
            }

            return baud;
        }

        public static void Flush(TerminalDevice device) => tcflush(device, BothQueues);

        private const nuint CharacterSize = 0x300;
    }
}
