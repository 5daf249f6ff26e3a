using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Lab.Pictures.States;

/// <summary>A change of a board's state.</summary>
/// <param name="From">See <see cref="BoardState"/>.</param>
/// <param name="To">The same.</param>
/// <param name="Event">What caused it, in words.</param>
internal readonly record struct StateChange(byte From, byte To, string Event);

/// <summary>Finds all changes of state that the firmware's own safety machine makes, by letting everything happen to it in every situation
/// that it can come into, so that no picture of them can be out of date.</summary>
internal static class StateChanges
{
    private const int HoldMs = 80, SafeMs = 400, OwnMs = 5000;

    /// <summary>What may happen, in the order in which changes are told.</summary>
    private static readonly (string Words, Action<Board> Do)[] Events =
    [
        ("the firmware is ready", board => board.Machine.BootDone()),
        ("Arm", board =>
        {
            if (board.Machine.ArmRefusal() == Reason.None)
            {
                board.Machine.Arm(board.Now);
            }
        }),
        ("a setpoint", board =>
        {
            if (board.Machine.TakesSetpoints)
            {
                board.Machine.SetpointTaken(board.Now);
            }
        }),
        ("a rhythm starts", board => board.Machine.StartOwn(DriveMode.Rhythm)),
        ("a walk starts", board => board.Machine.StartOwn(DriveMode.Walk)),
        ("its own motion has come to rest", board => board.Machine.OwnEnded()),
        ("no setpoint for hold_timeout_ms", board =>
        {
            board.Now += HoldMs;
            board.Machine.FrameReceived(board.Now);
            board.Machine.Tick(board.Now);
        }),
        ("a new session", board => board.Machine.SessionOpened(board.Now)),
        ("no word from the host for safe_timeout_ms", board =>
        {
            board.Now += OwnMs;
            board.Machine.Tick(board.Now);
        }),
        ("a fault: chip, bus, sensor, ticks", board => board.Machine.Trip(Reason.ChipLost, 0)),
        ("Stop", board => board.Machine.Trip(Reason.StoppedByHost, 0)),
        ("Disarm", board => board.Machine.Disarm()),
    ];

    /// <summary>All of them, each once.</summary>
    public static IReadOnlyList<StateChange> All()
    {
        var changes = new HashSet<StateChange>();
        var seen = new HashSet<(byte, byte, bool, bool)> { Replay([]).Situation };
        var open = new Queue<int[]>([[]]);
        while (open.TryDequeue(out int[]? way))
        {
            for (int next = 0; next < Events.Length; next++)
            {
                Board board = Replay(way);
                byte from = board.Machine.State;
                Events[next].Do(board);
                if (board.Machine.State != from)
                {
                    changes.Add(new StateChange(from, board.Machine.State, Events[next].Words));
                }

                if (seen.Add(board.Situation))
                {
                    open.Enqueue([.. way, next]);
                }
            }
        }

        return [.. changes.OrderBy(change => (change.From, change.To, Array.FindIndex(Events, known => known.Words == change.Event)))];
    }

    /// <summary>Whether outputs are on in a state.</summary>
    public static bool IsPowered(byte state) => state is BoardState.Armed or BoardState.Running or BoardState.Hold;

    private static Board Replay(int[] way)
    {
        var board = new Board();
        board.Machine.Configure(HoldMs, SafeMs, OwnMs);
        foreach (int step in way)
        {
            Events[step].Do(board);
        }

        return board;
    }

    private sealed class Board
    {
        public SafetyMachine Machine { get; } = new();

        public int Now { get; set; } = 1000;

        public (byte, byte, bool, bool) Situation => (Machine.State, Machine.Mode, Machine.TakesSetpoints, Machine.EndsSafe);
    }
}
