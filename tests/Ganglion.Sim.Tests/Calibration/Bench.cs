using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Live;
using Ganglion.Live.Calibration;
using Ganglion.Robots.Robot;
using Ganglion.Sim.Calibration;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;
using Ganglion.VirtualBoard.Chips;

namespace Ganglion.Sim.Tests.Calibration;

/// <summary>A robot's file in a folder of its own, the virtual robot that is built otherwise, and whoever calibrates it.</summary>
internal sealed class Bench : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ganglion-calibration").FullName;

    /// <param name="text">Of the robot's file.</param>
    /// <param name="seed">Of how it is built.</param>
    public Bench(string text, int seed)
    {
        Path = System.IO.Path.Combine(_folder, "mine.yaml");
        File.WriteAllText(Path, text);
        Truth = BuiltOtherwise.Draw(RobotFile.Load(Path), seed);
        Robot = new VirtualRobot(Truth, FirmwareImage.Embedded, seed, stopsAtLimits: true);
        Observer = new BodyObserver(Robot);
    }

    public string Path { get; }

    /// <summary>How it is built.</summary>
    public RobotDescription Truth { get; }

    public VirtualRobot Robot { get; }

    public BodyObserver Observer { get; }

    /// <summary>No output of any chip gives pulses, and no valve is told a pressure.</summary>
    public void AssertOff()
    {
        Assert.All(Robot.Boards.SelectMany(board => board.Board.Chips.OfType<Pca9685>()),
            chip => Assert.All(Enumerable.Range(0, Pca9685.Channels), output => Assert.Equal(0, chip.PulseSeconds(output))));
        Assert.All(Robot.Boards.SelectMany(board => board.Board.Chips.OfType<Mcp4728>()),
            chip => Assert.All(Enumerable.Range(0, Mcp4728.Channels), output => Assert.Equal(0, chip.Volts(output))));
    }

    /// <summary>Calibrates some things, or all that are left.</summary>
    public CalibrationRecord Calibrate(Func<CalibrationItem, bool> which, ICalibrationOperator? person = null, EndRequest end = default,
        IClock? clock = null)
    {
        var record = CalibrationRecord.Open(Path, restart: false);
        foreach (IGrouping<int, CalibrationItem> items in CalibrationItem.Of(record.Robot)
            .Where(item => which(item) && !record.Found.ContainsKey(item.Id)).GroupBy(item => item.Board))
        {
            using var board = new BoardSession(record.Robot.Boards[items.Key].Id, () => Robot.Connect(items.Key), Robot.World,
                new Random(1));
            board.Await(board.Connect());
            new Calibrator(record, person ?? Observer, clock ?? Robot.World, end).Run(items, board, (_, _) => { });
        }

        return record;
    }

    public void Dispose()
    {
        Robot.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
