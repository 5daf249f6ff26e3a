namespace Ganglion.Bridge.Serial;

/// <summary>What the kernel holds of a pseudo-terminal that a host has open, seen from the other end: no port's own word for it.</summary>
/// <param name="Baud">The speed in force, bit/s; a pseudo-terminal takes any and uses none.</param>
/// <param name="HangsUpOnClose">HUPCL: the driver drops DTR and RTS when the port is closed, which resets most ESP32 boards at the next
/// opening.</param>
/// <param name="KeepsOthersOut">TIOCEXCL: nobody but root can open it beside the host, `ganglion stop` neither.</param>
public sealed unsafe record HeldPort(int Baud, bool HangsUpOnClose, bool KeepsOthersOut)
{
    private const nuint TIOCGEXCL = 0x80045440;

    /// <summary>Looks at it; null on another system than Linux.</summary>
    /// <param name="board">The board's end of a pair whose other end is open.</param>
    public static HeldPort? Look(PseudoTerminal board)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        (int baud, bool hangsUp) = board.HostSettings();
        return new HeldPort(baud, hangsUp, KeepsOut(board.SlavePath));
    }

    private static bool KeepsOut(string path)
    {
        int fd = Libc.open(path, Libc.ReadWrite | Libc.NoControllingTerminal | Libc.NonBlocking | Libc.CloseOnExec);
        if (fd < 0)
        {
            return Libc.LastError == Libc.EBUSY;
        }

        using var device = new TerminalDevice(fd);
        int exclusive = 0;
        return Libc.Ioctl(device, TIOCGEXCL, &exclusive) == 0 && exclusive != 0;
    }
}
