using System.CommandLine;
using Ganglion.Cli.Verbs.Adapt;
using Ganglion.Lab.Bench;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli.Verbs.Bench;

/// <summary>`ganglion bench`: figures of the link, the board's tick and the kinematics, with the bars that they are held to.</summary>
internal static class BenchVerb
{
    private static readonly (int Joints, int Channels)[] Arms = [.. from joints in new[] { 6, 10, 20, 25 } from channels in new[] { 3,
        4 } select (joints, channels)];

    public static Command Create()
    {
        return new Command("bench", "Measures what the project is held to; exit code 3 where a bar is missed.\n\nExample: ganglion bench " +
            "board --json")
        {
            Sub("link", "Setpoint frames over the serial line, outputs over I2C, both in simulated time; and how fast the simulation " +
                "runs.", Link),
            Sub("board", "Instructions, time and allocations of the firmware's tick, and how many channels one board drives.", Board),
            Sub("ik", "Inverse kinematics on 1 000 random poses, closed forms a second, and what 12-bit pulses leave of the tip's " +
                "precision.", BenchIk.Run),
            BenchLsnn.Create(),
            BenchAdapt.Create(),
            BenchGait.Create(),
            BenchMuscles.Create(),
            BenchRhythm.Create(),
            BenchCalibration.Create(),
            BenchPhysics.Create(),
            BenchPorts.Create(),
            BenchInference.Create(),
            BenchLive.Create(),
            BenchAvoidance.Create(),
            BenchPage.Create(),
            BenchReliability.Create(),
            BenchRanks.Create(),
        };
    }

    private static Command Sub(string name, string description, Func<bool, int> run)
    {
        Option<bool> json = CommonOptions.Json();
        var command = new Command(name, $"{description}\n\nExample: ganglion bench {name} --json") { json };
        command.SetAction(result => run(result.GetValue(json)));
        return command;
    }

    private static int Link(bool json)
    {
        SerialRate[] serial = [.. from arm in Arms from baud in new[] { 115_200, 921_600, 2_000_000 } select SerialBench.Measure(arm.Joints,
            arm.Channels, baud)];
        I2cLoad[] i2c = [.. from arm in Arms from speed in new[] { 100_000, 400_000, 1_000_000 } select I2cBench.Measure(arm.Joints,
            arm.Channels, speed)];
        SimulationSpeed speedOf40 = SpeedBench.Measure(Descriptions.Robot("trunk10-4g"), 60);
        Bar[] bars =
        [
            Bar.AtLeast("serial: smallest part of the limit", serial.Min(rate => rate.Ratio), 0.9),
            Bar.AtLeast("I2C: smallest part of the limit", i2c.Min(load => load.Ratio), 0.9),
            Bar.AtLeast("40 channels at 50 Hz on one core, times real time (by processor time)", speedOf40.TimesRealTimePerCore, 100),
        ];
        if (json)
        {
            Output.Json(new
            {
                Serial = serial.Select(rate => new
                {
                    rate.Joints,
                    rate.ChannelsPerJoint,
                    rate.Baud,
                    BytesPerFrame = rate.FrameBytes,
                    FramesPerSecond = Output.Round(rate.FramesPerSecond, 2),
                    LimitPerSecond = Output.Round(rate.Limit, 2),
                    Ratio = Output.Round(rate.Ratio),
                }),
                I2c = i2c.Select(load => new
                {
                    load.Joints,
                    load.ChannelsPerJoint,
                    BusHz = load.BusSpeed,
                    load.Chips,
                    BusMs = Output.Round(1000 * load.BusTime),
                    OutputsPerSecond = Output.Round(load.PerSecond, 2),
                    LimitPerSecond = Output.Round(load.LimitPerSecond, 2),
                    Ratio = Output.Round(load.Ratio),
                    CallMs = Output.Round(1000 * load.CallTime),
                }),
                SmallestSerialRatio = Output.Round(serial.Min(rate => rate.Ratio)),
                SmallestI2cRatio = Output.Round(i2c.Min(load => load.Ratio)),
                VirtualSeconds = Output.Round(speedOf40.VirtualSeconds, 2),
                ProcessorSeconds = Output.Round(speedOf40.ProcessorSeconds, 3),
                WallSeconds = Output.Round(speedOf40.WallSeconds, 3),
                TimesRealTimePerCore = Output.Round(speedOf40.TimesRealTimePerCore, 1),
                TimesRealTimeOnTheWall = Output.Round(speedOf40.TimesRealTime, 1),
                MissedBars = Missed(bars),
            });
            return Code(bars);
        }

        Print("Setpoint frames over the serial line, one way (simulated time)", ["arm", " baud", " bytes/frame", " frames/s",
            " limit", " ratio"],
            serial, rate => Cells($"{rate.Joints} x {rate.ChannelsPerJoint}", $"{rate.Baud}", $"{rate.FrameBytes:0}",
                $"{rate.FramesPerSecond:0.0}", $"{rate.Limit:0.0}", $"{rate.Ratio:0.000}"));
        Print("All outputs of a tick over I2C (simulated time)", ["arm", " bus kHz", " chips", " bus ms", " per s", " limit", " ratio",
            " calls ms"],
            i2c, load => Cells($"{load.Joints} x {load.ChannelsPerJoint}", $"{load.BusSpeed / 1000}", $"{load.Chips}",
                $"{1000 * load.BusTime:0.000}", $"{load.PerSecond:0.0}", $"{load.LimitPerSecond:0.0}", $"{load.Ratio:0.000}",
                $"{1000 * load.CallTime:0.00}"));
        Output.Line($"calls: what the firmware, nanoFramework and the ESP-IDF driver take on top of the bus time.");
        Output.Line($"Simulation of the 40-servo arm with its host, streaming at 50 Hz: {speedOf40.VirtualSeconds:0} s took " +
            $"{speedOf40.ProcessorSeconds:0.00} s of processor time ({speedOf40.TimesRealTimePerCore:0} x real time a core) and " +
                $"{speedOf40.WallSeconds:0.00} s on the wall ({speedOf40.TimesRealTime:0} x).");
        return Judge(bars);
    }

