using System.CommandLine;
using Ganglion.Basics;
using Ganglion.Bridge.Session;
using Ganglion.Live;
using Ganglion.Live.Calibration;

namespace Ganglion.Cli.Verbs.Calibration;

/// <summary>`ganglion calibrate`: finds how a robot is really built, and writes that into its file.</summary>
internal static class CalibrateVerb
{
    private sealed record Options(string Path, string[] Ports, bool VirtualTime, int Seed, FileInfo? Answers, string[] Only, bool Restart,
        bool Json);

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The robot's own description, which is written." };
        Option<string[]> ports = CommonOptions.Ports();
        var virtualTime = new Option<bool>("--virtual-time")
        {
            Description = "A virtual robot as fast as the machine can, whose observer answers by what is to be seen of its body."
        };
        Option<int> seed = CommonOptions.Seed();
        seed.Description = "How a virtual robot is built otherwise than described.";
        var answers = new Option<FileInfo?>("--answers")
        {
            Description = $"Answer by this file, without a person: {CalibrationAnswers.Form}. The deadman is held by the file: keep a " +
                "hand on the supply.",
            HelpName = "FILE",
        };
        var only = new Option<string[]>("--only")
        {
            Description = "Calibrate these alone, such as chip:base/pwm0, channel:3, pressure:0, imu:base/imu.",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "ITEM",
            DefaultValueFactory = _ => [],
        };
        var restart = new Option<bool>("--restart") { Description = "Forget what a broken-off calibration has found." };
        var undo = new Option<bool>("--undo") { Description = "Take back what the last calibration wrote." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("calibrate",
            "Finds, one thing at a time, how a robot is really built, and writes it into its file: the oscillators of PWM drivers from a " +
            "measured frequency; of each servo the direction, the pulses between which it moves freely, and the pulse at which it stands " +
            "where it shall; the zero and span of pressure sensors; the level and bias of inertial sensors. One output is on at a time; " +
            "it starts where the servo is left and moves while a key is held, by 200 us of pulse a second at most. What is found is " +
            "kept beside the file, so that a calibration that was broken off goes on; the difference is shown before anything is " +
            "written. Without --port a virtual robot is calibrated that is built otherwise than described.\n\n" +
            "Example: ganglion calibrate my-arm.yaml --port /dev/ttyUSB0 --only channel:3")
        {
            file, ports, virtualTime, seed, answers, only, restart, undo, json,
        };
        command.SetAction(result =>
        {
            string path = Own(result.GetValue(file)!);
            return result.GetValue(undo) ? Undo(path, result.GetValue(json)) : Run(new Options(path, result.GetValue(ports)!,
                result.GetValue(virtualTime), result.GetValue(seed), result.GetValue(answers), result.GetValue(only)!,
                result.GetValue(restart), result.GetValue(json)));
        });
        return command;
    }

    /// <summary>A file that may be written: what is shipped belongs to nobody's robot.</summary>
    private static string Own(string given)
    {
        string path = Path.GetFullPath(ShippedFiles.Find(FileKind.Robot, given));
        return ShippedFiles.TryFolder(FileKind.Robot.Folder) is { } shipped && Path.GetDirectoryName(path) == Path.GetFullPath(shipped)
            ? throw new UserException($"{path} is shipped with the program, and a calibration is that of one robot: copy it, and name " +
                "the copy.")
            : path;
    }

    private static int Undo(string path, bool json)
    {
        using var claim = FileClaim.Take(path, "let it end first");
        (string before, string after) = CalibrationRecord.Undo(path);
        string[] difference = FileDifference.Of(before, after);
        if (!json)
        {
            Array.ForEach(difference, Output.Line);
        }

        Report(path, [], difference, written: true, json, $"{path} is again what it was before it was calibrated.");
        return Errors.Ok;
    }

