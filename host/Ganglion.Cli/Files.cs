using System.Text;
using Ganglion.Basics;

namespace Ganglion.Cli;

/// <summary>Files that are there whole or not at all.</summary>
internal static class Files
{
    /// <summary>Refuses, before the work, a place that could not be written after it; null: nothing is to be written.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public static void Check(string? path)
    {
        if (path != null)
        {
            AtomicFile.Probe(path);
        }
    }

    /// <summary>Writes beside the target and renames, so that a reader or a crash never meets half a file.</summary>
    public static void WriteWhole(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
