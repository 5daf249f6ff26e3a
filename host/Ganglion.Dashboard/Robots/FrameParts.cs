using Ganglion.Basics.Space;
using Ganglion.Dashboard.Stream;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Boards;

namespace Ganglion.Dashboard.Robots;

/// <summary>What frames of every robot have alike (Stream/STREAM.md).</summary>
internal static class FrameParts
{
    /// <summary>Numbers of a pose.</summary>
    public const int PoseSize = 7;

    private const int BoardColumns = 16;

    /// <summary>A pose.</summary>
    /// <param name="numbers">Receives <see cref="PoseSize"/> of them.</param>
    public static void Write(Span<float> numbers, in Pose pose)
    {
        Write(numbers, pose.Position);
        numbers[3] = (float)pose.Orientation.W;
        numbers[4] = (float)pose.Orientation.X;
        numbers[5] = (float)pose.Orientation.Y;
        numbers[6] = (float)pose.Orientation.Z;
    }

    /// <summary>A place: three numbers.</summary>
    public static void Write(Span<float> numbers, in Vec3 place)
    {
        numbers[0] = (float)place.X;
        numbers[1] = (float)place.Y;
        numbers[2] = (float)place.Z;
    }

    /// <summary>The last section, what is said in words, and the frame's end.</summary>
    public static void End(FrameBuffer frame, ReadOnlySpan<byte> status)
    {
        status.CopyTo(frame.Add(Section.Status, 1, status.Length));
        frame.End();
    }

    /// <summary>The section about pressures.</summary>
    /// <param name="channels">Of the board.</param>
    /// <param name="analog">Its analog inputs, V.</param>
    public static void WritePressures(FrameBuffer frame, ChannelDescription[] channels, ReadOnlySpan<double> analog)
    {
        Span<float> pressures = frame.AddNumbers(Section.Pressures, channels.Length, channels.Length);
        for (int i = 0; i < pressures.Length; i++)
        {
            pressures[i] = channels[i] is PressureChannel { Sensor: { } sensor } valve ? (float)valve.KpaOf(analog[sensor.Input])
                : float.NaN;
        }
    }

    /// <summary>The section about boards.</summary>
    public static void WriteBoards(FrameBuffer frame, ReadOnlySpan<BoardView> boards)
    {
        Span<float> numbers = frame.AddNumbers(Section.Boards, boards.Length, BoardColumns * boards.Length);
        for (int i = 0; i < boards.Length; i++)
        {
            BoardView board = boards[i];
            Span<float> row = numbers.Slice(BoardColumns * i, BoardColumns);
            row[0] = board.IsConnected ? board.State : -1;
            row[1] = board.Mode;
            row[2] = board.Reason;
            row[3] = (float)board.Rate;
            row[4] = board.Missed;
            row[5] = board.StarvedTicks;
            row[6] = board.ChecksumErrors;
            row[7] = board.ChipErrors;
            row[8] = (float)board.ShortestRoundTrip;
            row[9] = (float)board.MeanRoundTrip;
            row[10] = (float)board.LongestRoundTrip;
            row[11] = (float)board.TickJitter;
            row[12] = (float)board.TickWork;
            row[13] = (float)board.Tick;
            row[14] = board.Overruns;
            row[15] = board.Buffered;
        }
    }
}
