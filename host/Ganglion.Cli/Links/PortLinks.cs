using Ganglion.Basics;

namespace Ganglion.Cli.Links;

/// <summary>Links to ports under names that stay the same from one start to the next; they go when this goes.</summary>
internal sealed class PortLinks : IDisposable
{
    private readonly List<FileClaim> _claims = [];
    private readonly List<string> _paths = [];
    private readonly IReadOnlyList<string> _ports;

    /// <param name="directory">Made if need be.</param>
    /// <param name="names">One a port.</param>
    /// <param name="ports">Where the links lead.</param>
    /// <exception cref="UserException">Something else has such a name.</exception>
    /// <exception cref="IOException">Virtual boards that still run have it.</exception>
    public PortLinks(DirectoryInfo directory, IReadOnlyList<string> names, IReadOnlyList<string> ports)
    {
        directory.Create();
        _ports = ports;
        try
        {
            Link(directory, names);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<string> Paths => _paths;

    public void Dispose()
    {
        for (int i = 0; i < _paths.Count; i++)
        {
            // Only what is still ours: somebody may have put something else there meanwhile.
            if (new FileInfo(_paths[i]).LinkTarget == _ports[i])
            {
                File.Delete(_paths[i]);
            }
        }

        foreach (FileClaim claim in _claims)
        {
            claim.Dispose();
        }
    }

    private void Link(DirectoryInfo directory, IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            _claims.Add(FileClaim.Take(Path.Combine(directory.FullName, $".{name}"), $"another sim has its link '{name}' here: give " +
                $"another --link-dir, or end that one"));
        }

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

            File.CreateSymbolicLink(link.FullName, _ports[i]);
            _paths.Add(link.FullName);
        }
    }
}
