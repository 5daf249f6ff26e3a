using System.Runtime.InteropServices;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;

namespace Ganglion.Bridge.Operations;

/// <summary>An exchange whose answer means something.</summary>
internal sealed class Question<T>(Exchange exchange, Func<byte[], T> read) : BoardQuery<T>
{
    internal override void Start(IBoardPeer board, long now) => exchange.Start(board, now);

    internal override void Poll(long now)
    {
        exchange.Poll(now);
        PassOn();
    }

    internal override void Offer(FrameParser frame, long now)
    {
        exchange.Offer(frame, now);
        PassOn();
    }

    private void PassOn()
    {
        if (exchange.Error != null)
        {
            Fail(exchange.Error);
        }
        else if (exchange.IsDone)
        {
            Complete(read(exchange.Result));
        }
    }
}

/// <summary>The questions that a board answers, with a session or without.</summary>
internal static class Questions
{
    public static Question<BoardStatistics> Statistics() => Ask(
        MessageType.GetStatistics, MessageType.Statistics,
        payload => BoardStatistics.HasItsLength(payload),
        payload => BoardStatistics.Read(payload));

    /// <param name="channels">How many the board has.</param>
    public static Question<double[]> Positions(int channels) => Ask(
        MessageType.GetPositions, MessageType.Positions,
        payload => payload.Length == 2 * channels,
        payload => Array.ConvertAll(MemoryMarshal.Cast<byte, short>(payload).ToArray(), value => value / (double)FixedPoint.One));

    private static Question<T> Ask<T>(byte type, byte answerType, Func<byte[], bool> judge, Func<byte[], T> read) =>
        new(new Exchange(type, []) { AnswerType = answerType, Judge = judge }, read);
}
