namespace Ganglion.Basics;

/// <summary>A file that is being written, from its start to its end. Whatever the disk refuses is told as an <see cref="IOException"/>:
/// .NET tells of a file beyond the size that the system allows (EFBIG) as an argument out of range.</summary>
/// <param name="file">Owned.</param>
public sealed class DiskStream(FileStream file) : Stream
{
    /// <summary>What the system says then: EFBIG.</summary>
    internal const int TooLarge = 27;

    /// <summary>Path of the file.</summary>
    public string Name => file.Name;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            file.Write(buffer);
        }
        catch (ArgumentOutOfRangeException failure)
        {
            throw Refused(failure);
        }
    }

    public override void Flush() => Flush(toDisk: false);

    /// <summary>Has all that was written taken by the system, and by the disk.</summary>
    /// <param name="toDisk">Waits for the disk.</param>
    public void Flush(bool toDisk)
    {
        try
        {
            file.Flush(toDisk);
        }
        catch (ArgumentOutOfRangeException failure)
        {
            throw Refused(failure);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        try
        {
            if (disposing)
            {
                file.Dispose();
            }
        }
        catch (ArgumentOutOfRangeException failure)
        {
            throw Refused(failure);
        }
        finally
        {
            base.Dispose(disposing);
        }
    }

    private static IOException Refused(ArgumentOutOfRangeException failure) =>
        new("it would be larger than the system lets a file be", failure) { HResult = TooLarge };
}
