using Ganglion.Bridge.Serial;

namespace Ganglion.Flash.Looking;

/// <summary>A link that remembers the first bytes that came over it, so that what is no frame can be told too.</summary>
internal sealed class OverheardLink(ISerialLink link) : ISerialLink
{
    private const int Most = 4096;

    private readonly List<byte> _heard = [];

    /// <summary>The first bytes that came, at most 4096.</summary>
    public byte[] Heard => [.. _heard];

    /// <inheritdoc/>
    public string Name => link.Name;

    /// <inheritdoc/>
    public int Read(Span<byte> destination)
    {
        int count = link.Read(destination);
        _heard.AddRange(destination[..Math.Min(count, Most - _heard.Count)]);
        return count;
    }

    /// <inheritdoc/>
    public int Write(ReadOnlySpan<byte> source) => link.Write(source);

    /// <inheritdoc/>
    public bool WaitReadable(TimeSpan timeout) => link.WaitReadable(timeout);

    /// <inheritdoc/>
    public void Dispose() => link.Dispose();
}
