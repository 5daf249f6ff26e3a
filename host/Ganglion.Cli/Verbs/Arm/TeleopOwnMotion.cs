using Ganglion.Basics.Space;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Bridge.Words;
using Ganglion.Cli.Links;
using Ganglion.Cli.Pages;
using Ganglion.Dashboard;
using Ganglion.Dashboard.Robots;
using Ganglion.Live;
using Ganglion.Live.OwnMotion;
using Ganglion.Live.Replay;
using Ganglion.Live.Teleop;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli.Verbs.Arm;

/// <summary>`ganglion teleop --gait` and `--rhythm`: a person leads a board that walks or plays by itself.</summary>
internal static class TeleopOwnMotion
{
    private const double DegreesPerRadian = 180 / Math.PI;

    /// <summary>What is said of the keys; 80 columns.</summary>
    private static readonly string[] WalkHelp =
    [
        "g start   b come to rest   SPACE or ESC stop at once   r arm again   q quit",
        "Hold an arrow: up, down forward, back; left, right turn. Let go: steps on the spot.",
        TerminalKeys.Control,
    ];

    /// <inheritdoc cref="WalkHelp"/>
    private static readonly string[] RhythmHelp =
    [
        "g start   b come to rest   SPACE or ESC stop at once   r arm again   q quit",
        "Hold m: it plays. Hold up, down: amplitude; left, right: frequency. Let go: rests.",
        TerminalKeys.Control,
    ];

    /// <param name="Gait">Of a walker; null: a rhythm is played.</param>
    /// <param name="Rhythm">Of any board.</param>
    public sealed record Options(RobotDescription Robot, GaitDescription? Gait, RhythmDescription? Rhythm, string? Port, bool VirtualTime,
        int Seed, RecordingOptions Recording, TeleopScript? Script, bool Json, PageChoice Page);

    public static int Run(Options options)
    {
        DashboardOptions? place = options.Page.Place(quiet: options.Json || options.Script != null);
        using var interrupt = new Interrupt(steers: true);
        BoardConfiguration board = RobotConfiguration.Of(options.Robot, 0);
        return OneBoard.Use(new OneBoardOptions(options.Robot, options.Port, options.VirtualTime, options.Seed, options.Recording)
        {
            Made = OneBoardOptions.MadeFrom(options.Rhythm),
        },
            options.Gait != null ? board.With(options.Gait, options.Robot) : board.With(options.Rhythm!), interrupt.Token,
            (session, clock) => Operate(options, place, session, clock, interrupt));
    }

    private static int Operate(Options options, DashboardOptions? place, BoardSession board, IClock clock, Interrupt interrupt)
    {
        using var quit = CancellationTokenSource.CreateLinkedTokenSource(interrupt.Token);
        OperatedMotion motion = options.Gait != null ? new OperatedWalk(board) : new OperatedRhythm(board, options.Rhythm!);
        var events = new EventLog();
        var mailbox = new TeleopMailbox(clock, motion.Bounds, events);
        using TeleopClient client = mailbox.Join(options.Script == null ? "terminal" : "script");
        var run = new OwnMotionTeleop(board, clock, motion, mailbox, events);
        using DashboardServer? page = options.Page.Serve(place, at => new DashboardServer(at, new MotionDesk(options.Robot, run.Exchange,
            events, new PageControl.Operated(mailbox), options.Gait?.Name ?? options.Rhythm!.Name, options.Rhythm, RecordedGround.Level,
            IsVirtual: options.Port == null)));
        if (page == null || options.Script != null)
        {
            client.Take();
        }

        OwnMotionView view = run.Exchange.Make();
        long seen = 0, told = 0, start = clock.NowNanoseconds;
        string stopped = Output.Progress(options.Json, options.Robot.Name, $": its board {motion.Does} by itself.", show =>
        {
            if (options.Script == null && !Console.IsInputRedirected)
            {
                Array.ForEach(options.Gait != null ? WalkHelp : RhythmHelp, Output.Line);
                new Keys(client, options.Gait != null, quit.Cancel, Refused).Start();
            }

            return run.Execute(() =>
            {
                run.Exchange.TryRead(view, ref seen);
                double seconds = (view.Time - start) * 1e-9;
                TellEvents(events, ref told, options.Json);
                show(Line(seconds, view, options.Gait != null));
                options.Script?.Act(seconds, client, Refused);
                if (options.Script is { IsOver: true })
                {
                    quit.Cancel();
                }
            }, new EndRequest(quit.Token, interrupt.End.AtOnce));
        });
        TellEvents(events, ref told, options.Json);
        if (options.Json)
        {
            Output.Json(new
            {
                Robot = options.Robot.Name,
                Gait = options.Gait?.Name,
                Rhythm = options.Rhythm?.Name,
                Seconds = Output.Round((clock.NowNanoseconds - start) * 1e-9, 2),
                Stopped = stopped.Length > 0 ? stopped : null,
                board.Telemetry.I2cErrors,
                options.VirtualTime,
                options.Seed,
            });
        }
        else
        {
            Output.Line(stopped.Length > 0 ? $"It ended while it was stopped: {stopped}" : "At rest and disarmed.");
        }

        return stopped.Length > 0 ? Errors.Failed : Errors.Ok;

        void Refused(string why) => events.Add(clock.NowNanoseconds, "host", EventLevel.Warning, $"Not done: {why}.");
    }

