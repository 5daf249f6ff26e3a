namespace Ganglion.Basics;

/// <summary>Files that are read whole, up to a size: what is longer, or has no end, is refused before it fills the memory.</summary>
public static class BoundedFile
{
    /// <summary>The bytes of a file.</summary>
    /// <param name="path">The file; also a pipe or a device.</param>
    /// <param name="most">Bytes that it may have, up to 2^31 - 64.</param>
    /// <exception cref="IOException">It cannot be read, or has more bytes; the message says which.</exception>
    public static byte[] Read(string path, int most)
    {
        if (Directory.Exists(path))
        {
            throw new IOException($"{path} is a folder; name a file in it.");
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        long length = file.CanSeek ? file.Length : 0;
        if (length > most)
        {
            throw TooLong(path, most);
        }

        var bytes = new MemoryStream((int)length);
        byte[] part = new byte[1 << 16];
        for (int count; (count = file.Read(part)) > 0;)
        {
            if (bytes.Length + count > most)
            {
                throw TooLong(path, most);
            }

            bytes.Write(part, 0, count);
        }

        return bytes.Capacity == bytes.Length ? bytes.GetBuffer() : bytes.ToArray();
    }

    private static IOException TooLong(string path, int most) => new($"{path}: the file has more than the {most} bytes that such a file " +
        $"may have; give another one.");
}
