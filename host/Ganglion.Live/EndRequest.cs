namespace Ganglion.Live;

/// <summary>How a person ends what moves a robot.</summary>
/// <param name="Well">Ends it well: the robot comes to rest, parks or brings its feet together, and its outputs go off.</param>
/// <param name="AtOnce">Ends it at once: the outputs go off where it stands.</param>
public readonly record struct EndRequest(CancellationToken Well, CancellationToken AtOnce)
{
    /// <summary>A request that can only be made well.</summary>
    public static EndRequest FromCancellationToken(CancellationToken well) => new(well, CancellationToken.None);

    public static implicit operator EndRequest(CancellationToken well) => FromCancellationToken(well);
}
