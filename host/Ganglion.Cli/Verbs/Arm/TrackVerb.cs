using System.CommandLine;
using System.Security.Cryptography;
using Ganglion.Arm.Control;
using Ganglion.Arm.Paper;
using Ganglion.Arm.Paths;
using Ganglion.Basics.Space;
using Ganglion.Lab.Pictures.Trunk;
using Ganglion.Live;
using Ganglion.Live.Reaching;
using Ganglion.Live.Tracking;
using Ganglion.Robots.Paths;
using Ganglion.Sim;
using Spectre.Console;

namespace Ganglion.Cli.Verbs.Arm;

/// <summary>`ganglion track FILE`: leads the tip of an arm along a path.</summary>
internal static class TrackVerb
{
    public static Command Create()
    {
        var file = new Argument<string>("path")
        {
            Description = "Path of the tip: a file, or the name of one in hardware/paths; CSV with t_s or speed_mm_s, x_mm,y_mm,z_mm " +
                "and, if orientations matter, qw,qx,qy,qz.",
            HelpName = "FILE|NAME",
        };
        Option<string> robot = CommonOptions.Robot("trunk10-4g");
        Option<string[]> ports = CommonOptions.Ports();
        Option<string?> obstacles = CommonOptions.Obstacles(), body = CommonOptions.Body();
        Option<string?> poses = CommonOptions.Poses();
        Option<FileInfo?> token = CommonOptions.PosesToken();
        Option<string?> controller = ControllerChoice.Name();
        Option<string?> model = ControllerChoice.Model();
        var virtualTime = new Option<bool>("--virtual-time")
        {
            Description = "Run virtual boards as fast as the machine can instead of " +
                "in real time."
        };
        Option<int> seed = CommonOptions.Seed();
        Option<bool> json = CommonOptions.Json();
        var picture = new Option<FileInfo?>("--picture")
        {
            Description = "Draw the arm, the path and the way of its tip to this SVG file " +
                "(virtual boards only)."
        };
        Option<FileInfo?> log = CommonOptions.Log(CommonOptions.ArmTraffic);
        Option<int?> foxglove = CommonOptions.Foxglove();
        var command = new Command("track",
            "Leads the tip of a trunk arm along a path of poses, straight from one to the next, with bounded joint speed, and tells how " +
                "far off it was. " +
            "A path that leaves the arm's reach is refused before anything moves.\n\n" +
            "Example: ganglion track lemniscate --virtual-time")
        {
            file, robot, obstacles, body, ports, poses, token, controller, model, virtualTime, seed, json, picture, log, foxglove,
        };
        command.SetAction(result => Run(new Options(
            ShippedFiles.Find(FileKind.Path, result.GetValue(file)!), result.GetValue(controller),
            result.GetValue(model), result.GetValue(json), result.GetValue(picture),
            new ArmWorkOptions(
                Descriptions.Arm(result.GetValue(robot)!), result.GetValue(ports) ?? [], CommonOptions.Endpoint(result.GetValue(poses),
                    result.GetValue(token)),
                result.GetValue(virtualTime), result.GetValue(seed),
                new RecordingOptions(result.GetValue(log), result.GetValue(foxglove)),
                Descriptions.Scene(result.GetValue(obstacles)))
            { Body = result.GetValue(body) })));
        return command;
    }

    private sealed record Options(string Path, string? Controller, string? Model, bool Json, FileInfo? Picture, ArmWorkOptions Work);

    private static int Run(Options options)
    {
        if (options.Work.Ports.Length > 0 && options.Picture != null)
        {
            throw new UsageException("--picture looks into simulated bodies: leave out --port.");
        }

        Files.Check(options.Picture?.FullName);

        PosePath path = PosePathFile.Load(options.Path);
        using var interrupt = new Interrupt(steers: true);
        using var work = new ArmWork(options.Work);
        ArmSession session = work.Connection.Session;
        IPoseSource? source = work.Connection.Poses;
        PathDemand demand = Check(options, path, session);
        IArmController controller = ControllerChoice.Create(options.Controller, options.Model, options.Work.Robot, session.Arm,
            options.Work.Seed, path.HasOrientation, measured: source != null, out string? model, session.Kept);
        work.Open(path.HasOrientation || controller is PaperController, interrupt.Token);
        Drawing? drawing = options.Picture == null ? null : new Drawing(path, work.Connection.Body!);
        TrackResult result = session.Steer(() => TrackRun.Execute(session, controller, source, path, Note, interrupt.Token,
            demand.SpeedShare), interrupt.End.AtOnce);
        if (!result.Finished)
        {
            return work.End(Errors.Interrupted);
        }

        if (options.Picture != null)
        {
            drawing!.Save(options, result);
        }

        Report(options, controller, model, demand, work, result);
        return work.End(Errors.Ok);

        void Note(TrackSample sample)
        {
            drawing?.Note(sample);
            work.Note(sample.Wanted);
        }
    }

