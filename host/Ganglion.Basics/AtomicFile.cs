namespace Ganglion.Basics;

/// <summary>
/// Files that are either whole or not there: written beside their place, flushed to the disk, then renamed over it. Links are followed, and
/// what is no file on a disk (a device, a pipe) is written through.
/// </summary>
public static class AtomicFile
{
    // What the system says of a full disk: ENOSPC, ERROR_DISK_FULL, EDQUOT (122 on Linux, 69 on macOS).
    private const int NoSpace = 28, DiskFull = 112, OverQuota = 122, OverQuotaMac = 69;

    /// <summary>
    /// Writes the file at <paramref name="path"/>; a file already there stays as it was until the new one is complete. Throws
    /// <see cref="IOException"/>, saying which file and why, when the disk is full, the place cannot be written, or a folder is there;
    /// nothing half-written is left then.
    /// </summary>
    public static void Write(string path, Action<Stream> write)
    {
        RefuseFolder(path);
        string partial = "";
        try
        {
            if (OutputPlace.IsStream(path))
            {
                using var through = new DiskStream(
                    new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 1 << 16));
                write(through);
                return;
            }

            string target = OutputPlace.Behind(path);
            if (Path.GetDirectoryName(target) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            using (DiskStream stream = new(OpenBeside(target)))
            {
                partial = stream.Name;
                write(stream);
                stream.Flush(toDisk: true);
            }

            if (!OperatingSystem.IsWindows() && File.Exists(target))
            {
                File.SetUnixFileMode(partial, File.GetUnixFileMode(target));
            }

            File.Move(partial, target, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            TryDelete(partial);
            throw Refused(path, failure);
        }
        catch
        {
            TryDelete(partial);
            throw;
        }
    }

    /// <summary>Why a file could not be written, and what to do.</summary>
    /// <param name="path">The file.</param>
    /// <param name="failure">What the system said.</param>
    public static IOException Refused(string path, Exception failure)
    {
        string space = (failure.HResult & 0xFFFF) switch
        {
            NoSpace or DiskFull or OverQuota or OverQuotaMac => "free some space or ",
            DiskStream.TooLarge => "raise the limit of file sizes (ulimit -f) or ",
            _ => "",
        };
        return new IOException($"{path}: could not be written ({failure.Message.TrimEnd('.')}); {space}choose another place.", failure);
    }

    /// <summary>Throws the <see cref="IOException"/> of <see cref="Write"/> if a file could not be written at <paramref name="path"/>;
    /// leaves nothing behind and no file changed.</summary>
    public static void Probe(string path)
    {
        RefuseFolder(path);
        if (OutputPlace.IsStream(path))
        {
            return; // Opening it may wait for a reader.
        }

        string probe = OutputPlace.Behind(path) + $".{Environment.ProcessId}.probe";
        Write(probe, _ => { });
        TryDelete(probe);
    }

    /// <summary>A new file beside one, where the next write finds it if this one is killed; another name while another process writes
    /// there.</summary>
    private static FileStream OpenBeside(string target)
    {
        string usual = target + ".partial";
        try
        {
            return new FileStream(usual, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        }
        catch (IOException) when (File.Exists(usual))
        {
            return new FileStream($"{target}.{Environment.ProcessId}.partial", FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        }
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
            if (path.Length > 0)
            {
                File.Delete(path);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The write failed already, and that is what the caller hears about.
        }
    }
}
