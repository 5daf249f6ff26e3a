using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Serial;
using Ganglion.Flash.Image;
using Ganglion.Flash.Tests.Image;
using Ganglion.Flash.Tests.Looking;
using Ganglion.Flash.Writing;
using Ganglion.Live.Tests;
using Ganglion.Robots.Robot;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;
using Ganglion.VirtualBoard.Time;

namespace Ganglion.Flash.Tests.Writing;

/// <summary>A virtual robot in virtual time whose boards have a debugging port, a file that nanoff finds, and a link, as a classic ESP32
/// has; and a nanoff that is none.</summary>
internal sealed class FlashBench : IFlashProgress, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ganglion-flash-test").FullName;
    private readonly List<string> _told = [];

    /// <param name="robot">Shipped robot.</param>
    /// <param name="named">Whether its boards know by their firmware which ones they are.</param>
    public FlashBench(string robot = "trunk10-4g", bool named = true)
    {
        Description = ShippedFiles.Robot(robot);
        Robot = new VirtualRobot(Description, FirmwareImage.Embedded, named: named);
        Nanoff = new FakeNanoff(Path.Combine(_folder, "tools"));
        UsbPort = Path.Combine(_folder, "usb");
        File.WriteAllText(UsbPort, "");
        NanoAssembly library = Written("mscorlib", File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "nanoFramework",
            "mscorlib.pe")));
        Image = DeviceImage.Of([library, Written("firmware", new PeFile("Ganglion.Firmware", new(1, 0, 0, 0))
        {
            References = [("mscorlib", library.Version)],
            Code = 9,
        }.ToBytes())]);
        ImageFile = Path.Combine(_folder, "Ganglion.Firmware.bin");
        File.WriteAllBytes(ImageFile, Image.ToBytes());
        Ports = () => ["link0"];
    }

    public RobotDescription Description { get; }

    public VirtualRobot Robot { get; }

    public FakeNanoff Nanoff { get; }

    public DeviceImage Image { get; }

    public string ImageFile { get; }

    /// <summary>The debugging port, on which nobody answers.</summary>
    public string UsbPort { get; }

    /// <summary>The ports that are there besides; "link1" is that of the second board.</summary>
    public Func<IReadOnlyList<string>> Ports { get; set; }

    /// <summary>Opens ports otherwise; null: as here.</summary>
    public Func<string, int, ISerialLink>? Opens { get; set; }

    /// <summary>Is told each line of nanoff's; on another thread.</summary>
    public Action<string> AtLine { get; set; } = _ => { };

    /// <summary>What was told, a line each.</summary>
    public string[] Told => [.. _told];

    public FlashJob Job(int board = 0) => new(UsbPort, Link: null, FlashTarget.Classic, RuntimeVersion: null,
        Description.Boards[board].Baud, RobotConfiguration.Of(Description, board));

    public FlashResult Flash(FlashJob job, CancellationToken cancellation = default) => new BoardFlash(job, Image, ImageFile,
        new FlashTools(Ganglion.Flash.Writing.Nanoff.Find(Nanoff.Folder, "")!, Opens ?? Open, Ports, Robot.World)).Run(this, cancellation);

    /// <summary>Flashes it, which fails.</summary>
    public string Failed(FlashJob job) => Assert.Throws<FlashException>(() => Flash(job)).Message;

    public ISerialLink Open(string port, int baud) => port.LastIndexOf("link", StringComparison.Ordinal) is >= 0 and int at
        ? new VirtualLink(Robot.World, Robot.Boards[port[at + 4] - '0'].Board, baud) : new ScriptedPort(port, baud, (_, _) => [], []);

    public void Begins(FlashStep step, string what) => _told.Add($"{step}: {what}");

    public void Says(string line) => AtLine(line);

    public void Done(FlashStep step, string found) => _told.Add($"{step}: {found}");

    public void Dispose()
    {
        Robot.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private NanoAssembly Written(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name + ".pe");
        File.WriteAllBytes(path, bytes);
        return NanoAssembly.Read(path);
    }
}
