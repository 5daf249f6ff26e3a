using System.CommandLine;
using System.Globalization;
using Ganglion.Arm.Control;
using Ganglion.Arm.Online;
using Ganglion.Arm.Paper;
using Ganglion.Basics.Space;
using Ganglion.Cli.Parsing;
using Ganglion.Live;
using Ganglion.Live.Reaching;

namespace Ganglion.Cli.Verbs.Arm;

/// <summary>`ganglion reach X Y Z [QW QX QY QZ]`: brings the tip of an arm to one pose.</summary>
internal static class ReachVerb
{
    /// <summary>No arm is as long as this.</summary>
    private static readonly Bounds Coordinate = new(-100_000, 100_000, "mm");

    /// <summary>A quaternion is made a unit one: its length does not matter, but it has to have one.</summary>
    private static readonly Bounds Quaternion = new(-1e6, 1e6);

    private const double LeastQuaternion = 1e-6;

    /// <summary>From when a servo is told its last setpoint and could be there until it stands, s.</summary>
    private const double GripSettling = 0.1;

    public static Command Create()
    {
        var pose = new Argument<double[]>("pose")
        {
            Description = "Tip position in mm (x forward, y left, z up, from the base), and optionally its orientation as a " +
                "quaternion w x y z.",
            Arity = new ArgumentArity(3, 7),
            HelpName = "X Y Z [QW QX QY QZ]",
            CustomParser = result => Numeric.Row(result, "X Y Z [QW QX QY QZ]", i => i < 3 ? Coordinate : Quaternion),
        };
        Option<string> robot = CommonOptions.Robot("trunk10-4g");
        Option<string[]> ports = CommonOptions.Ports();
        Option<string?> obstacles = CommonOptions.Obstacles(), body = CommonOptions.Body();
        Option<string?> poses = CommonOptions.Poses();
        Option<FileInfo?> token = CommonOptions.PosesToken();
        Option<string?> controllerName = ControllerChoice.Name();
        Option<string?> model = ControllerChoice.Model();
        Option<string?> learn = ControllerChoice.Learn();
        Option<double> hold = Numeric.Option("--hold", "Stay there for this many seconds before parking.", new Bounds(0, 86_400, "s"), 0.0);
        Option<double?> grip = Numeric.Option<double?>("--grip", "When the tip has come to rest, close the gripper so far: 0 wide " +
            "open to 1 closed. It holds that until the arm is parked, and goes to its own park there.", new Bounds(0, 1));
        var virtualTime = new Option<bool>("--virtual-time")
        {
            Description = "Run virtual boards as fast as the machine can instead of " +
                "in real time."
        };
        Option<int> seed = CommonOptions.Seed();
        Option<FileInfo?> log = CommonOptions.Log(CommonOptions.ArmTraffic);
        Option<int?> foxglove = CommonOptions.Foxglove();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("reach",
            "Brings the tip of a trunk arm to a pose, then parks and disarms. Virtual boards unless ports are given; on ports an " +
                "external tracker may measure the tip.\n\n" +
            "Example: ganglion reach 120 -60 480 --hold 2")
        {
            pose, robot, obstacles, body, ports, poses, token, controllerName, model, learn, hold, grip, virtualTime, seed, log, foxglove,
            json,
        };
        command.SetAction(result => Run(
            result.GetValue(pose)!,
            new ArmWorkOptions(
                Descriptions.Arm(result.GetValue(robot)!), result.GetValue(ports) ?? [], CommonOptions.Endpoint(result.GetValue(poses),
                    result.GetValue(token)),
                result.GetValue(virtualTime), result.GetValue(seed), new RecordingOptions(result.GetValue(log),
                    result.GetValue(foxglove)), Descriptions.Scene(result.GetValue(obstacles)))
            { Body = result.GetValue(body) },
            result.GetValue(hold), result.GetValue(grip), result.GetValue(json), result.GetValue(controllerName), result.GetValue(model),
            result.GetValue(learn)));
        return command;
    }

