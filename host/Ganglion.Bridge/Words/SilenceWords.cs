namespace Ganglion.Bridge.Words;

/// <summary>What is to be done where host and board do not hear each other. Of a board behind a wire that is the caller's word; a virtual
/// one has neither cable nor supply, and is silent where the machine does not get round to it.</summary>
public static class SilenceWords
{
    /// <summary>Of a virtual board in real time.</summary>
    public const string Busy = "This machine was too busy for a virtual board in real time, or stopped this program for a moment: run " +
        "fewer programs beside it, or give --virtual-time where the command has it.";

    /// <summary>Of a virtual board that cannot be reached any more.</summary>
    public const string Ends = "It is a virtual board and ends with this program.";

    /// <param name="isOurs">See <see cref="Serial.ISerialLink.IsOurs"/>.</param>
    /// <param name="wire">What helps where a wire leads to the board, whole sentences.</param>
    public static string Remedy(bool isOurs, string wire) => isOurs ? Busy : wire;
}
