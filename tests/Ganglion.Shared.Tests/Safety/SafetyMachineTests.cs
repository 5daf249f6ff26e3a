using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Shared.Tests.Safety;

/// <summary>
/// The whole table of what happens in which situation, against state, mode, latch and reason. It is written down from the section
/// "States" of shared/Link/PROTOCOL.md and knows nothing of the machine's code.
/// </summary>
public class SafetyMachineTests
{
    private const int HoldMs = 80, SafeMs = 400, OwnMs = 5000, Start = 1_000_000;

    /// <summary>
    /// Columns are where the board is: Stream, Rhythm and Walk are Running by these; Paused is Hold because the stream paused;
    /// Replaced is Hold because a new session came; Safe holds the reason PressureOff with detail 7, which Idle2 still shows
    /// after Disarm; Ending is a walk that will go safe with SensorLost of chip 4 when its feet are down. A cell says where the
    /// event leads, and the reason where it is not that of the situation; "=" nothing changes and the event is taken, "!" nothing
    /// changes and it is refused, for the reason given.
    /// </summary>
    private const string First = """
        event             | Armed              | Stream             | Rhythm             | Walk               | Paused
        booted            | =                  | =                  | =                  | =                  | =
        arm               | !WrongState        | !WrongState        | !WrongState        | !WrongState        | Armed
        disarm            | Idle               | Idle               | Idle               | Idle               | Idle StreamStarved
        stop              | Safe StoppedByHost | Safe StoppedByHost | Safe StoppedByHost | Safe StoppedByHost | Safe StoppedByHost
        fault             | Safe ChipLost      | Safe ChipLost      | Safe ChipLost      | Safe ChipLost      | Safe ChipLost
        fault to come     | =                  | =                  | Rhythm SensorLost  | Walk SensorLost    | =
        setpoint          | Stream             | =                  | !                  | !                  | Stream
        start rhythm      | Rhythm             | !WrongState        | !WrongState        | !WrongState        | Rhythm
        start walk        | Walk               | !WrongState        | !WrongState        | !WrongState        | Walk
        came to rest      | =                  | =                  | Armed              | Armed              | =
        new session       | Replaced           | Replaced           | Replaced           | Replaced           | Replaced
        frame             | =                  | =                  | =                  | =                  | =
        pause too short   | =                  | =                  | =                  | =                  | =
        pause             | =                  | Paused             | =                  | =                  | =
        silence too short | =                  | Paused             | =                  | =                  | =
        silence           | Safe HostLost      | Safe HostLost      | =                  | =                  | Safe HostLost
        long, too short   | Safe HostLost      | Safe HostLost      | =                  | =                  | Safe HostLost
        long silence      | Safe HostLost      | Safe HostLost      | Safe HostLost      | =                  | Safe HostLost
        """;

    /// <summary>As <see cref="First"/>.</summary>
    private const string Second = """
        event             | Replaced             | Safe             | Boot        | Idle        | Idle2       | Ending
        booted            | =                    | =                | Idle        | =           | =           | =
        arm               | Armed                | !LatchedSafe     | !WrongState | Armed       | Armed       | !WrongState
        disarm            | Idle SessionReplaced | Idle PressureOff | =           | =           | =           | Idle SensorLost
        stop              | Safe StoppedByHost   | =                | =           | =           | =           | Safe SensorLost
        fault             | Safe ChipLost        | =                | =           | =           | =           | Safe SensorLost
        fault to come     | =                    | =                | =           | =           | =           | =
        setpoint          | !                    | !                | !           | !           | !           | !
        start rhythm      | !WrongState          | !LatchedSafe     | !WrongState | !WrongState | !WrongState | !WrongState
        start walk        | !WrongState          | !LatchedSafe     | !WrongState | !WrongState | !WrongState | !WrongState
        came to rest      | =                    | =                | =           | =           | =           | Safe SensorLost
        new session       | =                    | =                | =           | =           | =           | Safe SensorLost
        frame             | =                    | =                | =           | =           | =           | =
        pause too short   | =                    | =                | =           | =           | =           | =
        pause             | =                    | =                | =           | =           | =           | =
        silence too short | =                    | =                | =           | =           | =           | =
        silence           | Safe HostLost        | =                | =           | =           | =           | =
        long, too short   | Safe HostLost        | =                | =           | =           | =           | =
        long silence      | Safe HostLost        | =                | =           | =           | =           | =
        """;

    private static readonly string[] Events = [.. First.Split('\n')[1..].Select(row => Split(row)[0])];

