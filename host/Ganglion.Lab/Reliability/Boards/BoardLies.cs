using System.Buffers.Binary;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Lab.Reliability.Boards;

/// <summary>The misbehaviours, and what has to be told of each.</summary>
internal static class BoardLies
{
    private const string Streams = "run reach track pressure", Own = "rhythm gait", NoAnswer = "no answer", NoBoard = "no board answers",
        Push = "did not get through", Other = "defined differently", Untold = "no telemetry", Late = "could not be disarmed";

    /// <summary>Time after which a lie in motion begins, s.</summary>
    private const double InMotion = 0.5;

    public static IReadOnlyList<BoardLie> All { get; } =
    [
        // Who it is.
        new("is silent", ("", NoBoard)) { Filter = (_, _, _) => [], IsReachable = false },
        new("sends bytes that are no frames", ("", NoBoard)) { Filter = (board, _, said) => Noise(board, said), IsReachable = false },
        new("speaks protocol 2", ("", "version 2")) { Filter = Change(MessageType.Identity, said => said[0] = 2) },
        new("has another definition", ("", Other)) { Filter = Change(MessageType.Identity, said => said[3] ^= 0x10) },
        new("cuts its Identity short", ("", Other)) { Filter = Replace(MessageType.Identity, said => said[..^1]) },
        new("makes its Identity too long", ("", Other)) { Filter = Replace(MessageType.Identity, said => [.. said, .. new byte[200]]) },
        new("answers under another session", ("", NoBoard)) { Session = 0, IsReachable = false },
        new("is armed by whoever asks", ("", "which a new session never is"))
        {
            Filter = Change(MessageType.Identity, said => said[10] = BoardState.Armed),
        },
        new("refuses Hello for a reason that is none", ("", "reason code 200"))
        {
            Filter = (_, type, said) =>
                type == MessageType.Identity ? [(MessageType.Nack, [MessageType.Hello, 0, 200, 0, 0, 0])] : [(type, said)],
        },

        // Its configuration.
        new("does not answer ConfigBegin", ("", Push)) { Filter = Unacknowledged(MessageType.ConfigBegin) },
        new("refuses a part of the configuration that is none", ("", "part 255"))
        {
            Filter = Refused(MessageType.ConfigCommit, Reason.ConfigInvalid, aspect: 255, detail: 65535),
        },
        new("has 4 GB of the configuration", ("", "bytes of a configuration")) { Filter = Value(MessageType.ConfigBlock, uint.MaxValue) },
        new("has nothing of the configuration", ("", null)) { Filter = Value(MessageType.ConfigBlock, 0) },
        new("has now more and now less of it", ("", null))
        {
            Filter = (board, type, said) => type == MessageType.Ack && said[0] == MessageType.ConfigBlock
                ? [(MessageType.Nack, [said[0], said[1], Reason.ConfigIncomplete, 0, (byte)(board.Random.Next(2) * 96), 0])]
                : [(type, said)],
        },
        new("takes another configuration", ("", Push)) { Filter = Value(MessageType.ConfigCommit, 0x12345678) },
        new("finds the checksum wrong for ever", ("", "checksum")) { Filter = Refused(MessageType.ConfigCommit, Reason.ConfigChecksum) },
        new("acknowledges with another number", ("", Push)) { Filter = Change(MessageType.Ack, said => said[1] ^= 0x55) },

        // Arming.
        new("does not answer Arm", ("", NoAnswer)) { Filter = Unacknowledged(MessageType.Arm) },
        new("refuses Arm for a reason that is none", ("", "reason code 250"))
        {
            Filter = Refused(MessageType.Arm, 250), IsReachable = false,
        },
        new("misses a chip that it has not", ("", "does not answer"))
        {
            Filter = Refused(MessageType.Arm, Reason.ChipMissing, detail: 99), IsReachable = false,
        },
        new("is latched for a reason that is none", ("", "latched"))
        {
            Filter = Refused(MessageType.Arm, Reason.LatchedSafe, detail: 99), IsReachable = false,
        },
        new("acknowledges Arm and says that it is idle", ("", "disarmed, and this program did not"))
        {
            Filter = Change(MessageType.Telemetry, said => said[0] = BoardState.Idle), IsReachable = false,
        },
        new("acknowledges Arm and goes safe for a reason that is none", ("", "reason code 77"))
        {
            Filter = Change(MessageType.Telemetry, said => (said[0], said[1]) = (BoardState.Safe, 77)), IsReachable = false,
        },
        new("is in a state that is none", ("", "in state 77")) { Filter = Change(MessageType.Telemetry, said => said[0] = 77) },

        // What it tells.
        new("sends no telemetry", ("", Untold)) { Filter = Drop(MessageType.Telemetry) },
        new("cuts its telemetry short", ("", Untold)) { Filter = Replace(MessageType.Telemetry, said => said[..^2]) },
        new("answers no ping", (Own, null), ("", "clock")) { Filter = Drop(MessageType.Pong) },
        new("answers other pings", (Own, null), ("", "clock")) { Filter = Change(MessageType.Pong, said => said[0] ^= 0xFF) },
        new("has a clock that jumps", ("", null))
        {
            Filter = (board, type, said) => type == MessageType.Pong ? [(type, [.. said[..4], .. Bytes(board, 4)])] : [(type, said)],
        },
        new("counts at random", ("", null))
        {
            Filter = (board, type, said) => type == MessageType.Telemetry ? [(type, [.. said[..10], .. Bytes(board, 42)])] : [(type, said)],
        },
        new("says everything twice", ("", null)) { Filter = (_, type, said) => [(type, said), (type, said)] },
        new("says everything late", ("", null)) { DelayNs = 60_000_000 },
        new("talks without a pause", ("", null)) { Floods = true },
        new("mixes noise into its frames", ("", null)) { EachTick = board => board.Bytes(Bytes(board, 5)) },
        new("asks what no board asks", ("", null))
        {
            Filter = (_, type, said) => [(0x77, said), (type, said), ((byte)(type & 0x7F), said)],
        },

        // Motion.
        new("takes setpoints and stands still", (Own, "acknowledged the start"), ("", "is sent setpoints")) { StandsStill = true },
        new("refuses setpoints as too far ahead", (Own, null), ("", "2 s in the board's future")) { SetpointRefusal = Reason.TimeTooFar },
        new("refuses setpoints for their state", (Own, null), ("", "takes no setpoints")) { SetpointRefusal = Reason.WrongState },
        new("refuses setpoints for their number", (Own, null), ("", "number of channels"))
        {
            SetpointRefusal = Reason.WrongChannelCount,
        },
        new("falls silent in motion", ("", "silent")) { Filter = Later((_, _) => []), IsReachable = false },
        new("is reset in motion", ("", "reset")) { EachTick = Once(board => board.Reset()) },
        new("goes safe in motion for a reason that is none", ("", "reason code 60"))
        {
            Filter = Later((type, said) => type == MessageType.Telemetry ? [(type, [BoardState.Safe, 60, .. said[2..]])] : [(type, said)]),
            IsReachable = false,
        },
        new("does not stop", (Streams, null), ("", "told to stop")) { NeverRests = true },
        new("does not answer a stop", (Streams, null), ("", NoAnswer))
        {
            Filter = (_, type, said) =>
                type == MessageType.Ack && said[0] is MessageType.RhythmStop or MessageType.WalkStop ? [] : [(type, said)],
        },
        new("hides its positions", ("rhythm", NoAnswer), ("", null)) { Filter = Drop(MessageType.Positions) },
        new("has half its positions", ("rhythm", NoAnswer), ("", null)) { Filter = Replace(MessageType.Positions, said => said[..2]) },
        new("hides its statistics", (Own, NoAnswer), ("", null)) { Filter = Drop(MessageType.Statistics) },
        new("cuts its statistics short", (Own, NoAnswer), ("", null)) { Filter = Replace(MessageType.Statistics, said => said[..^3]) },
        new("walks and does not tell of it", ("gait", "tells nothing"), ("", null)) { Filter = Drop(MessageType.WalkTelemetry) },

        // The end.
        new("does not answer Disarm", ("", Late)) { Filter = Unacknowledged(MessageType.Disarm) },
        new("acknowledges Disarm and stays on", ("", Late)) { StaysOn = true, IsReachable = false },
    ];