    private static int Run(double[] numbers, ArmWorkOptions options, double hold, double? grip, bool json, string? controllerName,
        string? model, string? learn)
    {
        if (numbers.Length is not (3 or 7))
        {
            throw new UsageException($"a target has 3 numbers (x y z in mm) or 7 (and a quaternion w x y z); {numbers.Length} were given.");
        }

        Quat orientation = numbers.Length == 7 ? new Quat(numbers[3], numbers[4], numbers[5], numbers[6]) : Quat.Identity;
        if (numbers.Skip(3).All(part => Math.Abs(part) < LeastQuaternion) && numbers.Length == 7)
        {
            throw new UsageException("the quaternion is zero: the identity is 1 0 0 0.");
        }

        if (grip != null && options.Robot.TrunkArm!.Gripper == null)
        {
            throw new UserException($"{options.Robot.Name} has no gripper that --grip could close: add one to its description " +
                "(gripper, see hardware/KEYS.md), give an arm that has one with --robot, such as trunk6-3g-gripper, or leave out --grip.");
        }

        var target = new Pose(new Vec3(numbers[0] / 1000, numbers[1] / 1000, numbers[2] / 1000), orientation.Normalized());
        using var interrupt = new Interrupt(steers: true);
        using var work = new ArmWork(options);
        ArmSession session = work.Connection.Session;
        IArmController controller = ControllerChoice.Create(controllerName, model, options.Robot, session.Arm, options.Seed,
            orientation: numbers.Length == 7, measured: work.Connection.Poses != null, out string? used, session.Kept, learn);
        using var learner = controller as LearningController;

        // Solved once before anything is switched on: what is out of reach moves nothing.
        double[] inputs = new double[session.Arm.InputCount], start = new double[session.Arm.InputCount];
        session.Arm.StrokesToInputs(session.ParkStrokes(), start);
        ControllerResult plan = controller.Solve(target, start, inputs);
        if (!plan.Reachable)
        {
            controller = Exact(controller, controllerName, session, target, plan, options.Seed);
        }
        else if (controller.Fallback is { } why)
        {
            Console.Error.WriteLine($"{why}.");
        }

        work.Open(controller.Orientation || controller is PaperController, interrupt.Token);
        (ReachOutcome? outcome, Gripped? gripped, long missed) = session.Steer(
            () => Reach(work, controller, target, hold, grip, interrupt.Token), interrupt.End.AtOnce);
        if (outcome == null)
        {
            return work.End(Errors.Interrupted);
        }

        Report(outcome, gripped, ControllerChoice.Called(controller, used), missed, numbers.Length == 7, json, work.LeastDistance);
        return work.End(outcome.Measured != null && !outcome.Reached ? Errors.Missed : Errors.Ok);
    }

    /// <summary>What a learned model finds no posture for may be in reach all the same: the exact geometry decides, and steers unless the
    /// learned controller was asked for.</summary>
    private static LeastSquaresController Exact(IArmController controller, string? asked, ArmSession session, in Pose target,
        in ControllerResult plan, int seed)
    {
        double[] inputs = new double[session.Arm.InputCount], start = new double[session.Arm.InputCount];
        session.Arm.StrokesToInputs(session.ParkStrokes(), start);
        var exact = new LeastSquaresController(session.Arm, seed, controller.Orientation, session.Kept);
        ControllerResult found = exact.Solve(target, start, inputs);
        if (controller is LeastSquaresController || !found.Reachable)
        {
            throw new UnreachableTargetException(target, found.Reachable ? plan : found, controller.Orientation);
        }

        string words = string.Create(CultureInfo.InvariantCulture, $"the learned model of controller {controller.Name} finds no posture " +
            $"nearer to the target than {1000 * plan.PositionError:0} mm, and the exact geometry has one");
        if (asked != null)
        {
            throw new UserException($"{words}: use --controller ik. Nothing was moved.");
        }

        Console.Error.WriteLine($"{words}: it steers (--controller ik).");
        return exact;
    }

    /// <summary>What the gripper was told and, of a simulated body, did.</summary>
    /// <param name="Wanted">Grip that was asked for, 0..1.</param>
    /// <param name="Told">That which its limits let it have.</param>
    /// <param name="Measured">The body's grip; NaN where nothing tells it.</param>
    /// <param name="Opening">Between its fingers, m: as measured, or as told.</param>
    private sealed record Gripped(double Wanted, double Told, double Measured, double Opening);