    private static int Run(Options options)
    {
        if (options.VirtualTime && (options.Ports.Length > 0 || options.Answers != null))
        {
            throw new UsageException("--virtual-time is for a virtual robot that its observer answers for: leave out --port and " +
                "--answers.");
        }

        bool keys = !options.VirtualTime && options.Answers == null;
        if (keys && Console.IsInputRedirected)
        {
            throw new UsageException("stdin is no terminal that keys could be read from: run it in one, or answer with --answers FILE.");
        }

        using var claim = FileClaim.Take(options.Path, "let it end first");
        CalibrationAnswers? script = options.Answers == null ? null : CalibrationAnswers.Load(options.Answers.FullName);
        var record = CalibrationRecord.Open(options.Path, options.Restart);
        CalibrationItem[] items = Items(record, options.Only);
        if (options.Ports.Length > 0 && options.Ports.Length != record.Robot.Boards.Length)
        {
            throw new UsageException($"{record.Robot.Name} has {record.Robot.Boards.Length} boards and {options.Ports.Length} ports were " +
                "given: name one for each, in the order of the description.");
        }

        using var interrupt = new Interrupt(steers: true);
        using var quit = CancellationTokenSource.CreateLinkedTokenSource(interrupt.Token);
        using CalibrationBoards boards = options.Ports.Length > 0 ? new CalibrationBoards(record.Robot, options.Ports)
            : new CalibrationBoards(record.Robot, options.Seed, options.VirtualTime);
        string rest = $": {items.Length} things to calibrate; Ctrl-C keeps what was found.";
        return Output.Progress(options.Json, record.Robot.Name, rest, show =>
        {
            ICalibrationOperator person = (ICalibrationOperator?)script ?? (ICalibrationOperator?)boards.Observer
                ?? CalibrationKeys.Start(boards, quit.Cancel, show);
            return Calibrate(options, record, items, boards, person, new EndRequest(quit.Token, interrupt.End.AtOnce));
        });
    }

    private static int Calibrate(Options options, CalibrationRecord record, CalibrationItem[] items, CalibrationBoards boards,
        ICalibrationOperator person, EndRequest end)
    {
        var calibrator = new Calibrator(record, person, boards.Clock, end);
        foreach (IGrouping<int, CalibrationItem> ofBoard in items.GroupBy(item => item.Board))
        {
            using BoardSession board = boards.Session(ofBoard.Key);
            board.Await(board.Connect(), end.Well);
            calibrator.Run(ofBoard, board, (item, found) =>
            {
                if (!options.Json)
                {
                    Output.Line($"{item.Id}  {FileDifference.Words(found)}");
                }
            });
        }

        (string before, string after) = record.Difference();
        string[] difference = FileDifference.Of(before, after);
        if (!options.Json)
        {
            Array.ForEach(difference, Output.Line);
        }

        bool write = before != after && calibrator.AskWrite();
        if (write)
        {
            record.Write();
        }

        Report(options.Path, record.Found.Keys, difference, write, options.Json, write
            ? $"{options.Path} is written; `ganglion calibrate {Path.GetFileName(options.Path)} --undo` takes it back."
            : difference.Length == 0 ? $"{options.Path} says it already."
            : $"{options.Path} is as it was; what was found is kept in {Path.GetFileName(CalibrationRecord.PathOf(options.Path))}.");
        return Errors.Ok;
    }

    /// <summary>What there is to do.</summary>
    /// <exception cref="UserException">The robot has no such thing.</exception>
    private static CalibrationItem[] Items(CalibrationRecord record, string[] only)
    {
        CalibrationItem[] all = [.. CalibrationItem.Of(record.Robot)];
        foreach (string id in only)
        {
            if (!Array.Exists(all, item => item.Id == id))
            {
                throw new UserException($"{record.Robot.Name} has no {id}; it has {string.Join(", ", all.Select(item => item.Id))}.");
            }
        }

        return [.. all.Where(item => only.Length > 0 ? only.Contains(item.Id) : !record.Found.ContainsKey(item.Id))];
    }

    private static void Report(string path, IEnumerable<string> found, string[] difference, bool written, bool json, string words)
    {
        if (json)
        {
            Output.Json(new { File = path, Found = found, Difference = difference, Written = written });
            return;
        }

        Output.Line(words);
    }
}