    private static readonly Dictionary<string, (byte State, byte Mode)> Codes = new()
    {
        ["Boot"] = (BoardState.Boot, DriveMode.None),
        ["Idle"] = (BoardState.Idle, DriveMode.None),
        ["Idle2"] = (BoardState.Idle, DriveMode.None),
        ["Armed"] = (BoardState.Armed, DriveMode.None),
        ["Stream"] = (BoardState.Running, DriveMode.Stream),
        ["Rhythm"] = (BoardState.Running, DriveMode.Rhythm),
        ["Walk"] = (BoardState.Running, DriveMode.Walk),
        ["Paused"] = (BoardState.Hold, DriveMode.Stream),
        ["Replaced"] = (BoardState.Hold, DriveMode.None),
        ["Safe"] = (BoardState.Safe, DriveMode.None),
        ["Ending"] = (BoardState.Running, DriveMode.Walk),
    };

    public static TheoryData<string, string, string> Cells()
    {
        var cells = new TheoryData<string, string, string>();
        foreach (string table in new[] { First, Second })
        {
            string[] rows = table.Split('\n'), situations = Split(rows[0]);
            Assert.Equal(Events, rows[1..].Select(row => Split(row)[0]));
            foreach (string[] row in rows[1..].Select(Split))
            {
                Assert.Equal(situations.Length, row.Length);
                for (int i = 1; i < row.Length; i++)
                {
                    cells.Add(row[0], situations[i], row[i]);
                }
            }
        }

        Assert.Equal(Codes.Count * Events.Length, cells.Count);
        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_event_in_every_situation_leads_where_the_table_says(string happens, string situation, string cell)
    {
        SafetyMachine machine = Bring(situation);
        (byte Reason, int Detail) before = (machine.Reason, machine.Detail);
        string answer = Apply(machine, happens);

        string[] words = cell.Split(' ');
        bool stays = cell[0] is '=' or '!';
        Assert.Equal(cell[0] == '!' ? cell[1..] : "taken", answer);
        Assert.Equal(Codes[stays ? situation : words[0]], (machine.State, machine.Mode));
        if (stays)
        {
            Assert.Equal(before, (machine.Reason, machine.Detail));
        }
        else
        {
            string reason = words.Length > 1 ? words[1]
                : words[0] switch { "Paused" => "StreamStarved", "Replaced" => "SessionReplaced", _ => "None" };
            Assert.Equal(reason, Name(machine.Reason));
            Assert.Equal(reason switch { "ChipLost" => 3, "SensorLost" => 4, "PressureOff" => 7, _ => 0 }, machine.Detail);
        }

        bool safe = machine.State == BoardState.Safe;
        Assert.Equal(machine.State is BoardState.Armed or BoardState.Running or BoardState.Hold, machine.IsPowered);
        Assert.Equal(machine.Mode is DriveMode.Rhythm or DriveMode.Walk, machine.IsOwnMotion);
        Assert.Equal(happens == "long silence" && (situation is "Walk" or "Ending"), machine.HostSilent);
        Assert.Equal(safe, machine.ArmRefusal() == Reason.LatchedSafe);
    }

    /// <summary>Whatever comes after a fault, for long: the board stays safe with the first reason until it is disarmed.</summary>
    [Fact]
    public void Safe_is_left_by_disarm_only()
    {
        string[] events = [.. Events.Where(happens => happens != "disarm")];
        SafetyMachine machine = Bring("Safe");
        var random = new Random(11);
        for (int i = 0; i < 10_000; i++)
        {
            Apply(machine, events[random.Next(events.Length)]);
            Assert.Equal((BoardState.Safe, Reason.PressureOff, 7), (machine.State, machine.Reason, machine.Detail));
        }

        machine.Disarm();
        Assert.Equal((BoardState.Idle, Reason.PressureOff), (machine.State, machine.Reason));
        machine.Arm(Start);
        Assert.Equal((BoardState.Armed, Reason.None), (machine.State, machine.Reason));
    }

    /// <summary>Taken setpoints alone keep a stream alive, and one that paused goes on with the next.</summary>
    [Fact]
    public void A_stream_lives_by_what_is_taken()
    {
        SafetyMachine machine = Bring("Armed");
        machine.SetpointTaken(Start);
        machine.FrameReceived(Start + HoldMs);
        machine.Tick(Start + HoldMs - 1);
        Assert.Equal(BoardState.Running, machine.State);
        machine.SetpointTaken(Start + 20);
        machine.Tick(Start + HoldMs);
        Assert.Equal(BoardState.Running, machine.State);
        machine.Tick(Start + 20 + HoldMs);
        Assert.Equal((BoardState.Hold, true), (machine.State, machine.TakesSetpoints));
        machine.SetpointTaken(Start + 200);
        Assert.Equal((BoardState.Running, Reason.None), (machine.State, machine.Reason));
    }

    /// <summary>A walker's host that comes back is not silent any more, and a new walk begins with a host that lives.</summary>
    [Fact]
    public void A_silent_host_may_come_back()
    {
        SafetyMachine machine = Bring("Walk");
        machine.Tick(Start + OwnMs);
        Assert.True(machine.HostSilent);
        machine.OwnEnded();
        machine.FrameReceived(Start + OwnMs);
        Assert.Equal(Reason.None, machine.StartOwn(DriveMode.Walk));
        Assert.False(machine.HostSilent);
        machine.Tick(Start + OwnMs);
        Assert.False(machine.HostSilent);
    }

    /// <summary>Board milliseconds wrap after 24 days; silence across the wrap is as long as any other.</summary>
    [Fact]
    public void Times_may_wrap()
    {
        var machine = new SafetyMachine();
        machine.Configure(HoldMs, SafeMs, OwnMs);
        machine.BootDone();
        int start = int.MaxValue - 100;
        machine.Arm(start);
        machine.Tick(unchecked(start + SafeMs - 1));
        Assert.Equal(BoardState.Armed, machine.State);
        machine.Tick(unchecked(start + SafeMs));
        Assert.Equal(BoardState.Safe, machine.State);
    }

    private static SafetyMachine Bring(string situation)
    {
        var machine = new SafetyMachine();
        machine.Configure(HoldMs, SafeMs, OwnMs);
        if (situation == "Boot")
        {
            return machine;
        }

        machine.BootDone();
        if (situation == "Idle")
        {
            return machine;
        }

        machine.SessionOpened(Start);
        machine.Arm(Start);
        switch (situation)
        {
            case "Stream":
                machine.SetpointTaken(Start);
                break;
            case "Rhythm":
                machine.StartOwn(DriveMode.Rhythm);
                break;
            case "Walk":
                machine.StartOwn(DriveMode.Walk);
                break;
            case "Ending":
                machine.StartOwn(DriveMode.Walk);
                machine.Announce(Reason.SensorLost, 4);
                break;
            case "Paused":
                machine.SetpointTaken(Start - HoldMs);
                machine.Tick(Start);
                break;
            case "Replaced":
                machine.SessionOpened(Start);
                break;
            case "Safe":
                machine.Trip(Reason.PressureOff, 7);
                break;
            case "Idle2":
                machine.Trip(Reason.PressureOff, 7);
                machine.Disarm();
                break;
        }

        Assert.Equal(Codes[situation], (machine.State, machine.Mode));
        return machine;
    }

    /// <summary>Lets something happen; "taken", or why it was refused, which the machine does not say for a setpoint.</summary>
    private static string Apply(SafetyMachine machine, string happens)
    {
        switch (happens)
        {
            case "booted":
                machine.BootDone();
                break;
            case "arm":
                if (machine.ArmRefusal() != Reason.None)
                {
                    return Name(machine.ArmRefusal());
                }

                machine.Arm(Start);
                break;
            case "disarm":
                machine.Disarm();
                break;
            case "stop":
                machine.Trip(Reason.StoppedByHost, 0);
                break;
            case "fault":
                machine.Trip(Reason.ChipLost, 3);
                break;
            case "fault to come":
                machine.Announce(Reason.SensorLost, 4);
                machine.Announce(Reason.SensorFrozen, 5);
                break;
            case "setpoint":
                if (!machine.TakesSetpoints)
                {
                    return "";
                }

                machine.SetpointTaken(Start);
                break;
            case "start rhythm":
            case "start walk":
                byte refusal = machine.StartOwn(happens == "start walk" ? DriveMode.Walk : DriveMode.Rhythm);
                return refusal == Reason.None ? "taken" : Name(refusal);
            case "came to rest":
                machine.OwnEnded();
                break;
            case "new session":
                machine.SessionOpened(Start);
                break;
            case "frame":
                machine.FrameReceived(Start);
                machine.Tick(Start);
                break;
            case "pause too short":
                machine.FrameReceived(Start + HoldMs - 1);
                machine.Tick(Start + HoldMs - 1);
                break;
            case "pause":
                machine.FrameReceived(Start + HoldMs);
                machine.Tick(Start + HoldMs);
                break;
            case "silence too short":
                machine.Tick(Start + SafeMs - 1);
                break;
            case "silence":
                machine.Tick(Start + SafeMs);
                break;
            case "long, too short":
                machine.Tick(Start + OwnMs - 1);
                break;
            case "long silence":
                machine.Tick(Start + OwnMs);
                break;
            default:
                Assert.Fail($"the table has an event that the test does not know: {happens}");
                break;
        }

        return "taken";
    }

    private static string[] Split(string row) => [.. row.Split('|').Select(cell => cell.Trim())];

    private static string Name(byte reason) => typeof(Reason).GetFields().Single(field => (byte)field.GetValue(null)! == reason).Name;
}
