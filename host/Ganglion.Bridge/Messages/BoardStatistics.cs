using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Messages;

/// <summary>How well a board keeps time and its chips answer; asked for, not streamed.</summary>
public sealed partial record BoardStatistics
{
    /// <summary>Width of a jitter bin, us.</summary>
    public const int JitterBin = 256;

    /// <summary>Whether the payload is as long as its count of chips says.</summary>
    internal static bool HasItsLength(ReadOnlySpan<byte> payload) =>
        payload.Length >= MessageLayout.StatisticsChipErrorsAt
        && payload.Length == MessageLayout.StatisticsChipErrorsAt + Payload.U16(payload, MessageLayout.StatisticsChipsAt);
}
