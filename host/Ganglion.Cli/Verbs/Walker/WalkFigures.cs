using System.Globalization;
using Ganglion.Basics;
using Ganglion.Cli.Verbs.Bench;
using Ganglion.Gait.Trials;
using Ganglion.Robots.Trials;
using Ganglion.Sim.Walking;

namespace Ganglion.Cli.Verbs.Walker;

/// <summary>What `ganglion walk` prints: a row for each run and the means of each condition, or all of it as JSON.</summary>
internal static class WalkFigures
{
    private const double Degrees = 180 / Math.PI;

    public static void Print(TrialResult result, DirectoryInfo? output)
    {
        if (result.Port == null)
        {
            PrintPhysics(result);
        }
        else
        {
            PrintPort(result);
        }

        if (output != null)
        {
            Output.Line($"results.json, report.html and logs are in {output.FullName}.");
        }
    }

    private static void PrintPort(TrialResult result)
    {
        BenchVerb.Print($"{result.Plan.Robot.Name} on {result.Port} with gait {result.Plan.Gait.Name}, trial {result.Plan.Trial.Name}, " +
            $"commanded {1000 * result.Plan.Speed:0} mm/s",
            ["condition", " seed", "walked", " s", " told m/s", " pitch deg", " roll deg", " felt slope", " shift mm", " overruns",
                " I2C errors"],
            result.Entries, entry => PortRow(entry, entry.Run.Measures));
        Output.Line($"pitch, roll: largest that the IMU told, and felt slope: mean of what the board believed, after the first " +
            $"{TrialConditions.SettleSeconds:0} s; shift: largest of its feet's places.");
        Output.Line($"No sensor of the walker tells its way, speed, turn, step, cost and support{Undone(result.Plan.Trial)}.");
    }

    /// <summary>What of a trial the program does not do to a real walker.</summary>
    private static string Undone(TrialDescription trial) =>
        trial.Knock > 0 || trial.Push > 0 || trial.Friction != null || trial.Muscles || trial.Load != null
            ? "; knocks, pushes, friction, muscles and load of the trial are not of the program's making" : "";

    private static string[] PortRow(TrialEntry entry, WalkMeasures m) =>
    [
        entry.Condition.Name, entry.Seed.ToString(CultureInfo.InvariantCulture), Walked(entry),
        .. new (double Value, string Format)[]
        {
            (m.Seconds, "0.0"), (m.ToldSpeed, "0.000"), (Degrees * m.MaxPitch, "0.0"), (Degrees * m.MaxRoll, "0.0"),
            (Degrees * m.FeltSlope, "0.0"), (1000 * m.LargestShift, "0"),
        }.Select(cell => double.IsFinite(cell.Value) ? cell.Value.ToString(cell.Format, CultureInfo.InvariantCulture) : ""),
        $"{entry.Run.Overruns}", $"{entry.Run.I2cErrors}",
    ];

    private static string Walked(TrialEntry entry) => entry.Run.Walked ? "yes" : entry.Run.Measures.Began ? "NO" : "did not begin";