    /// <summary>What is out of reach is told before anything moves; what is too fast is told too, and then the arm lags behind.</summary>
    private static PathDemand Check(Options options, PosePath path, ArmSession session)
    {
        double[] start = new double[session.Arm.InputCount];
        session.Arm.StrokesToInputs(session.ParkStrokes(), start);
        PathDemand demand = PathCheck.Run(session.Arm, path, session.Slew(), start, options.Work.Seed, session.Kept);
        if (demand.Faults.Count > 0)
        {
            string first = string.Join("; ", demand.Faults.Take(5).Select(Words));
            string more = demand.Faults.Count > 5 ? $"; and {demand.Faults.Count - 5} more" : "";
            throw new UserException($"{Path.GetFileName(options.Path)}: {options.Work.Robot.Name} cannot reach {first}{more}. Nothing " +
                $"was moved. Move these poses nearer, or leave the orientation free.");
        }

        if (demand.SpeedShare > 1)
        {
            Console.Error.WriteLine($"{Path.GetFileName(options.Path)}: behind line {demand.FastestLine} a gear would " +
                $"have to move at {demand.SpeedShare:0.0} times its bound; the arm will lag behind there. Give it more time.");
        }

        return demand;
    }

    private static string Words(PathFault fault) => $"line {fault.Line}" +
        (fault.Along > 0 ? $" from {1000 * fault.Along:0} mm behind it on" : "") +
        (fault.Touches is { } touches ? $" (without touching: {touches})" : $" ({1000 * fault.Missing:0.0} mm" +
        $"{(fault.Angle > 0 ? $", {fault.Angle * 180 / Math.PI:0.0} degrees" : "")} too far)");