    private static void TellEvents(EventLog events, ref long told, bool json)
    {
        foreach (RobotEvent what in events.Events)
        {
            if (what.Number > told)
            {
                told = what.Number;
                TeleopScreen.Write(what, json);
            }
        }
    }

    private static string Line(double seconds, OwnMotionView view, bool walks)
    {
        string does = view.IsStopped ? "stopped" : !view.IsMoving ? "off" : walks ? StateWords.Stage(view.Stage) : "plays";
        string figures = walks ? $"{1000 * view.Speed,5:0} mm/s {view.Turn * DegreesPerRadian,5:0.0} deg/s level {view.Level:0.00}"
            : $"frequency {view.Told.Frequency:0.00} amplitude {view.Told.Amplitude:0.00}";
        return $"{seconds,6:0.0} s {(view.Operation.IsHeld ? "*" : " ")} {does,-24} {figures}";
    }

    /// <summary>The keys of a terminal; a key counts as held while it repeats, and 300 ms longer.</summary>
    private sealed class Keys(TeleopClient client, bool walks, Action quit, Action<string> refused) : TerminalKeys(quit, refused)
    {
        /// <summary>Change of a factor with each key.</summary>
        private const double Step = 0.02;

        private double _frequency = 1, _amplitude = 1;

        protected override void Press(ConsoleKeyInfo key)
        {
            if (!HasControl(client, key))
            {
                return;
            }

            (double ahead, double left) = key.Key switch
            {
                ConsoleKey.UpArrow => (1.0, 0.0),
                ConsoleKey.DownArrow => (-1, 0),
                ConsoleKey.LeftArrow => (0, 1),
                ConsoleKey.RightArrow => (0, -1),
                _ => (0, 0),
            };
            switch (char.ToLowerInvariant(key.KeyChar))
            {
                case ' ' or Escape:
                    Tell(client.Order(new TeleopOrder(TeleopOrderKind.Stop)));
                    return;
                case 'g':
                    Tell(client.Offer(Input(0, 0)));
                    Tell(client.Order(new TeleopOrder(TeleopOrderKind.Start)));
                    return;
                case 'b':
                    Tell(client.Order(new TeleopOrder(TeleopOrderKind.Rest)));
                    return;
                case 'r':
                    Tell(client.Order(new TeleopOrder(TeleopOrderKind.Rearm)));
                    return;
                case 'q':
                    Quit();
                    return;
            }

            if (ahead != 0 || left != 0 || key.KeyChar == 'm')
            {
                Tell(client.Offer(Input(ahead, left)));
            }
        }

        private TeleopInput Input(double ahead, double left)
        {
            if (walks)
            {
                return new TeleopInput(true, TeleopKind.Stick) { Way = new Vec3(ahead, 0, 0), Turn = new Vec3(0, 0, left) };
            }

            _amplitude = Math.Clamp(_amplitude + Step * ahead, 0, 1);
            _frequency = Math.Clamp(_frequency - Step * left, 0.1, 2);
            return new TeleopInput(true, TeleopKind.Modulation) { Values = new Vec3(_frequency, _amplitude, 0) };
        }
    }
}
