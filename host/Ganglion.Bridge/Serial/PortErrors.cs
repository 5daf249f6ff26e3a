namespace Ganglion.Bridge.Serial;

/// <summary>The words for each way that opening a port fails.</summary>
internal static class PortErrors
{
    /// <summary>Turns the errno of open(2) into what, where and what to do.</summary>
    public static PortException OnOpen(string path, int error) => error switch
    {
        Libc.ENOENT or Libc.ENOTDIR or Libc.ENXIO or Libc.ENODEV or Libc.EIO => Missing(path),
        Libc.EACCES or Libc.EPERM => NotPermitted(path),
        Libc.EBUSY => Busy(path),
        Libc.EISDIR => NotASerialPort(path),
        _ => new PortException(PortProblem.Failed, path, $"opening it failed: {Libc.Describe(error)} (errno {error})",
            "Unplug the adapter, plug it in again, and see the end of `dmesg`."),
    };

    public static PortException Missing(string path) => new(PortProblem.Missing, path, "there is no such device",
        "Plug the board in and see `ganglion ports`; if it is not listed, the cable may be for charging only.");

    public static PortException NotPermitted(string path) => new(PortProblem.NotPermitted, path, "this user may not open it",
        OperatingSystem.IsMacOS()
            ? "Allow the terminal to use accessories in System Settings, Privacy & Security."
            : "Run `sudo usermod -aG dialout $USER` (the group is uucp on Arch), then log out and in again.");

    public static PortException Busy(string path)
    {
        string holder = PortHolder.Find(path);
        return new PortException(PortProblem.Busy, path,
            holder.Length > 0 ? $"it is in use by {holder}" : "it is in use by another program",
            "Close that program (a serial monitor, another ganglion, ModemManager) and try again.");
    }

    public static PortException NotASerialPort(string path) => new(PortProblem.NotASerialPort, path, "it is not a serial port",
        "Give a serial device; `ganglion ports` lists them.");

    public static PortException SettingsRefused(string path, int baud, string how) => new(PortProblem.BaudRefused, path,
        $"it does not run at {baud} baud: {how}",
        "Take a rate that the adapter knows: 115200 or 921600 work on nearly all.");
}
