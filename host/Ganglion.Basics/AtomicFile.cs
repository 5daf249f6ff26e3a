namespace Ganglion.Basics;

/// <summary>Files that are either whole or not there: written beside their place, flushed to the disk, then renamed over it.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes the file at <paramref name="path"/>; a file already there stays as it was until the new one is complete. Throws
    /// <see cref="IOException"/>, saying which file and why, when the disk is full, the place cannot be written, or a folder is there;
    /// nothing half-written is left then.
    /// </summary>
    public static void Write(string path, Action<Stream> write)
    {
        RefuseFolder(path);
        string partial = path + ".partial";
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            using (var stream = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            TryDelete(partial);
            throw new IOException($"{path}: could not be written ({failure.Message}); free some space or choose another place.", failure);
        }
    }

    /// <summary>Throws the <see cref="IOException"/> of <see cref="Write"/> if a file could not be written at <paramref name="path"/>;
    /// leaves nothing behind and no file changed.</summary>
    public static void Probe(string path)
    {
        RefuseFolder(path);
        string probe = path + ".probe";
        Write(probe, _ => { });
        TryDelete(probe);
    }

    private static void RefuseFolder(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException($"{path} is a folder; name a file in it.");
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The write failed already, and that is what the caller hears about; the next write replaces this leftover.
        }
    }
}
