namespace Ganglion.Cli;

/// <summary>Links to ports under names that stay the same from one start to the next; they go when this goes.</summary>
internal sealed class PortLinks : IDisposable
{
    private readonly List<string> _paths = [];

    /// <param name="directory">Made if need be.</param>
    /// <param name="names">One a port.</param>
    /// <param name="ports">Where the links lead.</param>
    /// <exception cref="UserException">Something else has such a name.</exception>
    public PortLinks(DirectoryInfo directory, IReadOnlyList<string> names, IReadOnlyList<string> ports)
    {
        directory.Create();
        for (int i = 0; i < names.Count; i++)
        {
            var link = new FileInfo(Path.Combine(directory.FullName, names[i]));
            if (link.LinkTarget != null)
            {
                link.Delete(); // of a run that was killed
            }
            else if (link.Exists || Directory.Exists(link.FullName))
            {
                throw new UserException($"{link.FullName}: this is in the way of a link to a port. Remove it, or give another --link-dir.");
            }

            File.CreateSymbolicLink(link.FullName, ports[i]);
            _paths.Add(link.FullName);
        }
    }

    public IReadOnlyList<string> Paths => _paths;

    public void Dispose()
    {
        foreach (string path in _paths)
        {
            File.Delete(path);
        }
    }
}