    private static int Board(bool json)
    {
        const int ticks = 1000;
        RobotDescription arm = Descriptions.Robot("trunk10-4g"), rig = Descriptions.Robot("rig12"), walker = Descriptions.Robot("walker12");
        GaitDescription gait = Gait("walk"), clockGait = BoardBench.WithReflexes(Gait("clock12"));
        (TickCost start, TickCost stream) = BoardBench.Stream(arm, ticks);
        TickCost sees = BoardBench.Stream(Descriptions.Robot("trunk10-4g-eye"), ticks).Steady;
        TickCost rhythm = Rhythm("walk7"), clock = Rhythm("cat-clock"), phases = Rhythm("trot"), cells = Rhythm("izhikevich", MostCells);
        TickCost walk = BoardBench.Walk(walker, gait, ticks), reflexes = BoardBench.Walk(walker, BoardBench.WithReflexes(gait), ticks);
        TickCost clocked = BoardBench.Walk(walker, clockGait, ticks);
        TickCost pressures = BoardBench.Pressures(Descriptions.Robot("muscle-rig"), ticks);
        ChannelLoad at40 = BoardBench.Load(40, 1), at64 = BoardBench.Load(64, 1);
        ChannelLoad oneBus = BoardBench.MostChannels(1), twoBuses = BoardBench.MostChannels(2);
        GaitDescription Gait(string name) => GaitFile.Load(Path.Combine(ShippedFiles.Folder("gaits"), $"{name}.yaml"), walker);
        TickCost Rhythm(string name, Func<RhythmDescription, RhythmDescription>? change = null)
        {
            RhythmDescription shipped = RhythmFile.Load(Path.Combine(ShippedFiles.Folder("rhythms"), $"{name}.yaml"), rig);
            return BoardBench.Rhythm(rig, change?.Invoke(shipped) ?? shipped, ticks);
        }

        Bar[] bars =
        [
            Bar.AtMost("40 channels, IL instructions of the worst tick", stream.All.WorstInstructions, 7000),
            Bar.AtMost("40 channels and a distance sensor, IL instructions of the worst tick", sees.All.WorstInstructions, 7000),
            Bar.AtMost("7 oscillators on 12 channels, IL instructions of the worst tick", rhythm.All.WorstInstructions, 7000),
            Bar.AtMost("a chess clock, IL instructions of the worst tick", clock.All.WorstInstructions, 9000),
            Bar.AtMost("four limbs as phases, IL instructions of the worst tick", phases.All.WorstInstructions, 9000),
            Bar.AtMost("a pair of cells in 64 steps, IL instructions of the worst tick", cells.All.WorstInstructions, 9000),
            Bar.AtMost("a walker of 12 joints without reflexes, IL instructions of a tick", walk.All.MeanInstructions, 9000),
            Bar.AtMost("a walker of 12 joints with all reflexes, IL instructions of a tick", reflexes.All.MeanInstructions, 11000),
            Bar.AtMost("a walker timed by a chess clock with all its reflexes, IL instructions of the worst tick",
                clocked.All.WorstInstructions, 9000),
            Bar.AtMost("two valves with pressure loops, IL instructions of the worst tick", pressures.All.WorstInstructions, 3500),
            Bar.AtMost("objects allocated in ticks beside spans, transfers and checksums", stream.OtherObjects + sees.OtherObjects
                + rhythm.OtherObjects + clock.OtherObjects + phases.OtherObjects + cells.OtherObjects + walk.OtherObjects
                + reflexes.OtherObjects + clocked.OtherObjects + pressures.OtherObjects, 0),
            Bar.AtMost("overruns with 40 channels, and of the walker", stream.Overruns + at40.Overruns + walk.Overruns
                + reflexes.Overruns + clocked.Overruns, 0),
            Bar.AtMost("40 channels, part of the tick that the worst takes", at40.TickShare, 1),
        ];
        if (json)
        {
            Output.Json(new
            {
                Stream = Figures(stream),
                InstructionsAtStreamStartWorst = start.All.WorstInstructions,
                StreamWithDistanceSensor = Figures(sees),
                Rhythm = Figures(rhythm),
                ChessClock = Figures(clock),
                ChessClockIlMean = Output.Round(clock.All.MeanInstructions, 1),
                ChessClockIlWorst = clock.All.WorstInstructions,
                Phases = Figures(phases),
                PhasesIlMean = Output.Round(phases.All.MeanInstructions, 1),
                PhasesIlWorst = phases.All.WorstInstructions,
                Cells = Figures(cells),
                CellsIlMean = Output.Round(cells.All.MeanInstructions, 1),
                CellsIlWorst = cells.All.WorstInstructions,
                Walker = Figures(walk),
                WalkerIlMean = Output.Round(walk.All.MeanInstructions, 1),
                WalkerIlWorst = walk.All.WorstInstructions,
                WalkerWithReflexes = Figures(reflexes),
                WalkerReflexesIlMean = Output.Round(reflexes.All.MeanInstructions, 1),
                WalkerReflexesIlWorst = reflexes.All.WorstInstructions,
                ClockWalker = Figures(clocked),
                PressureLoops = Figures(pressures),
                PressureIlMean = Output.Round(pressures.All.MeanInstructions, 1),
                PressureIlWorst = pressures.All.WorstInstructions,
                PressureAllocations = pressures.OtherObjects,
                TickShareAt40Channels = Output.Round(at40.TickShare),
                TickShareAt64Channels = Output.Round(at64.TickShare),
                MostChannelsOnOneBus = oneBus.Channels,
                MostChannelsOnTwoBuses = twoBuses.Channels,
                InstructionsAim = 5000,
                MissedBars = Missed(bars),
            });
            return Code(bars);
        }

        Print("One setpoint frame a tick for 40 channels (trunk10-4g)", stream);
        Output.Line($"The first ticks of a stream, which take over from where the channels are: {start.All.WorstInstructions} " +
            $"instructions in the worst.");
        Print("The same with a distance sensor (trunk10-4g-eye)", sees);
        Print("Seven Kimura oscillators (Heun) driving 12 channels (walk7 on rig12)", rhythm);
        Print("A chess clock of two sides driving 4 channels (cat-clock on rig12)", clock);
        Print("Four limbs as phases driving 4 channels (trot on rig12)", phases);
        Print("A pair of Izhikevich cells in 64 steps of 0.05 ms driving 2 channels (izhikevich on rig12, as fast as it goes)", cells);
        Print("A walker's network, feet, legs and 12 channels (walk on walker12), without reflexes", walk);
        Print("The same with all reflexes", reflexes);
        Print("A walker timed by a chess clock (clock12 on walker12), with all its reflexes", clocked);
        Print("Two valves with pressure loops (muscle-rig)", pressures);
        Output.Line($"pressure_il_mean {pressures.All.MeanInstructions:0} pressure_il_worst {pressures.All.WorstInstructions} " +
            $"pressure_allocations {pressures.OtherObjects}");
        Output.Line($"walker_il_mean {walk.All.MeanInstructions:0} walker_il_worst {walk.All.WorstInstructions}; with reflexes " +
            $"walker_reflexes_il_mean {reflexes.All.MeanInstructions:0} walker_reflexes_il_worst {reflexes.All.WorstInstructions}");
        Output.Line($"Channels at 50 Hz, PCA9685s at 400 kHz: 40 take {at40.TickShare:0.0%} of the tick and 64 take " +
            $"{at64.TickShare:0.0%} in the worst tick.");
        Output.Line($"One board drives up to {oneBus.Channels} on one bus ({oneBus.TickShare:0.0%}) and {twoBuses.Channels} on two " +
            $"({twoBuses.TickShare:0.0%}): transfers block, so a second bus saves no time.");
        Output.Line($"The aim of 5 000 instructions for 40 channels is {(stream.All.WorstInstructions <= 5000 ? "met" : "not met")}: " +
            $"{stream.All.WorstInstructions} in the worst tick, {stream.All.MeanInstructions:0} on average.");
        return Judge(bars);
    }