    private static void Report(Options options, IArmController controller, string? model, PathDemand demand, ArmWork work,
        TrackResult result)
    {
        UdpPoseSource? tracker = work.Connection.Tracker;
        if (options.Json)
        {
            Output.Json(new
            {
                Robot = options.Work.Robot.Name,
                Controller = controller.Name,
                Model = model,
                File = Path.GetFileName(options.Path),
                FileSha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(options.Path))),
                Poses = result.Path.Points.Count,
                PathSeconds = Output.Round(result.Path.Duration, 3),
                PathLengthMm = Output.Round(1000 * result.Path.Length, 2),
                SpeedShare = Output.Round(demand.SpeedShare, 3),
                result.Samples,
                TrackingErrorMm = Scaled(result.Error, 1000),
                CrossErrorMm = Scaled(result.CrossError, 1000),
                BusiestGearTravels = Output.Round(result.Gears.Travel, 3),
                FastestGearShare = Output.Round(result.Gears.Fastest, 3),
                FramesAtGearBoundPercent = Output.Round(100 * result.Gears.AtBound, 2),
                GearsAtEndsPercent = Output.Round(100 * result.Gears.AtEnds, 2),
                result.Fallback,
                FallbackAtSeconds = result.Fallback == null ? (double?)null : Output.Round(result.FallbackAt, 2),
                LagMs = Output.Round(1000 * result.Lag, 1),
                AngleErrorDeg = result.Path.HasOrientation ? Scaled(result.AngleError, 180 / Math.PI) : null,
                ControlMs = new
                {
                    P50 = Output.Round(1000 * result.Times.P50, 3),
                    P99 = Output.Round(1000 * result.Times.P99, 3),
                    Max = Output.Round(1000 * result.Times.Max, 2)
                },
                StreamHz = Output.Round(result.Stream.StreamHz, 2),
                result.Stream.MissedFrames,
                LeastDistanceMm = work.LeastDistance,
                options.Work.VirtualTime,
                Tracker = tracker == null ? null : Output.Tracker(tracker.GetStatistics()),
                options.Work.Seed,
            });
            return;
        }

        Output.Line($"{options.Work.Robot.Name}, controller {ControllerChoice.Called(controller, model)}: " +
            $"{1000 * result.Path.Length:0} mm in {result.Path.Duration:0.0} s, gears at up to {100 * demand.SpeedShare:0} % of " +
            "their speed. Parked and disarmed.");
        Output.Line($"The busiest gear went {result.Gears.Travel:0.00} of its travel, the fastest at {100 * result.Gears.Fastest:0} % of " +
            $"its speed; {100 * result.Gears.AtBound:0.0} % of frames had a gear at the path's bound, {100 * result.Gears.AtEnds:0.0} % " +
            "of gears were at an end.");
        if (result.Fallback != null)
        {
            Output.Line($"At {result.FallbackAt:0.0} s {result.Fallback}.");
        }

        if (result.Samples == 0)
        {
            Output.Line($"Nothing measured the tip; the servos were told to go along the path. {result.Stream.MissedFrames} " +
                $"missed frames.");
            return;
        }

        var rows = new List<string[]>
        {
            Row("from where it should be then, mm", result.Error, 1000),
            Row("from the path, early or late, mm", result.CrossError, 1000),
        };
        if (result.Path.HasOrientation)
        {
            rows.Add(Row("turned, degrees", result.AngleError, 180 / Math.PI));
        }

        Output.Table(["tip is off", " median", " p95", " max"], rows);
        Output.Line($"It lags by {1000 * result.Lag:0} ms. {result.Stream.StreamHz:0.0} Hz, {result.Stream.MissedFrames} missed frames; " +
            $"computing a period takes {1000 * result.Times.P50:0.0} ms in the middle and {1000 * result.Times.P99:0.0} ms at p99.");
    }

    private static object Scaled(Spread spread, double factor) => new
    {
        Median = Output.Round(factor * spread.Median),
        P95 = Output.Round(factor * spread.P95),
        Max = Output.Round(factor * spread.Max),
    };

    private static string[] Row(string what, Spread spread, double factor) =>
        [what, .. new[] { spread.Median, spread.P95, spread.Max }.Select(value => $"{factor * value:0.00}")];

    /// <summary>Remembers what the picture shows: postures and marks at even times, and the whole way of the tip, of a long path in
    /// larger steps.</summary>
    private sealed class Drawing(PosePath path, VirtualArm body)
    {
        /// <summary>Points of the way: more than a picture can show.</summary>
        private const int MostPoints = 20_000;

        private const int Marks = 12;
        private readonly List<TrunkPosture> _postures = [];
        private readonly List<PictureTarget> _targets = [];
        private readonly List<Vec3> _way = [];
        private int _every = 1, _skipped;

        public void Note(TrackSample sample)
        {
            if (++_skipped >= _every)
            {
                _skipped = 0;
                _way.Add(sample.Tip.Position);
            }

            if (_way.Count == MostPoints)
            {
                Vec3[] half = [.. _way.Where((_, i) => i % 2 == 0)];
                _way.Clear();
                _way.AddRange(half);
                _every *= 2;
            }

            if (sample.Time < _targets.Count * path.Duration / Marks || body.Posture() is not { } posture)
            {
                return;
            }

            _postures.Add(new TrunkPosture(posture.Modules, posture.Tip));
            _targets.Add(new PictureTarget(sample.Wanted.Position, sample.Error));
        }

        public void Save(Options options, TrackResult result)
        {
            if (_postures.Count == 0)
            {
                throw new UserException("there is nothing to draw: the path is too short.");
            }

            string title = $"{options.Work.Robot.Name} along {Path.GetFileName(options.Path)}: " +
                $"{1000 * result.Error.Median:0.00} mm off in the median";
            Files.WriteWhole(options.Picture!.FullName, TrunkPicture.Render(
                Ganglion.Robots.Trunk.TrunkArm.FromDescription(options.Work.Robot), title, _postures, _way, _targets));
        }
    }
}
