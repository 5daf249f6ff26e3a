namespace Ganglion.Basics;

/// <summary>
/// Holds a place on the disk for one process: whoever works long on a file claims it, so that two runs cannot take it from each other. The
/// claim is a lock that ends with the process, however that ends.
/// </summary>
public sealed class FileClaim : IDisposable
{
    private readonly FileStream _lock;

    private FileClaim(FileStream held) => _lock = held;

    /// <summary>Claims a file or a folder.</summary>
    /// <param name="path">What is claimed; it need not be there.</param>
    /// <param name="advice">What to do if another process has it, a clause.</param>
    /// <exception cref="IOException">Another process has it, or no lock can be put beside it; the message says which.</exception>
    public static FileClaim Take(string path, string advice)
    {
        string place = path + ".lock";
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(place)) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            return new FileClaim(new FileStream(place, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1,
                FileOptions.DeleteOnClose));
        }
        catch (IOException failure) when (File.Exists(place))
        {
            throw new IOException($"{path}: another ganglion is at work on this; {advice}.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path}: could not be written ({failure.Message.TrimEnd('.')}); choose another place.", failure);
        }
    }

    public void Dispose() => _lock.Dispose();
}