    private static (ReachOutcome? Outcome, Gripped? Gripped, long Missed) Reach(
        ArmWork work, IArmController controller, in Pose target, double hold, double? grip, CancellationToken cancellation)
    {
        ArmSession session = work.Connection.Session;
        session.ArmOutputs(work.Connection.Poses);
        var loop = new ReachLoop(session, controller, work.Connection.Poses);
        loop.GoTo(target);
        ReachOutcome? outcome = null;
        while (outcome == null && !cancellation.IsCancellationRequested)
        {
            outcome = loop.Step();
            work.Note(target);
        }

        Gripped? gripped = outcome == null || grip is not { } wanted ? null : Grip(work, loop, target, wanted, cancellation);
        for (double held = 0; outcome != null && held < hold && !cancellation.IsCancellationRequested; held += session.Stream.Period * 1e-9)
        {
            loop.Step();
            work.Note(target);
        }

        long missed = session.Stream.GetStatistics().MissedFrames;
        loop.ParkAndDisarm();
        return (outcome, gripped, missed);
    }

    /// <summary>Closes or opens the gripper; the arm holds.</summary>
    /// <returns>Null: it was interrupted.</returns>
    private static Gripped? Grip(ArmWork work, ReachLoop loop, in Pose target, double wanted, CancellationToken cancellation)
    {
        ArmSession session = work.Connection.Session;
        Gripper gripper = session.Gripper!;
        gripper.MoveTo(wanted);
        double left = loop.Delay + GripSettling;
        while (left > 0 && !cancellation.IsCancellationRequested)
        {
            left -= gripper.IsAtGoal ? session.Stream.Period * 1e-9 : 0;
            loop.Step();
            work.Note(target);
        }

        double measured = work.Connection.Body?.Grip ?? double.NaN;
        return left > 0 ? null
            : new Gripped(wanted, gripper.At, measured, gripper.Description.OpeningAt(double.IsNaN(measured) ? gripper.At : measured));
    }

    private static void Report(ReachOutcome outcome, Gripped? gripped, string controller, long missed, bool orientation, bool json,
        double? least)
    {
        if (json)
        {
            Output.Json(new
            {
                TipErrorMm = Output.Round(1000 * outcome.TipError),
                Controller = controller,
                Reached = outcome.Measured == null ? (bool?)null : outcome.Reached,
                AngleErrorDeg = orientation ? Output.Round(outcome.AngleError * 180 / Math.PI) : (double?)null,
                outcome.Fallback,
                Grip = gripped == null ? (double?)null : Output.Round(gripped.Told),
                GripMeasured = gripped == null || double.IsNaN(gripped.Measured) ? (double?)null : Output.Round(gripped.Measured),
                OpeningMm = gripped == null ? (double?)null : Output.Round(1000 * gripped.Opening, 2),
                ModelErrorMm = Output.Round(1000 * outcome.Solution.PositionError, 6),
                MotionSeconds = Output.Round(outcome.MotionSeconds, 3),
                SolveMs = Output.Round(1000 * outcome.SolveSeconds, 3),
                Measured = outcome.Measured != null,
                MissedFrames = missed,
                LeastDistanceMm = least,
            });
            return;
        }

        string error = outcome.Measured == null
            ? "nothing measures the tip; the servos were told to be there"
            : $"measured tip error {1000 * outcome.TipError:0.00} mm" + (orientation ? $", {outcome.AngleError * 180 / Math.PI:0.00} " +
                $"degrees" : "");
        string end = outcome.Measured == null ? "at rest after" : outcome.Reached ? "there after" : "NOT there; at rest after";
        string grip = gripped == null ? "" : $" Gripper at {gripped.Told:0.00}{(gripped.Told == gripped.Wanted ? "" : ", its limit")}: " +
            $"{1000 * gripped.Opening:0.0} mm open{(double.IsNaN(gripped.Measured) ? ", as it was told" : "")}.";
        Output.Line($"{end} {outcome.MotionSeconds:0.00} s: {error}.{grip} Parked and disarmed. Controller {controller}.");
    }
}