    /// <summary>As many steps of the cells as a board takes in a tick.</summary>
    private static RhythmDescription MostCells(RhythmDescription rhythm) =>
        rhythm with { Cells = [.. rhythm.Cells.Select(pair => pair with { TimeScale = 160 })] };

    private static object Figures(TickCost cost) => new
    {
        InstructionsMean = Output.Round(cost.All.MeanInstructions, 1),
        InstructionsWorst = cost.All.WorstInstructions,
        InstructionsWithoutTelemetryMean = Output.Round(cost.Bare.MeanInstructions, 1),
        InstructionsWithoutTelemetryWorst = cost.Bare.WorstInstructions,
        InstructionsWithTelemetryMean = Output.Round(cost.WithTelemetry.MeanInstructions, 1),
        InstructionsWithTelemetryWorst = cost.WithTelemetry.WorstInstructions,
        InterpreterMsMean = Output.Round(cost.All.MeanUnits / 1000),
        InterpreterMsWorst = Output.Round(cost.All.WorstUnits / 1000.0),
        TickMsWorst = Output.Round(1000 * cost.WorstWork),
        SpanObjectsPerTick = Output.Round(cost.ObjectsBare.Spans, 2),
        I2cObjectsPerTick = Output.Round(cost.ObjectsBare.I2c, 2),
        ChecksumObjectsPerTick = Output.Round(cost.ObjectsBare.Checksums, 2),
        ObjectsWorst = cost.ObjectsWorst.Total,
        cost.OtherObjects,
        cost.Overruns,
        cost.MissedFrames,
        Ticks = cost.All.Ticks,
        Methods = cost.Report.Methods.Select(method => new
        {
            method.Method,
            InstructionsPerTick = Output.Round(method.InstructionsPerTick, 1),
            UnitsPerTick = Output.Round(method.UnitsPerTick, 1),
        }),
    };