    private static Func<LyingBoard, byte, byte[], IEnumerable<(byte, byte[])>> Drop(byte which) =>
        (_, type, said) => type == which ? [] : [(type, said)];

    private static Func<LyingBoard, byte, byte[], IEnumerable<(byte, byte[])>> Replace(byte which, Func<byte[], byte[]> change) =>
        (_, type, said) => [(type, type == which ? change(said) : said)];

    private static Func<LyingBoard, byte, byte[], IEnumerable<(byte, byte[])>> Change(byte which, Action<byte[]> change) =>
        Replace(which, said =>
        {
            change(said);
            return said;
        });

    private static Func<LyingBoard, byte, byte[], IEnumerable<(byte, byte[])>> Unacknowledged(byte command) =>
        (_, type, said) => type is MessageType.Ack or MessageType.Nack && said[0] == command ? [] : [(type, said)];

    private static Func<LyingBoard, byte, byte[], IEnumerable<(byte, byte[])>> Refused(byte command, byte reason, byte aspect = 0,
        ushort detail = 0) => (_, type, said) => type == MessageType.Ack && said[0] == command
            ? [(MessageType.Nack, [said[0], said[1], reason, aspect, (byte)detail, (byte)(detail >> 8)])] : [(type, said)];

    private static Func<LyingBoard, byte, byte[], IEnumerable<(byte, byte[])>> Value(byte command, uint value) =>
        Change(MessageType.Ack, said =>
        {
            if (said[0] == command)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(said.AsSpan(2), value);
            }
        });

    private static Func<LyingBoard, byte, byte[], IEnumerable<(byte, byte[])>> Later(
        Func<byte, byte[], IEnumerable<(byte, byte[])>> filter) =>
        (board, type, said) => board.PoweredFor > InMotion ? filter(type, said) : [(type, said)];

    private static Action<LyingBoard> Once(Action<LyingBoard> what) => board =>
    {
        if (board.PoweredFor > InMotion && board.IsPowered)
        {
            what(board);
        }
    };

    private static IEnumerable<(byte, byte[])> Noise(LyingBoard board, byte[] said)
    {
        board.Bytes(Bytes(board, said.Length));
        return [];
    }

    private static byte[] Bytes(LyingBoard board, int count)
    {
        byte[] bytes = new byte[count];
        board.Random.NextBytes(bytes);
        return bytes;
    }
}