    private static void PrintPhysics(TrialResult result)
    {
        BenchVerb.Print($"{result.Plan.Robot.Name} with gait {result.Plan.Gait.Name} on {result.Plan.Terrain.Name}, commanded " +
            $"{1000 * result.Plan.Speed:0} " +
                $"mm/s{(result.Plan.Trial.Cadence == 1 ? "" : $" at {result.Plan.Trial.Cadence:0.##} times its cadence")}",
            ["condition", " seed", "walked", " way m", " told m/s", " m/s", " step mm", " cost", " inside", " margin mm", " CoM mm",
                " pitch deg",
                " roll deg", " slope err"],
            result.Entries, entry => Row(entry.Condition.Name, entry.Seed.ToString(CultureInfo.InvariantCulture), Walked(entry),
                entry.Run.Measures));
        BenchVerb.Print("Means of the runs without a fall, or of all that settled where all fell",
            ["condition", "walked", " of all", " told m/s", " m/s", " told deg/s", " deg/s", " step mm", " cost", " J/step", " IL/tick",
                " k IL/step", " inside", " margin mm", " CoM mm"],
            ConditionSummary.Of(result), s =>
            [
                s.Condition.Name, s.WalkedWords,
                .. BenchVerb.Cells($"{100 * s.WalkedShare.Low:0} to {100 * s.WalkedShare.High:0} %", $"{s.ToldSpeed:0.000}"),
                Of(s.Speed, 1, "0.000"), .. BenchVerb.Cells($"{Degrees * s.ToldTurn:0.0}"), Of(s.Turn, Degrees, "0.0"),
                Of(s.Step, 1000, "0"), Of(s.CostOfTransport, 1, "0.00"), Of(s.StepEnergy, 1, "0.0"), Of(s.TickInstructions, 1, "0"),
                Of(s.StepInstructions, 1e-3, "0"), Of(s.Inside, 100, "0.0 '%'"), Of(s.Margin, 1000, "0"), Of(s.Offset, 1000, "0"),
            ]);
        foreach (ConditionSummary s in ConditionSummary.Of(result).Where(s => s.Clamped))
        {
            Output.Line($"{s.Condition.Name}: told {s.AskedSpeed:0.000} m/s, the board took {s.TakenSpeed:0.000}: on the " +
                $"{Degrees * s.FeltSlope:0.0} degrees that it felt, the table of speeds of gait " +
                $"{result.Plan.GaitUnder(s.Condition).Name} ends there.");
        }

        Output.Line($"of all: where the share of all such runs lies (Wilson, 95 %); +-: where the mean lies (Student's t, 95 %).");
        Output.Line($"cost: sum of |torque x rate| over weight x way; J/step: that sum; IL: instructions of the board's whole firmware; " +
            $"inside: time with the centre of mass between hindmost and foremost loaded corner; CoM: its place forward of the support's " +
            $"centre.");
        Output.Line($"{result.Entries.Sum(entry => entry.Run.Seconds):0} s of walking with the board in the loop took " +
            $"{result.ProcessorSeconds:0.0} s of processor time ({result.TimesRealTimePerCore:0.0} x real time on one core) and " +
                $"{result.WallSeconds:0.0} s on the wall.");
    }

    public static object Of(TrialResult result) => new
    {
        Output.Version,
        Trial = result.Plan.Trial.Name,
        TrialSha256 = result.Plan.Trial.FileHash,
        Robot = result.Plan.Robot.Name,
        RobotSha256 = result.Plan.Robot.FileHash,
        Gait = result.Plan.Gait.Name,
        GaitSha256 = result.Plan.Gait.FileHash,
        Terrain = result.Plan.Terrain.Name,
        result.Port,
        result.Plan.Trial.Seconds,
        CommandedMmPerS = Output.Round(1000 * result.Plan.Speed, 1),
        result.Plan.Trial.Cadence,
        Conditions = ConditionSummary.Of(result).Select(s => new
        {
            s.Condition.Name,
            Gait = result.Plan.GaitUnder(s.Condition).Name,
            GaitSha256 = result.Plan.GaitUnder(s.Condition).FileHash,
            s.Condition.Adapt,
            s.Condition.Tegotae,
            s.Condition.Plantar,
            s.Walked,
            s.Runs,
            DidNotBegin = s.Runs - s.Began,
            WalkedShare95 = new[] { Output.Round(s.WalkedShare.Low), Output.Round(s.WalkedShare.High) },
            ToldMPerS = Output.Round(s.ToldSpeed),
            TakenMPerS = Output.Round(s.TakenSpeed),
            s.Clamped,
            SpeedMPerS = Output.Round(s.Speed.Mean),
            ToldDegPerS = Output.Round(Degrees * s.ToldTurn),
            TurnDegPerS = Output.Round(Degrees * s.Turn.Mean),
            StepMm = Output.Round(1000 * s.Step.Mean, 1),
            CostOfTransport = Output.Round(s.CostOfTransport.Mean),
            StepJ = Output.Round(s.StepEnergy.Mean, 2),
            InstructionsPerTick = Output.Round(s.TickInstructions.Mean, 0),
            InstructionsPerStep = Output.Round(s.StepInstructions.Mean, 0),
            InsideShare = Output.Round(s.Inside.Mean),
            MarginMm = Output.Round(1000 * s.Margin.Mean, 1),
            CentreOffsetMm = Output.Round(1000 * s.Offset.Mean, 1),
            Spreads = new
            {
                SpeedMPerS = Interval(s.Speed, 1),
                TurnDegPerS = Interval(s.Turn, Degrees),
                StepMm = Interval(s.Step, 1000),
                CostOfTransport = Interval(s.CostOfTransport, 1),
                StepJ = Interval(s.StepEnergy, 1),
                InsideShare = Interval(s.Inside, 1),
                MarginMm = Interval(s.Margin, 1000),
            },
        }),
        Runs = result.Entries.Select(entry => new
        {
            Condition = entry.Condition.Name,
            entry.Seed,
            entry.Run.Measures.Began,
            entry.Run.Walked,
            entry.Run.Outcome,
            entry.Run.Stood,
            entry.Run.WentSafe,
            FellAtS = entry.Run.Measures.Fell is { } fell ? Output.Round(fell, 2) : (double?)null,
            DistanceM = Output.Round(entry.Run.Measures.Distance),
            DriftM = Output.Round(entry.Run.Measures.Drift),
            SpeedMPerS = Output.Round(entry.Run.Measures.Speed),
            StepMm = Output.Round(1000 * entry.Run.Measures.Step, 1),
            CostOfTransport = Output.Round(entry.Run.Measures.CostOfTransport),
            StepJ = Output.Round(entry.Run.Measures.StepEnergy, 2),
            InstructionsPerTick = Output.Round(entry.Run.TickInstructions, 0),
            InsideShare = Output.Round(entry.Run.Measures.InsideShare),
            InsideShareOnSlope = Output.Round(entry.Run.Measures.InsideShareOnSlope),
            InsidePolygonShare = Output.Round(entry.Run.Measures.InsidePolygonShare),
            MarginMm = Output.Round(1000 * entry.Run.Measures.Margin, 1),
            CentreOffsetMm = Output.Round(1000 * entry.Run.Measures.CentreOffset, 1),
            MaxPitchDeg = Output.Round(Degrees * entry.Run.Measures.MaxPitch, 2),
            MaxRollDeg = Output.Round(Degrees * entry.Run.Measures.MaxRoll, 2),
            SlopeErrorDeg = Output.Round(Degrees * entry.Run.Measures.SlopeError, 2),
            LargestSlopeDeg = Output.Round(Degrees * entry.Run.Measures.LargestSlope, 2),
            LargestShiftMm = Output.Round(1000 * entry.Run.Measures.LargestShift, 1),
            entry.Run.Events,
            entry.Run.Overruns,
            entry.Run.I2cErrors,
            MaxWorkMs = Output.Round(1e-3 * entry.Run.MaxWorkUs),
        }),
        ProcessorSeconds = Output.Round(result.ProcessorSeconds, 2),
        WallSeconds = Output.Round(result.WallSeconds, 2),
        TimesRealTimePerCore = Output.Round(result.TimesRealTimePerCore, 2),
    };

    // Student's at 95 %.
    private static object Interval(MeanInterval spread, double unit) => new
    {
        spread.Count,
        Deviation = Output.Round(unit * spread.Deviation, 4),
        HalfWidth95 = Output.Round(unit * spread.HalfWidth, 4),
    };

    // A mean and half the width of its interval; a single run has none.
    private static string Of(MeanInterval spread, double unit, string format) => string.Create(CultureInfo.InvariantCulture,
        $"{(unit * spread.Mean).ToString(format, CultureInfo.InvariantCulture)}") + (double.IsNaN(spread.HalfWidth) ? ""
            : $" +-{(unit * spread.HalfWidth).ToString(format, CultureInfo.InvariantCulture).Replace(" %", "", StringComparison.Ordinal)}");

    private static string[] Row(string condition, string seed, string walked, WalkMeasures m) =>
    [
        condition, seed, walked,
        .. BenchVerb.Cells($"{m.Distance:0.00}", $"{m.ToldSpeed:0.000}", $"{m.Speed:0.000}", $"{1000 * m.Step:0}",
            $"{m.CostOfTransport:0.00}",
            $"{100 * m.InsideShare:0.0} %",
            $"{1000 * m.Margin:0}", $"{1000 * m.CentreOffset:0}", $"{Degrees * m.MaxPitch:0.0}", $"{Degrees * m.MaxRoll:0.0}",
            $"{Degrees * m.SlopeError:0.0}"),
    ];
}