    private static void Print(string title, TickCost cost)
    {
        Print(title, ["ticks", " number", " IL mean", " IL worst", " ms mean", " ms worst"],
            [("without telemetry", cost.Bare), ("with telemetry", cost.WithTelemetry), ("all, pings answered", cost.All)],
            ((string Name, TickFigures Figures) kind) => Cells(
                $"{kind.Name}", $"{kind.Figures.Ticks}", $"{kind.Figures.MeanInstructions:0}", $"{kind.Figures.WorstInstructions}",
                $"{kind.Figures.MeanUnits / 1000:0.000}", $"{kind.Figures.WorstUnits / 1000.0:0.000}"));
        Output.Line($"Worst tick with bus and drivers: {1000 * cost.WorstWork:0.00} ms of 20. Overruns {cost.Overruns}, missed frames " +
            $"{cost.MissedFrames}.");
        Output.Line($"Objects in a tick without telemetry: {cost.ObjectsBare.Spans:0.##} spans, {cost.ObjectsBare.I2c:0.##} for I2C " +
            $"transfers, {cost.ObjectsBare.Checksums:0.##} for checksums; {cost.ObjectsWorst.Total} at most; others in all ticks: " +
                $"{cost.OtherObjects}.");
        Print("Method by method, mean of all ticks", [" IL", " units", " share", "method"],
            cost.Report.Methods.Where(method => method.Share >= 0.005),
            method => Cells($"{method.InstructionsPerTick:0.0}", $"{method.UnitsPerTick:0.0}", $"{method.Share:0.0%}",
                $"{Short(method.Method)}"));
    }

    /// <summary>Type and method, without namespace and parameters.</summary>
    private static string Short(string method)
    {
        string name = method.StartsWith('(') ? method : method[..method.IndexOf('(', StringComparison.Ordinal)];
        return name[(name.LastIndexOf('.') + 1)..];
    }

    public static void Print<T>(string title, string[] headers, IEnumerable<T> things, Func<T, string[]> row)
    {
        Output.Line($"{title}");
        Output.Table(headers, things.Select(row));
    }

    public static string[] Cells(params string[] cells) => cells;

    public static int Judge(Bar[] bars)
    {
        foreach (Bar bar in bars)
        {
            Output.Line($"{(bar.Met ? "met   " : "MISSED")} {bar.What}: {bar.Value:0.###}, {bar.Relation} {bar.Bound:0.###} asked");
        }

        return Code(bars);
    }

    public static string[] Missed(Bar[] bars) => [.. bars.Where(bar => !bar.Met).Select(bar => bar.What)];

    public static int Code(Bar[] bars) => Array.TrueForAll(bars, bar => bar.Met) ? Errors.Ok : Errors.Missed;
}
