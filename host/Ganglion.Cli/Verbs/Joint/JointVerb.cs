using System.Collections.Immutable;
using System.CommandLine;
using Ganglion.Cli.Parsing;
using Ganglion.Live;
using Ganglion.Live.Joints;
using Ganglion.Robots.Modules;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli.Verbs.Joint;

/// <summary>`ganglion joint`: moves one joint module, and finds out which one is where.</summary>
internal static class JointVerb
{
    private sealed record Options(RobotDescription Robot, string? Module, string[] Ports, bool Sweep, int Cycles, bool Wiggle,
        bool Load, double Degrees, double Speed, bool VirtualTime, int Seed, bool Json);

    public static Command Create()
    {
        var module = new Argument<string?>("module")
        {
            Description = "Which one: the number of a trunk's module, from the base; else the name of a joint or channel, or its number. " +
                "--wiggle and --load without it take them all.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string> robot = CommonOptions.Robot("trunk10-4g");
        Option<string[]> ports = CommonOptions.Ports();
        var sweep = new Option<bool>("--sweep")
        {
            Description = "Move it to and fro between its safe limits, one axis after the other, then to park.",
        };
        Option<int> cycles = Numeric.Option("--cycles", "Times to and fro of --sweep.", new Bounds(1, 10_000), 2);
        var wiggle = new Option<bool>("--wiggle")
        {
            Description = "Find out which module hangs at which address: one after the other is moved a little, alone, and you " +
                "type the name of the one that moved. Answers may come from a pipe, a line each.",
        };
        var load = new Option<bool>("--load")
        {
            Description = "Find out how many servos the supply bears: more and more modules start together, and each chip that loses its " +
                "supply by it is told. With a high --speed it says most.",
        };
        Option<double> degrees = Numeric.Option("--degrees", "How far --wiggle and --load turn a servo to either side.", new Bounds(1, 20,
            "degrees"), 6.0);
        Option<double> speed = Numeric.Option("--speed", "No servo turns faster; the board itself holds to it.", new Bounds(2, 120,
            "degrees/s"), 20.0);
        var virtualTime = new Option<bool>("--virtual-time")
        {
            Description = "Run virtual boards as fast as the machine can (with --sweep, --wiggle or --load).",
        };
        Option<int> seed = CommonOptions.Seed();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("joint",
            "Moves one joint module slowly: by the keys of the terminal, held; to and fro (--sweep); or a little, to find which physical " +
            "module is which address (--wiggle), or how many the supply bears (--load). Only its own servos get pulses and only " +
            "its own chip is asked for, so that a module on the bench needs no others. A servo tells nobody where it stands: it is " +
            "switched on where its board told it to be last, and after a reset of the board at its park position, to which it turns by " +
            "itself. Virtual boards unless ports are given.\n\n" +
            "Example: ganglion joint 3 --robot trunk10-4g --port /dev/ttyUSB0 --sweep --speed 20")
        {
            module, robot, ports, sweep, cycles, wiggle, load, degrees, speed, virtualTime, seed, json,
        };
        command.SetAction(result => Run(new Options(Descriptions.Robot(result.GetValue(robot)!), result.GetValue(module),
            result.GetValue(ports) ?? [], result.GetValue(sweep), result.GetValue(cycles), result.GetValue(wiggle),
            result.GetValue(load), result.GetValue(degrees), result.GetValue(speed), result.GetValue(virtualTime), result.GetValue(seed),
            result.GetValue(json))));
        return command;
    }

    private static int Run(Options options)
    {
        Check(options);
        ImmutableArray<JointModule> modules = JointModules.Of(options.Robot);
        if (modules.IsEmpty)
        {
            throw new UserException($"{options.Robot.Name} has no servos: `ganglion pressure` moves valves.");
        }

        JointModule? module = options.Module == null ? null
            : JointModules.Find(modules, options.Module, out string why) ?? throw new UserException($"{options.Robot.Name}: {why}.");
        using var interrupt = new Interrupt(steers: true);
        using var quit = CancellationTokenSource.CreateLinkedTokenSource(interrupt.Token);
        using var off = CancellationTokenSource.CreateLinkedTokenSource(interrupt.End.AtOnce);
        using var boards = new JointBoards(options.Robot, options.Ports, module?.Board, options.VirtualTime, options.Seed);
        var bench = new JointBench(options.Robot, boards.Boards, boards.Clock, options.Speed, new EndRequest(quit.Token, off.Token));
        bench.Open();
        ImmutableArray<JointModule> chosen = module == null ? modules : [module];
        return options.Wiggle ? WiggleReport.Run(bench, chosen, options.Degrees, options.VirtualTime, options.Json)
            : options.Load ? LoadReport.Run(bench, chosen, options.Degrees, options.Speed, options.Json)
            : options.Sweep ? Sweep(options, bench, module!)
            : Lead(options, bench, module!, boards, quit.Cancel, off.Cancel);
    }

    private static void Check(Options options)
    {
        int motions = (options.Sweep ? 1 : 0) + (options.Wiggle ? 1 : 0) + (options.Load ? 1 : 0);
        if (motions > 1)
        {
            throw new UsageException("--sweep, --wiggle and --load are different motions: give one of them.");
        }

        if (options.Module == null && !options.Wiggle && !options.Load)
        {
            throw new UsageException("say which module to move, such as `ganglion joint 3`, or find out with --wiggle.");
        }

        if (options.VirtualTime && (options.Ports.Length > 0 || motions == 0))
        {
            throw new UsageException("--virtual-time is for virtual boards, with --sweep, --wiggle or --load.");
        }

        if (motions == 0 && Console.IsInputRedirected)
        {
            throw new UsageException("held keys move a module, and stdin is no terminal: run it in one, or give --sweep, --wiggle or " +
                "--load.");
        }
    }

    private static int Lead(Options options, JointBench bench, JointModule module, JointBoards boards, Action quit, Action off)
    {
        var wish = new JointWish(boards.Clock);
        long missed = Output.Progress(options.Json, options.Robot.Name, Heading(bench, module, options.Speed), show =>
        {
            foreach (string line in JointKeys.Help(module))
            {
                Output.Line(line);
            }

            new JointKeys(module, wish, quit, off).Start();
            return JointLead.Run(bench, module, wish, (move, way) => show(Line(move, way == null ? "holds"
                : way.Axis?.Name ?? "to park")));
        });
        Output.Line($"Parked and disarmed; {missed} missed frames.");
        return Errors.Ok;
    }

    private static int Sweep(Options options, JointBench bench, JointModule module)
    {
        JointSweepResult result = Output.Progress(options.Json, options.Robot.Name, Heading(bench, module, options.Speed), show =>
            JointSweep.Run(bench, module, options.Cycles, (axis, cycle, move) => show($"{axis.Name}, {cycle} of {options.Cycles}")));
        if (options.Json)
        {
            Output.Json(new
            {
                Robot = options.Robot.Name,
                Module = module.Name,
                Place = module.PlaceOf(options.Robot),
                Axes = module.Axes.Select(axis => axis.Name),
                options.Cycles,
                SpeedDegPerS = options.Speed,
                result.Ways,
                Whole = result.IsWhole,
                Seconds = Output.Round(result.Seconds, 2),
                result.MissedFrames,
            });
        }
        else
        {
            Output.Line($"{(result.IsWhole ? "Swept" : "Ended after")} {result.Ways} ways in {result.Seconds:0.0} s; parked and " +
                $"disarmed; {result.MissedFrames} missed frames.");
        }

        return !result.IsWhole ? Errors.Interrupted : result.MissedFrames > 0 ? Errors.Missed : Errors.Ok;
    }

    private static string Heading(JointBench bench, JointModule module, double speed) =>
        $": module {module.Name} at {module.PlaceOf(bench.Robot)}, at most {speed:0.#} degrees/s; it is switched on at " +
            $"{string.Join(" ", bench.StartOf(module).Select(travel => $"{travel:0.00}"))} of its travel. Keep clear.";

    private static string Line(JointMove move, string does)
    {
        var told = new List<string>();
        foreach (double travel in move.At)
        {
            told.Add($"{travel,5:0.000}");
        }

        return $"{does,-10} {string.Join("  ", told)}";
    }
}
