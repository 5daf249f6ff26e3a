using System.Text.Json;
using System.Text.Json.Serialization;
using Ganglion.Basics;
using Ganglion.Basics.Text;

namespace Ganglion.Gait.Search;

/// <summary>A tuning run on disk, as JSON: written whole or not at all, and read back only into the run that it is of.</summary>
/// <typeparam name="T">What a run needs to go on, and what it belongs to.</typeparam>
public static class Checkpoint<T>
    where T : class
{
    private const int MostBytes = 1 << 28;

    private static readonly JsonSerializerOptions Format = new()
    {
        IncludeFields = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, T content) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, content, Format));

    /// <summary>Reads one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isWhole">Whether nothing that a run needs is missing.</param>
    /// <param name="otherRun">What it is of if that is another run, for the message; null: it is of this one.</param>
    /// <exception cref="InvalidDataException">It is damaged, or of another run; the message says what to do.</exception>
    public static T Load(string path, Predicate<T> isWhole, Func<T, string?> otherRun)
    {
        T? read;
        try
        {
            read = JsonSerializer.Deserialize<T>(BoundedFile.Read(path, MostBytes), Format);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is no checkpoint of a tuning run: delete it to start anew.", error);
        }

        if (read == null || !isWhole(read))
        {
            throw new InvalidDataException($"{path} is no checkpoint of a tuning run: delete it to start anew.");
        }

        return otherRun(read) is { } other
            ? throw new InvalidDataException($"{path} is of another run ({other}): start with what it was made with, or delete it.")
            : read;
    }

    /// <summary>Goes on from what was read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="restore">Takes it over; throws an <see cref="ArgumentException"/> for numbers that no run can have had.</param>
    /// <exception cref="InvalidDataException">It is damaged; the message says what to do.</exception>
    public static void Restore(string path, Action restore)
    {
        try
        {
            restore();
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"{path} is a damaged checkpoint ({error.Words().TrimEnd('.')}): delete it to start anew.",
                error);
        }
    }
}
