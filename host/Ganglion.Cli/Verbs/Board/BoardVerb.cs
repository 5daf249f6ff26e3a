using System.CommandLine;
using Ganglion.Bridge.Serial;
using Ganglion.Cli.Links;
using Ganglion.Cli.Parsing;
using Ganglion.HostBoard;

namespace Ganglion.Cli.Verbs.Board;

/// <summary>`ganglion board`: a board without an ESP32, on this computer's own I2C bus.</summary>
internal static class BoardVerb
{
    /// <summary>Highest N of /dev/i2c-N that is taken.</summary>
    public const int HighestBus = 255;

    private const int HighestPin = 1023;

    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(200), Patience = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var bounds = new Bounds(0, HighestBus);
        Option<int?> bus = Numeric.Option<int?>("--i2c", "I2C bus of this computer that is the board's bus 1: N of /dev/i2c-N.", bounds);
        Option<string?> usb = Usb("Instead of --i2c, a USB adapter of FTDI that is the board's bus 1");
        Option<int?> second = Numeric.Option<int?>("--second-i2c", "Another one that is its bus 2.", bounds);
        Option<int?> pin = Numeric.Option<int?>("--output-enable", "GPIO (BCM number) that drives /OE of all PCA9685, with a pull-up. " +
            "Without it outputs are switched off over I2C alone.", new Bounds(0, HighestPin));
        var name = new Option<string>("--name")
        {
            Description = "Which board of which robot this is, such as trunk25-4g/tip. Without it, any.",
            HelpName = "ROBOT/BOARD",
            DefaultValueFactory = _ => ""
        };
        var links = new Option<DirectoryInfo?>("--link-dir")
        {
            Description = "Also make a link named board to its port here, so that the path stays the same.",
            HelpName = "DIR"
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("board",
            "Runs the boards' firmware on this computer, a Raspberry Pi or one with an I2C adapter at USB, and prints the " +
            "pseudo-terminal behind which it answers as an ESP32 does, until Ctrl-C, which switches its outputs off; a second process " +
            "does that where this one is killed. A computer that stops or loses its supply alone leaves servos where they are: wire " +
            "/OE or their supply to a switch.\n\n" +
            "Example: ganglion board --i2c 1 --output-enable 17")
        {
            bus, usb, second, pin, name, links, json,
        };
        command.SetAction(result => Run([First(result.GetValue(bus), result.GetValue(usb)),
            .. result.GetValue(second) is { } other ? (BusPlace[])[new BusPlace.Kernel(other)] : []],
            result.GetValue(pin), result.GetValue(name)!, result.GetValue(links), result.GetValue(json)));
        return command;
    }

    /// <summary>--usb.</summary>
    /// <param name="about">What for, without a full stop.</param>
    public static Option<string?> Usb(string about) => new("--usb")
    {
        Description = $"{about}: ft4222 or ft232h, with :SERIAL where several are plugged in. Needs FTDI's libraries.",
        HelpName = "KIND[:SERIAL]",
    };

    /// <summary>The place that --usb names.</summary>
    /// <exception cref="UsageException">It names none.</exception>
    public static BusPlace Adapter(string text)
    {
        try
        {
            return BusPlace.ParseUsb(text);
        }
        catch (FormatException e)
        {
            throw new UsageException($"--usb: {e.Message}.");
        }
    }

    private static BusPlace First(int? bus, string? usb) => (bus, usb) switch
    {
        ({ } number, null) => new BusPlace.Kernel(number),
        (null, { } adapter) => Adapter(adapter),
        (null, null) => throw new UsageException("say which I2C bus is the board's: --i2c 1 on a Raspberry Pi, or --usb KIND for an " +
            "adapter."),
        _ => throw new UsageException("--i2c and --usb are both the board's bus 1: give one of them."),
    };

    private static int Run(BusPlace[] buses, int? outputEnable, string name, DirectoryInfo? linkDirectory, bool json)
    {
        if (buses.Distinct().Count() != buses.Length)
        {
            throw new UsageException("--second-i2c is another bus than --i2c: leave it out where the board has one.");
        }

        using var interrupt = new Interrupt();
        using var terminal = new PseudoTerminal();
        using var board = HostedBoard.Open(buses, outputEnable, terminal, name);
        using PortLinks? links = linkDirectory == null ? null : new PortLinks(linkDirectory, ["board"], [terminal.SlavePath]);
        Print(buses, terminal.SlavePath, links?.Paths[0], json);
        using var guard = BoardGuard.Start(buses, outputEnable);
        board.Start();
        int boots = 1;
        bool told = false;
        while (!interrupt.Token.WaitHandle.WaitOne(LookPeriod))
        {
            if (board.RunsBehindOthers && !told)
            {
                told = true;
                Console.Error.WriteLine("The system runs it no sooner than other programs, so that a busy machine makes ticks late. " +
                    "Allow it: `sudo prlimit --rtprio=40 --pid $$`, then start it again from this shell.");
            }

            if (board.Boots > boots)
            {
                boots = board.Boots;
                Console.Error.WriteLine("The firmware ran into an exception: it switched its outputs off, and has started anew.");
            }
        }

        string? unsure = board.Stop(Patience);
        guard.Release();
        return unsure is { } failed ? throw new UserException($"the board has ended, but {failed}: servos there may still " +
            "be driven. Switch their supply off.") : Errors.Ok;
    }

    private static void Print(BusPlace[] buses, string port, string? link, bool json)
    {
        if (json)
        {
            Output.Json(new
            {
                Port = port,
                Link = link,
                Buses = buses.Select(bus => new { Place = $"{bus}", ClockHz = HostedBoard.BusClock(bus) }),
            });
            return;
        }

        Output.Line($"{port}{(link == null ? "" : "  " + link)}");
        foreach (BusPlace bus in buses.Where(bus => HostedBoard.BusClock(bus) is { } hertz and < 400_000))
        {
            Console.Error.WriteLine($"{bus} runs at {HostedBoard.BusClock(bus) / 1000} kHz, whatever a description says: three " +
                "full PCA9685 take 18 ms of each tick at 100 kHz. On a Raspberry Pi: dtparam=i2c_arm_baudrate=400000 in config.txt.");
        }

        Console.Error.WriteLine("The board is running. Ctrl-C switches its outputs off and ends it.");
    }
}
