using System.CommandLine;
using Ganglion.Basics;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Timing;
using Ganglion.Flash.Image;
using Ganglion.Flash.Looking;
using Ganglion.Flash.Writing;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli.Verbs.Flash;

/// <summary>`ganglion flash`: from an ESP32 as it comes out of its bag to a board that knows what it is.</summary>
internal static class FlashVerb
{
    /// <summary>Where a build leaves its .pe files, from the top of the repository.</summary>
    private const string BuildFolder = "firmware/bin/Release";

    /// <summary>What it is packed into for nanoff.</summary>
    private const string ImageName = "Ganglion.Firmware.bin";

    public static Command Create()
    {
        var ports = new Option<string[]>("--port", "-p")
        {
            Description = "The board's own USB port, where it is written; once for each board, in the order of the description. Left " +
                "out: the port that is there, if there is one; of several it is told what is behind them.",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "PORT",
        };
        var links = new Option<string[]>("--link")
        {
            Description = "Where the firmware answers, once for each --port: on a classic ESP32 the adapter at its link's pins. Left " +
                "out: the port with a board that has started since it was written.",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "PORT",
        };
        var robot = new Option<string?>("--robot", "-r")
        {
            Description = "Robot description, a file or the name of one in hardware/robots, which the boards are told. Left out: they " +
                "are told nothing.",
            HelpName = "FILE|NAME",
        };
        var board = new Option<string?>("--board") { Description = "Only this board of the robot.", HelpName = "ID" };
        var target = new Option<string?>("--target")
        {
            Description = $"nanoFramework's runtime: {string.Join(", ", FlashTarget.All.Select(one => one.Name))} [default: " +
                $"{FlashTarget.Classic.Name} for an ESP32].",
            HelpName = "NAME",
        };
        var image = new Option<string>("--image")
        {
            Description = "The firmware: the image of a release, or the folder with the .pe files of a build.",
            HelpName = "FILE.bin|FOLDER",
            DefaultValueFactory = _ => BuildFolder,
        };
        var version = new Option<string?>("--fwversion")
        {
            Description = "The runtime's version [default: nanoff's newest].",
            HelpName = "VERSION",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be done, step by step, and write nothing." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("flash",
            "Writes ESP32 boards, one after the other: looks who is behind the port, asks for the chip, writes nanoFramework's runtime, " +
            "compares the firmware with it, writes the firmware, hears it answer, and tells it its description and reads that back. What " +
            "fails is told with its step, its cause, what to do, and what the board is left as. nanoff does the writing; it is installed " +
            "if need be.\n\nExample: ganglion flash --robot trunk10-4g --dry-run")
        {
            ports, links, robot, board, target, image, version, dryRun, json, ImageVerb.Create(),
        };
        command.SetAction(result => Run(
            new FlashBoards(result.GetValue(ports) ?? [], result.GetValue(links) ?? [], Description(result.GetValue(robot)),
                result.GetValue(board), result.GetValue(target), result.GetValue(version)),
            result.GetValue(image)!, result.GetValue(dryRun), result.GetValue(json)));
        return command;
    }

    private static RobotDescription? Description(string? robot) => robot == null ? null : Descriptions.Robot(robot);

    private static int Run(FlashBoards boards, string imagePath, bool dryRun, bool json)
    {
        var clock = new MonotonicClock();
        IReadOnlyList<FlashJob> jobs = boards.Jobs(clock, json);
        if (dryRun)
        {
            return DryRun(jobs, imagePath, clock, json);
        }

        using var interrupt = new Interrupt();
        DeviceImage image = ApplicationFile.Load(imagePath);
        string folder = Directory.CreateTempSubdirectory("ganglion-flash-").FullName;
        string file = Path.Combine(folder, ImageName);
        var text = new FlashText(json);
        try
        {
            byte[] bytes = image.ToBytes();
            AtomicFile.Write(file, stream => stream.Write(bytes));
            Nanoff nanoff = Nanoff.Find(SearchPath, ToolFolder) ?? text.Installing(say => Nanoff.Install(SearchPath, ToolFolder, say,
                interrupt.Token));
            var tools = new FlashTools(nanoff, SerialPorts.OpenAlone, FlashBoards.PortsThatAreThere, clock);
            foreach (FlashJob job in jobs)
            {
                text.Board(job, progress => new BoardFlash(job, image, file, tools).Run(progress, interrupt.Token));
            }

            text.End();
            return Errors.Ok;
        }
        catch (FlashInterruptedException interrupted)
        {
            Errors.Tell(interrupted.Message + text.Others(jobs));
            return Errors.Interrupted;
        }
        catch (FlashException failed)
        {
            throw new FlashException(failed.Message + text.Others(jobs));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int DryRun(IReadOnlyList<FlashJob> jobs, string imagePath, MonotonicClock clock, bool json)
    {
        DeviceImage? image = null;
        string missing = "";
        try
        {
            image = ApplicationFile.Load(imagePath);
        }
        catch (Exception unusable) when (unusable is IOException or InvalidDataException)
        {
            missing = unusable.Message;
        }

        string? install = Nanoff.Find(SearchPath, ToolFolder) == null ? string.Join(' ', Nanoff.InstallLine(ToolFolder)) : null;
        var look = new PortLook(SerialPorts.OpenAlone, clock);
        (FlashJob Job, PortFinding Found)[] found = [.. jobs.Select(job => (job, look.At(job.Port, job.Baud)))];
        FlashText.Plans(found, image, File.Exists(imagePath) ? imagePath : ImageName, install, json);
        return missing.Length > 0 ? throw new UserException(missing)
            : found.Any(one => one.Found.Objection != null) ? throw new UserException("a board would be refused; its first step says why.")
            : Errors.Ok;
    }

    /// <summary>Global .NET tools lie in a folder that is not on everybody's PATH.</summary>
    private static string SearchPath => string.Join(Path.PathSeparator, Environment.GetEnvironmentVariable("PATH"),
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "tools"));

    private static string ToolFolder => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
        Environment.SpecialFolderOption.DoNotVerify), "ganglion", "tools");
}
