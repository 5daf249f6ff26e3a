using System.Text.Json;
using System.Text.Json.Serialization;
using Ganglion.Basics;

namespace Ganglion.Lab.Reports;

/// <summary>
/// The finished parts of a long computation, kept in a file so that an interrupted run goes on where it was. A part is computed once for
/// its name. Safe for several threads at once, each on parts of its own.
/// </summary>
public sealed class PartStore : IDisposable
{
    private const int MostBytes = 1 << 30;

    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(5);

    private static readonly JsonSerializerOptions Format = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly string _path;
    private readonly Contents _contents;
    private readonly Lock _lock = new();
    private long _saved = Environment.TickCount64;
    private bool _changed;

    /// <summary>Opens the file, if there is one.</summary>
    /// <param name="path">Where the parts are kept.</param>
    /// <param name="subject">Everything that decides the parts' values; a file of another subject is refused.</param>
    /// <exception cref="InvalidDataException">The file is damaged or of another run.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public PartStore(string path, string subject)
    {
        _path = path;
        _contents = new Contents(subject, []);
        if (!File.Exists(path))
        {
            return;
        }

        try
        {
            _contents = JsonSerializer.Deserialize<Contents>(BoundedFile.Read(path, MostBytes), Format) is
            {
                Subject: not null,
                Parts: not null
            } read ? read
                : throw new JsonException("it holds no parts.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path} is no checkpoint of this command ({fault.Message}) Delete its folder to start " +
                $"anew.", fault);
        }

        if (_contents.Subject != subject)
        {
            throw new InvalidDataException($"{path} is of a run with other options, models or version: repeat those, choose another " +
                $"place, or delete its folder to start anew.");
        }
    }

    /// <summary>Parts that are there.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _contents.Parts.Count;
            }
        }
    }

    /// <summary>Whether a part is there.</summary>
    public bool Has(string name)
    {
        lock (_lock)
        {
            return _contents.Parts.ContainsKey(name);
        }
    }

    /// <summary>The part of that name, computed if it is not there yet.</summary>
    public T Part<T>(string name, Func<T> compute)
    {
        lock (_lock)
        {
            if (_contents.Parts.TryGetValue(name, out JsonElement known))
            {
                try
                {
                    return known.Deserialize<T>(Format) ?? throw new JsonException("it is empty.");
                }
                catch (JsonException fault)
                {
                    throw new InvalidDataException($"{_path} is damaged at '{name}' ({fault.Message}) Delete its folder to start anew.",
                        fault);
                }
            }
        }

        T value = compute();
        lock (_lock)
        {
            _contents.Parts[name] = JsonSerializer.SerializeToElement(value, Format);
            _changed = true;
            if (Environment.TickCount64 - _saved >= SaveEvery.TotalMilliseconds)
            {
                Save();
            }
        }

        return value;
    }

    /// <summary>Saves what is not saved yet.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_changed)
            {
                Save();
            }
        }
    }

    private void Save()
    {
        AtomicFile.Write(_path, stream => JsonSerializer.Serialize(stream, _contents, Format));
        (_saved, _changed) = (Environment.TickCount64, false);
    }

    private sealed record Contents(string Subject, Dictionary<string, JsonElement> Parts);
}
