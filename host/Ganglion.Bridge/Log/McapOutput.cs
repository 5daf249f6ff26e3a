namespace Ganglion.Bridge.Log;

/// <summary>The file of a log that is being written. Once the disk has failed it takes nothing more; what came before stays
/// readable.</summary>
/// <param name="stream">Written from its present position on, taken as the file's start; owned.</param>
internal sealed class McapOutput(Stream stream) : IDisposable
{
    private IOException? _failure;

    /// <summary>Bytes written.</summary>
    public long Position { get; private set; }

    public bool HasFailed => _failure != null;

    /// <exception cref="IOException">The disk failed.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            stream.Write(bytes);
            Position += bytes.Length;
        }
        catch (Exception e) when (e is IOException or ArgumentOutOfRangeException or UnauthorizedAccessException)
        {
            // .NET tells of a file beyond the size that the system allows (EFBIG) as an argument out of range.
            _failure = new IOException($"The log could not be written at byte {Position}: {e.Message.TrimEnd('.')}. " +
                $"{(Position > 0 ? "What came before is readable. " : "")}See that the disk has room, then start a new log.", e);
            throw _failure;
        }
    }

    /// <exception cref="IOException">The disk failed before.</exception>
    public void ThrowIfFailed()
    {
        if (_failure != null)
        {
            throw new IOException(_failure.Message, _failure);
        }
    }

    public void Flush() => stream.Flush();

    public void Dispose() => stream.Dispose();
}
