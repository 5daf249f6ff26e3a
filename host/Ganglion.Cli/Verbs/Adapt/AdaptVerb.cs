using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Ganglion.Arm.Adaptation;
using Ganglion.Arm.Learning;
using Ganglion.Basics;
using Ganglion.Basics.Space;
using Ganglion.Cli.Parsing;
using Ganglion.Cli.Printing;
using Ganglion.Cli.Verbs.Learning;
using Ganglion.Live;
using Ganglion.Live.Babbling;
using Ganglion.Neurons.Files;
using Ganglion.Robots.Editing;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Scenes;
using Ganglion.Robots.Trunk;

namespace Ganglion.Cli.Verbs.Adapt;

/// <summary>`ganglion adapt`: learns the arm that is there from where its tip was.</summary>
internal static class AdaptVerb
{
    /// <summary>Half a minute of one core with 128 neurons.</summary>
    private const long UsualUpdates = 150_000;

    public static Command Create()
    {
        Option<string> robot = CommonOptions.Robot("trunk10-4g");
        var data = new Option<FileInfo?>("--data")
        {
            Description = "Learn from this recording: a log of ganglion run --log, or a table of poses (CSV); the tip's place is enough.",
            HelpName = "FILE",
        };
        Option<int?> babble = Numeric.Option<int?>("--babble", "Learn from motor babbling: the arm goes to so many random postures by " +
            "itself, within its channels' limits.", new Bounds(20, 100_000));
        Option<string[]> ports = CommonOptions.Ports();
        Option<string?> poses = CommonOptions.Poses();
        Option<FileInfo?> token = CommonOptions.PosesToken();
        var save = new Option<FileInfo?>("--save") { Description = "Keep what was babbled, as a table of poses.", HelpName = "FILE.csv" };
        Option<string?> model = ControllerChoice.Model();
        var nothing = new Option<bool>("--from-nothing") { Description = "Start the network from random weights, not from a model." };
        Option<long> updates = Numeric.Option("--updates", "Updates of the network; 0 trains none.", new Bounds(0, 1e12), UsualUpdates);
        Option<int?> threads = Numeric.Option<int?>("--threads", "Threads of the network's training; the result does not depend on it.",
            Bounds.Threads);
        Option<int> seed = CommonOptions.Seed();
        var output = new Option<FileInfo?>("--out", "-o")
        {
            Description = "Write the description with the learned dimensions here, and beside it the residual (" +
                ResidualFile.Extension + ", for --controller learned) and the network (.safetensors).",
            HelpName = "FILE.yaml",
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("adapt",
            "Learns the arm that is there, which is not built as it is described, from where its tip was: dimensions by least squares, a " +
            "residual for what dimensions cannot say (play, sag, dead gears), and the spiking network. All are judged on poses of the " +
            "recording that were kept back.\n\nExample: ganglion adapt --robot trunk10-4g --babble 300 --out arm.yaml")
        {
            robot, data, babble, ports, poses, token, save, model, nothing, updates, threads, seed, output, json,
        };
        command.SetAction(result => Run(new Options(
            ShippedFiles.Find(FileKind.Robot, result.GetValue(robot)!), result.GetValue(data)?.FullName, result.GetValue(babble),
            result.GetValue(ports) ?? [], result.GetValue(poses), result.GetValue(token), result.GetValue(save)?.FullName,
            result.GetValue(model), result.GetValue(nothing), result.GetValue(updates), result.GetValue(threads), result.GetValue(seed),
            result.GetValue(output)?.FullName, result.GetValue(json))));
        return command;
    }

    private sealed record Options(string File, string? Data, int? Babble, string[] Ports, string? Poses, FileInfo? Token, string? Save,
        string? Model, bool FromNothing, long Updates, int? Threads, int Seed, string? Out, bool Json);

    private static int Run(Options options)
    {
        if (options.Data == null == (options.Babble == null))
        {
            throw new UsageException("give either --data FILE, a recording, or --babble N, to record by moving.");
        }

        if (options.Babble == null && (options.Ports.Length > 0 || options.Poses != null || options.Save != null))
        {
            throw new UsageException("--port, --poses and --save belong to --babble: leave them out, or babble.");
        }

        if (options.Model != null && options.FromNothing)
        {
            throw new UsageException("--model and --from-nothing exclude each other: give one of them.");
        }

        RobotDescription robot = Descriptions.Arm(options.File);
        string? modelFile = options.Out == null ? null : Path.ChangeExtension(options.Out, FileKind.Model.Extension);
        Files.Check(options.Out);
        Files.Check(options.Updates > 0 ? modelFile : null);
        string? residualFile = options.Out == null ? null : Path.ChangeExtension(options.Out, null) + ResidualFile.Extension;
        Files.Check(residualFile);
        Files.Check(options.Save);
        var arm = TrunkArm.FromDescription(robot);
        TrainedModel? start = options.FromNothing || options.Updates == 0 ? null : Start(options.Model, robot, arm);
        RecordedPoses? recorded = options.Data != null ? TrainVerb.Recorded(options.Data, arm) : Babble(options, robot);
        if (recorded == null)
        {
            return Errors.Interrupted;
        }

        int threads = options.Threads ?? Math.Min(Environment.ProcessorCount, 4);
        AdaptationPlan plan = new(start, options.Updates, (ulong)(uint)options.Seed, threads, Curve: true);
        using var interrupt = new WorkInterrupt("nothing was written.");
        AdaptationResult result;
        try
        {
            result = Output.Progress(options.Json, robot.Name, $": {recorded.Learned} poses to learn from, " +
                $"{recorded.Count - recorded.Learned} to judge on.",
                show => AdaptationRun.Run(arm, recorded, recorded.Learned, plan, Told(show), interrupt.Token));
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("stopped; nothing was written.");
            return Errors.Interrupted;
        }

        interrupt.Ended();
        bool better = result.Learned.Mean < result.Described.Mean;
        if (better)
        {
            Write(options, robot, result, modelFile, residualFile, recorded.Hash);
        }

        if (options.Out != null && !better)
        {
            Console.Error.WriteLine("what was learned is further off than the description on the poses that were kept back, and was not " +
                "written: record more poses.");
        }

        if (options.Json)
        {
            Output.Json(new
            {
                Robot = robot.Name,
                Recording = recorded.Hash,
                Seed = options.Seed,
                Result = AdaptOutput.Figures(result),
                Out = better ? options.Out : null,
                Residual = better ? residualFile : null,
                Model = better && result.Network != null ? modelFile : null
            });
            return options.Out == null || better ? Errors.Ok : Errors.Missed;
        }

        AdaptOutput.Print(result);
        Output.Line(options.Out == null || !better ? "Nothing was written: --out FILE.yaml keeps what is better than the description."
            : $"{options.Out} has the learned dimensions, {residualFile} the residual (--controller learned)" +
                $"{(result.Network == null ? "." : $", {modelFile} the network.")}");
        return options.Out == null || better ? Errors.Ok : Errors.Missed;
    }

    /// <summary>What is being done, how far it is, and how long that goes on.</summary>
    internal static Action<string, double> Told(Action<string> show)
    {
        string doing = "";
        long began = 0;
        return (what, share) =>
        {
            if (what != doing)
            {
                (doing, began) = (what, System.Diagnostics.Stopwatch.GetTimestamp());
            }

            TimeSpan so = System.Diagnostics.Stopwatch.GetElapsedTime(began);
            show(share > 0 ? $"{what}: {100 * share:0} %, {Remaining.Span(so * (1 / share - 1))} left" : what);
        };
    }

    private static TrainedModel? Start(string? model, RobotDescription robot, TrunkArm arm)
    {
        // A model of the arm as it is described, or as it is drawn: the network's numbers are in the same frames.
        TrunkArm drawn = new(arm.Design, arm.Joints);
        string? file = model != null ? ShippedFiles.Find(FileKind.Model, model) : ShippedFiles.All(FileKind.Model).FirstOrDefault(path =>
            ArmModel.IsOf(path, arm)) ?? ShippedFiles.All(FileKind.Model).FirstOrDefault(path => ArmModel.IsOf(path, drawn));
        if (file == null)
        {
            throw new UserException($"there is no model of an arm built like {robot.Name} to start from: give one with --model, start " +
                $"with --from-nothing, or train no network (--updates 0).");
        }

        (TrainedModel start, _, TrunkArm of) = ArmModel.Open(file);
        return of.Design == arm.Design && of.Joints == arm.Joints ? start
            : throw new UserException($"{file} is a model of {of.Joints} {(int)of.Design}-geared joints, and {robot.Name} has " +
                $"{arm.Joints} {(int)arm.Design}-geared ones: give another --model, or --from-nothing.");
    }

    /// <summary>Moves the arm and measures; null if it was interrupted.</summary>
    private static RecordedPoses? Babble(Options options, RobotDescription robot)
    {
        using var interrupt = new Interrupt(steers: true);
        using var work = new ArmWork(new ArmWorkOptions(robot, options.Ports, CommonOptions.Endpoint(options.Poses, options.Token),
            VirtualTime: options.Ports.Length == 0, options.Seed, new RecordingOptions(null, null), SceneDescription.Bare));
        IPoseSource tip = work.Connection.Poses ?? throw new UsageException("babbling needs to see the tip: connect a tracker with " +
            "--poses udp:PORT.");
        work.Open(orientation: false, interrupt.Token);

        // A tenth of a recording is kept back: so many more are recorded.
        int count = (int)Math.Ceiling(options.Babble!.Value / 0.9);
        List<(double[] Strokes, Vec3 Tip)> rows = Output.Progress(options.Json, robot.Name, $" babbles: {count} postures, a tenth of " +
            $"them to judge on.", show =>
            {
                Action<string, double> told = Told(show);
                return work.Connection.Session.Steer(() => MotorBabble.Run(work.Connection.Session, tip, count, options.Seed,
                    done => told("babbling", (double)done / count), interrupt.Token), interrupt.End.AtOnce);
            });
        if (rows.Count < count)
        {
            Console.Error.WriteLine("stopped: the arm is parked; nothing was written.");
            return null;
        }

        string text = RecordedPoses.Text(work.Connection.Session.Arm, rows);
        if (options.Save != null)
        {
            Files.WriteWhole(options.Save, text);
        }

        return RecordedPoses.Of(work.Connection.Session.Arm, rows.Select(row => (row.Strokes, Array.Empty<Pose>(),
            new Pose(row.Tip, Quat.Identity))), "the babbling", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
            turns: false);
    }

    private static void Write(Options options, RobotDescription robot, AdaptationResult result, string? modelFile, string? residualFile,
        string recording)
    {
        if (options.Out == null)
        {
            return;
        }

        byte[] text = RobotFileEdit.With(File.ReadAllBytes(options.File), options.File,
            [new MeasuredDimensions(result.Arm.Arm.Dimensions)]);
        if (result.Network is { } network)
        {
            TrainedModel named = network.Model with
            {
                Notes = new Dictionary<string, string>(network.Model.Notes) { ["arm"] = robot.Name },
            };
            named.Save(modelFile!);
        }

        ResidualFile.Save(residualFile!, result.Arm, robot.Name, recording, result.Learned);
        AtomicFile.Write(options.Out, stream => stream.Write(text));
    }
}
