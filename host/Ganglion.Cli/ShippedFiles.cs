using Ganglion.Basics.Text;

namespace Ganglion.Cli;

/// <summary>
/// Finds files by path or by name: beside the file that names them, in the current folder, in $GANGLION_HOME, and then among those that
/// Ganglion ships. A name may leave out its extension, and in $GANGLION_HOME and among the shipped ones also the folder of its kind.
/// </summary>
internal static class ShippedFiles
{
    /// <summary>A user's own folder of files, laid out as hardware/ is.</summary>
    public const string HomeVariable = "GANGLION_HOME";

    /// <summary>Full path of a file.</summary>
    /// <param name="kind">What is looked for.</param>
    /// <param name="given">Path or name, as the user or a file has it.</param>
    /// <param name="namedBy">The file that names it; null: the command line does.</param>
    /// <exception cref="UserException">It is in none of the places; the message lists them, and the names of the shipped ones.</exception>
    public static string Find(FileKind kind, string given, string? namedBy = null)
    {
        if (Path.IsPathRooted(given))
        {
            return File.Exists(given) ? given : throw new UserException($"there is no {kind.Word} file '{given}'{AsFolder(given)}.");
        }

        List<string> looked = [];
        string current = Directory.GetCurrentDirectory();
        string? beside = namedBy == null ? null : Path.GetDirectoryName(Path.GetFullPath(namedBy));
        string? found = In(beside, $"beside {Path.GetFileName(namedBy)}") ?? In(current, "the current folder");
        if (found == null && Home is { } home)
        {
            found = In(home, $"${HomeVariable}") ?? Within(Path.Combine(home, kind.Folder), $"${HomeVariable}/{kind.Folder}");
        }
        else if (found == null)
        {
            looked.Add($"${HomeVariable} (not set)");
        }

        string? shipped = TryFolder(kind.Folder);
        return found ?? Within(shipped, "the shipped ones") ?? throw new UserException(
            $"there is no {kind.Word} file '{given}'{AsFolder(given)}. " +
            $"{Capital(Spelling.DidYouMean(given, All(kind).Select(file => Path.GetFileNameWithoutExtension(file))))}Looked in " +
            $"{string.Join(", ", looked)}. Give the path of a file" +
            $"{(shipped == null ? $": {Bare("hardware/" + kind.Folder)}" : $", or one of: {string.Join(", ", Names(shipped, kind))}")}.");

        static string AsFolder(string given) => Directory.Exists(given) ? ", that is a folder" : "";

        static string Capital(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];

        string? In(string? folder, string place)
        {
            if (folder == null)
            {
                return null;
            }

            looked.Add($"{place} ({folder})");
            string path = Path.GetFullPath(given, folder);
            return File.Exists(path) ? path : File.Exists(path + kind.Extension) ? path + kind.Extension : null;
        }

        string? Within(string? folder, string place) => In(folder, place) ?? Files(folder, kind).FirstOrDefault(file =>
            Path.GetFileNameWithoutExtension(file) == given || Path.GetFileName(file) == given);
    }

    /// <summary>All files of a kind, the user's own in $GANGLION_HOME first, each folder in the order of names.</summary>
    public static IEnumerable<string> All(FileKind kind) =>
        (Home is { } home ? Files(Path.Combine(home, kind.Folder), kind) : []).Concat(Files(TryFolder(kind.Folder), kind))
        .Where(file => Path.GetFileNameWithoutExtension(file) != kind.Apart);

    /// <summary>A folder of hardware/ as shipped with the program: beside it where it was published, above it in a checkout.</summary>
    /// <exception cref="UserException">There is none; the message says what to do.</exception>
    public static string Folder(string name) => TryFolder(name) ?? throw Missing($"hardware/{name}");

    /// <summary>The same; null if there is none.</summary>
    public static string? TryFolder(string name) => Above(Path.Combine("hardware", name), Directory.Exists);

    /// <summary>A script of tools/, shipped as hardware/ is.</summary>
    /// <exception cref="UserException">There is none; the message says what to do.</exception>
    public static string Tool(string name) => Above(Path.Combine("tools", name), File.Exists) ?? throw Missing($"tools/{name}");

    private static UserException Missing(string what) =>
        new($"{Bare(what)}. Take the whole folder that `dotnet publish host/Ganglion.Cli` makes, or run the program from a checkout.");

    private static string Bare(string what) =>
        $"nothing is shipped with this copy of the program, there is no {what} beside it or above it ({AppContext.BaseDirectory})";

    private static string? Home => Environment.GetEnvironmentVariable(HomeVariable) is { Length: > 0 } home ? Path.GetFullPath(home) : null;

    private static IEnumerable<string> Names(string? folder, FileKind kind) =>
        Files(folder, kind).Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => name != kind.Apart).Order();

    private static string[] Files(string? folder, FileKind kind) => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, "*" + kind.Extension, SearchOption.AllDirectories).Order()]
        : [];

    private static string? Above(string path, Predicate<string> exists)
    {
        for (string? folder = AppContext.BaseDirectory; folder != null; folder = Path.GetDirectoryName(folder))
        {
            if (exists(Path.Combine(folder, path)))
            {
                return Path.Combine(folder, path);
            }
        }

        return null;
    }
}
