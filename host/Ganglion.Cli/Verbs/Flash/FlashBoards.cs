using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Timing;
using Ganglion.Flash.Looking;
using Ganglion.Flash.Writing;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli.Verbs.Flash;

/// <summary>Which boards are meant, by the options of `ganglion flash`.</summary>
/// <param name="Ports">Where they are written.</param>
/// <param name="Links">Where their firmware answers; none: it is found out.</param>
/// <param name="Robot">What they are told; null: nothing.</param>
/// <param name="Board">One of the robot; null: all.</param>
/// <param name="Target">The runtime; null: by the description, or the chip.</param>
/// <param name="Version">Of the runtime.</param>
internal sealed record FlashBoards(string[] Ports, string[] Links, RobotDescription? Robot, string? Board, string? Target, string? Version)
{
    /// <summary>One job a board.</summary>
    /// <exception cref="UsageException">The options do not go together.</exception>
    /// <exception cref="UserException">No port was given, and there is not just one.</exception>
    public IReadOnlyList<FlashJob> Jobs(IClock clock, bool json)
    {
        int[] meant = Meant();
        FlashTarget?[] targets = [.. meant.Select(TargetOf)];
        if (Ports.Distinct().Count() != Ports.Length || Links.Distinct().Count() != Links.Length)
        {
            throw new UsageException("a port stands there twice: each board has its own.");
        }

        if (Robot != null && Ports.Length > 0 && Ports.Length != meant.Length)
        {
            throw new UsageException($"{Ports.Length} ports were given, and {meant.Length} boards of {Robot.Name} are meant " +
                $"({Ids(meant)}): give one --port for each in this order, or --board.");
        }

        string[] ports = Ports.Length > 0 ? Ports : [TheOne(meant.Length, clock, json)];
        if (Links.Length > 0 && Links.Length != ports.Length)
        {
            throw new UsageException($"{ports.Length} boards are written and {Links.Length} links were given: give one --link for each " +
                "--port, in the same order, or none.");
        }

        return [.. ports.Select((port, i) => new FlashJob(port, Links.ElementAtOrDefault(i), targets[Robot == null ? 0 : i], Version,
            Robot?.Boards[meant[i]].Baud ?? SerialPorts.DefaultBaud, Robot == null ? null : RobotConfiguration.Of(Robot, meant[i])))];
    }

    /// <summary>Names of the ports that are plugged in.</summary>
    public static IReadOnlyList<string> PortsThatAreThere() => [.. PortFinder.Find().Select(port => port.StableName)];

    private string Ids(IEnumerable<int> boards) => string.Join(", ", boards.Select(board => Robot!.Boards[board].Id));

    private int[] Meant()
    {
        if (Robot == null)
        {
            return Board == null ? [0] : throw new UsageException("--board names a board of a robot: give --robot too.");
        }

        int[] meant = [.. Enumerable.Range(0, Robot.Boards.Length).Where(board => Board == null || Robot.Boards[board].Id == Board)];
        return meant.Length > 0 ? meant : throw new UsageException($"{Robot.Name} has no board '{Board}'. Boards: " +
            $"{string.Join(", ", Robot.Boards.Select(board => board.Id))}.");
    }

    private FlashTarget? TargetOf(int board)
    {
        FlashTarget? given = Target == null ? null : FlashTarget.Of(Target) ?? throw new UsageException($"--target {Target}: not known " +
            $"here. Those that are: {string.Join(", ", FlashTarget.All.Select(one => one.Name))}.");
        if (Robot == null)
        {
            return given;
        }

        BoardDescription described = Robot.Boards[board];
        string chip = described.Profile == BoardProfile.Esp32S3 ? "ESP32-S3" : FlashTarget.Classic.Chip;
        return given != null && given.Chip != chip
            ? throw new UsageException($"--target {given.Name} is for an {given.Chip}; by its description {Robot.Name}/{described.Id} is " +
                $"an {chip}.")
            : given ?? (chip == FlashTarget.Classic.Chip ? FlashTarget.Classic
                : throw new UsageException($"{Robot.Name}/{described.Id}: {FlashTarget.WhichS3}."));
    }

    /// <summary>The port where one board and one port are there, for nothing else can be meant.</summary>
    private static string TheOne(int boards, IClock clock, bool json)
    {
        IReadOnlyList<PortInfo> there = PortFinder.Find();
        if (there.Count == 0)
        {
            throw new UserException("no serial port is plugged in, so there is no board to write. Connect one by its own USB port with a " +
                "cable that has data lines; if it is not listed by `ganglion ports` then, `ganglion doctor` looks further. To try it " +
                "without a board: `ganglion sim --link-dir ports`, then `ganglion flash --dry-run --port ports/base --robot trunk10-4g`.");
        }

        if (there.Count == 1 && boards == 1)
        {
            return there[0].StableName;
        }

        var look = new PortLook(SerialPorts.OpenAlone, clock);
        FlashText.Ports([.. there.Select(port => (port, Words(look, port.StableName)))], json);

        throw new UserException($"{there.Count} ports are there and {boards} boards are meant: say which, with one --port for each board.");
    }

    private static string Words(PortLook look, string port)
    {
        try
        {
            PortFinding found = look.At(port, SerialPorts.DefaultBaud);
            return $"{found.What}. {found.Next}";
        }
        catch (PortException unusable)
        {
            return unusable.Message;
        }
    }
}
