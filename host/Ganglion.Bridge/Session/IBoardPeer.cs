using Ganglion.Bridge.Messages;
namespace Ganglion.Bridge.Session;

/// <summary>The board at the far end of a link, as operations see it.</summary>
internal interface IBoardPeer
{
    string Name { get; }

    FrameLink Link { get; }

    /// <summary>Gives chips and channels their names in messages; null if unknown.</summary>
    BoardConfiguration? Configuration { get; }
}
