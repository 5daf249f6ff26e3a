using Ganglion.Bridge.Serial;
namespace Ganglion.Bridge.Doctor;

/// <summary>Looks for what keeps a machine from talking to boards quickly and reliably, and says how to set it right.
/// Looks only: nothing is opened, started or changed.</summary>
public static class SerialDoctor
{
    private const int WantedLatencyMs = 1;

    /// <summary>All checks, in the order in which a newcomer meets the troubles.</summary>
    public static IReadOnlyList<Finding> Examine(Machine machine)
    {
        IReadOnlyList<PortInfo> ports = PortFinder.Find(machine.Root);
        return
        [
            SerialRights(machine),
            LastingNames(ports),
            LatencyTimers(ports),
            ModemManager(machine),
            .. AdapterDoctor.Examine(machine, ports),
            Program(machine, "nanoff", "writes nanoFramework and the firmware onto boards",
                "`ganglion flash` installs it for itself; or: dotnet tool install --global nanoff", "nanoff"),
        ];
    }

    /// <summary>Whether the user may open serial ports: root, or a member of dialout (Debian, Fedora) or uucp (Arch).</summary>
    public static Finding SerialRights(Machine machine)
    {
        const string name = "serial rights";
        string file = Path.Combine(machine.Root, "etc", "group");
        if (machine.IsRoot)
        {
            return Finding.Good(name, "root may open every port.");
        }

        if (!Directory.Exists(Path.Combine(machine.Root, "sys", "class", "tty")) || !File.Exists(file))
        {
            return Finding.Good(name, "this system asks for no group to open serial ports.");
        }

        // name:password:id:member,member (group(5))
        string[][] groups = [.. File.ReadLines(file).Select(line => line.Split(':')).Where(fields => fields.Length >= 4)];
        string[]? group = groups.FirstOrDefault(g => g[0] == "dialout") ?? groups.FirstOrDefault(g => g[0] == "uucp");
        if (group == null)
        {
            return Finding.Good(name, "this system has no group for serial ports.");
        }

        if (uint.TryParse(group[2], out uint id) && machine.GroupIds.Contains(id))
        {
            return Finding.Good(name, $"{machine.UserName} is in the group {group[0]}.");
        }

        if (group[3].Split(',').Contains(machine.UserName))
        {
            return Finding.Trouble(name, $"{machine.UserName} is in the group {group[0]}, but this login does not know it yet.",
                "Log out and in again, or restart the machine.");
        }
        return Finding.Trouble(name, $"{machine.UserName} is not in the group {group[0]}, so serial ports do not open.",
            $"sudo usermod -aG {group[0]} {machine.UserName}, then log out and in again.");
    }

    /// <summary>Whether each port has a name that stays when it is plugged in elsewhere.</summary>
    public static Finding LastingNames(IReadOnlyList<PortInfo> ports)
    {
        const string name = "names of ports";
        PortInfo[] linux = [.. ports.Where(p => p.Path.Contains("/dev/tty", StringComparison.Ordinal))];
        if (linux.Length == 0)
        {
            return Finding.Good(name, ports.Count == 0 ? "no USB serial port is plugged in." : "this system keeps the names of its ports.");
        }

        string[] without = [.. linux.Where(p => !p.HasStableName).Select(p => p.Path)];
        return without.Length == 0
            ? Finding.Good(name, "every port has a name under /dev/serial/by-id.")
            : Finding.Advice(name, $"no name under /dev/serial/by-id for {string.Join(", ", without)}: its number may change at the " +
                $"next start.",
                "Install udev (in a container, pass /dev/serial through); two adapters without serial numbers need udev rules by " +
                    "USB socket.");
    }

    /// <summary>Whether FTDI adapters pass packets on at once instead of holding them back for up to 16 ms.</summary>
    public static Finding LatencyTimers(IReadOnlyList<PortInfo> ports)
    {
        const string name = "latency timer";
        PortInfo[] ftdi = [.. ports.Where(p => p.LatencyTimerMs != null)];
        if (ftdi.Length == 0)
        {
            return Finding.Good(name, "no adapter with a latency timer (FTDI) is plugged in.");
        }

        PortInfo[] slow = [.. ftdi.Where(p => p.LatencyTimerMs > WantedLatencyMs)];
        return slow.Length == 0
            ? Finding.Good(name, $"{WantedLatencyMs} ms on every FTDI adapter.")
            : Finding.Advice(name, string.Join(", ", slow.Select(p => $"{p.LatencyTimerMs} ms on {p.Path}")) + ": answers of a board " +
                "come that much later.",
                "ganglion asks for 1 ms whenever it opens a port; for other programs too, put this line into "
                + "/etc/udev/rules.d/99-ganglion-ftdi.rules and plug the adapter in again: "
                + "ACTION==\"add\", SUBSYSTEM==\"usb-serial\", DRIVER==\"ftdi_sio\", ATTR{latency_timer}=\"1\"");
    }

    /// <summary>Whether ModemManager runs, which sends modem commands to every new port and holds it for seconds.</summary>
    public static Finding ModemManager(Machine machine)
    {
        const string name = "ModemManager";
        return Runs(machine, name)
            ? Finding.Advice(name, "ModemManager is running: it writes to each new port and keeps it busy for seconds.",
                "sudo systemctl disable --now ModemManager, if no modem is in use.")
            : Finding.Good(name, "ModemManager is not running.");
    }

    /// <summary>Whether a program is on the search path.</summary>
    /// <param name="purpose">What we use it for, as the end of "it ...".</param>
    /// <param name="install">The command that installs it.</param>
    /// <param name="commands">Names under which it may be there; one is enough.</param>
    public static Finding Program(Machine machine, string name, string purpose, string install, params string[] commands)
    {
        string[] folders = machine.SearchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string? found = folders.SelectMany(folder => commands.Select(command => Path.Combine(folder, command))).FirstOrDefault(IsProgram);
        return found != null
            ? Finding.Good(name, $"found at {found}.")
            : Finding.Advice(name, $"{name} is not on the PATH; it {purpose}.", install);
    }

    /// <summary>Whether a program runs, by a name of at most the 15 characters that the kernel keeps.</summary>
    internal static bool Runs(Machine machine, string name)
    {
        string folder = Path.Combine(machine.Root, "proc");
        return Directory.Exists(folder) && Directory.EnumerateDirectories(folder).Any(process => Is(process, name));
    }

    private static bool Is(string process, string name)
    {
        try
        {
            return char.IsAsciiDigit(Path.GetFileName(process)[0])
                && File.ReadAllText(Path.Combine(process, "comm")).TrimEnd() == name;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // ended while we looked
        }
    }

    private static bool IsProgram(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return File.Exists(path + ".exe");
        }

        const UnixFileMode execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (File.GetUnixFileMode(path) & execute) != 0;
    }
}
