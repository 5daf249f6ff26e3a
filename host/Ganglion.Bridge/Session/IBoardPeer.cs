using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Words;

namespace Ganglion.Bridge.Session;

/// <summary>The board at the far end of a link, as operations see it.</summary>
internal interface IBoardPeer
{
    string Name { get; }

    FrameLink Link { get; }

    /// <summary>The detail with which the board told last that it is safe or holds for a reason; <see cref="ReasonWords.Untold"/> if it
    /// told of none or of another.</summary>
    int LatchedDetail(int reason) => ReasonWords.Untold;

    /// <summary>Gives chips and channels their names in messages; null if unknown.</summary>
    BoardConfiguration? Configuration { get; }
}
